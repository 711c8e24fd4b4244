"""Times of day as people type them, in English and in the language that they speak. No I/O."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from bot import languages
from bot.daily.typed_words import (
    is_spaced,
    listed_by_key,
    number_words,
    pieces,
    ways,
    with_digits,
    without_accents,
)
from bot.languages import ENGLISH, pgettext, spoken_locale

_TIME = re.compile(r"(?P<hour>\d{1,2})(?: ?[:.h]? ?(?P<minute>\d{2}))?(?: ?h)?(?: ?(?P<half>[ap])(?:\.? ?m)?)?")
_HALF_FIRST = re.compile(r"([ap])\.? ?m\.? ?(\d.*)")
# What may stand at either end, and says nothing.
_STOPS = " .,"
# Between two numbers there is a space, and none anywhere else.
_BETWEEN = r"(?: |(?<!\d)|(?!\d))"
# Which way any number of minutes is counted from an hour.
_ANY_MINUTES = {"past": 1, "to": -1}
# Parts of the day that are moments, and the hour of each.
_MOMENTS = {"midnight": 0, "noon": 12}
# Seconds of an hour, minutes of one, hours of a day and of its half, and how many hours people take a part of the
# day further than the CLDR does.
_SECONDS, _MINUTES, _HOURS, _HALF, _NEAR = 3_600, 60, 24, 12, 2


class _Clock(NamedTuple):
    """What a clock shows.

    `half` is "a" or "p" where that was typed; `vague`: it is a quarter to one, by day or by night.
    """

    hour: int
    minute: int
    half: str = ""
    vague: bool = False


def read_time(typed: str) -> int | None:
    """The minute of the day (of 1,440) that `18:30`, `6.30 pm`, `0730`, `7` or `noon` means, in English or as the
    language that is being spoken says it (`18 Uhr`, `halb acht`); None for anything else.
    """
    parts = _parts_of_the_day()
    text = _said(typed).strip(_STOPS)
    if not re.search(r"\d", with_digits(text)):
        text = _with_moments(text, parts)
    names: set[str] | None = None
    whole = text
    small = set(_all_said(_clock_words()))
    while text:
        if (clock := _clock(text, alone=text == whole)) is not None:
            return _minute_of(clock, names)
        shorter = _without_one(text, small if names is not None else {*small, *parts})
        if shorter is None:
            return None
        text, word = shorter
        names = parts[word] if names is None and word in parts else names
    return None


def show_time(minute: int) -> str:
    """`18:30`."""
    return f"{minute // 60:02}:{minute % 60:02}"


# --- the words ---


def _said(typed: str) -> str:
    """Small letters without accents, words apart, and with the marks that stand between digits."""
    return " ".join(re.sub(r"(?<=[^\W\d])-(?=[^\W\d])", " ", without_accents(typed)).split())


def _all_said(listed: Iterable[str]) -> Iterator[str]:
    return filter(None, (_said(way).strip(_STOPS) for way in listed))


def _clock_words() -> list[str]:
    # For translators: what people type around a time of day and what changes nothing, with commas between; also
    # what stands behind the number of a full hour.
    return ways(pgettext("typed", "at, o'clock, hours"))


def _minutes_behind_hours() -> list[str]:
    # For translators: ways to type an hour and minutes in words, with commas between; 18:30 and 18h30 are read
    # anyway.
    listed = pgettext(
        "typed", "{hour} hours {minute} minutes, {hour} hours {minute}", hour="{hour}", minute="{minute}"
    )
    return ways(listed)


def _beside_hours() -> dict[str, list[str]]:
    # For translators: ways to type so many minutes after an hour (or -15 before it), with / between; -30 is for
    # languages in which half eight is 7:30, and past and to are for any minutes.
    listed = pgettext(
        "typed",
        "30 = half past {hour}, 15 = quarter past {hour}/a quarter past {hour}, "
        "-15 = quarter to {hour}/a quarter to {hour}, past = {minute} past {hour}/{minute} minutes past {hour}, "
        "to = {minute} to {hour}/{minute} minutes to {hour}",
        hour="{hour}",
        minute="{minute}",
    )
    by_key = listed_by_key(listed)
    # First what has a name: "y cuarto" is a quarter, and no 4.
    return {key: by_key[key] for key in sorted(by_key, key=_ANY_MINUTES.__contains__)}


def _parts_of_the_day() -> dict[str, set[str]]:
    """By what people say beside an hour the parts of the day that it may be, as the CLDR calls them."""
    # For translators: what people type for parts of the day beside an hour ("7 in the evening"), and for noon and
    # midnight alone; keep the English before the sign, and put / between the ways.
    listed = pgettext(
        "typed",
        "midnight = midnight, noon = noon/midday, morning = in the morning, afternoon = in the afternoon, "
        "evening = in the evening, night = at night",
    )
    found: defaultdict[str, set[str]] = defaultdict(set)
    for part, forms in listed_by_key(listed).items():
        for form in _all_said(forms):
            found[form].add(part)
    if languages.language() != ENGLISH:
        names = spoken_locale().day_periods["format"]
        for width in ("wide", "abbreviated"):
            for part, name in names.get(width, {}).items():
                found[_said(str(name)).strip(_STOPS)].add(str(part))
    return found


def _with_moments(text: str, parts: dict[str, set[str]]) -> str:
    """`12 et demi` of `midi et demi`: where what is said means noon, or midnight, and nothing else."""
    hours = {name: _MOMENTS.get(min(meant)) for name, meant in parts.items() if len(meant) == 1}
    moments = {name: str(hour) for name, hour in hours.items() if hour is not None}
    either = "|".join(map(re.escape, sorted(moments, key=len, reverse=True)))
    apart = rf"(?<!\S)(?:{either})(?!\S)" if is_spaced() else f"(?:{either})"
    return re.sub(apart, lambda found: moments[found[0]], text, count=1) if moments else text


def _without_one(text: str, words: Iterable[str]) -> tuple[str, str] | None:
    """What is left without the longest of these words that stands at an end, and that word."""
    together = not is_spaced()
    for word in sorted(words, key=len, reverse=True):
        behind, before = text.removeprefix(word), text.removesuffix(word)
        if behind != text and (together or not word[-1].isalnum() or not behind[:1].isalpha()):
            return behind.strip(_STOPS), word
        if before != text and (together or not word[0].isalnum() or not before[-1:].isalpha()):
            return before.strip(_STOPS), word
    return None


# --- the clock ---


def _clock(text: str, *, alone: bool) -> _Clock | None:
    """What a text without small words says. A number in words is no hour where it stands alone: `un`."""
    if languages.language() != ENGLISH and _pattern_of_halves().startswith("a"):  # PM7:30
        text = _HALF_FIRST.sub(r"\2 \1m", text)
    if match := _TIME.fullmatch(text):
        return _Clock(int(match["hour"]), int(match["minute"] or 0), match["half"] or "")
    numbers = {_close(word): number for word, number in number_words().items()}
    close = _close(text)
    if close in numbers and not alone:
        return _Clock(numbers[close], 0)
    for key, listed in _beside_hours().items():
        for found in filter(None, (_numbers_in(way, close, numbers) for way in listed)):
            return _beside(found["hour"], _ANY_MINUTES[key] * found["minute"] if key in _ANY_MINUTES else int(key))
    matching = (_numbers_in(way, close, numbers) for way in _minutes_behind_hours())
    return next((_Clock(found["hour"], found["minute"]) for found in matching if found), None)


def _beside(hour: int, minutes: int) -> _Clock:
    """So many minutes after an hour, or before it: a quarter to one may be by day or by night."""
    if minutes >= 0 or minutes <= -_MINUTES:  # the latter is no time, nor is 60 past
        return _Clock(hour, abs(minutes))
    earlier = hour - 1 if hour > 1 else (_HALF if hour else _HOURS - 1)
    return _Clock(earlier, minutes % _MINUTES, vague=hour == 1)


def _close(text: str) -> str:
    """Without spaces but for those between two numbers."""
    return re.sub(r"(?<!\d) | (?!\d)", "", text)


def _numbers_in(way: str, close: str, numbers: Mapping[str, int]) -> dict[str, int] | None:
    """The numbers that stand for `{hour}` and `{minute}`, in digits or in words; None for anything else."""
    number = "|".join([r"\d{1,2}", *map(re.escape, sorted(numbers, key=len, reverse=True))])
    words_and_groups = (
        f"(?P<{piece}>{number})" if at % 2 else re.escape(_close(_said(piece)))
        for at, piece in enumerate(pieces(way.strip(_STOPS)))
    )
    found = re.fullmatch(_BETWEEN.join(filter(None, words_and_groups)), close)
    return found and {name: numbers.get(said) or int(said) for name, said in found.groupdict().items()}


def _pattern_of_halves() -> str:
    """How the language writes an hour of half a day, by the CLDR: `aK:mm`."""
    return str(spoken_locale().datetime_skeletons["hm"].pattern)


def _minute_of(clock: _Clock, parts: set[str] | None) -> int | None:
    """The minute of the day; None where that is no time, or the part of the day does not fit."""
    half = clock.half and f"{clock.half}m"
    hours = range(1, _HALF + 1) if half else range(_HOURS)
    if parts is not None and not half:
        named = _half_named(clock.hour, parts)
        if named is None:
            return None
        half = named
    elif parts is not None or clock.vague:
        return None
    if clock.hour not in hours or clock.minute >= _MINUTES:
        return None
    hour = clock.hour % _HALF + (_HALF if half == "pm" else 0) if half else clock.hour
    return hour * _MINUTES + clock.minute


def _half_named(hour: int, parts: set[str]) -> str | None:
    """`am` or `pm`, nothing where the hour says it, None where it is not in that part of the day."""
    halves = parts & {"am", "pm"}
    if not halves:
        return _nearest_half(hour, _hours(parts))
    from_zero = "K" in _pattern_of_halves()  # 午後0時 is noon; what 12 is nobody can be sure of
    if hour not in (range(_HALF) if from_zero else range(1, _HALF + 1)):
        return None
    return min(halves)


def _hours(parts: set[str]) -> set[int]:
    """The hours of parts of the day, by the CLDR; `evening` is all that begins so."""
    rules = spoken_locale().day_period_rules.get(None, {})
    hours = {_MOMENTS[part] for part in parts if part in _MOMENTS}
    several = (rule for period, rules_ in rules.items() for rule in rules_ if period.rstrip("12") in parts)
    one = (rule for part in parts for rule in rules.get(part) or ())
    for rule in (rule for rule in (*several, *one) if "before" in rule):
        begin, end = rule["from"] // _SECONDS, rule["before"] // _SECONDS
        hours |= set(range(begin, end)) if begin < end else {*range(begin, _HOURS), *range(end)}
    return hours


def _nearest_half(hour: int, hours: set[int]) -> str | None:
    """The half of the day in which an hour is one of those, or near them as 7 is to the night; None for neither.

    Mornings begin when people say: "uma da manhã" is long before the CLDR's.
    """
    if min(hours, default=0) > 0 and max(hours) < _HALF:
        return "am" if 1 <= hour < _HALF else None
    meant = {hour % _HALF: "am", hour % _HALF + _HALF: "pm"} if 1 <= hour <= _HALF else {hour: ""}
    far = {
        one: min((min((one - other) % _HOURS, (other - one) % _HOURS) for other in hours), default=_HOURS)
        for one in meant
    }
    nearest = [one for one in meant if far[one] == min(far.values())]
    return meant[nearest[0]] if len(nearest) == 1 and far[nearest[0]] <= _NEAR else None
