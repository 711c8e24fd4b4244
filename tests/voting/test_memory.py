"""Tallies from memory: never other than what the database says."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.database import Database
from bot.voting import memory
from bot.voting.memory import VoteMemory
from bot.voting.store import Choice, Tally, VoteStore

PLACE, MONTAGE = 7, "rocky-1976"


@pytest.fixture
async def votes(path: Path) -> AsyncIterator[VoteMemory]:
    """The store with its memory, on an open database."""
    database = Database(path)
    votes = VoteMemory(database)
    await database.open()
    yield votes
    await database.close()


async def _agree(votes: VoteMemory, *places: int) -> None:
    for place in places or (PLACE,):
        assert await votes.tallies(place) == await VoteStore.tallies(votes, place)


async def test_a_vote_costs_one_statement_and_its_count_none(votes: VoteMemory) -> None:
    await votes.tallies(PLACE)
    statements: list[str] = []
    await votes._database._connection.set_trace_callback(statements.append)
    vote = await votes.press(PLACE, MONTAGE, 1, Choice.UP, 1)
    assert vote.tally == await votes.tally(PLACE, MONTAGE) == Tally(1, 0)
    assert not any(s.lstrip().startswith("SELECT") and "FROM tally" in s for s in statements)


async def test_votes_taken_away_behind_its_back_are_gone_from_memory(votes: VoteMemory) -> None:
    await votes.press(PLACE, MONTAGE, 1, Choice.UP, 1)
    await votes.press(PLACE, MONTAGE, 2, Choice.UP, 1)
    stamp = await votes.stamp(PLACE)
    await votes._database.write("DELETE FROM vote WHERE user_id = 1")
    assert await votes.tally(PLACE, MONTAGE) == Tally(1, 0)
    assert await votes.stamp(PLACE) != stamp


async def test_what_was_rolled_back_was_never_counted(votes: VoteMemory) -> None:
    await votes.press(PLACE, MONTAGE, 1, Choice.UP, 1)

    class ChangedMyMind(Exception):
        pass

    with pytest.raises(ChangedMyMind):
        async with votes._database.transaction() as transaction:
            await transaction.run("DELETE FROM vote")
            raise ChangedMyMind
    assert await votes.tally(PLACE, MONTAGE) == Tally(1, 0)


async def test_a_statement_that_fails_leaves_nothing_in_memory(votes: VoteMemory) -> None:
    await votes.press(PLACE, MONTAGE, 1, Choice.UP, 1)
    half = "INSERT INTO vote VALUES (7, 'rocky-1976', 2, 1, 1), (7, 'rocky-1976', 1, 1, 1)"
    with pytest.raises(sqlite3.IntegrityError):
        await votes._database.write(half)
    await _agree(votes)
    together = (votes.press(PLACE, MONTAGE, 3, Choice.UP, 1), votes._database.write(half))
    await asyncio.gather(votes.press(PLACE, MONTAGE, 4, Choice.UP, 1), *together, return_exceptions=True)
    await _agree(votes)
    assert await votes.tally(PLACE, MONTAGE) == Tally(3, 0)


async def test_votes_while_a_place_is_first_read_are_not_missed(votes: VoteMemory) -> None:
    for person in range(3):
        await VoteStore.press(votes, PLACE, f"m-{person}", person, Choice.UP, 1)
    votes._undone()
    await asyncio.gather(
        *(votes.tallies(PLACE) for _ in range(3)),
        *(votes.press(PLACE, f"m-{person % 5}", 10 + person, Choice.UP, 1) for person in range(20)),
        *(votes.tallies(PLACE) for _ in range(3)),
    )
    await _agree(votes)


async def test_only_the_places_that_asked_lately_are_kept(
    votes: VoteMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "_KEPT", 10)
    for place in range(1, 9):
        for montage in range(3):
            await votes.press(place, f"m-{montage}", 1, Choice.UP, 1)
    await votes.tallies(9)
    assert sum(len(place.tallies) for place in votes._places.values()) <= 10
    await _agree(votes, *range(1, 9))


actions = st.lists(
    st.tuples(st.integers(1, 2), st.integers(1, 3), st.sampled_from(["up", "down", "support", "erase", "undo"])),
    max_size=25,
)


@settings(max_examples=30, deadline=None)
@given(actions=actions)
def test_memory_and_database_agree_whatever_happens(actions: list[tuple[int, int, str]]) -> None:
    async def play() -> None:
        with TemporaryDirectory() as folder:
            database = Database(Path(folder) / "votes.db")
            votes = VoteMemory(database)
            await database.open()
            for place, person, action in actions:
                match action:
                    case "up" | "down":
                        choice = Choice.UP if action == "up" else Choice.DOWN
                        await votes.press(place, MONTAGE, person, choice, 1)
                    case "support":
                        await votes.support(place, MONTAGE, person, 1)
                    case "erase":
                        await database.write("DELETE FROM vote WHERE user_id = :person", person=person)
                    case "undo":
                        with pytest.raises(ZeroDivisionError):
                            async with database.transaction() as transaction:
                                await transaction.run("UPDATE vote SET value = 0")
                                raise ZeroDivisionError
                await _agree(votes, 1, 2)
            await database.close()

    asyncio.run(play())
