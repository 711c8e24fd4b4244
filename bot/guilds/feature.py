"""What the servers feature adds to the bot."""

from collections.abc import Sequence
from functools import partial

import discord
from discord import app_commands

from bot.client import Interaction, MontageBot
from bot.guilds.commands import add_commands
from bot.guilds.controls import (
    ChannelSettingSelect,
    OptionSelect,
    ResetButton,
    RoleSettingSelect,
    ToggleButton,
    controls,
)
from bot.guilds.panel import SettingsPage, TabButton
from bot.guilds.questions import PAGES
from bot.guilds.welcome import welcome
from bot.ui.components import Item


def setup(bot: MontageBot, montage: app_commands.Group) -> None:
    """What each server chooses, `/settings`, and who is still there."""
    services = bot.services
    bot.add_dynamic_items(
        TabButton, ToggleButton, OptionSelect, ChannelSettingSelect, RoleSettingSelect, ResetButton
    )

    async def draw(page: str, interaction: Interaction) -> Sequence[Item]:
        settings = await services.guild_settings.get(interaction.guild_id or 0)
        return controls(page, settings, interaction.guild, posters=bot.settings.tmdb_token is not None)

    for name, (label, _) in PAGES.items():
        services.settings_panel.add(SettingsPage(name, label, partial(draw, name)))
    add_commands(bot)
    _track_guilds(bot)


def _track_guilds(bot: MontageBot) -> None:
    """Know which servers have the bot, also after a time when it was off."""
    presence = bot.services.presence

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
