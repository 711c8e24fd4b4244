"""What the servers feature adds to the bot."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import discord
from discord import app_commands

from bot.client import MontageBot
from bot.servers.commands import add_commands
from bot.servers.controls import Flip, Pick, PickChannel, Reset, controls
from bot.servers.panel import Page, Panel, Tab
from bot.servers.presence import Presence
from bot.servers.questions import PAGES
from bot.servers.servers import Servers
from bot.servers.store import ServerStore
from bot.servers.welcome import welcome


def add_to(bot: MontageBot, montage: app_commands.Group) -> None:
    """What each server chooses, `/settings`, and who is still there."""
    servers = Servers(ServerStore(bot.database), bot.catalogue)
    panel = Panel()
    bot.add_service(servers)
    bot.add_service(panel)
    bot.add_opening(servers.open)
    bot.add_dynamic_items(Tab, Flip, Pick, PickChannel, Reset)

    async def draw(page: str, interaction: discord.Interaction[Any]) -> Sequence[discord.ui.Item[Any]]:
        return controls(page, await servers.of(interaction.guild_id or 0))

    for name, (label, _) in PAGES.items():
        panel.add(Page(name, label, partial(draw, name)))
    add_commands(bot)
    _watch(bot)


def _watch(bot: MontageBot) -> None:
    """Know which servers have the bot, also after a time when it was off."""
    presence = Presence(bot.database)
    bot.add_service(presence)

    async def ready() -> None:
        # Discord lists those with an outage too.
        await presence.compare([guild.id for guild in bot.guilds], bot.discord_time.now())

    async def joined(guild: discord.Guild) -> None:
        await welcome(bot, guild, again=await presence.here(guild.id))

    async def available(guild: discord.Guild) -> None:
        if bot.is_ready():  # before that they come by the thousand, and `ready` will tell of all at once
            await presence.here(guild.id)

    async def removed(guild: discord.Guild) -> None:
        await presence.left(guild.id, bot.discord_time.now())

    bot.add_listener("ready", ready)
    bot.add_listener("guild_join", joined)
    bot.add_listener("guild_available", available)
    bot.add_listener("guild_remove", removed)
