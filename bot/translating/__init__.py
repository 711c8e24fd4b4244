"""`python -m bot translate`: for whoever writes what the bot says in another language."""

from bot.translating.checking import check
from bot.translating.updating import begin, update

__all__ = ["begin", "check", "update"]
