"""What duels add to the bot."""

from discord import app_commands

from bot.client import MontageBot
from bot.duels.buttons import ChooseButton, NextButton
from bot.duels.commands import add_commands
from bot.duels.standings import Standings
from bot.duels.store import DuelStore


def add_to(bot: MontageBot, montage: app_commands.Group) -> None:
    """`/montage duel`, its buttons and the ranking that duels make."""
    store = DuelStore(bot.database)
    standings = Standings(store)
    bot.add_service(store)
    bot.add_service(standings)
    bot.add_closing(standings.close)
    bot.add_dynamic_items(ChooseButton, NextButton)
    add_commands(bot, montage)
