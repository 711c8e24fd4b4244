"""Databases for tests, of both engines."""

import sqlite3
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import asyncpg
import pytest

from bot.database import (
    Database,
    SqliteDatabase,
    SqlValue,
    damage_of,
    database_at,
    newest_schema,
    oddities_of,
    postgresql,
)
from bot.database.database import for_postgresql
from bot.settings import Address
from tests.postgres import databases, programs

Engine = Literal["sqlite", "postgresql"]
# What a broken constraint raises.
BROKEN_CONSTRAINT = (sqlite3.IntegrityError, asyncpg.IntegrityConstraintViolationError)


def problems_of(connection: sqlite3.Connection) -> list[str]:
    """Everything that is wrong with a database file."""
    return damage_of(connection, newest_schema()) or oddities_of(connection)


@contextmanager
def an_address(engine: Engine, folder: Path) -> Iterator[Address]:
    """Where a new database is, which is empty; in SQLite not even the file is there."""
    if engine == "sqlite":
        yield folder / "montage.db"
        return
    if programs() is None:
        pytest.skip("PostgreSQL is not installed")
    address = databases().make()
    yield address
    databases().drop(address)


@asynccontextmanager
async def throwaway(engine: Engine) -> AsyncIterator[Database]:
    """A database of its own, not open yet; closed whatever happens, or a failing example would hang."""
    with TemporaryDirectory() as folder, an_address(engine, Path(folder)) as address:
        database = database_at(address)
        try:
            yield database
        finally:
            await database.close()


@asynccontextmanager
async def traced(database: Database) -> AsyncIterator[list[str]]:
    """Every statement that the database runs until the end of the block, as the engine is given it."""
    statements: list[str] = []
    if isinstance(database, SqliteDatabase):
        nobody: Any = None  # ends the tracing; aiosqlite's annotation leaves it out
        await database._connection.set_trace_callback(statements.append)
        try:
            yield statements
        finally:
            await database._connection.set_trace_callback(nobody)
        return
    with pytest.MonkeyPatch.context() as patching:
        fetch = postgresql._fetch

        async def noted(connection: Any, sql: str, values: Mapping[str, SqlValue]) -> list[Any]:
            statements.append(for_postgresql(sql))
            return await fetch(connection, sql, values)

        patching.setattr(postgresql, "_fetch", noted)
        yield statements
