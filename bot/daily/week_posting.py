"""The week in montages on Discord: sending it, finding it again, publishing it where the server wants that."""

from datetime import date
from functools import partial

import discord

from bot.daily.publishing import DailyPublishing
from bot.daily.store import Daily
from bot.daily.week import WeekReview
from bot.daily.week_cards import week_card, week_heading
from bot.delivery import own_messages, send_once, text_channel
from bot.languages import languages, speaking
from bot.ui.client import UIClient
from bot.ui.speaking import in_server


def _heading_in(day: date, language: str) -> str:
    with speaking(language):
        return week_heading(day)


class DiscordWeekPoster:
    """See `week_delivery.WeekPoster`: it goes where the daily post goes, and calls nobody."""

    def __init__(self, client: UIClient, review: WeekReview, publishing: DailyPublishing) -> None:
        self._client, self._review, self._publishing = client, review, publishing

    async def post_week(self, daily: Daily, day: date, nonce: str) -> int:
        """See `WeekPoster`."""
        channel = text_channel(self._client, daily.guild_id, daily.channel_id)
        message_id = await send_once(channel, await self.view(daily.guild_id, day), nonce)
        await self._publishing.ask(daily, message_id)
        return message_id

    async def view(self, guild_id: int, day: date) -> discord.ui.LayoutView:
        """The card as it would be now."""
        week = await self._review.gather(guild_id, day)
        with await in_server(self._client, guild_id):
            return week_card(week)

    async def find_week(self, daily: Daily, day: date, since: int) -> int | None:
        """See `WeekPoster`: known by its heading. One that was posted and not noted may not be published yet."""
        channel = text_channel(self._client, daily.guild_id, daily.channel_id)
        headings = set(map(partial(_heading_in, day), languages()))
        async for message in own_messages(channel, since):
            first = next(iter(discord.ui.LayoutView.from_message(message, timeout=None).children), None)
            if isinstance(first, discord.ui.TextDisplay) and first.content in headings:
                await self._publishing.ask(daily, message.id)
                return message.id
        return None
