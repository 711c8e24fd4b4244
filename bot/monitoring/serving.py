"""The little web server on loopback: /health, /ready, /metrics."""

import asyncio
import ipaddress
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import TypeAlias, cast

import discord
import structlog
from aiohttp import web

from bot.client import MontageBot
from bot.database import DatabaseError
from bot.errors import StartError
from bot.gateway import Socket
from bot.monitoring.metrics import Metrics, metrics_of
from bot.slots import SPARE, Waiting

log = structlog.get_logger(__name__)
# Seconds that the database gets to answer.
_PATIENCE = 2.0
Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]


def add_monitoring(bot: MontageBot) -> None:
    """Serve the three pages from the moment the database is open, where the settings name a port."""
    port = bot.settings.metrics_port
    if port is None:
        return
    server = Monitoring(bot, port)
    bot.add_opening(server.open)
    bot.add_closing(server.close)


class Monitoring:
    """Answers on 127.0.0.1 only: what it says is nobody else's business."""

    def __init__(self, bot: MontageBot, port: int) -> None:
        self._bot, self._port = bot, port
        self._metrics: Metrics | None = metrics_of(bot)
        app = web.Application(middlewares=[_loopback_only])
        app.add_routes(
            [
                web.get("/health", self._health),
                web.get("/ready", self._ready),
                web.get("/metrics", self._numbers),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)

    async def open(self) -> None:
        """Raises StartError when the port is taken."""
        await _listen(self._runner, self._port)
        log.info("monitoring", address=f"http://127.0.0.1:{self._port}/ready")

    async def close(self) -> None:
        """Stop answering."""
        await self._runner.cleanup()

    async def _health(self, request: web.Request) -> web.Response:
        """Status 200 for as long as the event loop answers at all."""
        return web.Response(text="ok\n")

    async def _ready(self, request: web.Request) -> web.Response:
        """Status 200 when people are served, else 503; the body says which part is not well."""
        bot, slot = self._bot, self._bot.slot
        state = {"gateway": gateway_state(bot), "database": await database_state(bot)}
        well = all(value == "ok" for value in state.values()) and slot.holds
        served: dict[str, object] = {} if slot.alone else {"slot": slot.number, "shards": str(slot.shards)}
        if not slot.holds:
            served["slot"] = "lost"
        return web.json_response({"ready": well, **state, **served}, status=200 if well else 503)

    async def _numbers(self, request: web.Request) -> web.Response:
        if self._metrics is None:
            return web.Response(
                status=501, text="Numbers need one more library: pip install 'montage-bot[metrics]'\n"
            )
        body, content_type = self._metrics.page()
        return web.Response(body=body, headers={"Content-Type": content_type})


@asynccontextmanager
async def waiting_pages(port: int, waiting: Waiting) -> AsyncIterator[None]:
    """The same pages while a process waits for shards to serve: a spare is as it should be. Raises StartError."""

    async def health(request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def ready(request: web.Request) -> web.Response:
        well = waiting.why == SPARE
        return web.json_response(
            {"ready": well, "slot": "spare" if well else "none", "waits": waiting.why}, status=200 if well else 503
        )

    app = web.Application(middlewares=[_loopback_only])
    app.add_routes([web.get("/health", health), web.get("/ready", ready)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    try:
        await _listen(runner, port)
        yield
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, port: int) -> None:
    """Raises StartError when the port is taken."""
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
    except OSError as problem:
        raise StartError(
            f"MONTAGE_METRICS_PORT={port} cannot be used: {problem.strerror}. Choose another port."
        ) from problem


@web.middleware
async def _loopback_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a request that names another host: a page in a browser here, whose name was pointed at it."""
    if not _is_loopback(request.url.host):
        return web.Response(status=421, text="This answers to 127.0.0.1, [::1] and localhost only.\n")
    return await handler(request)


def _is_loopback(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def gateway_state(bot: MontageBot) -> str:
    """`ok` while Discord's events arrive."""
    if not bot.is_ready():
        return "not connected yet"
    if isinstance(bot, discord.AutoShardedClient):
        lost = [number for number, shard in bot.shards.items() if shard.is_closed()]
        return f"shards {lost} are not connected" if lost else "ok"
    socket = cast("Socket | None", bot.ws)
    if socket is None or not socket.open:
        return "not connected"
    return "ok" if socket.stood else "connecting"


async def database_state(bot: MontageBot) -> str:
    """`ok` while it can be read and, as far as anybody knows, written."""
    database = bot.database
    if not database.is_open:
        return "not open"
    try:
        async with asyncio.timeout(_PATIENCE):
            await database.read("SELECT 1")
            if database.trouble is not None:  # perhaps it has passed, and nobody has written since
                with suppress(DatabaseError):
                    await database.write(
                        "INSERT INTO memo (name, value) VALUES ('probe', '') "
                        "ON CONFLICT (name) DO UPDATE SET value = excluded.value"
                    )
    except TimeoutError:
        return "too slow"
    except (DatabaseError, sqlite3.Error) as problem:
        return database.trouble or type(problem).__name__
    return database.trouble or "ok"
