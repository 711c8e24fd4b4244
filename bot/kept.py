"""Something that many rows make slowly: made in the background, kept, made again when enough has changed."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

import structlog

from bot import clock

log = structlog.get_logger(__name__)
T = TypeVar("T")

# Making it again is worth it once this share of its rows is new …
_ENOUGH = 0.005
# … or once it is this old, for "the last seven days" move on by themselves.
_OLD = clock.DAY // 24
# Out of up to this many rows it is made in a moment, and whoever asks waits for a fresh one.
_FEW = 5_000


class Kept(Generic[T]):
    """The one owner of a value. `make` gives it and the number of rows it came from; `written` counts the
    rows written since the start, from anywhere.
    """

    def __init__(self, make: Callable[[], Awaitable[tuple[T, int]]], written: Callable[[], int]) -> None:
        self._make, self._written = make, written
        self._value: T | None = None
        self._rows = self._then = self._made_at = 0
        self._making: asyncio.Task[None] | None = None

    async def get(self) -> T | None:
        """The value; made afresh if that is due and quick, or if there is none yet. None when making failed."""
        if self._is_due and self._making is None:
            self.start()
        if self._making is not None and (self._value is None or self._rows < _FEW):
            await asyncio.wait({self._making})
        return self._value

    def start(self) -> None:
        """Begin to make it, in the background."""
        self._making = asyncio.create_task(self._remake())
        self._making.add_done_callback(self._done)

    async def stop(self) -> None:
        """Give up making it, if that is under way."""
        if (making := self._making) is not None:
            making.cancel()
            await asyncio.wait({making})

    def outdate(self) -> None:
        """What it was made of has changed: make it again when somebody asks."""
        self._made_at = 0

    @property
    def _is_due(self) -> bool:
        new = self._written() - self._then
        return self._value is None or new > self._rows * _ENOUGH or not clock.within(_OLD, self._made_at)

    async def _remake(self) -> None:
        # Noted before it is made: what changes or is outdated meanwhile may not be in it.
        then, self._made_at = self._written(), clock.now()
        self._value, self._rows = await self._make()
        self._then = then

    def _done(self, task: asyncio.Task[None]) -> None:
        self._making = None
        if not task.cancelled() and (problem := task.exception()) is not None:
            self.outdate()
            log.error("could not be made", what=self._make.__qualname__, exc_info=problem)
