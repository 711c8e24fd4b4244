"""/suggest, /suggestions, /moderate: from a member's idea to the server's catalogue."""

from bot.suggestions.feature import add_to
from bot.suggestions.leftovers import Leftovers
from bot.suggestions.titles import Titles

__all__ = ["Leftovers", "Titles", "add_to"]
