"""Statements written at the same moment: committed together, and yet each for itself."""

import asyncio
import sqlite3

import pytest

from bot.database import Database

_ADD = "INSERT INTO memo (name, value) VALUES (:name, 'x') RETURNING name"


async def test_statements_that_wait_share_a_commit(database: Database) -> None:
    statements: list[str] = []
    await database._connection.set_trace_callback(statements.append)
    rows = await asyncio.gather(*(database.write(_ADD, name=f"row {n}") for n in range(20)))
    assert [row[0]["name"] for row in rows] == [f"row {n}" for n in range(20)]
    assert statements.count("COMMIT") == 1
    assert len(await database.read("SELECT * FROM memo")) == 20


async def test_one_that_fails_takes_nobody_with_it(database: Database) -> None:
    names = ["first", "a", "b", "a", "c"]
    outcomes = await asyncio.gather(*(database.write(_ADD, name=name) for name in names), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [list, list, list, sqlite3.IntegrityError, list]
    assert {row["name"] for row in await database.read("SELECT name FROM memo")} == {"first", "a", "b", "c"}


async def test_a_wait_for_a_transaction_sees_what_it_committed(database: Database) -> None:
    async with database.transaction() as transaction:
        await transaction.run(_ADD, name="inside")
        late = [asyncio.create_task(database.write(_ADD, name=f"late {n}")) for n in range(3)]
        given_up = asyncio.create_task(database.write(_ADD, name="given up"))
        await asyncio.sleep(0)
        given_up.cancel()
        assert len(await transaction.run("SELECT * FROM memo")) == 1
    await asyncio.gather(*late)
    with pytest.raises(asyncio.CancelledError):
        await given_up
    assert len(await database.read("SELECT name FROM memo WHERE name LIKE 'late %'")) == 3


async def test_closing_waits_for_what_was_promised(database: Database) -> None:
    writes = [asyncio.create_task(database.write(_ADD, name=f"row {n}")) for n in range(10)]
    await asyncio.sleep(0)
    await database.close()
    assert len(await asyncio.gather(*writes)) == 10
    with pytest.raises(RuntimeError, match="not open"):
        await database.write(_ADD, name="too late")
    await database.open()
    assert len(await database.read("SELECT * FROM memo")) == 10
