"""The real client against a stand-in: in this process, or in one of its own."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import discord

from bot.gateway import Socket
from tests.pointed import TOKEN, point_at
from tests.standin.server import StandIn

C = TypeVar("C", bound=discord.Client)


@asynccontextmanager
async def logged_in(client: C, standin: StandIn) -> AsyncIterator[C]:
    """The client with its session open; closed at the end of the block. What ended it early is raised here.

    Commands are served from here on; `on_ready` comes two seconds later, when discord.py has waited for
    more servers.
    """
    with point_at(standin.address):
        async with client:
            running = asyncio.create_task(client.start(TOKEN))
            ready = asyncio.create_task(standin.connected())
            await asyncio.wait((running, ready), return_when=asyncio.FIRST_COMPLETED)
            ready.cancel()
            if running.done():
                running.result()
            try:
                yield client
            finally:
                await client.close()
                await running


def _hears_a_hangup() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # the tests themselves may run under `nohup`


@asynccontextmanager
async def bot_process(
    standin: StandIn, database: Path, *arguments: str, **environment: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python -m bot run` as a process, served by `standin`; killed at the end of the block if it still runs.

    `arguments` replace `run`; `environment` adds variables. Its standard error is a pipe.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.pointed", standin.address, *(arguments or ("run",))),
        env={
            **os.environ,
            "DISCORD_TOKEN": TOKEN,
            "MONTAGE_DATABASE": str(database),
            "MONTAGE_LOG_FORMAT": "json",
            **environment,
        },
        stderr=asyncio.subprocess.PIPE,
        preexec_fn=_hears_a_hangup if os.name == "posix" else None,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


def is_greeted(socket: object) -> bool:
    """Whether Discord has greeted that connection, so that events arrive."""
    return isinstance(socket, Socket) and socket.stood
