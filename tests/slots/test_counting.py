"""Everybody's votes are counted by one process, and the others know what came of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import numpy as np
import pytest

from bot import clock
from bot.database import database_at
from bot.settings import PostgresAddress
from bot.slots import Messages
from bot.voting import Choice, Everywhere, SharedCounts, VoteStore, everybody_of
from bot.voting.sums import Likes
from tests.operations.waiting import until

MONTAGES = ("rocky-1976", "mulan-1998", "whiplash-2014")
# Accounts made in 2015.
PEOPLE = [1 << 22 | number for number in range(5)]


class Process:
    """As much of a bot as counts."""

    def __init__(self, shared: PostgresAddress, *, counts_here: bool, montages: tuple[str, ...] = MONTAGES) -> None:
        self.database, self.messages = database_at(shared), Messages()
        self.votes = VoteStore(self.database)
        self.everywhere = Everywhere(
            self.votes,
            everybody_of(self.database),
            montages,
            SharedCounts(self.database, self.messages, montages, counts_here=counts_here),
        )
        self.learnt: list[Likes] = []

        async def learn(likes: Likes) -> None:
            self.learnt.append(likes)

        self.everywhere.followers.append(learn)


@asynccontextmanager
async def running(one: Process, shared: PostgresAddress) -> AsyncIterator[Process]:
    await one.database.open()
    await one.messages.open(shared.url)
    try:
        yield one
    finally:
        await one.everywhere.close()
        await one.messages.close()
        await one.database.close()


async def test_one_counts_and_the_others_know_the_same(
    shared: PostgresAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting, asking = Process(shared, counts_here=True), Process(shared, counts_here=False)

    async def never() -> None:
        raise AssertionError("two processes count")

    monkeypatch.setattr(asking.everywhere, "_counted", never)
    async with running(counting, shared), running(asking, shared):
        for person in PEOPLE:
            for montage in MONTAGES[:2]:
                await asking.votes.cast(person, montage, person, Choice.UP, clock.now())
        assert await asking.everywhere.trend(None) == ({}, {}), "nobody has counted yet"
        await until(lambda: counting.learnt)
        await until(lambda: not asking.everywhere._cache._computed_at)
        now, _ = await asking.everywhere.trend(None)
        assert now == (await counting.everywhere.trend(None))[0] and now["rocky-1976"].up == len(PEOPLE)
        (here,), there = counting.learnt, asking.learnt[-1]
        assert np.array_equal(here.together, there.together) and here.voters == there.voters == len(PEOPLE)
        assert np.array_equal(here.up, there.up) and np.array_equal(here.down, there.down)
        assert await counting.everywhere.trend(7) == await asking.everywhere.trend(7)

        await counting.database.write("DELETE FROM vote WHERE user_id = :user", user=PEOPLE[0])
        counting.everywhere.outdate()
        await until(lambda: not asking.everywhere._cache._computed_at)
        now, _ = await asking.everywhere.trend(None)
        assert now["rocky-1976"].up == len(PEOPLE) - 1, "what somebody had said who was erased stays"


async def test_a_count_of_other_montages_is_not_taken(shared: PostgresAddress) -> None:
    counting = Process(shared, counts_here=True)
    other = Process(shared, counts_here=False, montages=MONTAGES[:1])
    async with running(counting, shared), running(other, shared):
        await counting.votes.cast(1, MONTAGES[0], PEOPLE[0], Choice.UP, clock.now())
        await counting.everywhere.refresh()
        assert await other.everywhere.trend(None) == ({}, {})
