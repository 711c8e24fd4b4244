"""Databases for tests that need many of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.database import Database


@asynccontextmanager
async def throwaway() -> AsyncIterator[Database]:
    """A database in a file of its own, not open yet; closed whatever happens, or a failing example would hang."""
    with TemporaryDirectory() as folder:
        database = Database(Path(folder) / "montage.db")
        try:
            yield database
        finally:
            await database.close()
