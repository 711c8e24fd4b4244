"""/montage duel: two montages head to head, and the ranking that comes of it."""

from bot.duels.feature import setup
from bot.duels.standings import Standings
from bot.duels.store import DuelStore

__all__ = ["DuelStore", "Standings", "setup"]
