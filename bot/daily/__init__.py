"""The montage of the day: asked for with /montage today, or posted by itself; and the week in montages."""

from bot.daily.delivery import DailyDelivery, nonce_of
from bot.daily.feature import setup
from bot.daily.posting import DiscordPoster
from bot.daily.posts import DailyPosts
from bot.daily.publishing import DailyPublishing, PublishingPoster
from bot.daily.schedule import day_at, upcoming, wall_clock
from bot.daily.store import Daily, DailyStore
from bot.daily.today import Today
from bot.daily.typed_times import read_time
from bot.daily.week import Suggested, WeekReview
from bot.daily.week_delivery import WeekDelivery
from bot.daily.week_posting import DiscordWeekPoster
from bot.daily.week_store import WeekStore
from bot.daily.zones import zone_of

__all__ = [
    "Daily",
    "DailyDelivery",
    "DailyPosts",
    "DailyPublishing",
    "DailyStore",
    "DiscordPoster",
    "DiscordWeekPoster",
    "PublishingPoster",
    "Suggested",
    "Today",
    "WeekDelivery",
    "WeekReview",
    "WeekStore",
    "day_at",
    "nonce_of",
    "read_time",
    "setup",
    "upcoming",
    "wall_clock",
    "zone_of",
]
