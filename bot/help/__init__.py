"""What each command does."""

from bot.help.feature import setup
from bot.help.listing import entries, table

__all__ = ["entries", "setup", "table"]
