"""Tallies from memory: never other than what the database says."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clock import DAY
from bot.database import Database
from bot.voting import store
from bot.voting.store import Choice, Tally, VoteStore
from tests.databases import BROKEN_CONSTRAINT, Engine, throwaway, traced

GUILD_ID, MONTAGE = 7, "rocky-1976"
A_DAY = 3


@pytest.fixture
def votes(database: Database) -> VoteStore:
    """The store, with nothing in memory yet."""
    return VoteStore(database)


async def _agree(votes: VoteStore, *guild_ids: int) -> None:
    """Memory says what a store that has nothing in memory reads."""
    afresh = VoteStore(votes._database)
    for guild_id in guild_ids or (GUILD_ID,):
        assert await votes.tallies(guild_id) == await afresh.tallies(guild_id)
        assert await votes._until(guild_id, A_DAY) == await afresh.tallies_until(guild_id, A_DAY)


def _selects(statements: list[str]) -> list[str]:
    return [sql for sql in statements if sql.lstrip().startswith("SELECT")]


async def test_a_count_that_is_known_needs_no_reading(votes: VoteStore) -> None:
    await votes.tallies(GUILD_ID)
    async with traced(votes._database) as statements:
        vote = await votes.cast(GUILD_ID, MONTAGE, 1, Choice.UP, 1)
        assert len([sql for sql in _selects(statements) if "tally" in sql or "give_vote" in sql]) == 1  # its own
        statements.clear()
        assert vote.tally == await votes.tally(GUILD_ID, MONTAGE) == Tally(1, 0)
        assert await votes.tallies(GUILD_ID) == {MONTAGE: Tally(1, 0)}
        assert not _selects(statements)


async def test_last_week_is_read_again_only_after_a_vote(votes: VoteStore) -> None:
    await votes.cast(GUILD_ID, MONTAGE, 1, Choice.UP, A_DAY * DAY)

    async def read_anew() -> bool:
        async with traced(votes._database) as statements:
            await votes._until(GUILD_ID, A_DAY)
        await _agree(votes)
        return any("LEFT JOIN tally_of_day" in sql for sql in statements)

    assert await read_anew()
    assert not await read_anew()
    await votes.cast(GUILD_ID, MONTAGE, 1, Choice.DOWN, (A_DAY + 1) * DAY)  # on second thoughts
    assert await read_anew()
    assert not await read_anew()


async def test_last_week_that_changes_while_it_is_read_is_not_kept(votes: VoteStore) -> None:
    for person in range(30):
        await votes.cast(GUILD_ID, f"m-{person}", person, Choice.UP, A_DAY * DAY)
    votes.forget()
    await asyncio.gather(
        *(votes._until(GUILD_ID, A_DAY) for _ in range(3)),
        *(votes.cast(GUILD_ID, f"m-{person}", person, Choice.UP, A_DAY * DAY) for person in range(30)),
        *(votes._until(GUILD_ID, A_DAY) for _ in range(3)),
    )
    await _agree(votes)


async def test_votes_that_were_deleted_are_forgotten(votes: VoteStore) -> None:
    await votes.cast(GUILD_ID, MONTAGE, 1, Choice.UP, 1)
    await votes.cast(GUILD_ID, MONTAGE, 2, Choice.UP, 1)
    version = await votes.version(GUILD_ID)
    await votes._database.write("DELETE FROM vote WHERE user_id = 1")
    votes.forget()
    assert await votes.tally(GUILD_ID, MONTAGE) == Tally(1, 0)
    assert await votes.version(GUILD_ID) != version


async def test_a_vote_that_was_under_way_when_votes_were_deleted_does_not_bring_them_back(votes: VoteStore) -> None:
    await votes.cast(GUILD_ID, MONTAGE, 1, Choice.UP, 1)
    for steps in range(30):
        await votes.tallies(GUILD_ID)
        vote = asyncio.create_task(votes.cast(GUILD_ID, MONTAGE, 2 + steps, Choice.UP, 1))
        for _ in range(steps):
            await asyncio.sleep(0)
        await votes._database.write("DELETE FROM vote WHERE user_id = 1")
        votes.forget()
        await votes.tallies(GUILD_ID)
        await vote
        await _agree(votes)


async def test_a_statement_that_fails_leaves_nothing_in_memory(votes: VoteStore) -> None:
    await votes.cast(GUILD_ID, MONTAGE, 1, Choice.UP, 1)
    half = "INSERT INTO vote VALUES (7, 'rocky-1976', 2, 1, 1), (7, 'rocky-1976', 1, 1, 1)"
    with pytest.raises(BROKEN_CONSTRAINT):
        await votes._database.write(half)
    await _agree(votes)
    together = (votes.cast(GUILD_ID, MONTAGE, 3, Choice.UP, 1), votes._database.write(half))
    await asyncio.gather(votes.cast(GUILD_ID, MONTAGE, 4, Choice.UP, 1), *together, return_exceptions=True)
    await _agree(votes)
    assert await votes.tally(GUILD_ID, MONTAGE) == Tally(3, 0)


async def test_votes_while_a_server_is_first_read_are_not_missed(votes: VoteStore) -> None:
    for person in range(3):
        await votes.cast(GUILD_ID, f"m-{person}", person, Choice.UP, 1)
    votes.forget()
    await asyncio.gather(
        *(votes.tallies(GUILD_ID) for _ in range(3)),
        *(votes.cast(GUILD_ID, f"m-{person % 5}", 10 + person, Choice.UP, 1) for person in range(20)),
        *(votes.tallies(GUILD_ID) for _ in range(3)),
    )
    await _agree(votes)


async def test_many_votes_at_once_leave_the_count_of_the_last_one(votes: VoteStore) -> None:
    await votes.tallies(GUILD_ID)
    counted = await asyncio.gather(*(votes.cast(GUILD_ID, MONTAGE, person, Choice.UP, 1) for person in range(200)))
    assert sorted(vote.tally.up for vote in counted) == list(range(1, 201))
    assert await votes.tally(GUILD_ID, MONTAGE) == Tally(200, 0)
    await _agree(votes)


async def test_only_the_servers_that_asked_lately_are_kept(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_TALLIES_KEPT", 10)
    votes = VoteStore(database)
    for guild_id in range(1, 9):
        for montage in range(3):
            await votes.cast(guild_id, f"m-{montage}", 1, Choice.UP, 1)
        await votes.tallies(guild_id)
    assert sum(len(known.tallies) for known in votes._guilds.values()) <= 10
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


@pytest.mark.thorough
@settings(max_examples=30)
@given(actions=actions)
def test_memory_and_database_agree_whatever_happens(
    engine: Engine, actions: list[tuple[int, int, str, int]]
) -> None:
    async def play() -> None:
        async with throwaway(engine) as database:
            votes = VoteStore(database)
            await database.open()
            for guild_id, person, action, at in actions:
                match action:
                    case "up" | "down":
                        choice = Choice.UP if action == "up" else Choice.DOWN
                        await votes.cast(guild_id, MONTAGE, person, choice, at)
                    case "support":
                        await votes.choose(guild_id, MONTAGE, person, Choice.UP, at)
                    case "erase":
                        await database.write("DELETE FROM vote WHERE user_id = :person", person=person)
                        votes.forget()
                    case "undo":
                        with pytest.raises(ZeroDivisionError):
                            async with database.transaction() as transaction:
                                await transaction.run("UPDATE vote SET value = 0")
                                raise ZeroDivisionError
                await _agree(votes, 1, 2)

    asyncio.run(play())
