"""Forgetting much keeps nobody waiting."""

import asyncio
import sqlite3
from pathlib import Path

from bot.database import Database
from bot.privacy.records import Records
from bot.suggestions.card_cleanup import CardCleanupStore
from bot.suggestions.suggestion import PostedCard
from tests.databases import traced

GUILD_ID, OTHER = 10**17, 10**17 + 1
VOTES = 40_000


def fill(path: Path) -> None:
    votes = [(GUILD_ID, f"m-{n % 50}", n, 1, n) for n in range(VOTES)] + [(OTHER, "m-1", 1, 1, 1)]
    with sqlite3.connect(path) as connection:
        connection.executemany("INSERT INTO vote VALUES (?, ?, ?, ?, ?)", votes)
    connection.close()


async def test_a_large_server_is_forgotten_while_everybody_else_is_served(database: Database, path: Path) -> None:
    fill(path)
    erasing = asyncio.create_task(Records(database).erase_server(GUILD_ID))
    served = 0
    while not erasing.done():
        await database.read("SELECT 1")
        served += 1
    assert (await erasing)["votes"] == VOTES
    assert served > 50
    assert [tuple(row) for row in await database.read("SELECT guild_id, up FROM tally")] == [(OTHER, 1)]


async def test_what_goes_with_a_suggestion_is_found_by_its_server(database: Database) -> None:
    async with database.transaction() as transaction:
        await transaction.run(
            "INSERT INTO suggestion (guild_id, author_id, film, year, scene, why, discipline, state, created_at, "
            "channel_id, message_id) VALUES (7, 1, 'f', 1999, 's', 'w', 'd', 'open', 1, 50, 60)"
        )
        for guild_id in (7, 8):  # in another server the same number is no suggestion of hers
            await transaction.run("INSERT INTO vote VALUES (:guild_id, 's1', 2, 1, 1)", guild_id=guild_id)
    async with traced(database) as statements:
        erased = await Records(database).erase_person(1, suggestions_too=True)
    assert erased.suggestions == [(7, "s1")]
    assert erased.cards == 1
    assert await CardCleanupStore(database).some() == [
        PostedCard(suggestion_id=1, guild_id=7, channel_id=50, message_id=60)
    ]
    assert [row["guild_id"] for row in await database.read("SELECT guild_id FROM vote")] == [8]
    for statement in statements:
        if statement.startswith(("DELETE FROM vote ", "DELETE FROM tally")) and "SELECT guild_id" in statement:
            plan = await database.read(f"EXPLAIN QUERY PLAN {statement}")
            assert not any("SCAN" in row["detail"] for row in plan), statement
