"""/montage stats: votes as a picture."""

from bot.stats.charts import Knockout, Seeded, Winner, in_words
from bot.stats.feature import setup
from bot.stats.renderer import ChartRenderer

__all__ = ["ChartRenderer", "Knockout", "Seeded", "Winner", "in_words", "setup"]
