"""Time zones by name, and times of day as people write them. Pure, but for reading the list of zones once."""

import re
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import fuzz

_CONTINENTS = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Arctic/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)
# What the list shows before anything is typed: a city for each hour that many people live in.
_FIRST = (
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/Madrid",
    "Europe/Warsaw",
    "Europe/Helsinki",
    "Europe/Istanbul",
    "Africa/Lagos",
    "Africa/Johannesburg",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Bangkok",
    "Asia/Manila",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
    "America/Sao_Paulo",
    "America/Halifax",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "Pacific/Honolulu",
)
_ALIKE = 75  # of 100
_TIME = re.compile(r"(\d{1,2})(?:\s*[:.h]?\s*(\d{2}))?\s*([ap])?\.?m?\.?", re.IGNORECASE)


@cache
def zone_names() -> tuple[str, ...]:
    """Every zone that is named after a place, and UTC."""
    return ("UTC", *sorted(name for name in available_timezones() if name.startswith(_CONTINENTS)))


def matching_zones(typed: str, most: int = 25) -> list[str]:
    """The zones that fit what was typed, best first: half a city's name and typos count."""
    wanted = _plain(typed)
    if not wanted:
        return list(_FIRST[:most])
    scored = ((fuzz.partial_ratio(wanted, _plain(name)), name) for name in zone_names())
    fitting = [(score, name) for score, name in scored if score >= _ALIKE]
    # Of those that fit alike, one whose city begins with it: "rome" is Rome before it is anything else.
    fitting.sort(key=lambda fit: (-fit[0], not _city(fit[1]).startswith(wanted), len(fit[1]), fit[1]))
    return [name for _, name in fitting[:most]]


def zone_named(typed: str) -> str | None:
    """The zone of that name, or the best fit for it; None when nothing comes near."""
    wanted = _plain(typed)
    exact = next((name for name in zone_names() if _plain(name) == wanted), None)
    return exact or next(iter(matching_zones(typed, 1) if wanted else ()), None)


def zone_label(name: str, now: datetime) -> str:
    """`Europe/Berlin, where it is 18:30`."""
    return f"{name.replace('_', ' ')}, where it is {now.astimezone(ZoneInfo(name)):%H:%M}"


def read_time(typed: str) -> int | None:
    """The minute of the day (of 1,440) that `18:30`, `6.30 pm`, `0730` or `7` means; None for anything else."""
    match = _TIME.fullmatch(typed.strip())
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def show_time(minute: int) -> str:
    """`18:30`."""
    return f"{minute // 60:02}:{minute % 60:02}"


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").replace("/", " ").split())


def _city(name: str) -> str:
    return _plain(name.rpartition("/")[2])
