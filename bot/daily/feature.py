"""What the daily feature adds to the bot."""

import asyncio

from discord import app_commands

from bot.client import MontageBot
from bot.daily.commands import add_commands
from bot.daily.page import add_page
from bot.daily.typed_zones import read_tables


def setup(bot: MontageBot, montage: app_commands.Group) -> None:
    """`/montage today`, `/daily`, its page of the settings, and the routines that post and tidy."""
    delivery = bot.services.daily_delivery
    bot.add_routine(delivery.routine)
    if bot.slot.shards.first:
        bot.add_routine(delivery.tidying)
    bot.add_routine(bot.services.week_delivery.routine)
    bot.add_routine(bot.services.publications.routine)
    bot.add_listener("ready", _read_zones)
    add_commands(bot, montage)
    add_page(bot)


async def _read_zones() -> None:
    """Before anybody types one: autocomplete must not wait for the disk, and neither must the start."""
    await asyncio.to_thread(read_tables)
