"""Dates as words, where Discord's own timestamps cannot stand: the names of threads."""

import re
from datetime import date
from typing import TYPE_CHECKING

from bot import languages
from bot.languages import ENGLISH, spoken_locale

if TYPE_CHECKING:
    from babel import Locale

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_YEAR = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")
MONTHS = (*_YEAR, "November", "December")


# A day of the week, and a month, in a pattern of the CLDR, which has few with both in full.
_ABBREVIATED = re.compile("E+|M{3,}")
# How the first of a month is written, where that is no plain number.
_FIRST = {"fr": "1er", "it": "1º", "pt_BR": "1º"}


def spoken(day: date, language: str | None = None) -> str:
    """`Tuesday 24 November`, in the language that is being spoken or in another."""
    if (language or languages.language()) == ENGLISH:
        return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return _by_the_cldr(day, "MMMMEEEEd", language)


def month_of(day: date) -> str:
    """`November 2026`, in the language that is being spoken."""
    if languages.language() == ENGLISH:
        return f"{MONTHS[day.month - 1]} {day.year}"
    return _by_the_cldr(day, "yMMMM", None)


def dated(day: date) -> str:
    """`24 November 2026`, in the language that is being spoken."""
    if languages.language() == ENGLISH:
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    from babel.dates import format_date  # noqa: PLC0415

    locale = spoken_locale()
    return _with_its_first(day, format_date(day, "long", locale=locale), locale)


def weekday_names() -> tuple[str, ...]:
    """The days from Monday, in the language that is being spoken."""
    if languages.language() == ENGLISH:
        return WEEKDAYS
    names = spoken_locale().days["stand-alone"]["wide"]
    return tuple(str(names[number]) for number in range(7))


def short_weekday_names() -> tuple[str, ...]:
    """`Mon`, `Tue` …, in the language that is being spoken."""
    if languages.language() == ENGLISH:
        return tuple(name[:3] for name in WEEKDAYS)
    names = spoken_locale().days["stand-alone"]["abbreviated"]
    return tuple(str(names[number]).rstrip(".") for number in range(7))


def day_and_month(day: date) -> str:
    """`24 December`, in the language that is being spoken."""
    if languages.language() == ENGLISH:
        return f"{day.day} {MONTHS[day.month - 1]}"
    return _by_the_cldr(day, "MMMMd", None)


def _by_the_cldr(day: date, skeleton: str, language: str | None) -> str:
    from babel import Locale  # noqa: PLC0415 (English needs none of it)
    from babel.dates import format_date, match_skeleton  # noqa: PLC0415

    locale = Locale.parse(language) if language else spoken_locale()
    patterns = locale.datetime_skeletons
    nearest = match_skeleton(skeleton, patterns)
    pattern = str(patterns[nearest].pattern) if nearest else "EEEE d MMMM"
    written = format_date(day, _ABBREVIATED.sub(lambda found: found[0][0] * 4, pattern), locale=locale)
    return _with_its_first(day, written, locale)


def _with_its_first(day: date, written: str, locale: "Locale") -> str:
    """`1er janvier`, where the first of a month is an ordinal; the CLDR's patterns cannot say that."""
    first = _FIRST.get(locale.language) or _FIRST.get(str(locale))
    return re.sub(r"\b1\b", first, written, count=1) if first and day.day == 1 else written
