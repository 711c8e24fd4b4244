"""What recommending adds to the bot."""

from discord import app_commands

from bot.client import MontageBot
from bot.recommending.commands import add_commands
from bot.recommending.taste import Taste
from bot.voting import Everywhere


def add_to(bot: MontageBot, montage: app_commands.Group) -> None:
    """`/montage for-me`."""
    taste = Taste(bot.catalogue.shipped)
    bot.add_service(taste)
    bot.service(Everywhere).followers.append(taste.learn)
    add_commands(bot, montage)
