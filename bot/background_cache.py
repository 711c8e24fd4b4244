"""A value that takes long to compute: computed in the background, kept, and computed again once it is stale."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

import structlog

from bot import clock

log = structlog.get_logger(__name__)
T = TypeVar("T")

# The value is stale once this share of the rows that it was computed from has changed, or this many …
_ENOUGH = 0.005
_MANY = 1_000
# … or once it is this old, for "the last seven days" move on by themselves.
_OLD = clock.HOUR
# From up to this many rows it is computed in a moment, and whoever asks waits for a fresh one.
_FEW = 5_000


class BackgroundCache(Generic[T]):
    """Keeps one value and computes it again, in a background task, when it is stale and somebody asks.

    `compute` returns the value and the number of rows that it came from. `changes` returns how many changes there
    have been to those rows since the start, and only to those: what changes elsewhere must not make this stale.
    While a stale value is computed again the old one is served, except where there are few rows: then it is quick
    and whoever asks waits. A computation that fails is logged, and tried again when somebody asks next.
    """

    def __init__(self, compute: Callable[[], Awaitable[tuple[T, int]]], changes: Callable[[], int]) -> None:
        self._compute, self._changes = compute, changes
        self._value: T | None = None
        self._rows = 0
        self._changes_then = self._computed_at = 0
        self._computing: asyncio.Task[None] | None = None

    async def get(self) -> T | None:
        """The value. Waits where there is none yet, or where a fresh one is quick; None when computing failed."""
        self.refresh()
        if self._computing is not None and (self._value is None or self._rows < _FEW):
            await asyncio.wait({self._computing})
        return self._value

    def latest(self, enough: float = _ENOUGH) -> T | None:
        """The value as it is, without waiting (None: there is none); a stale one begins to be computed again.

        `enough` is the share of changed rows that makes it stale, for those whom an older value serves as well.
        """
        self.refresh(enough)
        return self._value

    def refresh(self, enough: float = _ENOUGH) -> None:
        """Begin to compute the value in the background, if it is stale and that is not under way."""
        if self._computing is None and self._is_stale(enough):
            self._computing = asyncio.create_task(self._recompute())
            self._computing.add_done_callback(self._done)

    async def stop(self) -> None:
        """Give up a computation that is under way."""
        if (computing := self._computing) is not None:
            computing.cancel()
            await asyncio.wait({computing})

    def outdate(self) -> None:
        """Make the value stale, whatever was counted."""
        self._computed_at = 0

    def _is_stale(self, enough: float) -> bool:
        if self._value is None or not clock.within(_OLD, self._computed_at):
            return True
        return self._changes() - self._changes_then > min(self._rows * enough, _MANY)

    async def _recompute(self) -> None:
        # Noted before it is computed: what changes or is outdated meanwhile may not be in it.
        then, self._computed_at = self._changes(), clock.now()
        self._value, self._rows = await self._compute()
        self._changes_then = then

    def _done(self, task: asyncio.Task[None]) -> None:
        self._computing = None
        if not task.cancelled() and (problem := task.exception()) is not None:
            self.outdate()
            log.error("could not be computed", what=self._compute.__qualname__, exc_info=problem)
