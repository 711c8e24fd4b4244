"""A value computed in the background."""

import asyncio

import pytest

from bot import clock
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


@pytest.mark.parametrize(("rows", "changes", "stale"), [(100, 1, True), (10_000, 50, False), (10_000, 51, True)])
async def test_it_is_stale_once_enough_of_its_rows_have_changed(rows: int, changes: int, stale: bool) -> None:
    computed, changed = 0, 0

    async def compute() -> tuple[int, int]:
        nonlocal computed
        computed += 1
        return computed, rows

    cache = BackgroundCache(compute, lambda: changed)
    assert await cache.get() == 1
    changed = changes
    cache.refresh()
    await asyncio.sleep(0.01)
    assert cache.latest() == (2 if stale else 1)


async def test_of_very_many_rows_a_thousand_changes_are_enough() -> None:
    changed, go_on = 0, asyncio.Event()

    async def compute() -> tuple[int, int]:
        if changed:
            await go_on.wait()
        return changed, 10_000_000

    cache = BackgroundCache(compute, lambda: changed)
    assert await cache.get() == 0
    changed = 1_001
    assert await cache.get() == cache.latest() == 0, "the old one is served meanwhile"
    go_on.set()
    await asyncio.sleep(0.01)
    assert await cache.get() == 1_001
    await cache.stop()


async def test_what_lies_unasked_grows_old(monkeypatch: pytest.MonkeyPatch) -> None:
    now, computed = clock.now(), 0

    async def compute() -> tuple[int, int]:
        nonlocal computed
        computed += 1
        return computed, 1

    cache = BackgroundCache(compute, lambda: 0)
    assert await cache.get() == await cache.get() == 1
    monkeypatch.setattr(clock, "now", lambda: now + 2 * clock.HOUR)
    assert await cache.get() == 2


async def test_whom_an_older_value_serves_lets_more_change() -> None:
    changed = 0

    async def compute() -> tuple[int, int]:
        return changed, 100

    cache = BackgroundCache(compute, lambda: changed)
    assert await cache.get() == 0
    changed = 10
    cache.latest(0.1)
    await asyncio.sleep(0.01)
    assert cache.latest(0.1) == 0
    changed = 11
    cache.latest(0.1)
    await asyncio.sleep(0.01)
    assert cache.latest(0.1) == 11
    changed = 12
    cache.latest(0.1)
    await asyncio.sleep(0.01)
    assert cache.latest(0.1) == 11
    assert await cache.get() == 12
