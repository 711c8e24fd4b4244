"""Which databases are the preview's, and which have real people in them. (`run` has no simulator to import.)"""

import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.database import Database, connect_to_read, has_table, lock_of
from bot.errors import AGAIN, StartError
from bot.settings import Address

# Every preview leaves this memo in its database; its value is the secret part of the page's address.
_MARK = "preview key"
# Rows of people and servers: a database with any of them and without the mark is somebody's.
_LIVED_IN = ("vote", "suggestion", "server", "guild_settings")


def prepare(database: Path, served: Address, *, fresh: bool) -> None:
    """See that the preview may have this file; `fresh` deletes it, once it is known that nobody has it.

    In the preview's world the real servers do not exist, so the real database would lose them. Raises StartError.
    """
    real = database.resolve()
    if isinstance(served, Path) and real == served.resolve():
        raise StartError(
            f"{database} is the database that `run` uses (MONTAGE_DATABASE). The preview plays with its own file."
        )
    if not real.is_file():
        return  # nothing there yet, or a folder, which opening it will say
    lock = lock_of(real)
    try:
        lock.take()
    except BlockingIOError:
        raise StartError(f"{database} is in use: another preview, or a bot? Stop that one first.", AGAIN) from None
    except OSError as problem:
        raise StartError(f"{database} cannot be used: {problem.strerror}.") from problem
    try:
        if not _made_by_a_preview(real):
            raise StartError(
                f"{database} was not made by the preview, so it is left alone. Choose another file with --database."
            )
        if fresh:
            # Its journal first: what is left when this is interrupted is still a preview's.
            for ending in ("-wal", "-shm", ""):
                real.with_name(real.name + ending).unlink(missing_ok=True)
    finally:
        lock.release(lock.note)  # the next start still reads that all was closed in good order


def _made_by_a_preview(file: Path) -> bool:
    """Whether it has the mark, or nothing in it that anybody would miss."""
    if file.stat().st_size == 0:
        return True
    try:
        with closing(connect_to_read(file)) as connection:
            if not has_table(connection, "memo"):
                return False
            if connection.execute("SELECT 1 FROM memo WHERE name = ?", (_MARK,)).fetchone():
                return True
            return not any(
                has_table(connection, table) and connection.execute(f"SELECT 1 FROM {table}").fetchone()  # noqa: S608
                for table in _LIVED_IN
            )
    except sqlite3.Error:
        return False


async def mark(database: Database) -> None:
    """Let it be known from now on that a preview has made this database."""
    await page_key(database)


async def page_key(database: Database) -> str:
    """The secret part of the page's address, kept so that the address stays the same."""
    rows = await database.write(
        "INSERT INTO memo (name, value) VALUES (:name, :key) "
        "ON CONFLICT (name) DO UPDATE SET value = memo.value RETURNING value",
        name=_MARK,
        key=secrets.token_urlsafe(12),
    )
    return str(rows[0]["value"])


async def unmark(database: Database) -> None:
    """`run` has it now: from this moment there are real people in it."""
    await database.write("DELETE FROM memo WHERE name = :name", name=_MARK)
