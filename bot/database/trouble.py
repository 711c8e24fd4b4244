"""What can be wrong with a file, in words that somebody can do something with."""

import errno
import sqlite3
from typing import NamedTuple

from bot.errors import ACT, AGAIN, StartError, UserError
from bot.settings import Address

CANNOT_WRITE = (
    "I can't write anything down just now, so nothing has changed. "
    "Whoever runs me can see why. Please try again in a few minutes."
)
CANNOT_READ = (
    "I can't get at my notes just now, so nothing has changed. "
    "Whoever runs me can see why. Please try again in a few minutes."
)
CANNOT_TELL = (
    "I lost hold of my notes in the middle of writing that down, and can't tell whether it went through. "
    "Look before you try once more, please."
)


class DatabaseError(UserError):
    """The database cannot do it at the moment. Nothing was changed, unless it says so; the next try may work."""


class Trouble(NamedTuple):
    """One way in which a database can fail. `says` is for the operator; `{path}` stands in it for where it is."""

    name: str
    says: str
    status: int

    def start_error(self, path: Address) -> StartError:
        """The bot cannot start because of it."""
        return StartError(self.says.format(path=path), self.status)


_FULL = Trouble(
    "full",
    "The disk that holds the database {path} is full. Make some room; what was written before is safe.",
    AGAIN,
)
_READ_ONLY = Trouble(
    "read-only",
    "The database {path} may be read but not written. Give the bot's user the right to write the file and its "
    "folder, and see that the disk is not mounted read-only.",
    ACT,
)
LOCKED = Trouble(
    "locked",
    "Another program holds the database {path}: a database shell, or a copy that is being made? "
    "Close it; the bot wants the file to itself.",
    AGAIN,
)
DAMAGED = Trouble(
    "damaged",
    "The database {path} is damaged, or is no database at all. Put it aside and bring a backup back: "
    "python -m bot restore FILE",
    ACT,
)
_UNOPENABLE = Trouble(
    "cannot be opened",
    "The database {path} cannot be opened. Check that the folder exists and that the bot's user may write in it.",
    ACT,
)
_FAILING = Trouble(
    "disk errors",
    "The disk that holds the database {path} gives errors. Look at the system's log before anything else, "
    "and make a copy of the file.",
    AGAIN,
)

_BY_CODE = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_CANTOPEN: _UNOPENABLE,
    sqlite3.SQLITE_IOERR: _FAILING,
}
_BY_ERRNO = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
    errno.EIO: _FAILING,
}


def trouble_of(error: sqlite3.Error | OSError) -> Trouble | None:
    """What is wrong with the file; None when it is not the file (a constraint, a slip in the SQL)."""
    if isinstance(error, OSError):
        return _BY_ERRNO.get(error.errno or 0, _UNOPENABLE)
    # SQLite's extended result code: its low byte is the primary code, which says what failed.
    return _BY_CODE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
