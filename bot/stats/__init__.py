"""/montage stats: votes as a picture."""

from bot.stats.feature import add_to

__all__ = ["add_to"]
