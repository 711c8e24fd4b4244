"""Statements written at the same moment: committed together, and yet each for itself."""

import asyncio
import os
import sqlite3
from pathlib import Path

import pytest

from bot.database import SqliteDatabase, lock_of
from bot.errors import StartError
from tests.databases import traced

pytestmark = pytest.mark.sqlite

_ADD = "INSERT INTO memo (name, value) VALUES (:name, 'x') RETURNING name"


async def test_statements_that_wait_share_a_commit(database: SqliteDatabase) -> None:
    async with traced(database) as statements:
        rows = await asyncio.gather(*(database.write(_ADD, name=f"row {n}") for n in range(20)))
    assert [row[0]["name"] for row in rows] == [f"row {n}" for n in range(20)]
    assert statements.count("COMMIT") == 1
    assert len(await database.read("SELECT * FROM memo")) == 20


async def test_one_that_fails_takes_nobody_with_it(database: SqliteDatabase) -> None:
    names = ["first", "a", "b", "a", "c"]
    outcomes = await asyncio.gather(*(database.write(_ADD, name=name) for name in names), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [list, list, list, sqlite3.IntegrityError, list]
    assert {row["name"] for row in await database.read("SELECT name FROM memo")} == {"first", "a", "b", "c"}


async def test_a_wait_for_a_transaction_sees_what_it_committed(database: SqliteDatabase) -> None:
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


async def test_closing_waits_for_what_was_promised(database: SqliteDatabase) -> None:
    writes = [asyncio.create_task(database.write(_ADD, name=f"row {n}")) for n in range(10)]
    await asyncio.sleep(0)
    await database.close()
    assert len(await asyncio.gather(*writes)) == 10
    with pytest.raises(RuntimeError, match="not open"):
        await database.write(_ADD, name="too late")
    await database.open()
    assert len(await database.read("SELECT * FROM memo")) == 10


async def test_a_file_closed_in_good_order_is_not_searched_for_damage_again(path: Path) -> None:
    database = SqliteDatabase(path)
    await database.open()
    await database.write(_ADD, name="row")
    await database.close()
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 4] = b"\xff" * 4096
    before = path.stat()
    path.write_bytes(data)
    # As if nobody had touched it: then it is opened as it is …
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    await database.open()
    await database.close()
    # … and whoever did touch it is found out.
    path.write_bytes(data)
    with pytest.raises(StartError, match="damaged"):
        await database.open()


async def test_a_file_whose_bot_was_killed_is_searched_for_damage(path: Path) -> None:
    database = SqliteDatabase(path)
    await database.open()
    await database.close()
    lock = lock_of(path)
    lock.take()
    assert lock.note
    lock.release()  # as the system does for a process that is gone
    lock.take()
    assert not lock.note
    lock.release()
