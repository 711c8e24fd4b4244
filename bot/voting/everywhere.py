"""What everybody thinks, on every server together: counted off the hot path and held in memory here alone."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import numpy as np
import structlog

from bot import clock
from bot.voting.ballots import Ballots, count, one_each
from bot.voting.board import A_WEEK, DAYS, span
from bot.voting.store import Tally, VoteStore

log = structlog.get_logger(__name__)

# Votes read at a time: a vote that is being cast waits a few milliseconds for a page at most.
_PAGE = 2_000
# Counting again is worth it once this share of all votes is new …
_ENOUGH = 0.005
# … or once the count is this old, for the last seven days move on by themselves.
_OLD = clock.DAY // 24
# Up to this many votes a count takes a moment, and whoever asks waits for a fresh one.
_FEW = 5_000

# Told of every count with the votes that it was made of.
Follower = Callable[[Ballots], Awaitable[None]]
_Spans = dict[tuple[int | None, int], dict[str, Tally]]


class Everywhere:
    """The shipped montages by the votes of all: a person counts once, a server's weight is capped."""

    def __init__(self, store: VoteStore, montages: Sequence[str]) -> None:
        self._store = store
        self._montages = tuple(montages)
        self.followers: list[Follower] = []
        self._tallies: _Spans | None = None
        self._votes = self._written = self._counted_at = 0
        self._counting: asyncio.Task[None] | None = None

    async def tallies(self, days: int | None = None, ago: int = 0) -> dict[str, Tally]:
        """The counts of the `days` (7, 30 or None for all) that ended `ago` days (0 or 7) back."""
        await self.refresh()
        return (self._tallies or {}).get((days, ago), {})

    async def refresh(self) -> None:
        """Count again if enough has changed; waits for it only where it is quick or nothing was counted yet."""
        if self._is_due and self._counting is None:
            self.start()
        if self._counting is not None and (self._tallies is None or self._votes < _FEW):
            await asyncio.shield(self._counting)

    def outdate(self) -> None:
        """Votes were deleted: count again when somebody asks."""
        self._counted_at = 0

    def start(self) -> None:
        """Begin to count, in the background."""
        self._counting = asyncio.create_task(self._count())
        self._counting.add_done_callback(self._done)

    async def stop(self) -> None:
        """Give up a count that is under way."""
        if (counting := self._counting) is not None:
            counting.cancel()
            await asyncio.wait({counting})

    @property
    def _is_due(self) -> bool:
        fresh = self._store.written - self._written
        return self._tallies is None or fresh > self._votes * _ENOUGH or clock.now() - self._counted_at > _OLD

    def _done(self, task: asyncio.Task[None]) -> None:
        self._counting = None
        if not task.cancelled() and (problem := task.exception()) is not None:
            log.error("counting everywhere failed", exc_info=problem)

    async def _count(self) -> None:
        written, at = self._store.written, clock.now()
        ballots = await self._ballots()
        self._tallies = await asyncio.to_thread(_spans, ballots, at // clock.DAY)
        self._votes, self._written, self._counted_at = len(ballots), written, at
        for follower in self.followers:
            await follower(ballots)

    async def _ballots(self) -> Ballots:
        """Every vote, read page by page."""
        index = {montage: number for number, montage in enumerate(self._montages)}
        pages = [np.empty((0, 5), np.int64)]
        after = (-1, -1, "")
        while rows := await self._store.everybody(after, _PAGE):
            after = tuple(rows[-1])[:3]
            # A server's own montages are in no other, so they do not count here.
            shipped = [(u, p, index[m], v, at) for u, p, m, v, at in rows if m in index]
            pages.append(np.array(shipped, np.int64).reshape(-1, 5))
        return await asyncio.to_thread(lambda: one_each(self._montages, *np.concatenate(pages).T))


def _spans(ballots: Ballots, today: int) -> _Spans:
    return {(days, ago): count(ballots, *span(today, days, ago)) for days in DAYS.values() for ago in (0, A_WEEK)}
