"""Small help for tests with real processes and sockets."""

import asyncio
import socket
from collections.abc import Callable


async def until(true: Callable[[], object]) -> None:
    """Wait for something to become true; the caller sets the limit, or the test does after 20 s."""
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.01)


def free_port() -> int:
    """A port on loopback where nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
