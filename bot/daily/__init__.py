"""The montage of the day: asked for with /montage today, or posted by itself."""

from bot.daily.delivery import DailyDelivery
from bot.daily.feature import setup
from bot.daily.posting import DiscordPoster
from bot.daily.posts import DailyPosts
from bot.daily.publishing import PublishingPoster
from bot.daily.store import DailyStore
from bot.daily.today import Today

__all__ = ["DailyDelivery", "DailyPosts", "DailyStore", "DiscordPoster", "PublishingPoster", "Today", "setup"]
