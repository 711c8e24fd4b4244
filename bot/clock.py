"""The one place the bot takes the time from: a simulated Discord moves this clock, and no other."""

from datetime import UTC, datetime

from discord.utils import utcnow

SECOND = 1_000
MINUTE = 60 * SECOND
DAY = 24 * 60 * MINUTE


def now() -> int:
    """This moment in milliseconds since 1970, UTC: the unit of every time in the database."""
    return int(utcnow().timestamp() * 1000)


def moment(milliseconds: int) -> datetime:
    """The aware UTC datetime of a time from the database."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
