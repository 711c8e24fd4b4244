"""Events that are not as promised: one that cannot be read is left, and everything else goes on.

Discord adds kinds of channels, components and languages without notice, and now and then a field is null that
never was. Each event that the bot receives is sent with each of its fields null, missing, or of another type.
"""

import asyncio
import json
import logging
from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.app import create_bot
from bot.client import MontageBot
from bot.settings import Settings
from tests.contract import DESCRIPTION
from tests.operations.waiting import until
from tests.standin import StandIn, logged_in, payloads
from tests.standin.described import MISSING, ODD, events, paths, spoilt
from tests.standin.payloads import CHANNEL, GUILD, Raw
from tests.standin.running import is_greeted

WORDS = ("Frobozz", "Plugh")  # stand for people's words


@pytest.fixture(autouse=True)
def nothing_told(caplog: pytest.LogCaptureFixture) -> Iterator[list[Any]]:
    """What the bot logs; neither that nor what its libraries log holds anybody's words, or tells of a lost task."""
    caplog.set_level(logging.INFO)
    with structlog.testing.capture_logs() as logged:
        yield logged
    said = [*map(str, logged), *caplog.messages, caplog.text]
    assert not [line for line in said if any(word in line for word in WORDS)]
    assert "never retrieved" not in caplog.text


async def still_serves(standin: StandIn, bot: MontageBot) -> None:
    """Over the connection that there was all the time."""
    async with asyncio.timeout(15):
        assert (await standin.slash("zoe", "montage random")).kind == 4
    assert (standin.gateway.opened, standin.gateway.identified) == (1, 1)
    assert bot.ws.open


async def settled(bot: MontageBot) -> None:
    """All that was sent has been read, and what it began is done."""
    await asyncio.sleep(0.05)
    await until(lambda: not bot.serving)


def each_field_spoilt(payload: Raw, *, every: bool = False) -> Iterator[Any]:
    """Each field null, missing, and something odd, another thing each time (or everything odd)."""
    odd = cycle(ODD[2:])
    for path in paths(payload):
        for value in ODD if every else (None, MISSING, next(odd)):
            with suppress(IndexError):
                yield spoilt(payload, path, value)


# --- what the servers tell ---


@pytest.mark.skipif(DESCRIPTION is None, reason="Discord's published description is not here (DISCORD_OPENAPI)")
@pytest.mark.parametrize(
    ("shards", "every"), [("off", False), ("2", False), pytest.param("off", True, marks=pytest.mark.slow)]
)
async def test_no_field_of_any_event_ends_the_connection(path: Path, shards: str, every: bool) -> None:
    bot = create_bot(Settings(database=path, shards=shards))
    connections = 1 if shards == "off" else 2
    async with StandIn() as standin, logged_in(bot, standin):
        await standin.connected(connections)
        sent = 0
        for name, payload in events():
            await standin.gateway.dispatch(name, payload)
            await settled(bot)
            assert not bot.unread[name], f"{name} is not what Discord describes"
            for odd in each_field_spoilt(payload, every=every):
                await standin.gateway.dispatch(name, odd)
                sent += 1
            await settled(bot)
            assert bot.unread[name], "nothing was odd enough"
        await standin.gateway.dispatch("GUILD_CREATE", payloads.guild())
        assert (await standin.slash("zoe", "montage random")).kind == 4
        assert standin.gateway.opened == connections, "a connection was lost"
        assert sent > 1000


# --- what people do ---


async def test_no_field_of_anything_that_people_do_ends_the_connection(path: Path, nothing_told: list[Any]) -> None:
    bot = create_bot(Settings(database=path, presses_per_minute=0))
    async with StandIn() as standin, logged_in(bot, standin):
        card = await standin.slash("ana", "montage show", montage="rocky-iv-1985")
        assert card.message
        up = card.custom_id("Fired up")
        typed = {"film": "Jaws", "year": "1975", "scene": "Knots", "why": "Yo ho ho.", "discipline": "sea"}
        everything = (
            payloads.slash("ana", "montage show", {"montage": "rocky-iv-1985"}),
            payloads.slash("ana", "montage random", {}, guild_id=None),
            payloads.slash("ana", "montage show", {"montage": "rocky"}, typing="montage"),
            payloads.click("ana", card.message, up),
            payloads.form("ana", "form:suggest:0", typed),
        )
        for payload in everything:
            for odd in each_field_spoilt(payload):
                if isinstance(odd, dict) and odd.get("token") == payload["token"]:
                    odd["token"] = f"token-{payloads.new_id()}"
                await standin.gateway.dispatch("INTERACTION_CREATE", odd)
            await settled(bot)
        await still_serves(standin, bot)
    assert bot.unread["INTERACTION_CREATE"] > 50
    failed = [line for line in nothing_told if line["event"] == "failed" and line["kind"] == "modal_submit"]
    assert not failed, "a form that cannot be read is no bug of the bot's"


