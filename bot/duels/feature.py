"""What duels add to the bot."""

from discord import app_commands

from bot.client import MontageBot
from bot.duels.buttons import ChooseButton, NextButton
from bot.duels.commands import add_commands


def setup(bot: MontageBot, montage: app_commands.Group) -> None:
    """`/montage duel`, its buttons and the ranking that duels make."""
    bot.add_dynamic_items(ChooseButton, NextButton)
    add_commands(bot, montage)
