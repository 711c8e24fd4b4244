"""Bringing a backup back, with what was there before kept beside it."""

import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

import structlog

from bot import clock
from bot.backups.making import contents_of
from bot.database import (
    Database,
    SqliteDatabase,
    connect_to_read,
    copy_database,
    has_table,
    lock_of,
    mend,
    newest_schema,
    private_database,
    private_folder,
    schema_of,
)
from bot.errors import AGAIN, StartError
from bot.privacy import Records
from bot.ui.text import count

log = structlog.get_logger(__name__)

# A file that is in use now and was a backup has taken the place of a newer one, by `restore` or by hand.
_IN_USE_AGAIN = "UPDATE origin SET restored_at = :at, backup = NULL, backed_up_at = NULL"


async def notice_what_was_restored(database: Database) -> None:
    """Let a backup that somebody has simply copied into place be what `restore` would have made of it."""
    if await database.read("SELECT 1 FROM origin WHERE backed_up_at IS NOT NULL"):
        await database.write(_IN_USE_AGAIN, at=clock.now())
        log.warning("this database was a backup: what was posted since is looked for before it is posted again")


def restore(file: Path, database: Path, backups: Path | None = None) -> str:
    """Put the backup `file` in the place of `database`; returns what was done, in words.

    The backup stays where it is, and so does the old database, under another name beside the new one. Whoever was
    erased since, as the list in the folder `backups` says, is erased again.
    Raises StartError while a bot runs on the database, or when something is wrong with the backup.
    """
    database = database.resolve()
    if not file.is_file():
        raise StartError(f"There is no backup {file}.", status=1)
    if database.exists() and file.samefile(database):
        raise StartError(f"{file} is the database itself. Name the backup that should take its place.", status=1)
    private_folder(database.parent)
    lock = lock_of(database)
    try:
        lock.take()
    except BlockingIOError:
        raise StartError(f"A bot is running on {database}. Stop it, restore, and start it again.", AGAIN) from None
    except OSError as problem:
        raise StartError(f"The folder of {database} cannot be used: {problem.strerror}.", status=1) from problem
    incoming = database.with_name(f"{database.stem}.restored{database.suffix}")
    try:
        copy_database(file, incoming, newest_schema(), lambda copy: _fit(copy, database))
        with closing(sqlite3.connect(incoming, isolation_level=None)) as copy:
            copy.execute("PRAGMA secure_delete = ON")
            mended = mend(copy)
            current = schema_of(copy) == newest_schema()
        erased = _erase_again(incoming, backups or database.parent / "backups") if current else None
        kept = _put_aside(database)
        incoming.replace(database)
    except sqlite3.Error as problem:
        raise StartError(f"{file} cannot be brought back: {problem}.", status=1) from problem
    finally:
        for ending in ("", "-wal", "-shm", ".lock"):
            incoming.with_name(incoming.name + ending).unlink(missing_ok=True)
        lock.release()
    return " ".join(
        [
            f"{database} holds {contents_of(database)} again, from {file}.",
            *([f"What did not add up in it was mended: {'; '.join(mended)}."] if mended else []),
            *([f"What was erased since is erased again: {erased}."] if erased else []),
            *(["Whoever was erased since is erased again at the next start."] if erased is None else []),
            *([f"What was there before is in {kept}: delete it once all is well."] if kept else []),
        ]
    )


def _erase_again(incoming: Path, backups: Path) -> str:
    """Erase whom the list beside the backups names; what that was, in words."""
    with ThreadPoolExecutor(1) as apart:  # whoever calls may have an event loop running in this thread
        return apart.submit(asyncio.run, _erased_again(incoming, backups)).result()


async def _erased_again(incoming: Path, backups: Path) -> str:
    database = SqliteDatabase(incoming)
    await database.open()
    try:
        again = await Records(database, backups).erase_again()
    finally:
        await database.close()
    words = [count(len(again.people), "person", "people")] if again.people else []
    words += [count(len(again.servers), "server")] if again.servers else []
    return " and ".join(words)


def _fit(incoming: sqlite3.Connection, database: Path) -> None:
    """Make a copy of the backup the successor of what it replaces."""
    now, old_name = clock.now(), None
    with suppress(sqlite3.Error), closing(connect_to_read(database)) as old:  # a damaged one can't say
        _count_on(old, incoming)
        old_name = old.execute("SELECT name FROM origin").fetchone()[0]
    if has_table(incoming, "origin"):
        incoming.execute(_IN_USE_AGAIN, {"at": now})
    else:  # an older schema: its upgrade will look for these
        memos = [("restored", str(now)), *([("origin", old_name)] if old_name else [])]
        incoming.executemany("INSERT OR REPLACE INTO memo (name, value) VALUES (?, ?)", memos)


def _count_on(old: sqlite3.Connection, incoming: sqlite3.Connection) -> None:
    """Let no number be given again that the old database gave since the backup: cards on Discord carry it."""
    given = [tuple(row) for row in old.execute("SELECT seq, name FROM sqlite_sequence")]
    incoming.executemany("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", given)
    incoming.executemany(
        "INSERT INTO sqlite_sequence (seq, name) "
        "SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?2)",
        given,
    )


def _put_aside(database: Path) -> Path | None:
    """Move the database out of the way; returns where it is now, or None if there was none."""
    if not database.exists():
        return None
    with suppress(sqlite3.Error), closing(sqlite3.connect(database)) as old:
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # into one file; a damaged one goes as it is
    kept = database.with_name(f"{database.stem}.replaced-{clock.now()}{database.suffix}")
    private_database(database)
    # What could not be folded in belongs to the old file and to no other.
    for ending in ("-wal", "-shm", ""):
        beside = database.with_name(database.name + ending)
        if beside.exists():
            beside.replace(kept.with_name(kept.name + ending))
    return kept
