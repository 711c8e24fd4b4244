"""/montage duel: two montages side by side, and the ranking that comes of it."""

from bot.duels.feature import add_to

__all__ = ["add_to"]
