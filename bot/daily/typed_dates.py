"""Dates that lie ahead, as people type them. No I/O."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from bot import languages
from bot.daily.typed_days import (
    day_comes_first,
    days_ahead,
    in_weeks,
    months_after,
    next_dates,
    without_small_words,
    year_comes_first,
)
from bot.daily.typed_words import close, english_weekday, lowered, normalised, weekday_words
from bot.languages import ENGLISH, _
from bot.ui.dates import MONTHS, WEEKDAYS, day_and_month, spoken, weekday_names

# A pause ends within a year, or it is no pause.
FURTHEST = timedelta(days=366)
_DAY = timedelta(days=1)
_WORDS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_UNITS = {"day": 1, "week": 7}
_AHEAD = re.compile(r"(?:in |for )?(?P<number>\d{1,3}|[a-z]+) (?P<unit>day|week|month)s?")
_ISO = re.compile(r"(\d{4})(?:-|[./] ?)(\d{1,2})(?:-|[./] ?)(\d{1,2})\.?")
_NUMBERS = re.compile(
    r"(?P<first>\d{1,2}) ?(?P<mark>[./-]) ?(?P<second>\d{1,2})"
    r"(?: ?[./-] ?(?P<short>\d{2})|\.?(?: ?[./-]? ?(?P<year>\d{4}))?)\.?"
)
# What is added to a year of two digits, and the letters of an English day's name that make it one.
_CENTURY, _FEWEST_LETTERS = 2000, 3
_NAMED = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th|\.)? (?:of )?)?(?P<month>[a-z]{3,9})\.?"
    r"(?: (?P<late>\d{1,2})(?:st|nd|rd|th)?)?"
    r"(?:,? (?P<year>\d{4}))?"
)


def read_date(typed: str, today: date) -> date | None:
    """The day after `today`, and within a year, that `24 December`, `24.12.`, `Monday` or `2 weeks` means.

    None for anything else, and for what may be two days, as 4/5 may.
    """
    words = " ".join(re.sub("[,()]", " ", lowered(typed)).split()).removeprefix("until ").removeprefix("next ")
    if languages.language() != ENGLISH:
        words = without_small_words(words)
    said = [day for phrase, day in _offers(today) if close(phrase) == close(typed)]
    spoken_of = said or _ahead_of(today, days_ahead(typed, today))
    days = spoken_of or _ahead_of(today, _meant(words, today)) or _ahead_of(today, _on_a_weekday(words, today))
    return days[0] if len(set(days)) == 1 else None


def _on_a_weekday(words: str, today: date) -> Iterator[date]:
    """`Thu 24.12.`, `24.12. (Do)`: the date, if it is that day of the week."""
    first, _, behind = words.partition(" ")
    before, _, last = words.rpartition(" ")
    for word, rest in ((first, behind), (last, before)):
        named = _weekdays_called(word)
        if named and rest:
            alone = rest if languages.language() == ENGLISH else without_small_words(rest)
            yield from (day for day in _meant(alone, today) if day.weekday() in named)


def _weekdays_called(word: str) -> set[int]:
    if languages.language() == ENGLISH:
        days = enumerate(WEEKDAYS)
        return {day for day, name in days if len(word) >= _FEWEST_LETTERS and name.casefold().startswith(word)}
    day = weekday_words().get(normalised(word), english_weekday(word))
    return set() if day is None else {day}


def _ahead_of(today: date, days: Iterable[date]) -> list[date]:
    return [day for day in days if today < day <= today + FURTHEST]


def date_examples(today: date) -> list[str]:
    """Some of what may be typed."""
    eve = date(today.year, 12, 24)
    return [day_and_month(eve), eve.isoformat(), weekday_names()[0], in_weeks(2)]


def _meant(words: str, today: date) -> Iterator[date]:
    """Every day that it may be; those without a year in this year or the next, whichever lies ahead."""
    if words == "tomorrow":
        yield today + _DAY
    for number in _weekdays_called(words):
        yield today + _DAY * ((number - today.weekday() - 1) % 7 + 1)
    if match := _AHEAD.fullmatch(words):
        yield from _ahead(today, match["number"], match["unit"])
    if match := _ISO.fullmatch(words):
        yield from next_dates(int(match[3]), int(match[2]), int(match[1]), today)
    if match := _NUMBERS.fullmatch(words):
        yield from _numbered(match, today)
    if match := _NAMED.fullmatch(words):
        named = None if match["day"] and match["late"] else match["day"] or match["late"]
        for number, name in enumerate(MONTHS, 1):
            if named and name.casefold().startswith(match["month"]):
                yield from next_dates(int(named), number, _year(match), today)


def _year(match: re.Match[str]) -> int | None:
    return int(match["year"]) if match["year"] else None


def _numbered(match: re.Match[str], today: date) -> Iterator[date]:
    """In English both where it depends on who writes; else as the language has it, and reversed if that is none."""
    english = languages.language() == ENGLISH
    first, second, year = int(match["first"]), int(match["second"]), _year(match)
    if match["short"] and not english and year_comes_first():
        yield from next_dates(int(match["short"]), second, _CENTURY + first, today)
        return
    if match["short"]:
        year = _CENTURY + int(match["short"])
    day_first = list(next_dates(first, second, year, today))
    if english and match["mark"] == ".":
        yield from day_first
        return
    month_first = list(next_dates(second, first, year, today))
    if english:
        yield from (*day_first, *month_first)
    else:
        yield from (day_first or month_first) if day_comes_first() else (month_first or day_first)


def _ahead(today: date, written: str, unit: str) -> Iterator[date]:
    number = int(written) if written.isdigit() else _WORDS.get(written, 0)
    if unit in _UNITS:
        yield today + _DAY * _UNITS[unit] * number
    else:
        yield months_after(today, number)


def offered_dates(typed: str, today: date) -> list[tuple[str, date]]:
    """(in words, the day) of what to choose from while somebody types."""
    meant = read_date(typed, today)
    if meant is not None:
        return [(spoken(meant), meant)]
    wanted, named = normalised(typed), [(f"{spoken(day)} ({words})", day) for words, day in _offers(today)]
    offered = [(words, day) for words, day in named if wanted in normalised(words)]
    week = (today + _DAY * ahead for ahead in range(1, 8))
    begun = [(spoken(day), day) for day in week if wanted and normalised(spoken(day)).startswith(wanted)]
    return [*offered, *(offer for offer in begun if offer[1] not in dict(offered).values())]


def _offers(today: date) -> list[tuple[str, date]]:
    return [
        (_("tomorrow"), today + _DAY),
        (_("next Monday"), today + _DAY * (7 - today.weekday())),
        (_("in a week"), today + 7 * _DAY),
        (_("in two weeks"), today + 14 * _DAY),
        (_("in four weeks"), today + 28 * _DAY),
        (_("the new year"), date(today.year + 1, 1, 1)),
    ]
