"""/suggest: a member's favourite, put to the vote."""

from bot.suggestions.feature import add_to

__all__ = ["add_to"]
