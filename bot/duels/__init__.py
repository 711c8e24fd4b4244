"""/montage duel: two montages side by side, and the ranking that comes of it."""

from bot.duels.feature import add_to
from bot.duels.standings import Standings

__all__ = ["Standings", "add_to"]
