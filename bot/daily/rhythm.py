"""On which days a post comes: as it is kept, as it is typed, as it is said. Pure."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from bot import languages
from bot.languages import N_, _, listed, ngettext
from bot.ui.dates import WEEKDAYS, spoken, weekday_names

# "Every N days": from 2 (1 is every day) to about two months.
MOST_DAYS = 60
_WEEK = 7
_ORDINALS = {"other": 2, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "tenth": 10}
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNTED = _ORDINALS | {word: number for number, word in enumerate(_NUMBERS, 2)}
_EVERY = re.compile(r"(?:(?:every|each) )?(?:(?P<number>\d{1,3}|[a-z]+)(?:st|nd|rd|th)? )?(?P<unit>days?|weeks?)")
# Said around the days: "every Friday", "once a week, on Friday", "only at weekends".
_FILLING = re.compile(r"\b(?:from|every|each|on|only|at|the|weekly|once a week|and|all)\b")
_BUT = re.compile(r"^every ?day (?:but|except|except for|without|not)\b")
_RANGE = re.compile(r"([a-z]+) (?:to|till|until|through|thru) ([a-z]+)")


@dataclass(frozen=True, slots=True)
class Weekdays:
    """On these days of the week (Monday is 0); never none."""

    days: frozenset[int]

    def includes(self, day: date) -> bool:
        """Whether that day is one of them."""
        return day.weekday() in self.days


@dataclass(frozen=True, slots=True)
class EveryDays:
    """Every so many days by the calendar there, counted from `anchor`; None: from the first day there is."""

    number: int
    anchor: date | None = None

    def includes(self, day: date) -> bool:
        """Whether that day is one of them."""
        return self.anchor is None or (day - self.anchor).days % self.number == 0


Rhythm: TypeAlias = Weekdays | EveryDays
EVERY_DAY = Weekdays(frozenset(range(_WEEK)))
_WORKDAYS, _WEEKEND = frozenset(range(5)), frozenset((5, 6))


@dataclass(frozen=True, slots=True)
class Plan:
    """The rhythm, and what interrupts it: no post before the day it `resumes`, none on those that are `skipped`."""

    rhythm: Rhythm = EVERY_DAY
    resumes: date | None = None
    skipped: frozenset[date] = frozenset()

    def includes(self, day: date) -> bool:
        """Whether there is a post on that day."""
        if day in self.skipped or (self.resumes is not None and day < self.resumes):
            return False
        return self.rhythm.includes(day)


ALWAYS = Plan()


def begun(rhythm: Rhythm, first: date) -> Rhythm:
    """The rhythm whose first post comes on that day; what has begun before stays as it was."""
    if not isinstance(rhythm, EveryDays) or rhythm.anchor is not None:
        return rhythm
    if rhythm.number == _WEEK:
        return Weekdays(frozenset((first.weekday(),)))
    return replace(rhythm, anchor=first)


def carried_on(rhythm: Rhythm, before: Rhythm) -> Rhythm:
    """What was asked for anew: the count goes on where it counts as many days as before."""
    if isinstance(rhythm, EveryDays) and isinstance(before, EveryDays) and rhythm.number == before.number:
        return before
    return rhythm


# --- as people type it ---


def read_rhythm(typed: str) -> Rhythm | None:
    """The rhythm that `every day`, `Mon, Wed, Fri`, `weekends` or `every 3 days` means; None for anything else."""
    words = " ".join(re.sub(r"[^\w-]|_", " ", typed.casefold()).replace("-", " to ").split())
    if words in ("daily", "everyday", "always"):
        return EVERY_DAY
    if match := _BUT.match(words):
        spared = _days(words[match.end() :])
        return Weekdays(EVERY_DAY.days - spared) if spared and spared != EVERY_DAY.days else None
    return _counted(words) or _on_weekdays(words)


def _counted(words: str) -> Rhythm | None:
    words = {"weekly": "every week", "fortnightly": "every 2 weeks"}.get(words, words)
    match = _EVERY.fullmatch(words)
    if match is None:
        return None
    written = match["number"] or "1"
    number = int(written) if written.isdigit() else _COUNTED.get(written, 0)
    number *= _WEEK if match["unit"].startswith("week") else 1
    if number == 1:
        return EVERY_DAY
    return EveryDays(number) if 1 < number <= MOST_DAYS else None


def _on_weekdays(words: str) -> Rhythm | None:
    days = _days(words)
    return Weekdays(days) if days else None


def _days(words: str) -> frozenset[int] | None:
    """The days of the week that are named; None where anything else is, or nothing."""
    found: set[int] = set()
    for first, last in _RANGE.findall(words):
        begin, end = _weekday(first), _weekday(last)
        if begin is None or end is None:
            return None
        found.update((begin + step) % _WEEK for step in range((end - begin) % _WEEK + 1))
    for word in _FILLING.sub(" ", _RANGE.sub(" ", words)).split():
        several = _several(word)
        if several is None:
            return None
        found |= several
    return frozenset(found) or None


def _several(word: str) -> frozenset[int] | None:
    if word in ("weekdays", "weekday", "workdays", "workday"):
        return _WORKDAYS
    if word in ("weekends", "weekend"):
        return _WEEKEND
    day = _weekday(word)
    return None if day is None else frozenset((day,))


def _weekday(word: str) -> int | None:
    """0 for `mon`, `monday` and `mondays`; two letters are enough for nobody to mean another."""
    for number, name in enumerate(WEEKDAYS):
        if len(word) >= 2 and f"{name.casefold()}s".startswith(word):
            return number
    return {"tues": 1, "weds": 2, "thurs": 3}.get(word)


# --- as it is said ---


def on_weekday(day: int) -> str:
    """`on Mondays`; Monday is 0."""
    return _(_ON[day])


_ON = (
    N_("on Mondays"),
    N_("on Tuesdays"),
    N_("on Wednesdays"),
    N_("on Thursdays"),
    N_("on Fridays"),
    N_("on Saturdays"),
    N_("on Sundays"),
)


def in_words(rhythm: Rhythm) -> str:
    """`every day`, `on Mondays and Fridays`, `every 3 days, counted from Tuesday 24 November`."""
    if isinstance(rhythm, EveryDays):
        every = ngettext("every {number} day", "every {number} days", rhythm.number)
        if rhythm.anchor is None:
            return every
        return _("{every_days}, counted from {day}", every_days=every, day=spoken(rhythm.anchor))
    return _("every day") if rhythm == EVERY_DAY else _on_days(sorted(rhythm.days))


def _on_days(days: list[int]) -> str:
    if len(days) == 1:
        return _("once a week, {on_day}", on_day=on_weekday(days[0]))
    if len(days) == _WEEK - 1:
        (spared,) = EVERY_DAY.days - frozenset(days)
        return _("every day but {day}", day=weekday_names()[spared])
    if days == sorted(_WORKDAYS):
        return _("from Monday to Friday")
    if languages.language() == languages.ENGLISH:  # which does not say "on" again
        return f"on {listed(f'{WEEKDAYS[day]}s' for day in days)}"
    return listed(map(on_weekday, days))


def as_typed(rhythm: Rhythm) -> str:
    """The shortest that `read_rhythm` reads the same way: `Mon, Wed, Fri`."""
    if isinstance(rhythm, EveryDays):
        return f"every {rhythm.number} days"
    if rhythm == EVERY_DAY:
        return "every day"
    return ", ".join(WEEKDAYS[day][:3] for day in sorted(rhythm.days))


def offered_rhythms(typed: str) -> list[Rhythm]:
    """What to choose from while somebody types: what that means already, then what many want."""
    common: list[Rhythm] = [
        EVERY_DAY,
        Weekdays(_WORKDAYS),
        Weekdays(_WEEKEND),
        *(EveryDays(number) for number in (2, 3, 4, 5, 10, 14)),
        *(Weekdays(frozenset((day,))) for day in range(_WEEK)),
    ]
    meant = read_rhythm(typed)
    likely = [r for r in common if typed.strip().casefold() in in_words(r).casefold()]
    return list(dict.fromkeys([*([meant] if meant else []), *likely]))
