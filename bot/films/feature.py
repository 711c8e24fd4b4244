"""What the films feature adds to the bot."""

from discord import app_commands

from bot.client import MontageBot
from bot.films.buttons import RegionSelect, WatchButton


def setup(bot: MontageBot, montage: app_commands.Group) -> None:
    """ "Where to watch", and with a token the routine that asks TMDB about the catalogue's films."""
    bot.add_dynamic_items(WatchButton, RegionSelect)
    if bot.services.films.client is not None:
        bot.add_routine(bot.services.films.routine)
