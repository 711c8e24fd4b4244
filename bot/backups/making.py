"""One backup, and which there are."""

import re
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from bot import clock
from bot.database import connect_to_read, copy_database, has_table, newest_schema
from bot.errors import StartError
from bot.ui.text import count

_TIME = "%Y%m%d-%H%M%S"
# `montage-3fa9c2d1-20261124-120000.db`: a file, the name its database has for itself, when it was made.
_NAME = re.compile(r".+-([0-9a-f]{8})-(\d{8}-\d{6})\.db(?:\.part)?")
# From before databases had names of their own.
_OLD_NAME = re.compile(r"montage-(\d{8}-\d{6})\.db(?:\.part)?")


class Backup(NamedTuple):
    """One that the clock made. Its number says which came later, whatever the clock said at the time."""

    number: int
    made_at: int
    file: Path


def back_up(database: Path, file: Path, number: int | None = None) -> str:
    """Copy the database, which may be in use, to `file`; returns what is in it, in words.

    `number` is that of a backup made by the clock. What does not add up is copied and said.
    Raises StartError when there is nothing to copy, it is damaged, or `file` is there already.
    """
    if not database.is_file():
        raise StartError(f"There is no database {database} to back up.", status=1)
    if file.exists():
        raise StartError(f"{file} is there already. Choose another name: a backup is never written over.", status=1)

    def sign(copy: sqlite3.Connection) -> None:
        if has_table(copy, "origin"):  # an older schema has no place for it
            copy.execute("UPDATE origin SET backup = ?, backed_up_at = ?", (number, clock.now()))

    oddities = copy_database(database, file, newest_schema(), sign)
    odd = f". It does not add up: {'; '.join(oddities)} (doctor --mend puts the database right)" if oddities else ""
    return f"{contents_of(file)}, checked, in {file}{odd}"


def contents_of(file: Path) -> str:
    """`1,204 votes and 3 suggestions (0.4 MB)`."""
    with closing(connect_to_read(file)) as copy:
        votes, suggestions = (
            copy.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - two fixed names
            for table in ("vote", "suggestion")
        )
    size = file.stat().st_size / 1_000_000
    return f"{count(votes, 'vote')} and {count(suggestions, 'suggestion')} ({size:,.1f} MB)"


def file_for(database: Path, folder: Path) -> Path:
    """Where a backup goes that is made now. Raises StartError where the database cannot be read."""
    name = database_name(database)
    if name is None:
        raise StartError(f"The database {database} cannot be read.", status=1)
    return folder / f"{database.stem}-{name}-{clock.moment(clock.now()).strftime(_TIME)}.db"


def database_name(database: Path) -> str | None:
    """What a database calls itself; None for one that cannot be read, or has an older schema."""
    with suppress(sqlite3.Error), closing(connect_to_read(database)) as connection:
        (name,) = connection.execute("SELECT name FROM origin").fetchone()
        return str(name)
    return None


def backups_of(database: Path, folder: Path) -> list[Backup]:
    """The backups of this database made by the clock, oldest first; those of another are not among them."""
    now = clock.now()
    found = [Backup(*(_signature(file) or (0, made_at)), file) for made_at, file in _named(database, folder, ".db")]
    # One without a number is from before there were any; from the future it was made under a wrong clock.
    return sorted(found, key=lambda it: (it.number, it.made_at if it.made_at <= now else 0, it.file.name))


def half_made(database: Path, folder: Path) -> list[Path]:
    """What is left of this database's backups where the making of one was killed."""
    return [file for _, file in _named(database, folder, ".db.part")]


def _named(database: Path, folder: Path, ending: str) -> list[tuple[int, Path]]:
    """(made at, file) by the names of files; one with an impossible date was not made by the clock."""
    name, found = database_name(database), []
    for file in folder.glob(f"*{ending}"):
        own, old = _NAME.fullmatch(file.name), _OLD_NAME.fullmatch(file.name)
        text = own[2] if own and own[1] == name and file.name.startswith(f"{database.stem}-") else old and old[1]
        if text:
            with suppress(ValueError):
                made = datetime.strptime(text, _TIME).replace(tzinfo=UTC)
                found.append((clock.milliseconds(made), file))
    return found


def _signature(file: Path) -> tuple[int, int] | None:
    """The number of a backup and when it was made, as it says itself; None where it says nothing."""
    with suppress(OSError):
        about = file.stat()
        return _read_signature(file, about.st_size, about.st_mtime_ns)
    return None


@lru_cache(maxsize=1_000)
def _read_signature(file: Path, size: int, changed_at: int) -> tuple[int, int] | None:
    """Kept by size and time, which say that it is the same file: 0.3 ms each, and every look asks of all."""
    with suppress(sqlite3.Error), closing(connect_to_read(file)) as copy:
        number, made_at = copy.execute("SELECT backup, backed_up_at FROM origin").fetchone()
        return (int(number), int(made_at)) if number is not None else None
    return None
