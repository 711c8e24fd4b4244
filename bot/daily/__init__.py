"""The montage of the day: asked for with /montage today, or posted by itself."""

from bot.daily.delivery import REQUESTS_PER_SECOND, DailyDelivery, nonce_of
from bot.daily.feature import setup
from bot.daily.pacing import RequestPacer
from bot.daily.posting import DiscordPoster
from bot.daily.posts import DailyPosts
from bot.daily.schedule import day_at, upcoming, wall_clock
from bot.daily.store import Daily, DailyStore
from bot.daily.today import Today
from bot.daily.zones import zone_of

__all__ = [
    "REQUESTS_PER_SECOND",
    "Daily",
    "DailyDelivery",
    "DailyPosts",
    "DailyStore",
    "DiscordPoster",
    "RequestPacer",
    "Today",
    "day_at",
    "nonce_of",
    "setup",
    "upcoming",
    "wall_clock",
    "zone_of",
]
