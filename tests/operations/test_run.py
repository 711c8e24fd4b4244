"""`python -m bot run` as a process: how it starts, stops, and what it says when it cannot."""

import asyncio
import json
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest

from bot.app import create_bot
from bot.database import SqliteDatabase
from bot.errors import ACT, AGAIN, StartError
from bot.run import _serve
from bot.settings import Settings
from bot.signals import ending_signals
from tests.operations.waiting import free_port, until
from tests.pointed import TOKEN, point_at
from tests.standin import StandIn, bot_process

STOPPED_WITHIN = 5.0
pytestmark = pytest.mark.posix  # Windows ends a process without asking it


async def ended(process: asyncio.subprocess.Process) -> tuple[int, str]:
    """Exit status and everything it said."""
    async with asyncio.timeout(30):
        _, said = await process.communicate()
    assert process.returncode is not None
    assert TOKEN not in said.decode()
    return process.returncode, said.decode()


async def says(process: asyncio.subprocess.Process, event: str) -> dict[str, Any]:
    """Wait for a line of its log."""
    assert process.stderr is not None
    async with asyncio.timeout(20):
        while line := await process.stderr.readline():
            if line.startswith(b"{") and (entry := json.loads(line))["event"] == event:
                return dict(entry)
    raise AssertionError(f"it ended without saying {event!r}")


# --- stopping ---


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
async def test_a_stop_finishes_what_is_in_flight(path: Path, number: signal.Signals) -> None:
    async with StandIn() as standin, bot_process(standin, path) as process:
        await asyncio.wait_for(standin.connected(), 20)
        card = await standin.slash("ana", "montage random")
        standin.trouble("/callback", delay=1.0)
        pressed = asyncio.create_task(standin.click("ana", card, card.custom_id("Fired up")))
        await until(lambda: (standin.sent[-1].body or {}).get("type") == 7)
        began = time.monotonic()
        process.send_signal(number)
        status, said = await ended(process)
        assert status == 0 and time.monotonic() - began < STOPPED_WITHIN
        assert (await pressed).custom_id("Fired up · 1")
    assert "Traceback" not in said
    assert not path.with_name(path.name + "-wal").exists(), "the database was not closed"
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT value FROM vote").fetchall() == [(1,)]


async def test_a_stop_does_not_wait_for_ever(path: Path) -> None:
    async with StandIn() as standin, bot_process(standin, path) as process:
        await asyncio.wait_for(standin.connected(), 20)
        standin.trouble("/callback", delay=60)
        hanging = asyncio.create_task(standin.slash("ana", "montage random"))
        await asyncio.sleep(0.3)
        began = time.monotonic()
        process.terminate()
        status, _ = await ended(process)
        assert status == 0 and 2.5 < time.monotonic() - began < STOPPED_WITHIN
        hanging.cancel()


async def test_a_discord_that_never_says_goodbye_does_not_keep_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(client: discord.Client) -> None:
        await asyncio.Event().wait()

    bot = create_bot(Settings(database=path))
    await bot.database.open()
    monkeypatch.setattr(discord.Client, "close", never)
    async with asyncio.timeout(2):
        await bot.close()
    assert not bot.database.is_open


async def test_a_stop_while_discord_is_away(path: Path) -> None:
    async with bot_process(StandIn(free_port()), path) as process:
        assert (await says(process, "Discord cannot be reached"))["seconds_until_next_try"] == 5
        process.terminate()
        assert (await ended(process))[0] == 0


@pytest.mark.slow
async def test_it_waits_for_discord_and_serves_when_it_is_back(path: Path) -> None:
    port = free_port()
    async with bot_process(StandIn(port), path) as process:
        await says(process, "Discord cannot be reached")
        async with StandIn(port) as standin:
            standin.trouble("/users/@me", status=503, times=1)
            await asyncio.wait_for(standin.connected(), 30)
            assert (await standin.slash("ana", "montage random")).kind == 4
            process.terminate()
            assert (await ended(process))[0] == 0


