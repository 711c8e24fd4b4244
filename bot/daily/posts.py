"""A server's daily post: begun, changed, ended. Everything is checked before it is kept."""

from dataclasses import replace
from datetime import date
from typing import TypedDict, Unpack

import discord

from bot import clock
from bot.catalogue import Catalogue, Filters
from bot.daily.schedule import Due, outstanding, upcoming
from bot.daily.store import Daily, DailyStore
from bot.daily.zones import zone_of
from bot.errors import UserError
from bot.guilds import TO_OPEN_THREADS, TO_POST, require
from bot.routine import Routine
from bot.ui.filters import nothing_matches


class Changes(TypedDict, total=False):
    """The fields of Daily that a server chooses; what is left out stays as it is."""

    channel_id: int
    minute: int
    timezone: str
    filters: Filters
    role_id: int | None
    thread: bool


class DailyPosts:
    """The one way to change what a server asked for."""

    def __init__(self, store: DailyStore, catalogue: Catalogue, routine: Routine) -> None:
        self._store = store
        self._catalogue = catalogue
        self._routine = routine

    async def get(self, guild_id: int) -> Daily | None:
        """What the server asked for; None when it has no daily post."""
        return await self._store.get(guild_id)

    async def start(
        self,
        guild: discord.Guild,
        *,
        channel_id: int,
        minute: int,
        timezone: str,
        filters: Filters | None,
        role_id: int | None,
        thread: bool,
    ) -> tuple[Daily, Due]:
        """Begin, or begin anew, as the server chose. Raises UserError."""
        daily = Daily(
            guild_id=guild.id,
            channel_id=channel_id,
            minute=minute,
            timezone=timezone,
            filters=filters,
            role_id=role_id,
            thread=thread,
            day=date.min,
            due_at=None,
        )
        self._check(guild, daily)
        due = await self._first(daily)
        daily = replace(daily, day=due.day, due_at=clock.milliseconds(due.at))
        await self._store.put(daily)
        self._routine.wake()
        return daily, due

    async def change(self, guild: discord.Guild, **changes: Unpack[Changes]) -> tuple[Daily, Due]:
        """Change some of it. Raises UserError, also when there is nothing to change."""
        daily = await self._store.get(guild.id)
        if daily is None:
            raise UserError("There is no daily post here yet. Start one with `/daily start`.")
        return await self.start(
            guild,
            channel_id=changes.get("channel_id", daily.channel_id),
            minute=changes.get("minute", daily.minute),
            timezone=changes.get("timezone", daily.timezone),
            filters=changes.get("filters", daily.filters),
            role_id=changes.get("role_id", daily.role_id),
            thread=changes.get("thread", daily.thread),
        )

    async def stop(self, guild_id: int) -> bool:
        """End it; whether there was one."""
        there = await self._store.get(guild_id) is not None
        await self._store.remove(guild_id)
        return there

    async def _first(self, daily: Daily) -> Due:
        """The next time that lies ahead, on a day that has not had its post."""
        now, zone = clock.moment(clock.now()), zone_of(daily.timezone)
        due = upcoming(now, daily.minute, zone)
        while await self._store.posted(daily.guild_id, due.day):
            due = outstanding(now, daily.minute, zone, due.day)
        return due

    def _check(self, guild: discord.Guild, daily: Daily) -> None:
        channel = guild.get_channel(daily.channel_id)
        if not isinstance(channel, discord.TextChannel):
            raise UserError("That is no text channel of this server, or not any more. Pick another, please.")
        require(channel, *TO_POST, *(TO_OPEN_THREADS if daily.thread else ()))
        if daily.role_id is not None:
            _check_role(channel, guild.get_role(daily.role_id))
        everything = self._catalogue.visible_to(daily.guild_id)
        if not daily.readable_filters.apply(everything):
            raise nothing_matches(daily.readable_filters, everything)


def _check_role(channel: discord.TextChannel, role: discord.Role | None) -> None:
    if role is None:
        raise UserError("That role is gone. Pick another, or none.")
    if role.is_default():
        raise UserError("Everybody at once is too many to wake. Pick a role that people choose for themselves.")
    if not role.mentionable and not channel.permissions_for(channel.guild.me).mention_everyone:
        raise UserError(
            f"I can't call {role.mention} in {channel.mention}. Tick “Allow anyone to @mention this role” in the "
            "role's settings, or give me **Mention Everyone** there."
        )
