"""Numbered SQL files, applied once each and in order; `PRAGMA user_version` says which were."""

from importlib.resources import files
from pathlib import Path

import aiosqlite

from bot.errors import StartError


def _scripts() -> list[tuple[int, str]]:
    found = [
        (int(file.name[:4]), file.read_text(encoding="utf-8"))
        for file in files(__name__).iterdir()
        if file.name.endswith(".sql")
    ]
    return sorted(found)


def newest() -> int:
    """The schema version that this code writes."""
    return _scripts()[-1][0]


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


async def migrate(connection: aiosqlite.Connection) -> None:
    """Bring the database to the newest schema, each step in a transaction of its own."""
    current = await version(connection)
    for number, script in _scripts():
        if number > current:
            # executescript commits what is open before it starts, so the transaction is part of the script.
            await connection.executescript(f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;")
