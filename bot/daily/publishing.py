"""A daily post that is published to followers, where the server wants that."""

from datetime import date

from bot.catalogue import Montage
from bot.daily.delivery import Found, Poster
from bot.daily.store import Daily
from bot.guilds import GuildSettingsService
from bot.publishing import Publications


class DailyPublishing:
    """Has what stands in a daily post's channel published, where the server wants that."""

    def __init__(self, publications: Publications, settings: GuildSettingsService) -> None:
        self._publications, self._settings = publications, settings

    async def ask(self, daily: Daily, message_id: int | None) -> None:
        """Ask for this message to be published; nothing happens without one."""
        if message_id and (await self._settings.get(daily.guild_id)).publish_daily:
            await self._publications.ask(daily.guild_id, daily.channel_id, message_id)


class PublishingPoster:
    """See `delivery.Poster`: posts as `poster` does, and asks for what stands to be published."""

    def __init__(self, poster: Poster, publishing: DailyPublishing) -> None:
        self._poster, self._publishing = poster, publishing
        self.open_thread, self.warn, self.gave_up = poster.open_thread, poster.warn, poster.gave_up

    async def post(self, daily: Daily, montage: Montage, day: date, nonce: str) -> int:
        """See `delivery.Poster`."""
        message_id = await self._poster.post(daily, montage, day, nonce)
        await self._publishing.ask(daily, message_id)
        return message_id

    async def find(self, daily: Daily, montage: Montage, since: int) -> int | None:
        """See `delivery.Poster`: one that was posted and not noted may not be published yet."""
        message_id = await self._poster.find(daily, montage, since)
        await self._publishing.ask(daily, message_id)
        return message_id

    async def find_any(self, daily: Daily, day: date, since: int) -> Found | None:
        """See `delivery.Poster`."""
        found = await self._poster.find_any(daily, day, since)
        await self._publishing.ask(daily, found.message_id if found else None)
        return found
