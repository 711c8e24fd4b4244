"""Time zones as they are stored: by the name that the time zone database has for them (`Europe/Berlin`), or as a
fixed offset (`UTC+05:30`). `zone_of` reads both, and is the only way to; `typed_zones` reads what people type.
"""

import re
from datetime import timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.errors import UserError
from bot.languages import _
from bot.ui.text import escape

_OFFSET = re.compile(r"UTC(?P<sign>[+-])(?P<hours>\d\d):(?P<minutes>\d\d)")


class UnknownZoneError(UserError):
    """A zone that was stored is in no table any more, or never was."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "This server's daily post goes by the time zone “{zone_words}”, and that is in no "
                "table of mine any more. Somebody who manages the server can choose another with `/daily start`.",
                zone_words=escape(zone_words(name[:60])),
            )
        )


def zone_of(text: str) -> tzinfo:
    """The zone that was stored. Raises UnknownZoneError."""
    if match := _OFFSET.fullmatch(text):
        return timezone(offset_in(match))
    try:
        return named_zone(text)
    except (KeyError, ValueError, OSError) as unknown:
        raise UnknownZoneError(text) from unknown


@cache
def named_zone(name: str) -> ZoneInfo:
    """A zone by its name; raises KeyError. Each is read from disk once, in 25 µs: `ZoneInfo` itself keeps eight."""
    if name not in zone_keys():
        raise KeyError(name)
    return ZoneInfo(name)


@cache
def zone_keys() -> frozenset[str]:
    """The names of all zones. Kept: the whole folder is looked through for it, in 3 ms."""
    return frozenset(available_timezones())


def zone_words(text: str) -> str:
    """A stored zone as people read it: `America/New York`, `UTC+5:30`."""
    if match := _OFFSET.fullmatch(text):
        minutes = "" if match["minutes"] == "00" else f":{match['minutes']}"
        return f"UTC{match['sign']}{int(match['hours'])}{minutes}"
    return text.replace("_", " ")


def offset_in(match: re.Match[str]) -> timedelta:
    """From the groups `sign` and `hours`, and `minutes` or `half`."""
    given = match.groupdict()
    minutes = 30 if given.get("half") else int(given["minutes"] or 0)
    offset = timedelta(hours=int(given["hours"]), minutes=minutes)
    return offset if given["sign"] == "+" else -offset


def stored_offset(offset: timedelta) -> str:
    """`UTC+05:30`."""
    minutes = abs(offset) // timedelta(minutes=1)
    return f"UTC{'-' if offset < timedelta() else '+'}{minutes // 60:02}:{minutes % 60:02}" if minutes else "UTC"
