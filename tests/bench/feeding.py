"""Interactions fed as raw gateway JSON through discord.py's own parser, and timed until Discord has the answer."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import aiohttp
import discord
from discord.utils import _from_json

from tests.pointed import TOKEN
from tests.standin import payloads
from tests.standin.payloads import Raw

# Makes the next interaction.
Source = Iterator[Raw]


class Fed:
    """A client without a gateway: logged in over REST, its events fed by hand."""

    def __init__(self, client: discord.Client) -> None:
        self.client = client
        self._answered: dict[str, asyncio.Future[float]] = {}
        trace = aiohttp.TraceConfig()
        trace.on_request_end.append(self._on_request_end)
        client.http.http_trace = trace

    async def start(self) -> None:
        """Log in; the server is known afterwards."""
        before = asyncio.all_tasks()
        await self.client.login(TOKEN)
        self.client._connection.parse_guild_create(payloads.guild())
        # What is counted in the background after a start has its own benchmark.
        async with asyncio.timeout(60):
            await quiet(before)

    async def _on_request_end(self, session: Any, context: Any, ended: aiohttp.TraceRequestEndParams) -> None:
        at = time.perf_counter()
        *_, identity, _, last = ended.url.path.split("/")
        if last == "callback" and (answered := self._answered.pop(identity, None)) is not None:
            if ended.response.status >= 400:
                answered.set_exception(RuntimeError(f"answered with {ended.response.status}"))
            else:
                answered.set_result(at)

    async def one(self, interaction: Raw) -> float:
        """Seconds from the gateway's text to the answer that Discord has taken."""
        text = json.dumps(interaction)
        answered: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._answered[interaction["id"]] = answered
        begin = time.perf_counter()
        self.client._connection.parse_interaction_create(_from_json(text))
        return await answered - begin

    async def many(self, source: Source, number: int, at_once: int) -> float:
        """Answers a second, `at_once` being under way all the time, with what is done after the answers."""
        before = asyncio.all_tasks()
        prepared = iter([next(source) for _ in range(number)])

        async def person() -> None:
            for interaction in prepared:
                await self.one(interaction)

        begin = time.perf_counter()
        await asyncio.gather(*(person() for _ in range(at_once)))
        await quiet(before)
        return number / (time.perf_counter() - begin)


async def quiet(before: set[asyncio.Task[Any]]) -> None:
    """Wait for everything that was begun since `before`."""
    while begun := asyncio.all_tasks() - before:
        await asyncio.wait(begun)


async def side_by_side(
    rounds: int, *pairs: tuple[Callable[[Any], Awaitable[float]], Iterator[Any]]
) -> list[list[float]]:
    """Each of the pairs in turn, `rounds` times, one at a time: for every pair its seconds."""
    seconds: list[list[float]] = [[] for _ in pairs]
    for number in range(rounds):
        before = asyncio.all_tasks()
        # Who goes first changes, so that nobody always runs in the other's wake.
        order = range(len(pairs)) if number % 2 else reversed(range(len(pairs)))
        for which in order:
            serve, source = pairs[which]
            seconds[which].append(await serve(next(source)))
            await quiet(before)
    return seconds
