"""Counting only what has changed comes to the same as counting everything again."""

import asyncio
from collections.abc import AsyncIterator
from random import Random
from typing import Any

import numpy as np
import pytest

from bot import clock
from bot.database import Database
from bot.voting import everybody as reading
from bot.voting.ballots import ballots
from bot.voting.everybody import FollowedEverybody, everybody_of
from bot.voting.everywhere import Everywhere
from bot.voting.store import Choice, Tally, VoteStore
from bot.voting.sums import Sums

MONTAGES = ("a", "b", "c", "d")
PEOPLE, GUILDS = 120, 3


class Counted:
    """Everywhere, with the likes of its latest count."""

    def __init__(self, database: Database) -> None:
        self.database, self.store = database, VoteStore(database)
        self.everybody = everybody_of(database)
        # Where nothing is known of changes, every count is from nothing.
        self.follows = isinstance(self.everybody, FollowedEverybody)
        self.everywhere = Everywhere(self.store, self.everybody, MONTAGES)
        self.everywhere.followers.append(self._learn)
        self.from_nothing = 0
        begin = self.everybody.begin

        async def begun() -> None:
            self.from_nothing += 1
            await begin()

        self.everybody.begin = begun  # type: ignore[method-assign]

    async def _learn(self, likes: Any) -> None:
        self.likes = likes

    async def says(self) -> list[Any]:
        """Everything that the counts say, counted again now."""
        self.everywhere.outdate()
        trends = [await self.everywhere.trend(days) for days in (None, 30, 7)]
        return [*trends, *(np.asarray(part).tolist() for part in self.likes)]

    async def should_say(self) -> list[Any]:
        """The same, from all votes at once."""
        rows = await self.database.read(
            "SELECT user_id, guild_id, montage_id, value, cast_at FROM vote WHERE value <> 0 ORDER BY 1, 2, 3"
        )
        index = {montage: number for number, montage in enumerate(MONTAGES)}
        sums = Sums(MONTAGES, clock.now() // clock.DAY)
        sums.watch(np.array([(guild, number) for guild in range(GUILDS) for number in index.values()]))
        sums.add(ballots(rows, index))
        return [*sums.trends().values(), *(np.asarray(part).tolist() for part in sums.likes)]


@pytest.fixture
async def ongoing(database: Database) -> AsyncIterator[Counted]:
    """Goes on from count to count."""
    counted = Counted(database)
    yield counted
    await counted.everywhere.close()


async def _anything(counted: Counted, random: Random) -> None:
    """Somebody does something with a vote."""
    store, guild, montage = counted.store, random.randrange(GUILDS), random.choice((*MONTAGES, "s1"))
    user, at = random.randrange(PEOPLE), clock.now() - random.randrange(45) * clock.DAY
    match random.randrange(10):
        case 0:
            await counted.database.write("DELETE FROM vote WHERE user_id = :user", user=user)
        case 1:
            await store.choose(guild, montage, user, Choice.UP, at)
        case _:
            await store.cast(guild, montage, user, random.choice((Choice.UP, Choice.DOWN)), at)


async def test_changes_are_counted_like_everything(ongoing: Counted) -> None:
    random = Random(1)
    for step in range(25):
        for _ in range(random.randrange(120)):
            await _anything(ongoing, random)
        assert await ongoing.says() == await ongoing.should_say(), step
    assert ongoing.from_nothing == (1 if ongoing.follows else 25)
    assert max(tally.votes for tally in (await ongoing.everywhere.trend(None))[0].values()) > 50


@pytest.mark.sqlite
async def test_whatever_is_done_while_it_counts_is_in_the_next_count(
    ongoing: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_PAGE", 7)  # so that a count takes its time
    random = Random(2)
    for _ in range(500):
        await _anything(ongoing, random)
    for step in range(4):
        if step == 2:
            await ongoing.database.write("UPDATE counting SET changes = 1000000")  # too many to know
        ongoing.everywhere.outdate()
        counting = asyncio.create_task(ongoing.everywhere.refresh())
        done = 0
        while not counting.done():
            await _anything(ongoing, random)
            done += 1
        assert done > (20 if step in (0, 2) else 0)
        assert await ongoing.says() == await ongoing.should_say(), step
    assert ongoing.from_nothing == 2


async def test_a_server_that_becomes_a_crowd_is_capped_at_once(ongoing: Counted) -> None:
    for user in range(50):
        await ongoing.store.cast(7, "a", user, Choice.UP, clock.now())
    assert (await ongoing.says())[0][0] == {"a": Tally(50, 0)}
    for user in range(50, 90):
        await ongoing.store.cast(7, "a", user, Choice.UP, clock.now())
    assert (await ongoing.says())[0][0] == {"a": Tally(50, 0)}
    await ongoing.store.cast(8, "a", 3, Choice.UP, clock.now())  # one of the crowd has moved on
    await ongoing.store.cast(8, "a", 99, Choice.UP, clock.now())
    assert (await ongoing.says())[0][0] == {"a": Tally(52, 0)}
    assert ongoing.from_nothing == (1 if ongoing.follows else 3)


@pytest.mark.sqlite
async def test_too_many_changes_are_not_remembered_but_counted(
    ongoing: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_MOST_CHANGES", 10)
    await ongoing.says()
    for user in range(30):
        await ongoing.store.cast(7, "a", user, Choice.UP, clock.now())
    assert await ongoing.everybody.is_lost()
    ((changed,),) = await ongoing.database.read("SELECT count(*) FROM changed_vote")
    ((touched,),) = await ongoing.database.read("SELECT count(*) FROM touched")
    assert changed <= 10 and touched <= 10
    assert (await ongoing.says())[0][0] == {"a": Tally(30, 0)}
    assert ongoing.from_nothing == 2


async def test_the_next_day_is_counted_from_nothing(ongoing: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    today = clock.now()
    await ongoing.store.cast(7, "a", 1, Choice.UP, today - 6 * clock.DAY)
    assert (await ongoing.says())[2][0] == {"a": Tally(1, 0)}
    monkeypatch.setattr(clock, "now", lambda: today + clock.DAY)
    said = await ongoing.says()
    assert said[2] == ({}, {"a": Tally(1, 0)})
    assert ongoing.from_nothing == 2


async def test_nobody_is_read_in_halves_however_many_votes_they_have(
    ongoing: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_PAGE", 3)
    for user, votes in ((1, 2), (2, 8), (3, 3), (4, 1), (5, 1), (6, 1), (7, 3)):
        for number in range(votes):
            await ongoing.store.cast(number // 4, MONTAGES[number % 4], user, Choice.UP, number)
    await ongoing.everybody.begin()
    seen: list[int] = []
    while rows := await ongoing.everybody.people():
        users = [row["user_id"] for row in rows]
        assert users == sorted(users) and not set(users) & set(seen)
        seen += users
    assert [seen.count(user) for user in range(1, 8)] == [2, 8, 3, 1, 1, 1, 3]


async def test_a_connection_that_was_opened_anew_knows_of_no_changes(ongoing: Counted) -> None:
    await ongoing.store.cast(1, "a", 1, Choice.UP, clock.now())
    assert (await ongoing.says())[0][0] == {"a": Tally(1, 0)}
    await ongoing.database.close()
    await ongoing.database.open()
    await ongoing.store.cast(1, "a", 2, Choice.UP, clock.now())
    assert (await ongoing.says())[0][0] == {"a": Tally(2, 0)}
    assert ongoing.from_nothing == 2


async def test_what_was_rolled_back_was_not_changed(ongoing: Counted) -> None:
    await ongoing.store.cast(1, "a", 1, Choice.UP, clock.now())
    await ongoing.says()
    with pytest.raises(ZeroDivisionError):
        async with ongoing.database.transaction() as transaction:
            await transaction.run("DELETE FROM vote")
            raise ZeroDivisionError
    assert await ongoing.everybody.changed() == 0
    assert await ongoing.says() == await ongoing.should_say()


async def test_an_erased_persons_votes_leave_memory_without_anybody_asking(ongoing: Counted) -> None:
    for user in (1, 2):
        await ongoing.store.cast(1, "a", user, Choice.UP, clock.now())
    await ongoing.says()
    await ongoing.database.write("DELETE FROM vote WHERE user_id = 1")
    assert await ongoing.everybody.changed() == int(ongoing.follows)
    ongoing.everywhere.outdate()
    assert ongoing.everywhere._cache._computing is not None
    await asyncio.wait({ongoing.everywhere._cache._computing})
    assert await ongoing.everybody.changed() == 0
    assert await ongoing.says() == await ongoing.should_say()
