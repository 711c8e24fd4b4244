"""What the daily feature adds to the bot."""

import asyncio

from discord import app_commands

from bot import clock
from bot.client import MontageBot
from bot.daily.commands import add_commands
from bot.daily.delivery import Delivery
from bot.daily.page import add_page
from bot.daily.posting import DiscordPoster
from bot.daily.posts import DailyPosts
from bot.daily.store import DailyStore
from bot.daily.today import Today
from bot.daily.zones import zone_names
from bot.routine import Routine

_DAY_SECONDS = 24 * 60 * 60.0
# Well past any day that could be posted again.
_POSTS_KEPT = 30 * clock.DAY


def add_to(bot: MontageBot, montage: app_commands.Group) -> None:
    """`/montage today`, `/daily`, its page of the settings, and the routine that posts."""
    store = DailyStore(bot.database)
    today, poster = Today(store, bot.catalogue), DiscordPoster(bot)
    posting = Routine("daily posts", Delivery(store, today, poster).turn)

    async def tidy() -> float:
        await store.forget_posts(clock.now() - _POSTS_KEPT)
        return _DAY_SECONDS

    tidying = Routine("old daily posts", tidy)
    for service in (today, poster, DailyPosts(store, bot.catalogue, posting)):
        bot.add_service(service)
    for routine in (posting, tidying):
        bot.add_listener("ready", routine.start)
        bot.add_closing(routine.stop)
    bot.add_listener("ready", _read_zones)
    add_commands(bot, montage)
    add_page(bot)


async def _read_zones() -> None:
    """Before anybody types one: autocomplete must not wait for the disk, and neither must the start."""
    await asyncio.to_thread(zone_names)
