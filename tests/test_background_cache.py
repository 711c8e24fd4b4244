"""A value computed in the background."""

import asyncio

import pytest

from bot.background_cache import BackgroundCache


async def test_what_is_outdated_while_it_is_made_is_made_again() -> None:
    rows, read, go_on = ["ana", "ben"], asyncio.Event(), asyncio.Event()

    async def compute() -> tuple[list[str], int]:
        made = rows.copy()
        read.set()
        await go_on.wait()
        return made, len(made)

    cache = BackgroundCache(compute, lambda: 0)
    cache.refresh()
    await read.wait()
    rows.remove("ana")  # she asks to be forgotten after her row was read
    cache.outdate()
    go_on.set()
    await cache.get()
    assert await cache.get() == ["ben"]


async def test_what_could_not_be_made_again_is_tried_at_the_next_question(
    capsys: pytest.CaptureFixture[str],
) -> None:
    made = 0

    async def compute() -> tuple[int, int]:
        nonlocal made
        made += 1
        if made == 2:
            raise ValueError("tripped")
        return made, 1

    cache = BackgroundCache(compute, lambda: 0)
    assert await cache.get() == 1
    cache.outdate()
    assert await cache.get() == 1, "the old one is better than none"
    assert await cache.get() == 3
