"""Small help for tests with real processes and sockets."""

import asyncio
import socket
from collections.abc import Callable
from types import MethodType

from bot.client import MontageBot
from bot.routine import Routine


async def until(true: Callable[[], object], seconds: float = 20) -> None:
    """Wait for something to become true, so long at most."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.01)


async def at_rest(bot: MontageBot) -> None:
    """Wait until the bot is ready and has done all that it does by itself: from then on it writes when it is asked
    to, and when some of its routines take their next turn, a minute later at the soonest.
    """
    await bot.wait_until_ready()
    await until(lambda: not bot.serving)  # who is here is noted, and the routines have begun
    begun = [listener.__self__ for listener in bot._heard_by["ready"] if isinstance(listener, MethodType)]
    routines = [routine for routine in begun if isinstance(routine, Routine)]
    assert routines
    await until(lambda: all(routine._rest is not None and not routine._rest.done() for routine in routines))


def free_port() -> int:
    """A port on loopback where nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
