"""Files and folders that only their owner may read, whatever the umask: they say who voted for what.

A database is never opened for this, only made or changed by name: when a process closes a file, it loses the
locks that SQLite has on it.
"""

import os
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE

_OTHERS = 0o077


def private_folder(folder: Path) -> None:
    """Make the folder and whatever is missing above it. One that is there already stays as it is."""
    if not folder.is_dir():
        private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def private_file(path: Path) -> None:
    """Make an empty file unless it is there; one that others may read is closed to them. Raises OSError."""
    try:
        os.close(open_privately(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError:
        _close_to_others(path)


def private_database(database: Path) -> None:
    """The same for a database, and for what SQLite may have left beside it (new ones get the file's own rights)."""
    private_file(database)
    for ending in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            _close_to_others(database.with_name(database.name + ending))


def open_privately(path: str | Path, flags: int) -> int:
    """What `open` takes as its opener: a file that it makes is for the owner alone."""
    return os.open(path, flags, 0o600)


def _close_to_others(path: Path) -> None:
    rights = S_IMODE(path.stat().st_mode)
    if os.name == "posix" and rights & _OTHERS:
        with suppress(PermissionError):  # somebody else's file: who may read it is their choice
            path.chmod(rights & ~_OTHERS)
