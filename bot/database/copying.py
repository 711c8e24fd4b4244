"""A copy of the database: one moment of it, checked, and either whole or not there."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bot.database.checking import connect_to_read, damage_of, oddities_of
from bot.database.private import private_file, private_folder
from bot.database.trouble import trouble_of
from bot.errors import StartError


def copy_database(
    source: Path, target: Path, newest: int, finish: Callable[[sqlite3.Connection], None] | None = None
) -> list[str]:
    """Copy a database that may be in use; `target` appears only once it is complete, sound and on the disk.

    `newest` is the newest schema this code knows; `finish` may still change the copy. Returns what does not add
    up in it, which is copied as it is: a copy with a stray row is better than none. Takes about 4 s for a million
    votes, half of it checking.
    Raises StartError when there is nothing to copy, no room for it, or it is damaged.
    """
    part = target.with_name(target.name + ".part")
    try:
        private_folder(part.parent)
        part.unlink(missing_ok=True)
        private_file(part)
        oddities = _copy(source, part, newest, finish)
        _to_disk(part)
        part.replace(target)
        _to_disk(target.parent)
    except OSError as problem:
        raise StartError(f"{target} cannot be written: {problem.strerror}.", status=1) from problem
    else:
        return oddities
    finally:
        part.unlink(missing_ok=True)


def _copy(source: Path, part: Path, newest: int, finish: Callable[[sqlite3.Connection], None] | None) -> list[str]:
    try:
        with closing(connect_to_read(source)) as reading:
            # One moment of the database, however much is being written, in a file that stands alone. Row by row,
            # not page by page: between the rows of a file there may be what was deleted from it.
            reading.execute("VACUUM INTO ?", (str(part),))
        with closing(sqlite3.connect(part, isolation_level=None)) as copy:
            copy.row_factory = sqlite3.Row
            if damage := damage_of(copy, newest):
                raise StartError(f"The database {source} has something to mend: {'; '.join(damage)}.", status=1)
            if finish is not None:
                copy.execute("PRAGMA secure_delete = ON")
                finish(copy)
            return oddities_of(copy)
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
