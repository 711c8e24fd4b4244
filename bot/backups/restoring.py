"""Bringing a backup back, with what was there before kept beside it."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from bot import clock
from bot.backups.making import contents_of
from bot.database import connect_to_read, copy_database, lock_of, newest_schema
from bot.errors import AGAIN, StartError


def restore(file: Path, database: Path) -> str:
    """Put the backup `file` in the place of `database`; returns what was done, in words.

    The backup stays where it is, and so does the old database, under another name beside the new one.
    Raises StartError while a bot runs on the database, or when something is wrong with the backup.
    """
    if not file.is_file():
        raise StartError(f"There is no backup {file}.", status=1)
    if database.exists() and file.samefile(database):
        raise StartError(f"{file} is the database itself. Name the backup that should take its place.", status=1)
    database.parent.mkdir(parents=True, exist_ok=True)
    lock = lock_of(database)
    try:
        lock.take()
    except BlockingIOError:
        raise StartError(f"A bot is running on {database}. Stop it, restore, and start it again.", AGAIN) from None
    except OSError as problem:
        raise StartError(f"The folder of {database} cannot be used: {problem.strerror}.", status=1) from problem
    try:
        incoming = database.with_name(f"{database.stem}.restored{database.suffix}")
        copy_database(file, incoming, newest_schema())
        _count_on(database, incoming)
        kept = _put_aside(database)
        incoming.replace(database)
    finally:
        lock.release()
    before = f" What was there before is in {kept}." if kept else ""
    return f"{database} holds {contents_of(database)} again, from {file}.{before}"


def _count_on(database: Path, incoming: Path) -> None:
    """Let no number be given again that the old database gave since the backup: cards on Discord carry it."""
    with suppress(sqlite3.Error), closing(connect_to_read(database)) as old:  # a damaged one can't say
        given = [tuple(row) for row in old.execute("SELECT seq, name FROM sqlite_sequence")]
        with closing(sqlite3.connect(incoming)) as new, new:
            new.executemany("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", given)
            new.executemany(
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
    # What could not be folded in belongs to the old file and to no other.
    for ending in ("-wal", "-shm", ""):
        beside = database.with_name(database.name + ending)
        if beside.exists():
            beside.replace(kept.with_name(kept.name + ending))
    return kept
