"""The database: one connection, one lock, clear sentences."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from bot.database import Database
from bot.errors import StartError


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


async def test_a_second_process_is_refused(database: Database, path: Path) -> None:
    with pytest.raises(StartError, match="in use by another bot process"):
        await Database(path).open()


async def test_a_database_from_a_newer_version_is_refused_and_untouched(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 9999")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StartError, match=r"newer version.*schema 9999"):
        await Database(path).open()
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"this is not a database, it is a love letter" * 30, b"\0" * 5000])
async def test_a_file_that_is_no_database_is_refused_in_a_sentence(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(StartError, match="cannot be opened"):
        await Database(path).open()
    assert path.read_bytes() == content


async def test_a_folder_in_its_place_is_refused_in_a_sentence(path: Path) -> None:
    path.mkdir()
    with pytest.raises(StartError, match="cannot be opened"):
        await Database(path).open()


async def test_it_opens_again_after_a_refusal(path: Path) -> None:
    path.mkdir()
    database = Database(path)
    with pytest.raises(StartError):
        await database.open()
    path.rmdir()
    await database.open()
    await database.close()
