"""What the montages feature adds to the bot."""

from discord import app_commands

from bot.client import MontageBot
from bot.montages.commands import add_commands
from bot.montages.random import AgainButton, AgainFromMineButton, DropButton


def setup(bot: MontageBot, montage: app_commands.Group) -> None:
    """`/montage random`, `show` and `find`, and the button for another one."""
    bot.add_dynamic_items(AgainButton, AgainFromMineButton, DropButton)
    add_commands(bot, montage)
