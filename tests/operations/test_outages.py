"""Discord in trouble: nothing is written twice, people are told where that is possible, and the bot comes back."""

import asyncio
import time
from pathlib import Path

import discord
import pytest

from bot.app import create_bot
from bot.client import MontageBot
from bot.errors import StartError
from bot.settings import Settings
from tests.operations.waiting import until
from tests.standin import Answer, StandIn, logged_in


async def votes(bot: MontageBot) -> list[int]:
    return [row["value"] for row in await bot.database.read("SELECT value FROM vote")]


async def card_of(standin: StandIn) -> Answer:
    return await standin.slash("ana", "montage show", montage="rocky-iv-1985")


@pytest.mark.parametrize(
    ("status", "wait"), [(500, 0.1), (502, 0.1), (429, 0.5)], ids=["error", "bad gateway", "slow down"]
)
async def test_a_vote_whose_answer_is_held_up_counts_once(
    path: Path, monkeypatch: pytest.MonkeyPatch, status: int, wait: float
) -> None:
    monkeypatch.setattr("bot.ui.answers._DEFER_AFTER", 0.3)  # the last of these waits for longer
    bot = create_bot(Settings(database=path))
    async with StandIn() as standin, logged_in(bot, standin):
        card = await card_of(standin)
        standin.trouble("/callback", status=status, retry_after=wait)
        pressed = await standin.click("ana", card, card.custom_id("Fired up"))
        assert pressed.custom_id("Fired up · 1")
        assert await votes(bot) == [1]


async def test_one_answer_that_hangs_holds_nobody_else_up(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.client._LAST_ANSWERS", 0.1)  # the end of the test need not wait for it
    bot = create_bot(Settings(database=path))
    async with StandIn() as standin, logged_in(bot, standin):
        card = await card_of(standin)
        standin.trouble("/callback", delay=30)
        hanging = asyncio.create_task(standin.click("ana", card, card.custom_id("Fired up")))
        await asyncio.sleep(0.2)
        began = time.monotonic()
        pressed = await standin.click("ben", card, card.custom_id("Fired up"))
        assert time.monotonic() - began < 5 and pressed.custom_id("Fired up · 2")
        assert await votes(bot) == [1, 1]
        hanging.cancel()


async def test_a_slow_database_answers_with_thinking_and_then_the_card(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.ui.answers._DEFER_AFTER", 0.1)
    bot = create_bot(Settings(database=path))
    read = bot.database.read

    async def slow_read(sql: str, **values: object) -> object:
        await asyncio.sleep(0.4)
        return await read(sql, **values)

    async with StandIn() as standin, logged_in(bot, standin):
        monkeypatch.setattr(bot.database, "read", slow_read)
        card = await card_of(standin)
        assert "Rocky IV" in card.text
        assert [sent.body["type"] for sent in standin.sent if sent.path.endswith("/callback")] == [5]


@pytest.mark.slow
async def test_when_every_try_fails_the_person_is_told_in_private(path: Path) -> None:
    bot = create_bot(Settings(database=path))
    async with StandIn() as standin, logged_in(bot, standin):
        card = await card_of(standin)
        standin.trouble("/callback", status=500, times=5)
        with pytest.raises(TimeoutError):  # the tries take longer than anybody waits
            await standin.click("ana", card, card.custom_id("Fired up"))
        await until(lambda: any("laces" in str(sent.body) for sent in standin.sent))
        assert await votes(bot) == [1]
        assert (await standin.click("ben", card, card.custom_id("Fired up"))).custom_id("Fired up · 2")


async def test_a_gateway_that_falls_silent_is_noticed_and_left(path: Path) -> None:
    bot = create_bot(Settings(database=path))
    bot._connection.heartbeat_timeout = 1.0  # a minute otherwise
    async with StandIn() as standin:
        standin.gateway.heartbeat_interval = 300
        async with logged_in(bot, standin):
            standin.silent = True
            await bot.wait_for("disconnect", timeout=20)
            standin.silent = False
            await asyncio.wait_for(standin.connected(2), 20)
            assert (await card_of(standin)).kind == 4


async def test_a_bot_without_gateway_for_hours_is_back_by_itself(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[float] = []

    def hour(failures: int) -> float:
        """A try that in truth comes after up to five minutes."""
        tries.append(time.monotonic())
        return 0.02

    monkeypatch.setattr("bot.gateway.pause_after", hour)
    bot = create_bot(Settings(database=path))
    async with StandIn() as before:
        port = before._port
        running = logged_in(bot, before)
        await running.__aenter__()
        card = await card_of(before)
    await until(lambda: len(tries) >= 30)
    async with StandIn(port) as after:
        async with asyncio.timeout(20):
            await after.connected()
        pressed = await after.click("ana", card, card.custom_id("Fired up"))
        assert pressed.custom_id("Fired up · 1") and await votes(bot) == [1]
        await running.__aexit__(None, None, None)


@pytest.mark.parametrize(("status", "ends_with"), [(503, discord.DiscordServerError), (403, StartError)])
async def test_commands_that_cannot_be_sent_at_the_start_are_sent_at_the_next(
    path: Path, status: int, ends_with: type[Exception]
) -> None:
    async with StandIn() as standin:
        standin.trouble("/commands", status=status)
        with pytest.raises(ends_with):
            async with logged_in(create_bot(Settings(database=path)), standin):
                pass
        async with logged_in(create_bot(Settings(database=path)), standin):
            assert len(standin.commands["commands"]) >= 2
        async with logged_in(create_bot(Settings(database=path)), standin):
            sent = [sent for sent in standin.sent if sent.method == "PUT"]
        assert len(sent) == 1, "unchanged commands were sent again"
