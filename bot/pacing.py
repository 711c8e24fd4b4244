"""How fast requests may leave, so that those of people always find room."""

import asyncio
import time
from collections.abc import Awaitable, Callable


class RequestPacer:
    """Gives turns, `per_second` at most and evenly spread; whoever comes when nobody waits goes at once."""

    def __init__(
        self,
        per_second: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._gap = 1 / per_second
        self._clock = clock
        self._sleep = sleep
        self._next = 0.0

    async def turn(self) -> None:
        """Wait for the next turn."""
        now = self._clock()
        mine = max(now, self._next)
        self._next = mine + self._gap
        if mine > now:
            await self._sleep(mine - now)
