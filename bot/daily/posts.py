"""A server's daily post: begun, changed, ended. Everything is checked before it is kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, timedelta, tzinfo
from typing import NamedTuple, TypedDict, Unpack

import discord

from bot import clock
from bot.catalogue import Catalogue, Filters
from bot.daily.rhythm import EVERY_DAY, Rhythm, begun, carried_on
from bot.daily.schedule import Due, day_at, outstanding, upcoming
from bot.daily.store import Daily, DailyStore
from bot.daily.week_store import WeekPost, WeekStore
from bot.daily.zones import UnknownZoneError, zone_of
from bot.errors import UserError
from bot.guilds import TO_OPEN_THREADS, TO_POST, require
from bot.languages import _
from bot.ui.filters import nothing_matches

_DAY = timedelta(days=1)
# Days left out at a time; more is a pause.
_SKIPPED_AT_MOST = 14


class Changes(TypedDict, total=False):
    """The fields of Daily that a server chooses; what is left out stays as it is."""

    channel_id: int
    minute: int
    timezone: str
    filters: Filters
    role_id: int | None
    thread: bool
    rhythm: Rhythm


class DailyStatus(NamedTuple):
    """How a server's posts stand; `today` is the date by their clock."""

    daily: Daily | None
    week: WeekPost | None
    today: date

    @property
    def paused_until(self) -> date | None:
        """The day on which a pause of now ends."""
        resumes = self.daily.resumes if self.daily else None
        return resumes if resumes is not None and resumes > self.today else None

    @property
    def left_out(self) -> list[date]:
        """The days still to come, after a pause, whose posts are left out."""
        first = self.paused_until or self.today
        return sorted(day for day in self.daily.skipped if day >= first) if self.daily else []


class Skipped(NamedTuple):
    """What became of leaving a post out. `day`: the one that is left out; None where there was none to come."""

    day: date | None
    next: Due


