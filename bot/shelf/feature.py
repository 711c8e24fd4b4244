"""What the members' own lists add to the bot."""

from discord import app_commands

from bot.client import MontageBot
from bot.shelf.buttons import ListButton, MarkButton, SaveButton, TakeOffSelect
from bot.shelf.commands import add_commands


def setup(bot: MontageBot, montage: app_commands.Group) -> None:
    """`/montage saved`, the button that saves from any card, and those on the list."""
    bot.add_dynamic_items(SaveButton, MarkButton, ListButton, TakeOffSelect)
    add_commands(bot, montage)
