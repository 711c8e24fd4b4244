"""The bot on PostgreSQL beside the floor and one round trip to the same server, all in turn.

    python -m tests.bench postgresql

A round trip is what no bot can do without: `SELECT 1`, or for a vote one row written and on the disk, through bare
asyncpg. The server waits for its disk at every commit, as it does outside tests.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import Any

import asyncpg

from bot import clock
from bot.database.postgresql import CONNECTIONS, PostgresDatabase
from bot.settings import Address
from tests.bench import seeding
from tests.bench.answers import AT_ONCE, Bench, bench
from tests.bench.feeding import Source, side_by_side
from tests.bench.figures import Figure
from tests.postgres import Server, programs
from tests.standin import payloads

# Times the floor that an answer may take, after one round trip.
_MOST = 1.4
_VOTES, _MONTAGES = 1_000_000, 300
_READ = "SELECT 1"
# What a vote is: its own row, the tally and the tally of the day, in one statement.
_GIVE = "SELECT * FROM give_vote($1, $2, $3, 1, $4, true)"
_UPSERT = "INSERT INTO bare (id, value) VALUES ($1, 1) ON CONFLICT (id) DO UPDATE SET value = bare.value + 1"


class PostgresBench(Bench):
    """See `Bench`; and a pool of bare connections to the same server."""

    def __init__(self, server: Server, folder: Path, votes: int, montages: int) -> None:
        super().__init__(folder, votes, montages)
        self._server = server

    async def seed(self) -> Address:
        address = self._server.address()
        database = PostgresDatabase(address)
        await database.open()
        await database.close()
        await seeding.votes_on_postgresql(address.url, self.votes, [m.id for m in self.catalogue.shipped])
        self._bare = await asyncpg.create_pool(address.url, min_size=CONNECTIONS, max_size=CONNECTIONS)
        await self._bare.execute("CREATE TABLE bare (id BIGINT PRIMARY KEY, value BIGINT NOT NULL)")
        self._one = await self._bare.acquire()
        return address

    async def close(self) -> None:
        await self._bare.release(self._one)
        await self._bare.close()
        await super().close()

    async def read(self, _: int) -> float:
        """Seconds of a round trip that reads."""
        begin = time.perf_counter()
        await self._one.fetch(_READ)
        return time.perf_counter() - begin

    async def upsert(self, row: int) -> float:
        """Seconds until a row is written and on the disk."""
        begin = time.perf_counter()
        await self._one.execute(_UPSERT, row)
        return time.perf_counter() - begin

    async def give(self, person: int) -> float:
        """Seconds until a vote is written and on the disk, with its counts, through nothing of the bot's."""
        guild_id, montage = payloads.GUILD, self.catalogue.shipped[person % len(self.catalogue.shipped)].id
        begin = time.perf_counter()
        await self._one.fetch(_GIVE, guild_id, montage, -1 - person, clock.now())
        return time.perf_counter() - begin

    async def upserts(self, rows: Any, number: int) -> float:
        """Rows a second, as many under way as there are answers, over as many connections as the bot has."""
        mine = islice(rows, number)

        async def one_after_the_other() -> None:
            for row in mine:
                await self._bare.execute(_UPSERT, row)

        begin = time.perf_counter()
        await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))
        return number / (time.perf_counter() - begin)

    async def figures(self, rounds: int) -> list[Figure]:
        """All of them."""
        return [
            await self._reading("random", rounds, self.random(), self.constant("card")),
            await self._reading("top", rounds, self.top(), self.constant("list")),
            *await self._voting(rounds),
            await self._voting_at_once(32 * max(10, rounds // 10), 5),
        ]

    async def _reading(self, what: str, rounds: int, source: Source, constant: Source) -> Figure:
        contenders: list[tuple[Callable[[Any], Awaitable[float]], Any]] = [
            (self.ours.one, source),
            (self.floor.one, constant),
            (self.read, count()),
        ]
        await side_by_side(len(self.catalogue.shipped), *contenders)
        return self._figure(what, {what: _MOST}, *await side_by_side(rounds, *contenders))

    async def _voting(self, rounds: int) -> list[Figure]:
        contenders: list[tuple[Callable[[Any], Awaitable[float]], Any]] = [
            (self.ours.one, self.vote()),
            (self.floor.one, self.edit()),
            (self.upsert, count()),
            (self.give, count()),
        ]
        await side_by_side(100, *contenders)
        *seconds, given = await side_by_side(2 * rounds, *contenders)
        ours, floor, upsert = (1e3 * sorted(one)[len(one) * 99 // 100] for one in seconds)
        what = "vote, after all it writes"
        return [
            self._figure("vote", {"vote": _MOST}, *seconds),
            self._figure(what, {what: _MOST}, *seconds[:2], given),
            Figure("vote, 99 of 100 are quicker", ours, floor, "ms", _MOST, upsert),
        ]

    async def _voting_at_once(self, number: int, blocks: int) -> Figure:
        """Milliseconds of each of many that are under way; of several blocks the quickest."""
        votes, edits, rows = self.vote(), self.edit(), count()
        times = []
        for _ in range(blocks):
            rates = (
                await self.ours.many(votes, number, AT_ONCE),
                await self.floor.many(edits, number, AT_ONCE),
                await self.upserts(rows, number),
            )
            times.append([1e3 / rate for rate in rates])
        ours, floor, upsert = min(times, key=sum)
        return Figure(f"vote, {AT_ONCE} at once, each", ours, floor, "ms", _MOST, upsert)


async def measure(rounds: int) -> list[Figure]:
    """On a server of its own; nothing where PostgreSQL is not installed."""
    if programs() is None:
        print("PostgreSQL is not installed, so nothing is measured with it.")
        return []
    server = await asyncio.to_thread(partial(Server, durable=True))
    try:
        async with bench(partial(PostgresBench, server), _VOTES, _MONTAGES) as made:
            return await made.figures(rounds)
    finally:
        await asyncio.to_thread(server.stop)
