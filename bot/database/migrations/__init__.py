"""Numbered SQL files, applied once each and in order: a folder for each engine, with the same numbers.

PostgreSQL has everything until 8, when it came, in one file. Here is how SQLite's are applied, where `PRAGMA
user_version` says which were; `bot.database.postgresql` applies the others.
"""

import asyncio
from importlib.resources import files
from pathlib import Path
from typing import Literal

import aiosqlite
import structlog

from bot.database.copying import copy_database
from bot.errors import StartError

log = structlog.get_logger(__name__)


def scripts(engine: Literal["sqlite", "postgresql"]) -> list[tuple[int, str]]:
    """The files of one engine in their order, each with its number."""
    found = [
        (int(file.name[:4]), file.read_text(encoding="utf-8"))
        for file in (files(__name__) / engine).iterdir()
        if file.name.endswith(".sql")
    ]
    return sorted(found)


def newest() -> int:
    """The schema version that this code writes."""
    return scripts("sqlite")[-1][0]


def upgrade_script(current: int) -> str:
    """The SQL that takes a database from schema `current` to the newest: one transaction, all or nothing.

    Killed anywhere inside it, the file is still what the old version of the bot wrote and can open.
    """
    steps = [
        f"{script}\nPRAGMA user_version = {number};" for number, script in scripts("sqlite") if number > current
    ]
    return "\n".join(["BEGIN IMMEDIATE;", *steps, "COMMIT;"])


def kept_before_upgrade(path: Path, schema: int) -> Path:
    """Where the copy of a database goes that is about to leave that schema: `montage.schema-2.db`."""
    return path.with_name(f"{path.stem}.schema-{schema}{path.suffix}")


async def version(connection: aiosqlite.Connection) -> int:
    """The schema version of an open database; 0 for an empty file."""
    ((number,),) = await connection.execute_fetchall("PRAGMA user_version")
    return int(number)


async def refuse_newer(connection: aiosqlite.Connection, path: Path) -> None:
    """Raises StartError for a database that a newer version of the bot has written; nothing is touched."""
    current, target = await version(connection), newest()
    if current > target:
        raise StartError(
            f"The database {path} was written by a newer version of the bot (schema {current}; this one knows "
            f"up to {target}). Update the bot, or bring back a backup made before the update."
        )


async def migrate_file(connection: aiosqlite.Connection, path: Path) -> None:
    """Bring the database to the newest schema, after a copy of it was made beside it.

    Raises StartError where there is no room for the copy.
    """
    current, target = await version(connection), newest()
    if current == target:
        return
    if current:
        kept = kept_before_upgrade(path, current)
        oddities = await asyncio.to_thread(copy_database, path, kept, target)
        if oddities:  # no reason to stop: the upgrade is one transaction, and goes through or not at all
            log.warning("something in the database does not add up: doctor --mend", problems=oddities)
        log.info("database kept as it was before the upgrade", schema=current, file=str(kept))
    # executescript commits what is open before it starts, so the transaction is part of the script.
    await connection.executescript(upgrade_script(current))
    log.info("database upgraded" if current else "database made", before=current, now=target)
