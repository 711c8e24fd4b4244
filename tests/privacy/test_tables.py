"""The list of what is kept is complete: held against the real schema."""

import re

import pytest

from bot.database import Database
from bot.privacy.tables import TABLES, Fate

pytestmark = pytest.mark.sqlite  # PostgreSQL's tables are held to be the same by tests/database/test_schemas.py

# Columns that hold the id of a person, a server or a montage, by their names.
PERSON = re.compile(r"(user|author|person|member|moderator|by|scope)(_id)?$|_by(_id)?$")
SERVER = re.compile(r"^(guild|server|scope)_id$")
MONTAGE = re.compile(r"^(montage|first|second)(_id)?$")


async def columns(database: Database) -> dict[str, set[str]]:
    rows = await database.read(
        "SELECT m.name AS t, c.name AS c FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c "
        "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"
    )
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row["t"], set()).add(row["c"])
    return found


async def test_every_table_is_in_the_list_and_every_id_in_it_is_named(database: Database) -> None:
    there = await columns(database)
    assert {kept.table for kept in TABLES} == there.keys(), "bot/privacy/tables.py names every table"
    for kept in TABLES:
        names = there[kept.table]
        assert set(kept.person) == {name for name in names if PERSON.search(name)}, (
            f"bot/privacy/tables.py: every column of {kept.table} with a person's id is in `person`"
        )
        assert {kept.server} - {None} == {name for name in names if SERVER.match(name)}, (
            f"bot/privacy/tables.py: the column of {kept.table} with the server's id is its `server`"
        )
        montages = {name for name in names if MONTAGE.match(name)}
        # When a shipped montage came is nobody's; a suggestion is never shipped.
        assert set(kept.montages) == montages - ({"montage_id"} if kept.table == "arrival" else set()), kept.table


async def test_what_follows_another_table_really_goes_with_it(database: Database) -> None:
    for kept in TABLES:
        cascades = await database.read(
            "SELECT \"table\" AS parent FROM pragma_foreign_key_list(:table) WHERE on_delete = 'CASCADE'",
            table=kept.table,
        )
        assert {kept.follows} - {None} == {row["parent"] for row in cascades}, kept.table


async def test_only_columns_that_may_be_empty_are_emptied(database: Database) -> None:
    for kept in TABLES:
        for column, fate in kept.person.items():
            if fate is Fate.NAMELESS:
                (row,) = await database.read(
                    'SELECT "notnull" FROM pragma_table_info(:table) WHERE name = :column',
                    table=kept.table,
                    column=column,
                )
                assert row[0] == 0, f"{kept.table}.{column}"
