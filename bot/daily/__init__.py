"""The montage of the day: asked for with /montage today, or posted by itself."""

from bot.daily.feature import add_to

__all__ = ["add_to"]