class DailyPosts:
    """The one way to change what a server asked for."""

    def __init__(self, store: DailyStore, weeks: WeekStore, catalogue: Catalogue, wake: Callable[[], None]) -> None:
        """`wake`: have the routines look again, for something may be due sooner."""
        self._store = store
        self._weeks = weeks
        self._catalogue = catalogue
        self._wake = wake

    async def get(self, guild_id: int) -> Daily | None:
        """What the server asked for; None when it has no daily post."""
        return await self._store.get(guild_id)

    async def today(self, guild_id: int) -> date:
        """The date by the clock of its daily post; by that of UTC where there is none."""
        return _today(await self._store.get(guild_id))

    async def status(self, guild_id: int) -> DailyStatus:
        """The same with all that belongs to it."""
        daily = await self._store.get(guild_id)
        return DailyStatus(daily, await self.week(guild_id), _today(daily))

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
        rhythm: Rhythm = EVERY_DAY,
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
            rhythm=rhythm,
            day=date.min,
            due_at=None,
        )
        self._check(guild, daily)
        return await self._put(daily)

    async def change(self, guild: discord.Guild, **changes: Unpack[Changes]) -> tuple[Daily, Due]:
        """Change some of it. Raises UserError, also when there is nothing to change."""
        before = await self._there(guild.id)
        daily = replace(before, **changes)
        daily = replace(daily, rhythm=carried_on(daily.rhythm, before.rhythm))
        self._check(guild, daily)
        return await self._put(daily)

    async def stop(self, guild_id: int) -> bool:
        """End it, and the week in montages with it; whether there was one."""
        there = await self._store.get(guild_id) is not None
        await self._store.remove(guild_id)
        await self._weeks.end(guild_id)
        return there

    # --- leaving out ---

    async def pause(self, guild_id: int, until: date) -> tuple[Daily, Due]:
        """No post before that day. Raises UserError where there is nothing to pause."""
        return await self._put(replace(await self._going(guild_id), resumes=until))

    async def resume(self, guild_id: int) -> tuple[Daily, Due]:
        """End a pause now. Raises UserError where there is no daily post."""
        return await self._put(replace(await self._going(guild_id), resumes=None))

    async def skip(self, guild_id: int, day: date | None = None) -> Skipped:
        """Leave out the post of that day; by default today's, where it is still to come.

        Raises UserError where there is nothing to leave out, or the very post is on its way.
        """
        daily = await self._going(guild_id)
        day = day or _today(daily)
        if day in daily.skipped:
            return Skipped(day, self._next(daily))
        if daily.day != day or await self._store.posted(guild_id, day):
            return Skipped(None, self._next(daily))
        if daily.failing_since is None and (daily.due_at or 0) <= clock.now():
            raise UserError(_("Too late by a breath: it is on its way this very minute."))
        skipped = frozenset(left for left in daily.skipped if left >= _today(daily)) | {day}
        if len(skipped) > _SKIPPED_AT_MOST:
            raise UserError(_("That is a long rest already. `/daily pause` takes the day on which it ends."))
        _daily, due = await self._put(replace(daily, skipped=skipped))
        return Skipped(day, due)

    async def unskip(self, guild_id: int) -> tuple[Daily, Due]:
        """Post after all what was left out, if its time is still to come. Raises UserError."""
        return await self._put(replace(await self._going(guild_id), skipped=frozenset()))

    # --- the week in montages ---

    async def week(self, guild_id: int) -> WeekPost | None:
        """The server's week in montages; None where it wants none."""
        week = await self._weeks.get(guild_id)
        return week if week is not None and week.wanted else None

    async def start_week(self, guild: discord.Guild, weekday: int) -> WeekPost:
        """Post the week in montages every week on that day. Raises UserError, also where there is no daily post."""
        daily = await self._going(guild.id)
        self._check(guild, daily)
        week = await self._put_week(daily, weekday)
        self._wake()
        return week

    async def stop_week(self, guild_id: int) -> None:
        """No week in montages any more."""
        await self._weeks.end(guild_id)

    async def _put_week(self, daily: Daily, weekday: int) -> WeekPost:
        before = await self._weeks.get(daily.guild_id)
        week = WeekPost(daily.guild_id, weekday, date.min, None)
        plan = week.plan(daily)
        now, zone = clock.moment(clock.now()), zone_of(daily.timezone)
        due = upcoming(now, daily.minute, zone, plan)
        if before is not None and before.latest is not None and due.day <= before.latest:
            due = outstanding(now, daily.minute, zone, before.latest, plan)
        week = week._replace(day=due.day, due_at=clock.milliseconds(due.at))
        await self._weeks.put(week)
        return week

    # --- what all of these do ---

    async def _there(self, guild_id: int) -> Daily:
        daily = await self._store.get(guild_id)
        if daily is None:
            raise UserError(_("There is no daily post here yet. Start one with `/daily start`."))
        return daily

    async def _going(self, guild_id: int) -> Daily:
        daily = await self._there(guild_id)
        if daily.due_at is None:
            raise UserError(
                _("The daily post has given up, and `/daily status` says why. Use `/daily start` again.")
            )
        return daily

    async def _put(self, daily: Daily) -> tuple[Daily, Due]:
        """Keep it, with the next time that lies ahead, on a day that has not had its post."""
        due = await self._first(daily)
        daily = replace(daily, rhythm=begun(daily.rhythm, due.day), day=due.day, due_at=clock.milliseconds(due.at))
        await self._store.put(daily)
        if week := await self.week(daily.guild_id):
            await self._put_week(daily, week.weekday)
        self._wake()
        return daily, due

    async def _first(self, daily: Daily) -> Due:
        now, zone = clock.moment(clock.now()), zone_of(daily.timezone)
        due = upcoming(now, daily.minute, zone, daily.plan)
        while await self._store.posted(daily.guild_id, due.day):
            due = outstanding(now, daily.minute, zone, due.day, daily.plan)
        return due

    def _next(self, daily: Daily) -> Due:
        """What is kept as the next one."""
        return outstanding(
            clock.moment(clock.now()), daily.minute, zone_of(daily.timezone), daily.day - _DAY, daily.plan
        )

    def _check(self, guild: discord.Guild, daily: Daily) -> None:
        channel = guild.get_channel(daily.channel_id)
        if not isinstance(channel, discord.TextChannel):
            raise UserError(_("That is no text channel of this server, or not any more. Pick another, please."))
        require(channel, *TO_POST, *(TO_OPEN_THREADS if daily.thread else ()))
        if daily.role_id is not None:
            _check_role(channel, guild.get_role(daily.role_id))
        everything = self._catalogue.visible_to(daily.guild_id)
        if not daily.readable_filters.apply(everything):
            raise nothing_matches(daily.readable_filters, everything)


def _today(daily: Daily | None) -> date:
    """The date by the daily post's clock; by that of UTC where there is none, or none that is known any more."""
    try:
        zone: tzinfo = zone_of(daily.timezone) if daily else UTC
    except UnknownZoneError:
        zone = UTC
    return day_at(clock.moment(clock.now()), zone)


def _check_role(channel: discord.TextChannel, role: discord.Role | None) -> None:
    if role is None:
        raise UserError(_("That role is gone. Pick another, or none."))
    if role.is_default():
        raise UserError(_("Everybody at once is too many to wake. Pick a role that people choose for themselves."))
    if not role.mentionable and not channel.permissions_for(channel.guild.me).mention_everyone:
        raise UserError(
            _(
                "I can't call {mention} in {mention2}. Tick “Allow anyone to @mention this role” in the "
                "role's settings, or give me **Mention Everyone** there.",
                mention=role.mention,
                mention2=channel.mention,
            )
        )
