"""How often Discord refuses, counted in one place, and the brake before it blocks the machine's address."""

import asyncio
from pathlib import Path

import aiohttp
import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app import create_bot
from bot.refused_requests import BRAKE_AT, BrakedError, RefusedRequests
from bot.settings import Settings
from tests.standin import StandIn, logged_in
from tests.standin.payloads import CHANNEL

ANSWERS = (
    "/api/v10/interactions/1/token/callback",
    "/api/v10/webhooks/1/token",
    "/api/v10/webhooks/1/token/messages/@original",
    "/api/v10/users/@me",
    "/api/v10/applications/@me",
    "/api/v10/oauth2/applications/@me",
    "/api/v10/applications/1/commands",
    "/api/v10/applications/1/guilds/2/commands",
    "/api/v10/gateway/bot",
    "/",  # the gateway itself
)
OF_ITS_OWN = (
    "/api/v10/channels/1/messages",
    "/api/v10/channels/1/messages/2",
    "/api/v10/channels/1",
    "/api/v10/users/@me/channels",
    "/api/v10/applications/1/guilds/2/commands/3/permissions",
)


class Clock:
    """Seconds that pass when they are told to."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@given(st.lists(st.tuples(st.floats(0, 400), st.sampled_from([200, 400, 401, 403, 404, 429, 500]), st.booleans())))
def test_what_counts_is_what_discord_counts(answers: list[tuple[float, int, bool]]) -> None:
    clock = Clock()
    refusals = RefusedRequests(clock)
    counted: list[float] = []
    for later, status, shared in answers:
        clock.now += later
        refusals.seen(status, "shared" if shared else "user")
        if status in (401, 403, 429) and not shared:
            counted.append(clock.now)
        surely = sum(at > clock.now - 600 for at in counted)
        perhaps = sum(at > clock.now - 620 for at in counted)
        assert surely <= refusals.lately <= perhaps
        assert len(refusals._recent) <= 63, "it keeps more than ten minutes need"
    assert sum(refusals.total.values()) == len(counted)


def test_near_the_line_only_answers_to_people_are_sent_and_later_everything_again() -> None:
    clock = Clock()
    refusals = RefusedRequests(clock)
    for _ in range(BRAKE_AT - 1):
        refusals.seen(403)
    for path in ANSWERS + OF_ITS_OWN:
        refusals.check(path)
    refusals.seen(429)
    for path in ANSWERS:
        refusals.check(path)
    for path in OF_ITS_OWN:
        with pytest.raises(BrakedError):
            refusals.check(path)
    clock.now += 621
    for path in OF_ITS_OWN:
        refusals.check(path)
    assert BRAKE_AT < 9_000, "answers under way and other bots at the address need room"


async def test_every_request_is_counted_and_the_brake_holds_what_nobody_asked_for(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.refused_requests.BRAKE_AT", 4)
    bot = create_bot(Settings(database=path))
    async with StandIn() as standin, logged_in(bot, standin):
        channel = bot.get_partial_messageable(CHANNEL)
        card = await standin.slash("ana", "montage random")
        standin.trouble("/channels/", status=403)
        with pytest.raises(discord.Forbidden):
            await channel.send("one")
        standin.trouble("/channels/", status=429, retry_after=0.01)
        standin.trouble("/channels/", status=429, retry_after=0.01, scope="shared", times=2)
        await channel.send("two")
        standin.trouble("/callback", status=429, retry_after=0.01)  # an answer that is refused counts as well
        await standin.click("ana", card, card.custom_id("Fired up"))
        standin.trouble("/channels/", status=404)
        with pytest.raises(discord.NotFound):
            await channel.send("three")
        assert (bot.refused_requests.lately, dict(bot.refused_requests.total)) == (3, {403: 1, 429: 2})
        bot.refused_requests.seen(401)
        sent = len(standin.sent)
        with pytest.raises(aiohttp.ClientError, match="not sent"):  # what every feature takes for a passing trouble
            await channel.send("four")
        assert len(standin.sent) == sent
        async with asyncio.timeout(10):
            assert (await standin.click("ana", card, card.custom_id("Fired up"))).kind == 7
