"""What everybody thinks, on every server together: counted off the hot path and held in memory here alone."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from bot import clock
from bot.kept import Kept
from bot.voting.board import DAYS, spans
from bot.voting.store import Tallies, VoteStore

if TYPE_CHECKING:
    from bot.voting.ballots import Ballots

# Votes read at a time: a vote that is being cast waits a few milliseconds for a page at most.
_PAGE = 1_000

# Told of every count with the votes that it was made of.
Follower = Callable[["Ballots"], Awaitable[None]]
# By the days that count.
_Trends = dict[int | None, tuple[Tallies, Tallies]]


class Everywhere:
    """The shipped montages by the votes of all: a person counts once, a server's weight is capped."""

    def __init__(self, store: VoteStore, montages: Sequence[str]) -> None:
        self._store = store
        self._montages = tuple(montages)
        self.followers: list[Follower] = []
        self._kept = Kept(self._count, lambda: store.written)

    async def close(self) -> None:
        """Give up a count that is under way."""
        await self._kept.stop()

    async def trend(self, days: int | None) -> tuple[Tallies, Tallies]:
        """The counts of the last `days` (7, 30, or None for all votes), and those to compare them with."""
        return (await self._kept.get() or {}).get(days, ({}, {}))

    async def refresh(self) -> None:
        """Count again, and tell the followers, if enough has changed; waits for it where that is quick."""
        await self._kept.get()

    def outdate(self) -> None:
        """Votes were deleted: count again when somebody asks."""
        self._kept.outdate()

    async def _count(self) -> tuple[_Trends, int]:
        today = clock.now() // clock.DAY
        ballots = await self._ballots()
        trends = await asyncio.to_thread(_trends, ballots, today)
        for follower in self.followers:
            await follower(ballots)
        return trends, len(ballots)

    async def _ballots(self) -> "Ballots":
        """Every vote, read page by page."""
        # Not before somebody asks, for it takes 16 MB; and in a thread, for it takes its time.
        await asyncio.to_thread(import_module, "bot.voting.ballots")
        import numpy as np  # noqa: PLC0415

        from bot.voting.ballots import one_each  # noqa: PLC0415

        index = {montage: number for number, montage in enumerate(self._montages)}
        pages = [np.empty((0, 5), np.int64)]
        after = (-1, -1, "")
        while rows := await self._store.everybody(after, _PAGE):
            after = tuple(rows[-1])[:3]
            # A server's own montages are in no other, so they do not count here.
            shipped = [(u, p, index[m], v, at) for u, p, m, v, at in rows if m in index]
            pages.append(np.array(shipped, np.int64).reshape(-1, 5))
        return await asyncio.to_thread(lambda: one_each(self._montages, *np.concatenate(pages).T))


def _trends(ballots: "Ballots", today: int) -> _Trends:
    from bot.voting.ballots import count  # noqa: PLC0415

    trends = {}
    for days in DAYS.values():
        now, before = spans(today, today + 1 if days is None else days)
        trends[days] = count(ballots, *now), count(ballots, *before)
    return trends
