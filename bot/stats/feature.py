"""What the pictures add to the bot."""

from discord import app_commands

from bot.client import MontageBot
from bot.stats.commands import add_commands


def setup(bot: MontageBot, montage: app_commands.Group) -> None:
    """`/montage stats`."""
    add_commands(bot, montage)
