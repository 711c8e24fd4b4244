"""The montage of the day: asked for with /montage today, or posted by itself."""

from bot.daily.delivery import REQUESTS_PER_SECOND, DailyDelivery
from bot.daily.feature import setup
from bot.daily.pacing import RequestPacer
from bot.daily.posting import DiscordPoster
from bot.daily.posts import DailyPosts
from bot.daily.store import DailyStore
from bot.daily.today import Today

__all__ = [
    "REQUESTS_PER_SECOND",
    "DailyDelivery",
    "DailyPosts",
    "DailyStore",
    "DiscordPoster",
    "RequestPacer",
    "Today",
    "setup",
]
