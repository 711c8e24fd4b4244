"""What the doctor says of a PostgreSQL server."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from bot import clock
from bot.database import database_at
from bot.database.postgresql_checking import ServerState, state_of_server
from bot.doctor import Finding, examine
from bot.doctor.server import database_findings, server_state_findings
from bot.settings import PostgresAddress
from tests.databases import an_address

WELL = ServerState(
    version=15,
    encoding="UTF8",
    schema=8,
    newest=8,
    unsafe=(),
    ahead=0,
    connections=12,
    most=100,
    shared=False,
    megabytes=8.0,
    votes=3,
    drifted=0,
    latest=1_790_000_000_000,
)


@pytest.fixture
def address(tmp_path: Path) -> Iterator[PostgresAddress]:
    """A database on the tests' server, which does not wait for its disk."""
    with an_address("postgresql", tmp_path) as address:
        assert isinstance(address, PostgresAddress)
        yield address


def said(address: PostgresAddress) -> dict[str, Finding]:
    """The findings on database, server and backups."""
    found = examine({"MONTAGE_DATABASE": address.url}, Path("/nowhere"))
    return {finding.name: finding for finding in found}


async def test_a_database_that_is_used_is_looked_at_and_left_alone(address: PostgresAddress) -> None:
    database = database_at(address)
    await database.open()
    await database.write("INSERT INTO vote VALUES (7, 'rocky-1976', 1, 1, :at)", at=clock.now())
    found = said(address)
    assert found["database"].state == "ok" and "is sound: 1 vote, tallies equal" in found["database"].says
    assert found["server"].state == "problem"
    assert "off there: fsync, full_page_writes, synchronous_commit." in found["server"].says
    assert "PostgreSQL's own tools" in found["backups"].says
    assert "room" not in found
    await database.write("UPDATE tally SET up = up + 2")
    assert "the counts of 1 montage differ" in said(address)["database"].says
    state = await state_of_server(address)
    assert not state.shared and abs(state.ahead) < 1_000
    await database.close()


async def test_one_that_is_new_stays_empty(address: PostgresAddress) -> None:
    connection = await asyncpg.connect(address.url)
    await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    assert "the first start makes the tables" in said(address)["database"].says
    assert await connection.fetchval("SELECT count(*) FROM pg_class WHERE relname = 'vote'") == 0
    await connection.close()


def test_one_that_cannot_be_reached() -> None:
    found = said(PostgresAddress("postgresql://ana:hush@127.0.0.1:1/montage"))["database"]
    assert found.state == "problem"
    assert found.says == "The database postgresql://127.0.0.1:1/montage cannot be reached."
    assert found.remedy.startswith("See that PostgreSQL runs there")


@pytest.mark.parametrize(
    ("change", "state", "word"),
    [
        ({}, "ok", "PostgreSQL 15, writes are safe, 12 of 100"),
        ({"version": 14}, "problem", "it is PostgreSQL 14"),
        ({"unsafe": ("fsync",)}, "problem", "off there: fsync."),
        ({"shared": True}, "problem", "pgbouncer"),
        ({"connections": 90}, "warning", "90 of its 100 connections"),
        ({"ahead": 61_000}, "warning", "61 seconds ahead of"),
        ({"ahead": -61_000}, "warning", "61 seconds behind"),
    ],
)
def test_how_the_server_is(change: dict[str, Any], state: str, word: str) -> None:
    found = list(server_state_findings(WELL._replace(**change)))
    assert found[0].state == state and word in found[0].says


@pytest.mark.parametrize(
    ("change", "state", "word"),
    [
        ({}, "ok", "3 votes, tallies equal to a recount, 8.0 MB, schema 8."),
        ({"schema": 9}, "problem", "newer version of the bot (schema 9"),
        ({"newest": 9}, "ok", "schema 8, to be upgraded to 9"),
        ({"encoding": "SQL_ASCII"}, "problem", "keeps text as SQL_ASCII"),
        ({"drifted": 2}, "problem", "the counts of 2 montages differ"),
        ({"schema": 0}, "ok", "nothing in it yet"),
    ],
)
def test_how_the_database_is(change: dict[str, Any], state: str, word: str) -> None:
    (found,) = database_findings("postgresql://host/montage", WELL._replace(**change))
    assert found.state == state and word in found.says


def test_votes_that_are_still_to_come() -> None:
    found = list(database_findings("postgresql://host/montage", WELL._replace(latest=clock.now() + clock.DAY)))
    assert [(finding.name, finding.state) for finding in found] == [("database", "ok"), ("votes", "warning")]
