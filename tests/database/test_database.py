"""The database: one connection, one lock. What it says of files that fail is in test_trouble.py."""

import asyncio
import secrets
import sqlite3
from pathlib import Path

import pytest

from bot.database import Database, SqliteDatabase


async def test_a_failed_transaction_leaves_nothing_and_others_writes_survive_it(database: Database) -> None:
    async def fail() -> None:
        async with database.transaction() as transaction:
            await transaction.run("INSERT INTO memo VALUES ('half', 'done')")
            await asyncio.sleep(0)
            raise RuntimeError("no further")

    async def write() -> None:
        await database.write("INSERT INTO memo VALUES ('whole', 'done')")

    results = await asyncio.gather(fail(), write(), return_exceptions=True)
    assert isinstance(results[0], RuntimeError)
    assert [row["name"] for row in await database.read("SELECT name FROM memo")] == ["whole"]


@pytest.mark.sqlite
@pytest.mark.synced
async def test_what_was_written_is_safe_from_a_power_cut(database: Database) -> None:
    settings = [
        (await database.read(f"PRAGMA {name}"))[0][0] for name in ("journal_mode", "synchronous", "foreign_keys")
    ]
    assert settings == ["wal", 2, 1]


async def test_a_transaction_cancelled_at_any_step_leaves_the_database_ready_for_others(database: Database) -> None:
    async def three() -> None:
        async with database.transaction() as transaction:
            await transaction.run("INSERT INTO memo VALUES (:name, '1')", name=secrets.token_hex())
            await transaction.run("INSERT INTO memo VALUES (:name, '2')", name=secrets.token_hex())

    for steps in range(30):
        task = asyncio.create_task(three())
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait({task})
        await database.write("INSERT INTO memo VALUES (:name, 'alone')", name=str(steps))
        async with database.transaction():
            assert len(await database.read("SELECT name FROM memo WHERE value = 'alone'")) == steps + 1
        rows = [row["value"] for row in await database.read("SELECT value FROM memo")]
        assert rows.count("1") == rows.count("2")


async def test_a_commit_that_fails_is_rolled_back(path: Path) -> None:
    database = SqliteDatabase(path)
    await database.open()
    with pytest.raises(sqlite3.IntegrityError):
        async with database.transaction() as transaction:
            await transaction.run("PRAGMA defer_foreign_keys = ON")  # broken references are found at the commit
            await transaction.run("INSERT INTO report (suggestion_id, user_id, why, at) VALUES (1, 2, 'why', 3)")
    await database.write("INSERT INTO memo VALUES ('after', 'it')")
    await database.close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM memo WHERE name = 'after'").fetchone() == (1,)
    connection.close()


async def test_a_write_with_an_impossible_value_spoils_none_of_those_it_waits_with(path: Path) -> None:
    database = SqliteDatabase(path)
    await database.open()
    insert = "INSERT INTO memo VALUES (:name, :value)"
    async with database.transaction():
        writes = [
            asyncio.create_task(database.write(insert, name=str(value), value=value)) for value in (1, 2**70, 3)
        ]
        await asyncio.sleep(0)
    outcomes = await asyncio.gather(*writes, return_exceptions=True)
    assert [isinstance(outcome, OverflowError) for outcome in outcomes] == [False, True, False]
    async with database.transaction() as transaction:
        await transaction.run(insert, name="later", value="on")
    await database.close()
    with sqlite3.connect(path) as connection:
        assert [name for (name,) in connection.execute("SELECT name FROM memo ORDER BY name")] == [
            "1",
            "3",
            "later",
        ]
    connection.close()
