"""One process per database file: two would each keep their own idea of what is in it."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from bot.database.private import private_file

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> None:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as taken:
            raise BlockingIOError from taken

else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FileLock:
    """A lock that the operating system drops with the process, however it ends."""

    def __init__(self, path: Path, guarded: Path | None = None) -> None:
        """`guarded`: a file that is locked along with it, where there is one and the system can do that."""
        self.path = path
        # What the last one to hold it left for the next; empty after one that was killed.
        self.note = ""
        self._guarded = guarded
        self._file: IO[str] | None = None
        self._guarded_number: int | None = None

    def take(self) -> None:
        """Raises BlockingIOError while another process holds it, OSError where the file cannot be made."""
        private_file(self.path)
        file = self.path.open("a+", encoding="utf-8")
        try:
            _lock(file)
            self._lock_guarded()
            file.seek(0)
            self.note = file.read()
            file.truncate(0)
        except BaseException:
            file.close()
            raise
        self._file = file

    def _lock_guarded(self) -> None:
        """Under another name (a hard link, a mount of the file alone) the file has another lock beside it.

        On Linux alone: elsewhere this kind of lock and SQLite's own get into each other's way. It comes last
        and goes first: when a process closes a file, it loses the locks that SQLite has on it.
        """
        if sys.platform != "linux" or self._guarded is None or not self._guarded.is_file():
            return
        number = os.open(self._guarded, os.O_RDONLY)
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BaseException:
            os.close(number)
            raise
        self._guarded_number = number

    def release(self, note: str = "") -> None:
        """Let go of it; the file stays, for removing it would race with the next one to take it."""
        if self._guarded_number is not None:
            os.close(self._guarded_number)
            self._guarded_number = None
        if self._file is not None:
            with suppress(OSError):  # a full disk: then there is no note
                self._file.write(note)
                self._file.flush()
            self._file.close()
            self._file = None


def lock_of(database: Path) -> FileLock:
    """The lock that a process holds while it uses that database, by whatever name it calls it."""
    real = database.resolve()
    return FileLock(real.with_name(real.name + ".lock"), guarded=real)
