"""The week in montages on Discord: sending it, and finding it again."""

from datetime import date

import discord

from bot.daily.posting import DiscordPoster, as_results
from bot.daily.store import Daily
from bot.daily.week import WeekReview
from bot.daily.week_cards import week_card, week_heading


class DiscordWeekPoster:
    """See `week_delivery.WeekPoster`: it goes where the daily post goes, and calls nobody."""

    def __init__(self, poster: DiscordPoster, review: WeekReview) -> None:
        self._poster, self._review = poster, review

    async def post_week(self, daily: Daily, day: date, nonce: str) -> None:
        """See `WeekPoster`."""
        channel = self._poster.channel(daily)
        view = await self.view(daily.guild_id, day)
        with as_results(f"<#{daily.channel_id}>"):
            await channel.send(view=view, nonce=nonce)

    async def view(self, guild_id: int, day: date) -> discord.ui.LayoutView:
        """The card as it would be now."""
        view = week_card(await self._review.gather(guild_id, day))
        view.stop()
        return view

    async def has_week(self, daily: Daily, day: date, since: int) -> bool:
        """See `WeekPoster`: known by its heading."""
        async for message in self._poster.own(daily, since):
            first = next(iter(discord.ui.LayoutView.from_message(message, timeout=None).children), None)
            if isinstance(first, discord.ui.TextDisplay) and first.content == week_heading(day):
                return True
        return False
