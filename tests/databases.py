"""Databases for tests that need many of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

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


@asynccontextmanager
async def traced(database: Database) -> AsyncIterator[list[str]]:
    """Every statement that the database runs until the end of the block, as SQLite sees it."""
    statements: list[str] = []
    nobody: Any = None  # ends the tracing; aiosqlite's annotation leaves it out
    await database._connection.set_trace_callback(statements.append)
    try:
        yield statements
    finally:
        await database._connection.set_trace_callback(nobody)
