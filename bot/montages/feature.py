"""What the montages feature adds to the bot."""

from discord import app_commands

from bot.client import MontageBot
from bot.montages.commands import add_commands
from bot.montages.decks import Decks
from bot.montages.random import AgainButton
from bot.montages.store import ShowingStore


def add_to(bot: MontageBot, montage: app_commands.Group) -> None:
    """`/montage random`, `show` and `find`, and the button for another one."""
    decks = Decks(ShowingStore(bot.database))
    bot.add_service(decks)
    bot.add_opening(lambda: decks.open(bot.catalogue.shipped))
    bot.add_closing(decks.write)
    bot.add_dynamic_items(AgainButton)
    add_commands(bot, montage)
