"""A make-believe server for tests: the real bot, a real database file, people who press things."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeAlias

import discord
import simcord

from bot.app import create_bot
from bot.catalogue import Montage, load_catalogue
from bot.client import MontageBot
from bot.settings import Address, Settings
from tests.contract import violations

# What a person may see: the answer to what they did, or a message in a channel.
Shown: TypeAlias = simcord.InteractionResult | simcord.ResponseMessage | discord.Message

# Simulated accounts are as young as the simulated world: a year passes before anybody does anything.
_HEAD_START = (datetime(2026, 11, 24, 12, tzinfo=UTC) - datetime(2026, 1, 1, tzinfo=UTC)).total_seconds()


@cache
def shipped_montages() -> tuple[Montage, ...]:
    """The montages that ship, read and checked once for all tests of a run; nothing can change them."""
    return load_catalogue().shipped


class Club:
    """One server with a channel, Ana and Ben (members) and Mia (who may manage the server)."""

    def __init__(self, env: simcord.Env, bot: MontageBot) -> None:
        self.env, self.bot = env, bot
        self.guild = env.create_guild("Montage Club")
        self.channel = self.guild.create_text_channel("the-gym")
        managers = self.guild.create_role(name="Managers", permissions=discord.Permissions(manage_guild=True))
        self.ana = self.guild.add_member(env.create_user("ana"))
        self.ben = self.guild.add_member(env.create_user("ben"))
        self.mia = self.guild.add_member(env.create_user("mia"), roles=[managers])
        env.backend.advance_clock(_HEAD_START)

    @property
    def guild_id(self) -> int:
        """The server's id."""
        return self.guild.id

    def member(self, name: str, *, days: int = 0) -> simcord.MemberActor:
        """Somebody new here, whose account is that old."""
        handle = self.env.create_user(name)
        users, user = self.env.backend.users, handle._user
        del users[user.id]
        user.id -= days * 24 * 60 * 60 * 1000 << 22  # the upper bits of an id are the time it was made
        users[user.id] = user
        return self.guild.add_member(handle)

    async def restart(self) -> None:
        """Stop the bot and start another on the same database."""
        await self.bot.close()
        self.bot = create_bot(self.bot.settings)
        await self.env.restart_bot(self.bot)

    def contract_violations(self) -> list[str]:
        """What Discord would have refused of all that the bot has sent."""
        return [v for entry in self.env.http_requests for v in violations(entry.method, entry.path, entry.json)]


# Real seconds that one step, or an advance of simcord's clock, may take on a machine that is busy otherwise.
# A shorter sleep is waited for, as work; but a routine's rest and the life of a view never are.
PATIENCE = 60.0


@asynccontextmanager
async def open_club(database: Address, **settings: Any) -> AsyncIterator[Club]:
    """A club for tests that need a bot with other settings, or several; to be opened inside the test."""
    bot = create_bot(Settings(database=database, **settings))
    async with simcord.run(bot, settle_timeout=PATIENCE) as env:
        club = Club(env, bot)
        try:
            yield club
        finally:
            await club.bot.close()
        assert not club.contract_violations()


# --- reading what a person sees ---


def answered(result: simcord.InteractionResult) -> simcord.ResponseMessage:
    """The message that answered a command, a click or a form."""
    message = result.response
    assert message is not None, f"nothing was answered, or the answer is gone: {result}"
    return message


def message_of(shown: Shown) -> simcord.ResponseMessage | discord.Message:
    """The message itself: what answered, or what stands in a channel."""
    return answered(shown) if isinstance(shown, simcord.InteractionResult) else shown


def body(request: simcord.HttpLogEntry) -> dict[str, Any]:
    """What the bot sent with a request."""
    sent = request.json
    assert isinstance(sent, dict), f"{request.method} {request.path} carried no JSON object, but {sent!r}"
    return sent


def newest(channel: simcord.ChannelHandle) -> discord.Message:
    """The last message of a channel."""
    message = channel.last_message
    assert message is not None, f"nothing was posted in {channel}"
    return message


def components(shown: Shown) -> Iterator[dict[str, Any]]:
    """Every component of a result, a response or a message, nested ones included."""
    raw = message_of(shown).components
    yield from _walk([c if isinstance(c, dict) else c.to_dict() for c in raw])


def _walk(raw: Any) -> Iterator[dict[str, Any]]:
    for component in raw:
        yield component
        yield from _walk(component.get("components", ()))
        if component.get("accessory"):
            yield component["accessory"]


def text(shown: Shown) -> str:
    """All text of a message, as sent (Markdown and all)."""
    return "\n".join(c["content"] for c in components(shown) if c["type"] == 10)


def buttons(shown: Shown) -> dict[str, str]:
    """Custom id by label, of buttons and selects that can be used."""
    return {
        c.get("label") or c.get("placeholder", ""): c["custom_id"]
        for c in components(shown)
        if "custom_id" in c and not c.get("disabled")
    }


def button(shown: Shown, start: str) -> str:
    """The custom id of the button whose label begins with `start`."""
    found = {label: custom for label, custom in buttons(shown).items() if label.startswith(start)}
    assert len(found) == 1, f"{start!r} is not one of {list(buttons(shown))}"
    return next(iter(found.values()))


def label(shown: Shown, start: str) -> str:
    """The whole label of the button that begins with `start`."""
    (found,) = [c["label"] for c in components(shown) if (c.get("label") or "").startswith(start)]
    return str(found)


def options(shown: Shown) -> dict[str, str]:
    """Value by label, of a select's options."""
    return {o["label"]: o["value"] for c in components(shown) for o in c.get("options", ())}


def montage_id(shown: Shown) -> str:
    """Which montage a card shows."""
    match = re.search(r"vote:([a-z0-9-]+):up", json.dumps(list(components(shown))))
    assert match, "not a card with vote buttons"
    return match[1]
