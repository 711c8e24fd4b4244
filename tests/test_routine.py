"""What the bot does again and again by itself."""

import asyncio

import pytest

from bot.routine import Routine


async def test_it_rests_as_long_as_each_turn_says(monkeypatch: pytest.MonkeyPatch) -> None:
    rests: list[float] = []
    sleep = asyncio.sleep

    async def note(seconds: float) -> None:
        rests.append(seconds)
        await sleep(0)

    monkeypatch.setattr(asyncio, "sleep", note)
    turns = iter([5.0, 7.0])

    async def turn() -> float:
        if (seconds := next(turns, None)) is None:
            raise ValueError("tripped")
        return seconds

    running = Routine("test", turn)
    await running.start()
    await running.start()  # once is enough
    while len(rests) < 4:
        await sleep(0)
    await running.stop()
    assert rests[:4] == [5, 7, 60, 60], "a failure is survived, with a minute's rest"


async def test_it_can_be_woken_and_stopped_in_its_rest_and_in_its_turn() -> None:
    turns, held = 0, asyncio.Event()

    async def turn() -> float:
        nonlocal turns
        turns += 1
        if turns == 3:
            await held.wait()
        return 1000

    running = Routine("test", turn)
    await running.start()
    for _ in range(20):  # a turn and the beginning of its rest take a few steps of the loop
        await asyncio.sleep(0)
        running.wake()
    await asyncio.wait_for(running.stop(), 1)
    await running.stop()
    assert turns == 3
    assert not [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]


async def test_who_wakes_it_in_the_middle_of_a_turn_gets_another_turn() -> None:
    turns: list[int] = []
    looked, go_on, again = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def turn() -> float:
        turns.append(len(turns))
        if len(turns) == 1:
            looked.set()
            await go_on.wait()
        else:
            again.set()
        return 1000

    running = Routine("test", turn)
    await running.start()
    await looked.wait()
    running.wake()  # something is due since the turn looked
    go_on.set()
    await asyncio.wait_for(again.wait(), 1)
    for _ in range(10):
        await asyncio.sleep(0)
    await running.stop()
    assert turns == [0, 1]


async def test_a_turn_that_wakes_its_own_routine_does_not_run_in_circles() -> None:
    turns = 0

    async def turn() -> float:
        nonlocal turns
        turns += 1
        running.wake()
        return 1000

    running = Routine("test", turn)
    await running.start()
    for _ in range(20):
        await asyncio.sleep(0)
    await running.stop()
    assert turns == 1
