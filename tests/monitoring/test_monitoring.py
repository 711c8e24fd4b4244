"""Health, readiness and numbers, asked over loopback as Prometheus or Docker would."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.app import create_bot
from bot.client import MontageBot
from bot.errors import StartError
from bot.monitoring import add_monitoring, metrics
from bot.settings import Settings
from tests.operations.waiting import free_port
from tests.standin import StandIn, logged_in


@asynccontextmanager
async def watched(path: Path) -> AsyncIterator[tuple[StandIn, MontageBot, aiohttp.ClientSession]]:
    """A bot over the stand-in, with its pages open."""
    bot = create_bot(Settings(database=path, metrics_port=free_port()))
    add_monitoring(bot)
    async with (
        StandIn() as standin,
        logged_in(bot, standin),
        aiohttp.ClientSession(f"http://127.0.0.1:{bot.settings.metrics_port}") as web,
    ):
        yield standin, bot, web


async def test_ready_while_gateway_and_database_are(path: Path) -> None:
    async with watched(path) as (standin, bot, web):
        async with web.get("/ready") as ready:
            assert ready.status == 503 and (await ready.json())["gateway"] == "not connected yet"
        await bot.wait_until_ready()
        async with web.get("/health") as health, web.get("/ready") as ready:
            assert health.status == ready.status == 200
            assert await ready.json() == {"ready": True, "gateway": "ok", "database": "ok"}
        await bot.database.read("PRAGMA query_only = ON")
        card = await standin.slash("ana", "montage random")
        await standin.click("ana", card, card.custom_id("Fired up"))
        async with web.get("/ready") as ready:
            assert ready.status == 503 and (await ready.json())["database"] == "read-only"
        await bot.database.read("PRAGMA query_only = OFF")
        async with web.get("/ready") as ready:
            assert ready.status == 200, "it can be written again, and nobody has yet"


async def test_not_ready_without_gateway_or_database(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with watched(path) as (_, bot, web):
        monkeypatch.setattr(bot, "is_ready", lambda: True)
        socket_before = bot.ws
        monkeypatch.setattr(bot, "ws", None)
        async with web.get("/ready") as ready:
            assert ready.status == 503 and (await ready.json())["gateway"] == "not connected"
        monkeypatch.setattr(bot, "ws", socket_before)
        monkeypatch.setattr(bot.ws, "stood", False)
        async with web.get("/ready") as ready:
            assert ready.status == 503 and (await ready.json())["gateway"] == "connecting"
        monkeypatch.setattr(bot.ws, "stood", True)
        await bot.database.close()
        async with web.get("/ready") as ready:
            assert ready.status == 503 and (await ready.json())["database"] == "not open"


async def test_numbers(path: Path) -> None:
    async with watched(path) as (standin, bot, web):
        card = await standin.slash("ana", "montage random")
        await standin.click("ana", card, card.custom_id("Fired up"))
        bot.refused_requests.seen(403)
        await standin.gateway.dispatch("GUILD_CREATE", {"id": "ana"})
        await standin.gateway.send_text('{"op": 0, "t": ["ana"], "s": 1, "d": null}')
        await standin.slash("ben", "montage show", montage="zzzzqqqq")
        await standin.submit("ben", "form:no such form:0", {})
        async with web.get("/metrics") as page:
            said = await page.text()
        counted = "montage_interaction_seconds_count"
        for line in (
            counted + '{kind="application_command",name="montage random",outcome="answered"} 1.0',
            counted + '{kind="component",name="vote",outcome="answered"} 1.0',
            counted + '{kind="application_command",name="montage show",outcome="refused"} 1.0',
            counted + '{kind="modal_submit",name="unknown",outcome="refused"} 1.0',
            'montage_votes_total{choice="up"} 1.0',
            "montage_servers 1.0",
            "montage_database_trouble 0.0",
            "montage_refused_lately 1.0",
            'montage_refused_total{status="403"} 1.0',
            'montage_unread_events_total{name="GUILD_CREATE"} 1.0',
            'montage_unread_events_total{name="unknown"} 1.0',
        ):
            assert line in said, said
        assert "ana" not in said


async def test_without_the_library_the_rest_still_answers(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(bot: MontageBot) -> None:
        raise ModuleNotFoundError

    monkeypatch.setattr(metrics, "Metrics", missing)
    async with watched(path) as (_, _, web), web.get("/metrics") as page, web.get("/health") as health:
        assert page.status == 501 and "montage-bot[metrics]" in await page.text()
        assert health.status == 200


async def test_a_port_that_is_taken_stops_the_start(path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        bot = create_bot(Settings(database=path, metrics_port=other.getsockname()[1]))
        add_monitoring(bot)
        async with StandIn() as standin:
            with pytest.raises(StartError, match="MONTAGE_METRICS_PORT"):
                async with logged_in(bot, standin):
                    pass


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:1", 200),
        ("localhost", 200),
        ("LOCALHOST:8080", 200),
        ("[::1]:8080", 200),
        ("127.4.5.6", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("10.0.0.1", 421),
    ],
)
async def test_only_who_asks_for_this_machine_is_answered(path: Path, host: str, status: int) -> None:
    """A page in a browser here whose own name was pointed at 127.0.0.1 sends that name."""
    async with watched(path) as (_, _, web):
        for page in ("/health", "/metrics"):
            async with web.get(page, headers={"Host": host}) as answer:
                assert answer.status == status
