"""/montage stats: votes as a picture."""

from bot.stats.feature import setup
from bot.stats.renderer import ChartRenderer

__all__ = ["ChartRenderer", "setup"]
