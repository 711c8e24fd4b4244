"""One process per database file: two would each keep their own idea of what is in it."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

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

    def __init__(self, path: Path) -> None:
        self.path = path
        # What the last one to hold it left for the next; empty after one that was killed.
        self.note = ""
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Raises BlockingIOError while another process holds it, OSError where the file cannot be made."""
        file = self.path.open("a+", encoding="utf-8")
        try:
            _lock(file)
            file.seek(0)
            self.note = file.read()
            file.truncate(0)
        except BaseException:
            file.close()
            raise
        self._file = file

    def release(self, note: str = "") -> None:
        """Let go of it; the file stays, for removing it would race with the next one to take it."""
        if self._file is not None:
            with suppress(OSError):  # a full disk: then there is no note
                self._file.write(note)
                self._file.flush()
            self._file.close()
            self._file = None


def lock_of(database: Path) -> FileLock:
    """The lock that a process holds while it uses that database."""
    return FileLock(database.with_name(database.name + ".lock"))
