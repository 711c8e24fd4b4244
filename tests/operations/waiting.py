"""Small help for tests with real processes and sockets."""

import asyncio
import socket
from collections.abc import Callable


async def until(true: Callable[[], object], seconds: float = 20) -> None:
    """Wait for something to become true, so long at most."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.01)


def free_port() -> int:
    """A port on loopback where nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
