"""The week in montages on Discord: sending it, and finding it again."""

from datetime import date

import discord

from bot.daily.store import Daily
from bot.daily.week import WeekReview
from bot.daily.week_cards import week_card, week_heading
from bot.delivery import own_messages, send_once, text_channel


class DiscordWeekPoster:
    """See `week_delivery.WeekPoster`: it goes where the daily post goes, and calls nobody."""

    def __init__(self, client: discord.Client, review: WeekReview) -> None:
        self._client, self._review = client, review

    async def post_week(self, daily: Daily, day: date, nonce: str) -> None:
        """See `WeekPoster`."""
        channel = text_channel(self._client, daily.guild_id, daily.channel_id)
        await send_once(channel, await self.view(daily.guild_id, day), nonce)

    async def view(self, guild_id: int, day: date) -> discord.ui.LayoutView:
        """The card as it would be now."""
        return week_card(await self._review.gather(guild_id, day))

    async def has_week(self, daily: Daily, day: date, since: int) -> bool:
        """See `WeekPoster`: known by its heading."""
        channel = text_channel(self._client, daily.guild_id, daily.channel_id)
        async for message in own_messages(channel, since):
            first = next(iter(discord.ui.LayoutView.from_message(message, timeout=None).children), None)
            if isinstance(first, discord.ui.TextDisplay) and first.content == week_heading(day):
                return True
        return False
