"""What the voting feature adds to the bot."""

from discord import app_commands

from bot.client import MontageBot
from bot.voting.buttons import VoteButton
from bot.voting.commands import add_commands
from bot.voting.everybody import Everybody
from bot.voting.everywhere import Everywhere
from bot.voting.memory import VoteMemory
from bot.voting.voting import Voting


def add_to(bot: MontageBot, montage: app_commands.Group) -> None:
    """The vote buttons and `/montage top`."""
    store = VoteMemory(bot.database)
    everywhere = Everywhere(store, Everybody(bot.database), [m.id for m in bot.catalogue.shipped])

    bot.add_service(Voting(store))
    bot.add_service(everywhere)
    bot.add_closing(everywhere.close)
    bot.add_dynamic_items(VoteButton)
    add_commands(bot, montage)
