"""`python -m bot translate`: for whoever writes what the bot says in another language."""

from bot.translating.checking import check_translations
from bot.translating.updating import begin, update_translations

__all__ = ["begin", "check_translations", "update_translations"]
