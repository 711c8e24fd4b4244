"""Taking a slot: the first that is free, or waiting as a spare until one is."""

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

import structlog

from bot.slots.link import PAUSE_SECONDS, connect, passing, steady_seconds
from bot.slots.slot import HeldSlot, Layout

if TYPE_CHECKING:
    from bot.slots.link import Connection

log = structlog.get_logger(__name__)
# How often a spare looks, in seconds: that much later than the other's end it begins at most.
_LOOK_SECONDS = 0.5
# Why there is none, where that is as it should be.
SPARE = "all slots are taken; I am a spare"
_OTHERS = "bots with other numbers of shards or slots still run on this database"


class Waiting:
    """What a process waits for that has no slot yet, for whoever asks how it is."""

    def __init__(self) -> None:
        self.why = ""

    def say(self, why: str) -> None:
        """Note it, and log it when it is news."""
        if why != self.why:
            log.info("waiting for a slot", why=why)
            self.why = why


async def take_slot(
    address: str,
    layout: Layout,
    stopped: asyncio.Event,
    *,
    strict: bool = True,
    waiting: Waiting | None = None,
) -> HeldSlot | None:
    """A slot that nobody else serves, kept from now on; None when the process is asked to end.

    `strict`: see `HeldSlot`. Raises StartError where somebody has to do something first.
    """
    waiting = waiting or Waiting()
    while not stopped.is_set():
        taken = await _taken(address, layout, stopped, waiting)
        if taken is None:
            return None
        slot = HeldSlot(address, taken.connection, layout, taken.number, taken.asked_at, strict=strict)
        try:
            pause = await slot.seconds_until_start()
        except passing() as problem:
            log.info("slot lost", slot=slot.number, problem=str(problem))
            await slot.release()
            continue
        slot.keep()
        log.info("slot taken", slot=slot.number, shards=str(slot.shards), seconds_until_start=pause)
        # Whoever had it before stops within less, also where it cannot reach the database any more.
        await _first(pause, slot.lost, stopped)
        if slot.holds and not stopped.is_set():
            await slot.begin()
            return slot
        await slot.release()
    return None


class _Taken(NamedTuple):
    connection: "Connection"
    number: int
    asked_at: float


async def _taken(address: str, layout: Layout, stopped: asyncio.Event, waiting: Waiting) -> _Taken | None:
    """Wait until a slot is free and take it; None when the process is asked to end."""
    connection = None
    try:
        while not stopped.is_set():
            try:
                connection = connection or await connect(address, "spare")
                asked_at = steady_seconds()
                number, why = await _one(connection, layout)
            except passing() as trouble:
                number, why = None, f"PostgreSQL cannot be reached: {type(trouble).__name__} {trouble}".strip()
                if connection is not None:
                    connection.terminate()
                    connection = None
            else:
                if number is not None:
                    taken, connection = _Taken(connection, number, asked_at), None
                    return taken
            waiting.say(why)
            await _first(_LOOK_SECONDS if connection else PAUSE_SECONDS, stopped)
        return None
    finally:
        if connection is not None:
            connection.terminate()


async def _one(connection: "Connection", layout: Layout) -> tuple[int | None, str]:
    """A slot that is ours now; or why there is none."""
    taken, others = await layout.held(connection)
    if others:
        return None, _OTHERS
    for number in range(len(layout.parts)):
        if number in taken or not await connection.fetchval(
            "SELECT pg_try_advisory_lock($1, $2)", *layout.key(number)
        ):
            continue
        # Two that came with different numbers at the same moment see each other here.
        if not (await layout.held(connection))[1]:
            return number, ""
        await connection.fetchval("SELECT pg_advisory_unlock($1, $2)", *layout.key(number))
        return None, _OTHERS
    return None, SPARE


async def _first(seconds: float, *events: asyncio.Event) -> None:
    """Wait so long, or until the first of these happens."""
    waiting = [asyncio.create_task(event.wait()) for event in events]
    try:
        with suppress(TimeoutError):
            await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in waiting:
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
