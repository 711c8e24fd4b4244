"""Tallies from memory: never other than what the database says."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clock import DAY
from bot.database import Database
from bot.voting import memory
from bot.voting.memory import VoteMemory
from bot.voting.store import Choice, Tally, VoteStore
from tests.databases import throwaway

PLACE, MONTAGE = 7, "rocky-1976"
A_DAY = 3


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
        assert await votes.tallies_until(place, A_DAY) == await VoteStore.tallies_until(votes, place, A_DAY)


async def test_a_vote_costs_one_statement_and_its_count_none(votes: VoteMemory) -> None:
    await votes.tallies(PLACE)
    statements: list[str] = []
    await votes._database._connection.set_trace_callback(statements.append)
    vote = await votes.press(PLACE, MONTAGE, 1, Choice.UP, 1)
    assert vote.tally == await votes.tally(PLACE, MONTAGE) == Tally(1, 0)
    assert not any(s.lstrip().startswith("SELECT") and "FROM tally" in s for s in statements)


async def test_how_it_stood_a_week_ago_is_read_again_only_when_that_has_changed(votes: VoteMemory) -> None:
    await votes.press(PLACE, MONTAGE, 1, Choice.UP, A_DAY * DAY)
    statements: list[str] = []
    await votes._database._connection.set_trace_callback(statements.append)

    async def read_anew() -> bool:
        statements.clear()
        until = await votes.tallies_until(PLACE, A_DAY)
        assert until == await VoteStore.tallies_until(votes, PLACE, A_DAY)
        return sum("FROM tally LEFT JOIN" in s for s in statements) == 2

    assert await read_anew()
    await votes.press(PLACE, MONTAGE, 2, Choice.DOWN, (A_DAY + 1) * DAY)
    assert not await read_anew()
    await votes.press(PLACE, MONTAGE, 1, Choice.DOWN, (A_DAY + 1) * DAY)  # on second thoughts
    assert await read_anew()
    assert not await read_anew()


async def test_a_past_that_changes_while_it_is_read_is_not_kept(votes: VoteMemory) -> None:
    for person in range(30):
        await votes.press(PLACE, f"m-{person}", person, Choice.UP, A_DAY * DAY)
    votes._undone()
    await asyncio.gather(
        *(votes.tallies_until(PLACE, A_DAY) for _ in range(3)),
        *(votes.press(PLACE, f"m-{person}", person, Choice.UP, A_DAY * DAY) for person in range(30)),
        *(votes.tallies_until(PLACE, A_DAY) for _ in range(3)),
    )
    await _agree(votes)


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
    st.tuples(
        st.integers(1, 2),
        st.integers(1, 3),
        st.sampled_from(["up", "down", "support", "erase", "undo"]),
        st.integers(A_DAY - 1, A_DAY + 1).map(lambda day: day * DAY),
    ),
    max_size=25,
)


@settings(max_examples=30, deadline=None)
@given(actions=actions)
def test_memory_and_database_agree_whatever_happens(actions: list[tuple[int, int, str, int]]) -> None:
    async def play() -> None:
        async with throwaway() as database:
            votes = VoteMemory(database)
            await database.open()
            for place, person, action, at in actions:
                match action:
                    case "up" | "down":
                        choice = Choice.UP if action == "up" else Choice.DOWN
                        await votes.press(place, MONTAGE, person, choice, at)
                    case "support":
                        await votes.support(place, MONTAGE, person, at)
                    case "erase":
                        await database.write("DELETE FROM vote WHERE user_id = :person", person=person)
                    case "undo":
                        with pytest.raises(ZeroDivisionError):
                            async with database.transaction() as transaction:
                                await transaction.run("UPDATE vote SET value = 0")
                                raise ZeroDivisionError
                await _agree(votes, 1, 2)

    asyncio.run(play())
