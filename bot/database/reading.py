"""Reading a database that a bot may be writing, with all that a `Database` can do."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.database.copying import copy_database
from bot.database.database import Database
from bot.database.migrations import newest


@asynccontextmanager
async def a_copy_of(source: Path) -> AsyncIterator[Database]:
    """A copy of this moment, open and of the newest schema; gone afterwards. The source stays as it is.

    Raises StartError, as `copy_database` does.
    """
    with TemporaryDirectory() as folder:  # which its owner alone can enter
        database = Database(Path(folder) / "copy.db")
        await asyncio.to_thread(copy_database, source, database.path, newest())
        await database.open()
        try:
            yield database
        finally:
            await database.close()
