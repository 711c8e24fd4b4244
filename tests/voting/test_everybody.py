"""Counting only what has changed comes to the same as counting everything again."""

import asyncio
from random import Random
from typing import Any

import numpy as np
import pytest

from bot import clock
from bot.database import Database
from bot.voting import everybody as reading
from bot.voting.everybody import Everybody
from bot.voting.everywhere import Everywhere
from bot.voting.store import Choice, Tally, VoteStore

MONTAGES = ("a", "b", "c", "d")
PEOPLE, GUILDS = 120, 3


class Counted:
    """Everywhere, with the likes of its latest count."""

    def __init__(self, database: Database) -> None:
        self.database, self.store = database, VoteStore(database)
        self.everybody = Everybody(database)
        self.everywhere = Everywhere(self.store, self.everybody, MONTAGES)
        self.everywhere.followers.append(self._learn)
        self.from_nothing = 0
        begin = self.everybody.begin

        def begun() -> None:
            self.from_nothing += 1
            begin()

        self.everybody.begin = begun  # type: ignore[method-assign]

    async def _learn(self, likes: Any) -> None:
        self.likes = likes

    async def says(self) -> list[Any]:
        """Everything that the counts say, counted again now."""
        self.everywhere.outdate()
        trends = [await self.everywhere.trend(days) for days in (None, 30, 7)]
        return [*trends, *(np.asarray(part).tolist() for part in self.likes)]


@pytest.fixture
async def opened(path: Any) -> Any:
    """A database that two counts watch: one goes on from count to count, one begins anew each time."""
    database = Database(path)
    both = Counted(database), Counted(database)
    await database.open()
    yield both
    await database.close()


async def _anything(counted: Counted, random: Random) -> None:
    """Somebody does something with a vote."""
    store, guild, montage = counted.store, random.randrange(GUILDS), random.choice((*MONTAGES, "s1"))
    user, at = random.randrange(PEOPLE), clock.now() - random.randrange(45) * clock.DAY
    match random.randrange(10):
        case 0:
            await counted.database.write("DELETE FROM vote WHERE user_id = :user", user=user)
        case 1:
            await store.support(guild, montage, user, at)
        case _:
            await store.press(guild, montage, user, random.choice((Choice.UP, Choice.DOWN)), at)


async def test_changes_are_counted_like_everything(opened: tuple[Counted, Counted]) -> None:
    ongoing, anew = opened
    random = Random(1)
    for step in range(25):
        for _ in range(random.randrange(120)):
            await _anything(ongoing, random)
        anew.everybody.is_lost = True
        assert await ongoing.says() == await anew.says(), step
    assert ongoing.from_nothing == 1 and anew.from_nothing == 25
    assert max(tally.votes for tally in (await ongoing.everywhere.trend(None))[0].values()) > 50


async def test_whatever_is_done_while_it_counts_is_in_the_next_count(
    opened: tuple[Counted, Counted], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_PAGE", 7)  # so that a count takes its time
    ongoing, anew = opened
    random = Random(2)
    for _ in range(500):
        await _anything(ongoing, random)
    for step in range(4):
        if step == 2:
            ongoing.everybody.is_lost = True
        ongoing.everywhere.outdate()
        counting = asyncio.create_task(ongoing.everywhere.refresh())
        done = 0
        while not counting.done():
            await _anything(ongoing, random)
            done += 1
        assert done > (20 if step in (0, 2) else 0)
        anew.everybody.is_lost = True
        assert await ongoing.says() == await anew.says(), step
    assert ongoing.from_nothing == 2


async def test_a_server_that_becomes_a_crowd_is_capped_at_once(opened: tuple[Counted, Counted]) -> None:
    ongoing, _ = opened
    for user in range(50):
        await ongoing.store.press(7, "a", user, Choice.UP, clock.now())
    assert (await ongoing.says())[0][0] == {"a": Tally(50, 0)}
    for user in range(50, 90):
        await ongoing.store.press(7, "a", user, Choice.UP, clock.now())
    assert (await ongoing.says())[0][0] == {"a": Tally(50, 0)}
    await ongoing.store.press(8, "a", 3, Choice.UP, clock.now())  # one of the crowd has moved on
    await ongoing.store.press(8, "a", 99, Choice.UP, clock.now())
    assert (await ongoing.says())[0][0] == {"a": Tally(52, 0)}
    assert ongoing.from_nothing == 1


async def test_too_many_changes_are_not_remembered_but_counted(
    opened: tuple[Counted, Counted], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_MOST_CHANGES", 10)
    ongoing, _ = opened
    await ongoing.says()
    for user in range(30):
        await ongoing.store.press(7, "a", user, Choice.UP, clock.now())
    assert ongoing.everybody.is_lost and not ongoing.everybody._before and not ongoing.everybody._touched
    assert (await ongoing.says())[0][0] == {"a": Tally(30, 0)}
    assert ongoing.from_nothing == 2


async def test_the_next_day_is_counted_from_nothing(
    opened: tuple[Counted, Counted], monkeypatch: pytest.MonkeyPatch
) -> None:
    ongoing, _ = opened
    today = clock.now()
    await ongoing.store.press(7, "a", 1, Choice.UP, today - 6 * clock.DAY)
    assert (await ongoing.says())[2][0] == {"a": Tally(1, 0)}
    monkeypatch.setattr(clock, "now", lambda: today + clock.DAY)
    said = await ongoing.says()
    assert said[2] == ({}, {"a": Tally(1, 0)})
    assert ongoing.from_nothing == 2


async def test_nobody_is_read_in_halves_however_many_votes_they_have(
    opened: tuple[Counted, Counted], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_PAGE", 3)
    ongoing, _ = opened
    for user, votes in ((1, 2), (2, 8), (3, 3), (4, 1), (5, 1), (6, 1), (7, 3)):
        for number in range(votes):
            await ongoing.store.press(number // 4, MONTAGES[number % 4], user, Choice.UP, number)
    ongoing.everybody.begin()
    seen: list[int] = []
    while rows := await ongoing.everybody.people():
        users = [row["user_id"] for row in rows]
        assert users == sorted(users) and not set(users) & set(seen)
        seen += users
    assert [seen.count(user) for user in range(1, 8)] == [2, 8, 3, 1, 1, 1, 3]
