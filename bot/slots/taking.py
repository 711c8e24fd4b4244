"""Taking a slot: the first that is free, or waiting as a spare until one is."""

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

import structlog

from bot.slots.link import PAUSE_SECONDS, connect, passing, steady
from bot.slots.slot import HeldSlot, Layout

if TYPE_CHECKING:
    from bot.slots.link import Connection

log = structlog.get_logger(__name__)
# How often a spare looks, in seconds: that much later than the other's end it begins at most.
_LOOK_SECONDS = 0.5


async def take_slot(
    address: str, layout: Layout, stopped: asyncio.Event, *, strict: bool = True
) -> HeldSlot | None:
    """A slot that nobody else serves, kept from now on; None when the process is asked to end.

    `strict`: see `HeldSlot`. Raises StartError where somebody has to do something first.
    """
    while not stopped.is_set():
        slot = await _taken(address, layout, stopped, strict=strict)
        if slot is None:
            return None
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
            return slot
        await slot.release()
    return None


async def _taken(address: str, layout: Layout, stopped: asyncio.Event, *, strict: bool) -> HeldSlot | None:
    """Wait until a slot is free and take it."""
    told, connection = "", None
    try:
        while not stopped.is_set():
            try:
                if connection is None:
                    connection = await connect(address, "spare")
                asked_at = steady()
                number, problem = await _one(connection, layout)
            except passing() as trouble:
                number, problem = None, f"PostgreSQL cannot be reached: {type(trouble).__name__} {trouble}".strip()
                if connection is not None:
                    connection.terminate()
                    connection = None
            if number is not None and connection is not None:
                slot = HeldSlot(address, connection, layout, number, asked_at, strict=strict)
                connection = None
                return slot
            if problem != told:
                log.info("waiting for a slot", why=problem)
                told = problem
            await _first(_LOOK_SECONDS if connection else PAUSE_SECONDS, stopped)
        return None
    finally:
        if connection is not None:
            connection.terminate()


async def _one(connection: "Connection", layout: Layout) -> tuple[int | None, str]:
    """A slot that is ours now; or why there is none."""
    taken, others = await layout.held(connection)
    if others:
        return None, "bots with other numbers of shards or slots still run on this database"
    for number in range(len(layout.parts)):
        if number in taken or not await connection.fetchval(
            "SELECT pg_try_advisory_lock($1, $2)", *layout.key(number)
        ):
            continue
        # Two that came with different numbers at the same moment see each other here.
        if not (await layout.held(connection))[1]:
            return number, ""
        await connection.fetchval("SELECT pg_advisory_unlock($1, $2)", *layout.key(number))
        return None, "bots with other numbers of shards or slots still run on this database"
    return None, "all slots are taken; I am a spare"


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