async def test_new_kinds_of_things_are_served_like_the_old(path: Path, nothing_told: list[Any]) -> None:
    """A channel, a component, a language, a field that nobody knew when this was written."""
    bot = create_bot(Settings(database=path))
    new: Raw = {"type": 99, "id": 98, "wonder": {"custom_id": "?"}, "components": [{"type": 97}], "accessory": None}
    async with StandIn(guilds=[]) as standin, logged_in(bot, standin):
        guild = payloads.guild()
        guild["channels"] += [{**payloads.channel(CHANNEL + 1), "type": 99, "wonder": []}]
        guild |= {"preferred_locale": "tlh", "features": ["WONDER"], "wonder": 1, "verification_level": 99}
        await standin.gateway.dispatch("GUILD_CREATE", guild)
        for kind in (99, 16, -1):
            payload = payloads.slash("ana", "montage show", {"montage": "rocky-iv-1985"})
            payload |= {"locale": "tlh", "guild_locale": "x-wonder", "context": 99, "wonder": [1]}
            payload["channel"] = {**payload["channel"], "type": kind, "id": payloads.new_id()}
            card = await standin.interact(payload)
            assert card.kind == 4 and card.message
        up = card.custom_id("Fired up")
        row = {"type": 1, "id": 90, "components": [new]}
        boxed = {"type": 17, "id": 91, "components": [new, row]}
        section = {"type": 9, "id": 92, "components": [new], "accessory": new}
        for count, more in enumerate(([new], [row], [boxed], [section], [new, row, boxed, section]), 1):
            assert card.message is not None
            shown = {**card.message, "components": [*more, *card.message["components"], *more]}
            standin.messages[shown["id"]] = shown
            pressed = await standin.click(f"ana {count}", shown, up)
            assert pressed.custom_id(f"Fired up · {count}"), "a neighbour of a new kind keeps people from voting"
        form = payloads.form("ana", "form:suggest:0", {"film": "Jaws", "year": "1975", "scene": "Knots"})
        form["data"]["components"] += [new, {"type": 18, "id": 50, "component": new}]
        assert "Nearly there" in (await standin.interact(form)).text
        talked = {**payloads.message({"components": [new, row, boxed, section]}), "content": "Look at that scene"}
        asked = payloads.slash("ana", "Suggest as montage", {})
        asked["data"] |= {
            "name": "Suggest as montage",
            "type": 3,
            "target_id": talked["id"],
            "resolved": {"messages": {talked["id"]: talked}},
        }
        assert (await standin.interact(asked)).kind == 9
        for kind in (6, 99):
            await standin.gateway.dispatch("INTERACTION_CREATE", {**payload, "type": kind})
        await standin.gateway.dispatch("WONDER_CREATE", {"id": "1"})
        await still_serves(standin, bot)
    assert not bot.unread, "something new was taken for something broken"
    assert not [line for line in nothing_told if line["log_level"] in ("warning", "error")]


# --- the welcome ---


async def test_no_field_of_the_welcome_keeps_the_bot_from_serving(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.gateway.pause_after", lambda failures: 0.0)
    bot = create_bot(Settings(database=path))
    async with StandIn() as standin, logged_in(bot, standin):
        ready = {**standin.gateway.ready(standin.gateway.guilds), "session_type": "normal"}
        for count, odd in enumerate(each_field_spoilt(ready), 2):
            standin.gateway.greeting = odd
            await standin.invalidate()
            async with asyncio.timeout(10):
                await standin.connected(count)
                await until(lambda: is_greeted(bot.ws) and bot.ws.open)
                assert (await standin.slash("zoe", "montage random")).kind == 4, odd
            assert bot.user and bot.user.id == payloads.APPLICATION
            assert bot.get_guild(GUILD) is not None, "the servers came, whatever the welcome said"
        assert standin.gateway.identified == count and not standin.gateway.resumed
        assert bot.unread["READY"] > 20
        # What can be read of the session is used: the connection is taken up again.
        standin.gateway.greeting = {**ready, "user": None, "guilds": None}
        await standin.invalidate()
        await standin.connected(count + 1)
        await until(lambda: is_greeted(bot.ws) and bot.ws.open)
        await standin.hang_up(4000)
        await standin.connected(count + 2)
        resumed: int = standin.gateway.resumed
        assert resumed == 1
        await asyncio.wait_for(bot.wait_until_ready(), 10)


# --- no event at all ---


async def test_nonsense_is_left_and_heartbeats_go_on(path: Path) -> None:
    bot = create_bot(Settings(database=path))
    async with StandIn() as standin, logged_in(bot, standin):
        await until(lambda: is_greeted(bot.ws))
        await standin.gateway.dispatch("RESUMED", None)
        for nonsense in ("", "{", "[]", "7", "null", "NaN", "[" * 100_000, '"Plugh"'):
            await standin.gateway.send_text(nonsense)
        for message in (
            {"op": None, "t": None, "s": None, "d": None},
            {"op": 0, "t": "INTERACTION_CREATE", "s": "Frobozz", "d": {}},
            {"op": 0, "t": ["READY"], "s": [1], "d": {}},
            {"op": 0, "t": {"a": 1}, "s": 1.5, "d": None},
            {"op": 0, "t": 5, "s": True, "d": []},
            {"op": "Plugh"},
            {"op": 11, "d": "Plugh"},
            {"op": 1, "d": []},
        ):
            await standin.gateway.send_text(json.dumps(message))
        await still_serves(standin, bot)
        assert type(bot.ws.sequence) is int
    assert set(bot.unread) <= {"unknown", "INTERACTION_CREATE", "RESUMED"} and bot.unread["unknown"] > 5


async def test_what_cannot_be_read_is_logged_by_name_and_place_alone(path: Path, nothing_told: list[Any]) -> None:
    bot = create_bot(Settings(database=path))
    async with StandIn() as standin, logged_in(bot, standin):
        await standin.gateway.dispatch("CHANNEL_CREATE", {"guild_id": "Frobozz", "id": "Plugh", "type": 0})
        await still_serves(standin, bot)
    (line,) = [line for line in nothing_told if line["event"] == "an event could not be read"]
    assert line == {
        "event": "an event could not be read",
        "log_level": "warning",
        "name": "CHANNEL_CREATE",
        "problem": "ValueError",
        "at": line["at"],
    }
    assert line["at"].startswith(("state.py:", "utils.py:"))
