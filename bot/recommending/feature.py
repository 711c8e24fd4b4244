"""What recommending adds to the bot."""

from discord import app_commands

from bot.client import MontageBot
from bot.recommending.buttons import TasteButton
from bot.recommending.commands import add_commands


def setup(bot: MontageBot, montage: app_commands.Group) -> None:
    """`/montage for-me`."""
    bot.add_dynamic_items(TasteButton)
    add_commands(bot, montage)
