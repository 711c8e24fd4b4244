"""Something made slowly and kept."""

import asyncio

import pytest

from bot.kept import Kept


async def test_what_is_outdated_while_it_is_made_is_made_again() -> None:
    rows, read, go_on = ["ana", "ben"], asyncio.Event(), asyncio.Event()

    async def make() -> tuple[list[str], int]:
        made = rows.copy()
        read.set()
        await go_on.wait()
        return made, len(made)

    kept = Kept(make, lambda: 0)
    kept.start()
    await read.wait()
    rows.remove("ana")  # she asks to be forgotten after her row was read
    kept.outdate()
    go_on.set()
    await kept.get()
    assert await kept.get() == ["ben"]


async def test_what_could_not_be_made_again_is_tried_at_the_next_question(
    capsys: pytest.CaptureFixture[str],
) -> None:
    made = 0

    async def make() -> tuple[int, int]:
        nonlocal made
        made += 1
        if made == 2:
            raise ValueError("tripped")
        return made, 1

    kept = Kept(make, lambda: 0)
    assert await kept.get() == 1
    kept.outdate()
    assert await kept.get() == 1, "the old one is better than none"
    assert await kept.get() == 3
