"""On which days a post comes, and how that is said; `typed_rhythms` reads what people type. No I/O."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from bot import languages
from bot.languages import N_, _, listed, ngettext
from bot.ui.dates import WEEKDAYS, spoken, weekday_names

# "Every N days": from 2 (1 is every day) to about two months.
MOST_DAYS = 60
WEEK = 7


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
EVERY_DAY = Weekdays(frozenset(range(WEEK)))
WORKDAYS, WEEKEND = frozenset(range(5)), frozenset((5, 6))


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
    if rhythm.number == WEEK:
        return Weekdays(frozenset((first.weekday(),)))
    return replace(rhythm, anchor=first)


def carried_on(rhythm: Rhythm, before: Rhythm) -> Rhythm:
    """What was asked for anew: the count goes on where it counts as many days as before."""
    if isinstance(rhythm, EveryDays) and isinstance(before, EveryDays) and rhythm.number == before.number:
        return before
    return rhythm


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


def rhythm_words(rhythm: Rhythm) -> str:
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
    if len(days) == WEEK - 1:
        (spared,) = EVERY_DAY.days - frozenset(days)
        return _("every day but {day}", day=weekday_names()[spared])
    if days == sorted(WORKDAYS):
        return _("from Monday to Friday")
    if languages.language() == languages.ENGLISH:  # which does not say "on" again
        return f"on {listed(f'{WEEKDAYS[day]}s' for day in days)}"
    return listed(map(on_weekday, days))
