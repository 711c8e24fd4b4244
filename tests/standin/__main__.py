"""`python -m tests.standin [port]`: a stand-in in a process of its own; its address is the first line printed."""

import asyncio
import sys

from tests.standin.server import StandIn


async def _serve() -> None:
    async with StandIn(port=int(sys.argv[1]) if len(sys.argv) > 1 else 0, remember=False) as discord:
        print(discord.address, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    try:
        asyncio.run(_serve())
    except KeyboardInterrupt:
        sys.exit(0)
