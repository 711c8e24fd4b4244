"""What the voting feature adds to the bot."""

from discord import app_commands

from bot.client import MontageBot
from bot.voting.buttons import VoteButton
from bot.voting.commands import add_commands
from bot.voting.everywhere import Everywhere
from bot.voting.store import VoteStore
from bot.voting.voting import Voting


def add_to(bot: MontageBot, montage: app_commands.Group) -> None:
    """The vote buttons and `/montage top`."""
    store = VoteStore(bot.database)
    everywhere = Everywhere(store, [m.id for m in bot.catalogue.shipped])

    async def begin() -> None:
        everywhere.start()

    bot.add_service(Voting(store))
    bot.add_service(everywhere)
    bot.add_opening(begin)
    bot.add_closing(everywhere.stop)
    bot.add_dynamic_items(VoteButton)
    add_commands(bot, montage)
