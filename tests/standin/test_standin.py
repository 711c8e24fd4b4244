"""The real bot over real sockets, in this process and in one of its own."""

import asyncio
from pathlib import Path

import discord
import pytest

from bot.app import create_bot
from bot.settings import Settings
from tests.standin import StandIn, bot_process, logged_in

SUGGESTION = {
    "film": "Whisper of the Heart",
    "year": "1995",
    "scene": "Seiji builds a violin by lamplight",
    "why": "Wood shavings, patience, and a song that will not leave the house.",
    "discipline": "violin",
}


async def test_random_a_vote_and_a_suggestion_over_real_sockets(path: Path) -> None:
    async with StandIn() as standin, logged_in(create_bot(Settings(database=path)), standin):
        card = await standin.slash("ana", "montage random")
        voted = await standin.click("ana", card, card.custom_id("Fired up"))
        assert voted.message and card.message and voted.message["id"] == card.message["id"]
        assert voted.text == card.text and voted.custom_id("Fired up · 1")
        form = await standin.slash("ben", "suggest")
        suggested = await standin.submit("ben", form.data["custom_id"], SUGGESTION)
        assert "Whisper of the Heart" in suggested.text
        choices = await standin.complete("ben", "montage show", "montage", "rocky")
        assert choices.data["choices"][0]["name"].startswith("Rocky")
        await asyncio.sleep(0.1)
        (told,) = [sent for sent in standin.sent if "/webhooks/" in sent.path]
        assert "your first vote here" in str(told.body), "something was apologised for"


async def test_discords_own_troubles_are_retried(path: Path) -> None:
    async with StandIn() as standin, logged_in(create_bot(Settings(database=path)), standin):
        standin.trouble("/callback", status=429, retry_after=0.05)
        assert (await standin.slash("ana", "montage random")).kind == 4
        assert len([sent for sent in standin.sent if sent.path.endswith("/callback")]) == 2


async def test_a_lost_session_is_resumed_and_an_invalid_one_begun_anew(path: Path) -> None:
    bot = create_bot(Settings(database=path))
    async with StandIn() as standin, logged_in(bot, standin):
        await standin.hang_up(4000)
        await standin.connected(2)
        assert (standin.gateway.identified, standin.gateway.resumed) == (1, 1)
        await standin.invalidate()
        await standin.connected(3)
        assert standin.gateway.identified == 2
        assert (await standin.slash("ana", "montage random")).kind == 4


async def test_a_refused_token_is_a_login_failure(path: Path) -> None:
    async with StandIn() as standin:
        standin.token = "another"  # noqa: S105
        with pytest.raises(discord.LoginFailure):
            async with logged_in(create_bot(Settings(database=path)), standin):
                pass


async def test_a_vote_outlives_the_process_that_took_it(path: Path) -> None:
    async with StandIn() as standin:
        async with bot_process(standin, path) as process:
            await asyncio.wait_for(standin.connected(), 20)
            card = await standin.slash("ana", "montage show", montage="rocky-iv-1985")
            await standin.click("ana", card, card.custom_id("Fired up"))
            process.kill()
            await process.wait()
        async with bot_process(standin, path):
            await asyncio.wait_for(standin.connected(2), 20)
            again = await standin.slash("ana", "montage show", montage="rocky-iv-1985")
            assert again.custom_id("Fired up · 1")