def test_a_terminal_that_is_gone_ends_it_unless_that_is_to_be_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    try:
        assert ending_signals() == {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as `nohup` does
        assert ending_signals() == {signal.SIGTERM, signal.SIGINT}
    finally:
        signal.signal(signal.SIGHUP, before)


async def test_a_gateway_that_cannot_be_reached_is_waited_for(path: Path) -> None:
    async with StandIn() as standin:
        standin.gateway.script.extend([("open", 502), ("hello", "cut"), ("identify", "cut")])
        async with bot_process(standin, path) as process:
            await asyncio.wait_for(standin.connected(), 30)
            assert (await standin.slash("ana", "montage random")).kind == 4
            process.terminate()
            status, said = await ended(process)
    assert status == 0 and said.count('"event": "connection lost"') == 3
    assert "Traceback" not in said


# --- what ends it for good ---


async def test_commands_that_discord_refuses_end_it_with_a_sentence(path: Path) -> None:
    refused = {
        "code": 50035,
        "message": "Invalid Form Body",
        "errors": {"0": {"name": {"_errors": [{"code": "X", "message": "That name is taken."}]}}},
    }
    async with StandIn() as standin:
        standin.trouble("/commands", says=[])
        standin.trouble("/commands", status=400, says=refused)
        async with bot_process(standin, path) as process:
            status, said = await ended(process)
    assert status == ACT and "Traceback" not in said
    assert "Discord refused the bot's commands (code 50035)" in said and "That name is taken." in said


async def test_a_login_answered_by_something_else_is_waited_out(path: Path) -> None:
    """A hotel's network answers everything with its own page."""
    async with StandIn() as standin:
        standin.trouble("/users/@me", says="<html>Welcome to our hotel!")
        async with bot_process(standin, path) as process:
            lost = await says(process, "Discord cannot be reached")
            assert "login" in lost["problem"] and "hotel" not in lost["problem"]
            process.terminate()
            assert (await ended(process))[0] == 0


@pytest.mark.parametrize(("status", "ends"), [(400, True), (403, True), (429, False)])
async def test_a_refused_start_says_so_and_one_that_is_put_off_waits(path: Path, status: int, ends: bool) -> None:
    async with StandIn() as standin:
        if status == 429:  # of the kind that no retry of the library's passes
            standin.trouble("/users/@me", status=429, says="You are being blocked.")
        else:
            standin.trouble("/users/@me", status=status)
        with point_at(standin.address):
            bot = create_bot(Settings(database=path, token=TOKEN))
            if ends:
                with pytest.raises(StartError, match=f"refused the start .{status}") as refusal:
                    await _serve(bot, asyncio.Event())
                assert refusal.value.status == ACT
            else:
                assert "429" in (await _serve(bot, asyncio.Event()) or "")


async def test_a_refused_token_ends_it_at_once_and_says_so(path: Path) -> None:
    async with StandIn() as standin:
        standin.token = "another"  # noqa: S105
        async with bot_process(standin, path) as process:
            status, said = await ended(process)
        assert status == ACT
        assert "refused the DISCORD_TOKEN" in said and "Traceback" not in said
        assert len(standin.sent) == 1, "it went on knocking"


async def test_a_held_refusal_says_so_and_waits_to_be_stopped(path: Path) -> None:
    async with StandIn() as standin:
        standin.token = "another"  # noqa: S105
        async with bot_process(standin, path, "run", "--hold") as process:
            assert process.stderr is not None
            async with asyncio.timeout(20):
                while b"refused the DISCORD_TOKEN" not in await process.stderr.readline():
                    pass
            await asyncio.sleep(0.3)
            assert process.returncode is None and len(standin.sent) == 1
            process.terminate()
            assert (await ended(process))[0] == ACT


async def test_a_token_that_is_reset_while_it_runs_ends_it(path: Path) -> None:
    async with StandIn() as standin, bot_process(standin, path) as process:
        await asyncio.wait_for(standin.connected(), 20)
        await standin.hang_up(4004)
        status, said = await ended(process)
        assert status == ACT and "it was reset" in said
        assert standin.gateway.identified == 1


@pytest.mark.parametrize("state", ["in use", "damaged"])
async def test_a_database_it_cannot_have_ends_it(path: Path, state: str) -> None:
    database = SqliteDatabase(path)
    if state == "in use":
        await database.open()
    else:
        path.write_bytes(b"not a database" * 1000)
    async with StandIn() as standin, bot_process(standin, path) as process:
        status, said = await ended(process)
    await database.close()
    assert status == (AGAIN if state == "in use" else ACT)
    assert state in said and "Traceback" not in said


# --- what a running bot does by itself ---


async def test_a_running_bot_keeps_backups_and_answers_about_its_health(path: Path) -> None:
    kept, port = path.parent / "kept", free_port()
    environment = {"MONTAGE_BACKUP_FOLDER": str(kept), "MONTAGE_METRICS_PORT": str(port)}
    async with StandIn() as standin, bot_process(standin, path, **environment) as process:
        await says(process, "backup made")
        assert len(list(kept.glob("montage-*.db"))) == 1
        async with aiohttp.ClientSession() as web, web.get(f"http://127.0.0.1:{port}/ready") as ready:
            assert (await ready.json())["database"] == "ok"
        process.terminate()
        assert (await ended(process))[0] == 0
