"""Reading a database that a bot may be writing, with all that a `Database` can do."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.database.copying import copy_database
from bot.database.database import Database
from bot.database.migrations import newest
from bot.database.opening import database_at
from bot.database.sqlite import SqliteDatabase
from bot.settings import Address


@asynccontextmanager
async def a_copy_of(source: Address) -> AsyncIterator[Database]:
    """A copy of this moment, open and of the newest schema; gone afterwards. The source stays as it is.

    Of PostgreSQL it is the database itself, which serves many. Raises StartError, as `copy_database` does.
    """
    if not isinstance(source, Path):
        server = database_at(source)
        await server.open()
        try:
            yield server
        finally:
            await server.close()
        return
    with TemporaryDirectory() as folder:  # which its owner alone can enter
        database = SqliteDatabase(Path(folder) / "copy.db")
        await asyncio.to_thread(copy_database, source, database.path, newest())
        await database.open()
        try:
            yield database
        finally:
            await database.close()
