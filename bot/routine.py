"""Something the bot does again and again by itself, such as looking for what is due.

discord.py's `tasks.loop` counts its turns by the clock on the wall: set forward by a day, it makes up for
every turn it "missed", one after the other; set back, it sleeps until the old time comes again. Here the
rest between two turns is a length of time, whatever the clock says.
"""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger(__name__)

# What the task is called in which a routine rests: a simulated Discord knows by it what is not at work.
AT_REST = "a routine at rest"
# Seconds of rest after a turn that failed.
_AFTER_FAILURE = 60.0


class Routine:
    """Takes a turn, rests as many seconds as the turn says, takes the next; a failure is logged and survived."""

    def __init__(self, name: str, turn: Callable[[], Awaitable[float]]) -> None:
        self._name = name
        self._turn = turn
        self._task: asyncio.Task[None] | None = None
        self._rest: asyncio.Task[None] | None = None
        self._woken = False

    async def start(self) -> None:
        """Begin with a turn at once; nothing happens when it is running already."""
        if self._task is None:
            self._task = asyncio.create_task(self._run(), name=self._name)

    def wake(self) -> None:
        """End the rest, also one that has not begun: there may be something to do sooner.

        Out of a turn itself nothing happens, for that says when the next one comes.
        """
        if asyncio.current_task() is not self._task:
            self._woken = True
            self._end_rest()

    async def stop(self) -> None:
        """End it, in the middle of a turn if need be. Safe to call twice."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.wait([task])

    async def _run(self) -> None:
        try:
            while True:
                self._woken = False
                seconds = await self._one_turn()
                # Whoever woke it during the turn may have been too late for that one.
                rest = asyncio.sleep(0 if self._woken else seconds)
                self._rest = asyncio.create_task(rest, name=AT_REST)
                await asyncio.wait([self._rest])
        finally:
            self._end_rest()

    def _end_rest(self) -> None:
        if self._rest is not None:
            self._rest.cancel()

    async def _one_turn(self) -> float:
        try:
            return await self._turn()
        except Exception:
            log.exception("a turn failed", routine=self._name)
            return _AFTER_FAILURE
