"""A copy of the database: one moment of it, checked, and either whole or not there."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.database.checking import connect_to_read, problems_of
from bot.database.trouble import trouble_of
from bot.errors import StartError


def copy_database(source: Path, target: Path, newest: int) -> None:
    """Copy a database that may be in use; `target` appears only once it is complete, sound and on the disk.

    `newest` is the newest schema this code knows. Takes about 3 s for a million votes, most of it checking.
    Raises StartError when there is nothing to copy, no room for it, or something wrong with it.
    """
    part = target.with_name(target.name + ".part")
    try:
        _private(part)
        _copy(source, part)
        with closing(connect_to_read(part)) as copy:
            problems = problems_of(copy, newest)
        if problems:
            raise StartError(f"The database {source} has something to mend: {'; '.join(problems)}.", status=1)
        _to_disk(part)
        part.replace(target)
        _to_disk(target.parent)
    except OSError as problem:
        raise StartError(f"{target} cannot be written: {problem.strerror}.", status=1) from problem
    finally:
        part.unlink(missing_ok=True)


def _private(part: Path) -> None:
    """An empty file that only its owner may read: it will say who voted for what."""
    part.parent.mkdir(parents=True, exist_ok=True)
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _copy(source: Path, part: Path) -> None:
    try:
        with closing(connect_to_read(source)) as reading:
            reading.execute("SELECT count(*) FROM sqlite_master")
            with closing(sqlite3.connect(part, isolation_level=None)) as copy:
                # All pages in one step: one moment of the database, however much is being written.
                reading.backup(copy)
                # One file that stands alone, with nothing beside it to forget.
                copy.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as problem:
        trouble = trouble_of(problem)
        if trouble is not None and trouble.name == "full":
            raise StartError(f"There is no room for a copy in {part.parent}.", status=1) from problem
        reason = f"{trouble.name} ({problem})" if trouble else str(problem)
        raise StartError(f"The database {source} cannot be copied: {reason}.", status=1) from problem


def _to_disk(path: Path) -> None:
    if path.is_dir() and os.name == "nt":  # Windows has no way to flush a folder
        return
    number = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)
