"""What the pictures add to the bot."""

from discord import app_commands

from bot.client import MontageBot
from bot.stats.commands import add_commands
from bot.stats.pictures import Pictures


def add_to(bot: MontageBot, montage: app_commands.Group) -> None:
    """`/montage stats`."""
    bot.add_service(Pictures())
    add_commands(bot, montage)
