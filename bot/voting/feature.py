"""What the voting feature adds to the bot."""

from discord import app_commands

from bot.client import MontageBot
from bot.voting.buttons import VoteButton
from bot.voting.commands import add_commands


def setup(bot: MontageBot, montage: app_commands.Group) -> None:
    """The vote buttons and `/montage top`."""
    bot.add_dynamic_items(VoteButton)
    add_commands(bot, montage)
