"""What the help feature adds to the bot."""

from discord import app_commands

from bot.client import MontageBot
from bot.help.commands import add_commands


def setup(bot: MontageBot, montage: app_commands.Group) -> None:
    """`/help`."""
    add_commands(bot)
