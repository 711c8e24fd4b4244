"""The one place the bot takes the time from: a simulated Discord moves this clock, and no other."""

import time
from datetime import UTC, datetime

from discord.utils import utcnow

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def now() -> int:
    """This moment in milliseconds since 1970, UTC: the unit of every time in the database."""
    return milliseconds(utcnow())


def steady() -> int:
    """Milliseconds since some moment, for how long something holds: nobody can set this clock."""
    return int(time.monotonic() * 1000)


def milliseconds(moment: datetime) -> int:
    """An aware datetime as the database keeps it."""
    return int(moment.timestamp() * 1000)


def moment(milliseconds: int) -> datetime:
    """The aware UTC datetime of a time from the database."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def within(span: int, since: int) -> bool:
    """Whether `since` lies less than `span` back. One that is still to come does not: the clock was set back."""
    return 0 <= now() - since < span
