"""When a daily post is due: a wall clock somewhere on earth, through its changes of time. No I/O."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from bot.daily.rhythm import ALWAYS, Plan

# A post that could not be made in time is still made until its day ends, and for this long at least.
PATIENCE = timedelta(hours=1)
_DAY = timedelta(days=1)


class Due(NamedTuple):
    """The post of one local day: due `at`, worth making until `until` (both UTC)."""

    day: date
    at: datetime
    until: datetime


def day_at(moment: datetime, zone: tzinfo) -> date:
    """The date there at that moment."""
    return moment.astimezone(zone).date()


def start_of(day: date, zone: tzinfo) -> datetime:
    """The first minute of a day there, in UTC."""
    return wall_clock(day, 0, zone)


def wall_clock(day: date, minute: int, zone: tzinfo) -> datetime:
    """The moment (UTC) when a clock there shows `minute` (of 1,440) on that day.

    A time that the clock jumps over becomes the next minute that exists; of one that comes twice, the first.
    """
    wanted = datetime.combine(day, time(minute // 60, minute % 60))
    while True:
        moment = wanted.replace(tzinfo=zone).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) == wanted:
            return moment
        wanted += timedelta(minutes=1)


def upcoming(now: datetime, minute: int, zone: tzinfo, plan: Plan = ALWAYS) -> Due:
    """The next post that becomes due after `now`."""
    return next(due for due in _from(now, minute, zone, plan) if due.at > now)


def outstanding(now: datetime, minute: int, zone: tzinfo, after: date, plan: Plan = ALWAYS) -> Due:
    """The first post for a day after `after` that it is not too late for; it may be due already."""
    return next(due for due in _from(now, minute, zone, plan) if due.until > now and due.day > after)


def _from(now: datetime, minute: int, zone: tzinfo, plan: Plan) -> Iterator[Due]:
    """The posts of each day there is in the plan, beginning with days that are over."""
    day = day_at(now, zone) - 2 * _DAY
    while True:
        # Islands that crossed the date line have skipped a whole day.
        if plan.includes(day) and day_at(start_of(day, zone), zone) == day:
            at = wall_clock(day, minute, zone)
            yield Due(day, at, max(start_of(day + _DAY, zone), at + PATIENCE))
        day += _DAY
