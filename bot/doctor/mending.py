"""`python -m bot doctor --mend`: what does not add up in a database, put right."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot import clock
from bot.database import copy_database, lock_of, mend, newest_schema, trouble_of
from bot.errors import AGAIN, StartError


def mend_database(path: Path) -> str:
    """Mend it after a copy of it was made beside it; returns what was done, in words.

    Raises StartError while a bot runs on it, where it is damaged, or where there is no room for the copy.
    """
    database = path.resolve()
    if not database.is_file():
        raise StartError(f"There is no database {path} to mend.", status=1)
    lock = lock_of(database)
    try:
        lock.take()
    except BlockingIOError:
        raise StartError(f"A bot is running on {path}. Stop it, mend, and start it again.", AGAIN) from None
    except OSError as problem:
        raise StartError(f"The folder of {path} cannot be used: {problem.strerror}.", status=1) from problem
    try:
        return _mended(database)
    except sqlite3.Error as problem:
        trouble = trouble_of(problem)
        raise StartError(
            trouble.says.format(path=path)
            if trouble
            else f"{path} could not be mended: {problem}. It is as it was.",
            status=1,
        ) from problem
    finally:
        lock.release()


def _mended(database: Path) -> str:
    kept = database.with_name(f"{database.stem}.before-mending-{clock.now()}{database.suffix}")
    if not copy_database(database, kept, newest_schema()):
        kept.unlink()
        return f"{database} adds up: there was nothing to mend."
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        found = mend(connection)
    return f"{database} adds up again. It was mended because {'; '.join(found)}. As it was before, it is in {kept}."
