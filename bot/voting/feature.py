"""What the voting feature adds to the bot."""

from discord import app_commands

from bot.client import MontageBot
from bot.voting.buttons import VoteButton
from bot.voting.commands import add_commands
from bot.voting.store import VoteStore
from bot.voting.voting import Voting


def add_to(bot: MontageBot, montage: app_commands.Group) -> None:
    """The vote buttons and `/montage top`."""
    bot.add_service(Voting(VoteStore(bot.database)))
    bot.add_dynamic_items(VoteButton)
    add_commands(bot, montage)
