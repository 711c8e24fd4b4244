"""The one place that points discord.py at a stand-in, inside this process or in a process of the bot's own.

`python -m tests.pointed http://127.0.0.1:PORT run` is the real command line, pointed. It imports nothing of
the stand-in, so that a process measured through it weighs what the bot weighs.
"""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

if __name__ == "__main__":
    gc.disable()  # as the command does before it imports discord.py, which has to be there already to be pointed

import yarl
from discord import Client
from discord.gateway import DiscordWebSocket
from discord.http import Route

# Shaped as a token is, and plainly none.
TOKEN = "stand-in-for-a-token.none.this-is-not-a-secret-at-all"  # noqa: S105


async def _no_pause(client: Client, shard_id: int | None, *, initial: bool = False) -> None:
    """Instead of the five seconds that discord.py leaves between two sessions: a stand-in does not count them."""


@contextmanager
def point_at(address: str) -> Iterator[None]:
    """Until the end of the block discord.py takes `address` (http://…) for Discord."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY, Client.before_identify_hook
    Client.before_identify_hook = _no_pause  # type: ignore[method-assign, assignment]
    Route.BASE = f"{address}/api"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"{address.replace('http', 'ws', 1)}/gateway")
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY, Client.before_identify_hook = before  # type: ignore[method-assign]


if __name__ == "__main__":
    # structlog imports it where it is there (40 ms), and here it is: a tool that checks dependencies brings it.
    # Nobody who installs the bot has it.
    sys.modules["rich"] = None  # type: ignore[assignment]

    from bot.__main__ import main

    with point_at(sys.argv[1]):
        sys.exit(main(sys.argv[2:]))
