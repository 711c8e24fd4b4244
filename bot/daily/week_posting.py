"""The week in montages on Discord: sending it, finding it again, publishing it where the server wants that."""

from datetime import date

import discord

from bot.daily.store import Daily
from bot.daily.week import WeekReview
from bot.daily.week_cards import week_card, week_heading
from bot.delivery import own_messages, send_once, text_channel
from bot.guilds import GuildSettingsService
from bot.publishing import Publications


class DiscordWeekPoster:
    """See `week_delivery.WeekPoster`: it goes where the daily post goes, and calls nobody."""

    def __init__(
        self,
        client: discord.Client,
        review: WeekReview,
        publications: Publications,
        settings: GuildSettingsService,
    ) -> None:
        self._client, self._review = client, review
        self._publications, self._settings = publications, settings

    async def post_week(self, daily: Daily, day: date, nonce: str) -> int:
        """See `WeekPoster`."""
        channel = text_channel(self._client, daily.guild_id, daily.channel_id)
        message_id = await send_once(channel, await self.view(daily.guild_id, day), nonce)
        await self._publish(daily, message_id)
        return message_id

    async def view(self, guild_id: int, day: date) -> discord.ui.LayoutView:
        """The card as it would be now."""
        return week_card(await self._review.gather(guild_id, day))

    async def find_week(self, daily: Daily, day: date, since: int) -> int | None:
        """See `WeekPoster`: known by its heading. One that was posted and not noted may not be published yet."""
        channel = text_channel(self._client, daily.guild_id, daily.channel_id)
        async for message in own_messages(channel, since):
            first = next(iter(discord.ui.LayoutView.from_message(message, timeout=None).children), None)
            if isinstance(first, discord.ui.TextDisplay) and first.content == week_heading(day):
                await self._publish(daily, message.id)
                return message.id
        return None

    async def _publish(self, daily: Daily, message_id: int) -> None:
        if message_id and (await self._settings.get(daily.guild_id)).publish_daily:
            await self._publications.ask(daily.guild_id, daily.channel_id, message_id)
