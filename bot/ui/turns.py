"""Long work on the event loop, in short steps: others get their turn in between."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

# Seconds of work after which others get a turn. A step is this and one portion more.
_STEP = 0.004
# Small enough that no portion takes longer than a step: some 10 µs are spent on each of them at most.
PORTION = 250


async def in_portions(things: Iterable[T], size: int = PORTION) -> AsyncIterator[list[T]]:
    """`things`, which must not change, so many at a time; whoever waits for the event loop gets it in between."""
    left, began = iter(things), time.perf_counter()
    while portion := list(islice(left, size)):
        yield portion
        if time.perf_counter() - began >= _STEP:
            await asyncio.sleep(0)
            began = time.perf_counter()
