"""What each command does."""

from bot.help.feature import add_to
from bot.help.listing import entries, table

__all__ = ["add_to", "entries", "table"]
