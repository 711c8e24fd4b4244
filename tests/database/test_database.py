"""The database: one connection, one lock. What it says of files that fail is in test_trouble.py."""

import asyncio

from bot.database import Database


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


async def test_what_was_written_is_safe_from_a_power_cut(database: Database) -> None:
    settings = [
        (await database.read(f"PRAGMA {name}"))[0][0] for name in ("journal_mode", "synchronous", "foreign_keys")
    ]
    assert settings == ["wal", 2, 1]
