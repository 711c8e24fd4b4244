"""`python -m bot move FROM TO`: everything from SQLite to PostgreSQL or back, in one go, or nothing of it.

Into PostgreSQL it is one transaction, and a file gets its name only once it is complete: whoever is killed in
between begins anew. What is moved stays where it is; where something is already, nothing is moved to.
"""

import asyncio
import os
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import asyncpg

from bot.database.checking import DRIFTED, connect_to_read, oddities_of
from bot.database.migrations import newest
from bot.database.postgresql import migrate_server, schema_of_server
from bot.database.postgresql_trouble import FAILURES, trouble_of_server
from bot.database.sqlite import SqliteDatabase
from bot.errors import AGAIN, StartError
from bot.settings import Address, PostgresAddress

if TYPE_CHECKING:  # at run time this is no generic
    _Connection: TypeAlias = asyncpg.Connection[asyncpg.Record]

# Rows that are in memory at a time.
_SOME = 10_000
# What every database has from its first moment, so that it is none of what somebody would miss.
_ITS_OWN = "origin"

_Values: TypeAlias = tuple[str | int | float | None, ...]


class _Table(NamedTuple):
    """A table of the newest schema, as SQLite has it (the tests hold PostgreSQL's to be the same)."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    counts: bool  # it gives numbers that never return

    @property
    def select(self) -> str:
        """The statement that reads all of it."""
        return f"SELECT {', '.join(self.columns)} FROM {self.name}"  # noqa: S608 - names of the schema

    def named(self, values: _Values) -> str:
        """How a row is called in a message."""
        key = ", ".join(f"{name} {values[self.columns.index(name)]!s}" for name in self.key)
        return f"{self.name} ({key})"


class Moved(NamedTuple):
    """What was moved: rows by table, and the names of rows whose text had U+0000, which is gone from it now."""

    rows: Counter[str]
    cleaned: list[str]


def move(source: Address, target: Address) -> str:
    """Move everything; says what was. Raises StartError, and then nothing was moved."""
    if isinstance(source, Path) and isinstance(target, PostgresAddress):
        if not source.is_file():
            raise StartError(f"There is no database {source} to move.", status=1)
        moved = asyncio.run(_to_server(source, target))
    elif isinstance(source, PostgresAddress) and isinstance(target, Path):
        if target.exists():
            raise StartError(
                f"There is something at {target} already: name a file that is not there yet.", status=1
            )
        moved = asyncio.run(_to_file(source, target))
    else:
        raise StartError(
            "One of the two has to be a SQLite file and the other a PostgreSQL address. Within PostgreSQL use "
            "pg_dump and pg_restore; a SQLite file is copied with `backup` and `restore`.",
            status=1,
        )
    words = (
        f"{target} has everything that is in {source}: {moved.rows.total():,} rows, among them "
        f"{moved.rows['vote']:,} votes, and their counts agree. Set MONTAGE_DATABASE to it before the next start."
    )
    if moved.cleaned:
        words += f"\nU+0000, which PostgreSQL cannot keep, was left out of: {'; '.join(moved.cleaned)}."
    return words


# --- from a file to a server ---


async def _to_server(source: Path, target: PostgresAddress) -> Moved:
    database = SqliteDatabase(source)
    await database.open()  # nobody else has it meanwhile, and it is of the newest schema
    try:
        with closing(connect_to_read(database.path)) as reading:
            reading.text_factory = lambda text: text.decode("utf-8", "replace")
            if oddities := oddities_of(reading):
                raise StartError(f"{source} does not add up: {'; '.join(oddities)}. doctor --mend first.", status=1)
            async with _connected(target) as connection, connection.transaction():
                await migrate_server(connection, target)
                return await _fill_server(reading, connection, target)
    finally:
        await database.close()


async def _fill_server(reading: sqlite3.Connection, connection: "_Connection", target: PostgresAddress) -> Moved:
    tables = _tables(reading)
    for table in tables:
        if table.name != _ITS_OWN and await connection.fetchval(f"SELECT 1 FROM {table.name} LIMIT 1"):  # noqa: S608
            raise StartError(f"There is something in {target} already ({table.name}): move to a new database.", 1)
    moved = Moved(Counter(), [])
    await connection.execute(f"DELETE FROM {_ITS_OWN}")  # noqa: S608
    await connection.execute("ALTER TABLE vote DISABLE TRIGGER USER")  # the counts are moved, too
    for table in tables:
        await connection.copy_records_to_table(
            table.name, records=_cleaned(table, reading.execute(table.select), moved), columns=table.columns
        )
    await connection.execute("ALTER TABLE vote ENABLE TRIGGER USER")
    for name, last in reading.execute("SELECT name, seq FROM sqlite_sequence"):
        if last > 0:
            await connection.fetchval("SELECT setval(pg_get_serial_sequence($1, 'id'), $2)", name, last)
    for table in tables:
        there = await connection.fetchval(f"SELECT count(*) FROM {table.name}")  # noqa: S608
        _must_be_all(table.name, moved.rows[table.name], there, target)
    if drifted := [row for sql in DRIFTED.values() for row in await connection.fetch(sql)]:
        raise StartError(f"In {target} {len(drifted)} counts would differ from their votes: nothing was moved.", 1)
    return moved


def _cleaned(table: _Table, rows: Iterable[_Values], moved: Moved) -> Iterator[_Values]:
    """The rows as PostgreSQL can keep them, counted."""
    for row in rows:
        values = tuple(row)
        moved.rows[table.name] += 1
        if any(isinstance(value, str) and "\0" in value for value in values):
            values = tuple(value.replace("\0", "") if isinstance(value, str) else value for value in values)
            moved.cleaned.append(table.named(values))
        yield values


# --- from a server to a file ---


async def _to_file(source: PostgresAddress, target: Path) -> Moved:
    part = target.with_name(target.name + ".part")
    try:
        _remove(part)
        database = SqliteDatabase(part)
        await database.open()
        await database.close()
        async with (
            _connected(source) as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            await _must_be_at_rest(connection, source)
            with closing(sqlite3.connect(part, isolation_level=None)) as writing:
                moved = await _fill_file(connection, writing, target)
        number = os.open(part, os.O_RDWR)
        os.fsync(number)
        os.close(number)
        part.replace(target)
    except OSError as problem:
        raise StartError(f"{target} cannot be written: {problem.strerror or problem}.", status=1) from problem
    except sqlite3.Error as problem:
        raise StartError(f"{target} cannot be written: {problem}.", status=1) from problem
    finally:
        _remove(part)
    return moved


def _remove(part: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal", ".lock"):
        part.with_name(part.name + ending).unlink(missing_ok=True)


async def _must_be_at_rest(connection: "_Connection", source: PostgresAddress) -> None:
    """Raises StartError while a bot writes there, or where it is not of this version."""
    schema = await schema_of_server(connection)
    if schema != newest():
        raise StartError(
            f"The database {source} has schema {schema}, and this version of the bot knows {newest()}. Start the "
            "bot on it once, stop it, and move it then.",
            status=1,
        )
    others = await connection.fetchval(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND application_name = 'montage-bot'"
    )
    if others:
        raise StartError(f"A bot is running on {source}. Stop every process of it, and move it then.", AGAIN)


async def _fill_file(connection: "_Connection", writing: sqlite3.Connection, target: Path) -> Moved:
    tables, moved = _tables(writing), Moved(Counter(), [])
    # Without a journal: what is not complete is deleted.
    for setting in ("foreign_keys = OFF", "journal_mode = OFF", "synchronous = OFF", "cache_size = -64000"):
        writing.execute(f"PRAGMA {setting}")
    writing.execute("BEGIN")
    triggers = writing.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        writing.execute(f"DROP TRIGGER {name}")
    for table in tables:
        writing.execute(f"DELETE FROM {table.name}")  # noqa: S608
        marks = ", ".join("?" * len(table.columns))
        insert = f"INSERT INTO {table.name} ({', '.join(table.columns)}) VALUES ({marks})"  # noqa: S608
        async for rows in _in_portions(connection, table.select):
            writing.executemany(insert, rows)
            moved.rows[table.name] += len(rows)
        if table.counts:
            sequence = await connection.fetchval("SELECT pg_get_serial_sequence($1, 'id')", table.name)
            last, begun = await connection.fetchrow(f"SELECT last_value, is_called FROM {sequence}") or (0, False)  # noqa: S608
            writing.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table.name,))
            if begun:
                writing.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table.name, last))
    for _, sql in triggers:
        writing.execute(sql)
    for table in tables:
        (there,) = writing.execute(f"SELECT count(*) FROM {table.name}").fetchone()  # noqa: S608
        _must_be_all(table.name, await connection.fetchval(f"SELECT count(*) FROM {table.name}"), there, target)  # noqa: S608
    if oddities := oddities_of(writing):
        raise StartError(f"In {target} not all would add up: {'; '.join(oddities)}. Nothing was moved.", status=1)
    writing.execute("COMMIT")
    return moved


async def _in_portions(connection: "_Connection", select: str) -> AsyncIterator[list[_Values]]:
    portion: list[_Values] = []
    async for row in connection.cursor(select, prefetch=_SOME):
        portion.append(tuple(row))
        if len(portion) == _SOME:
            yield portion
            portion = []
    yield portion


# --- both ---


def _tables(connection: sqlite3.Connection) -> list[_Table]:
    """Every table, each after those that it refers to."""
    made = connection.execute(
        "SELECT name, sql LIKE '%AUTOINCREMENT%' FROM sqlite_master "
        "WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    found: dict[str, _Table] = {}
    needs: dict[str, set[str]] = {}
    for name, counts in made:
        columns = connection.execute("SELECT name, pk FROM pragma_table_info(?)", (name,)).fetchall()
        key = sorted((index, column) for column, index in columns if index)
        found[name] = _Table(name, tuple(c for c, _ in columns), tuple(c for _, c in key), bool(counts))
        parents = connection.execute('SELECT "table" FROM pragma_foreign_key_list(?)', (name,))
        needs[name] = {parent for (parent,) in parents} - {name}
    ordered: list[_Table] = []
    while needs:
        ready = sorted(name for name, parents in needs.items() if not parents & needs.keys())
        ordered += (found[name] for name in ready)
        needs = {name: parents for name, parents in needs.items() if name not in ready}
    return ordered


def _must_be_all(table: str, moved: int, there: int, target: Address) -> None:
    if moved != there:
        raise StartError(f"Of {moved} rows of {table} {there} arrived in {target}: nothing was moved.", status=1)


@asynccontextmanager
async def _connected(address: PostgresAddress) -> AsyncIterator["_Connection"]:
    try:
        connection = await asyncpg.connect(address.url, timeout=10)
        try:
            yield connection
        finally:
            with suppress(*FAILURES):
                await connection.close(timeout=10)
    except FAILURES as error:
        if (trouble := trouble_of_server(error)) is not None:
            raise trouble.start_error(address) from error
        raise StartError(f"The database {address} cannot be used: {error}. Nothing was moved.", status=1) from error
