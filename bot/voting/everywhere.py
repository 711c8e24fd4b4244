"""What everybody thinks, on every server together: counted off the hot path and held in memory here alone.

Of the votes only their sums are held (`bot.voting.sums` says how much memory that is). The first count of a day
(UTC) reads everybody, for "the last seven days" are others then; the counts that follow read only people who have
changed votes since, take off what they had said and add what they say now.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from bot import clock
from bot.aliases import JsonObject
from bot.background_cache import BackgroundCache
from bot.voting.everybody import Everybody, as_before
from bot.voting.shared_counts import Counted, SharedCounts
from bot.voting.store import Tallies, VoteStore

if TYPE_CHECKING:
    from bot.database import Row
    from bot.voting.ballots import Ballots
    from bot.voting.everybody import Person
    from bot.voting.sums import Likes, Sums, Trends

# Votes added up at a time, in a thread.
_BATCH = 32_000
# People whose changes are read at a time: who votes much has some hundred votes.
_SOME = 5

# Told of every count, with what people like together.
Follower = Callable[["Likes"], Awaitable[None]]


class Everywhere:
    """The shipped montages by the votes of all: a person counts once, a server's weight is capped."""

    def __init__(
        self,
        store: VoteStore,
        everybody: Everybody,
        montages: Sequence[str],
        shared: SharedCounts | None = None,
    ) -> None:
        """`shared`: where several processes share the shards, so that one of them counts for all."""
        self._everybody, self._shared = everybody, shared
        self._montages = tuple(montages)
        # A server's own montages are in no other, so they do not count here.
        self._index = {montage: number for number, montage in enumerate(montages)}
        self.followers: list[Follower] = []
        self._sums: Sums | None = None
        # Counting a million votes takes about two seconds; `tests/bench/scale.py` measures what that costs others.
        self._cache = BackgroundCache(self._count, lambda: store.written)
        if shared is not None:
            shared.messages.hear("count", self._is_asked_to_count)
            shared.messages.hear("counted", self._was_counted)

    async def close(self) -> None:
        """Give up a count that is under way."""
        await self._cache.stop()

    async def trend(self, days: int | None) -> tuple[Tallies, Tallies]:
        """The counts of the last `days` (7, 30, or None for all votes), and those to compare them with."""
        return (await self._cache.get() or {}).get(days, ({}, {}))

    async def refresh(self) -> None:
        """Count again, and tell the followers, if enough has changed; waits for it where that is quick."""
        await self._cache.get()

    def outdate(self) -> None:
        """Votes were deleted: count again, so that what was said in them does not stay in memory, either."""
        self._cache.outdate()
        if self._sums is not None or (self._shared is not None and self._shared.counts_here):
            self._cache.refresh()

    async def _is_asked_to_count(self, message: JsonObject) -> None:
        if self._shared is not None and self._shared.counts_here:
            self._cache.refresh()

    async def _was_counted(self, message: JsonObject) -> None:
        self._cache.outdate()

    async def _count(self) -> tuple["Trends", int]:
        if self._shared is None:
            counted = await self._counted()
        elif self._shared.counts_here:
            counted = await self._counted()
            await self._shared.save(counted)
        elif (found := await self._shared.load()) is None:
            return {}, 0
        else:
            counted = found
        for follower in self.followers:
            await follower(counted.likes)
        return counted.trends, counted.votes

    async def _counted(self) -> Counted:
        # Not before somebody asks, for it takes 16 MB; and in a thread, for it takes its time.
        await asyncio.to_thread(import_module, "bot.voting.sums")
        # Whatever goes wrong on the way, half a count is not kept.
        sums, self._sums = self._sums, None
        today = clock.now() // clock.DAY
        if sums is None or sums.today != today or await self._everybody.is_lost():
            sums = await self._counted_from_nothing(today)
        await self._count_changes(sums)
        trends, likes = await asyncio.to_thread(lambda: (sums.trends(), sums.likes))
        self._sums = sums
        return Counted(trends, likes, len(sums))

    async def _counted_from_nothing(self, today: int) -> "Sums":
        import numpy as np  # noqa: PLC0415

        from bot.voting.ballots import ballots, together  # noqa: PLC0415
        from bot.voting.sums import SERVER_WEIGHT, Sums  # noqa: PLC0415

        sums = Sums(self._montages, today)
        await self._everybody.begin()
        crowds = [
            (guild_id, self._index[montage])
            for guild_id, montage in await self._everybody.crowds(SERVER_WEIGHT)
            if montage in self._index
        ]
        sums.watch(np.array(crowds, np.int64).reshape(-1, 2))
        batch: list[Ballots] = []
        while rows := await self._everybody.people():
            batch.append(ballots(rows, self._index))
            if sum(len(part.user) for part in batch) >= _BATCH:
                await asyncio.to_thread(sums.add, together(batch))
                batch.clear()
        if batch:
            await asyncio.to_thread(sums.add, together(batch))
        return sums

    async def _count_changes(self, sums: "Sums") -> None:
        from bot.voting.ballots import ballots  # noqa: PLC0415
        from bot.voting.sums import SERVER_WEIGHT  # noqa: PLC0415

        for _ in range(0, await self._everybody.changed(), _SOME):
            await self._change(sums, *await self._everybody.some_changed(_SOME))
        for guild_id, montage_id in await self._everybody.touched_crowds(SERVER_WEIGHT):
            montage = self._index.get(montage_id)
            if montage is None or sums.is_crowd(guild_id, montage):
                continue
            rows, people, theirs = await self._everybody.joined(guild_id, montage_id)
            await self._change(sums, rows, people)
            sums.join(guild_id, montage, ballots(theirs, self._index))

    async def _change(self, sums: "Sums", rows: "list[Row]", people: "list[Person]") -> None:
        """Take off what these people had said and add what they say now."""
        from bot.voting.ballots import ballots  # noqa: PLC0415

        before = ballots(as_before(rows, people), self._index)
        now = ballots(rows, self._index)
        await asyncio.to_thread(sums.add, before, -1)
        await asyncio.to_thread(sums.add, now)
