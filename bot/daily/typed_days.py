"""Days that lie ahead, and lengths of time, as people type them in the language that they speak, by the CLDR and by
what translators list. No I/O.

English has a reader of its own, `typed_dates`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Literal

from bot import languages
from bot.daily.typed_words import (
    close,
    is_spaced,
    listed_by_key,
    lowered,
    normalised,
    ways,
    weekday_words,
    with_digits,
)
from bot.languages import ENGLISH, pgettext, spoken_locale
from bot.ui.dates import day_and_month, spoken

_CONTEXTS = ("format", "stand-alone")
_UNITS: Mapping[Literal["day", "week", "month"], int] = {"day": 1, "week": 7, "month": 30}
_NUMBER = "{number}"
_DAYS_OF_A_MONTH, _MONTHS = 31, 12


def days_ahead(typed: str, today: date) -> Iterator[date]:
    """Every day that may be meant, without those that have been."""
    said = normalised(typed)
    if languages.language() == ENGLISH:
        yield from _days_of_the_month((said.removeprefix("until "),), today)
        return
    words = without_small_words(said)
    known = weekday_words()
    if words in map(normalised, _after_tomorrow()):
        yield today + timedelta(days=2)
    if words in known and (len(words) > 1 or not is_spaced()):
        yield today + timedelta(days=(known[words] - today.weekday() - 1) % 7 + 1)
    # First as it was typed: "dia" may stand before a day of the month, and is a day in "1 dia".
    counted = list(dict.fromkeys(map(with_digits, (said, words))))
    lengths = (_lengths(form, today) for form in counted)
    yield from _days_of_the_month((said, words, *counted), today) or next(filter(None, lengths), [])
    # So as well: "dez" is ten, and December.
    yield from list(_named(words, today)) or _named(counted[-1], today)


# --- small words ---


def without_small_words(text: str) -> str:
    """`24 dezember` of `am 24 dezember`; where words are written together also `12月24日` of `12月24日まで`."""
    around = around_dates()
    small = {form for way in around for form in (normalised(way), lowered(way)) if way[0] != "-"}
    either = "|".join(map(re.escape, sorted(filter(None, small), key=len, reverse=True)))
    endings = "|".join(re.escape(normalised(way)) for way in around if way[0] == "-")
    before, after = (r"(?:\s+|(?=\d))", r"\s+") if is_spaced() else (r"\s*", r"\s*")
    behind = rf"(?:{endings}|{after}(?:{either}))" if endings else rf"{after}(?:{either})"
    shorter = re.sub(rf"^(?:(?:{either}){before})+(?=\S)", "", text)
    return re.sub(rf"(?<=\S)(?:{behind})+$", "", shorter)


def around_dates() -> list[str]:
    """What stands around a day, and changes nothing."""
    # For translators: what people type before or behind a day when it is the end of a pause, with commas between;
    # what is written together with the day has a hyphen before it (-a kadar).
    return ways(pgettext("typed", "on, until, till, the, next"))


def _after_tomorrow() -> list[str]:
    # For translators: ways to type the day after tomorrow, with commas between them.
    return ways(pgettext("typed", "the day after tomorrow, in two days"))


# --- a day of the month ---


def _of_the_month() -> list[str]:
    # For translators: ways to type a day of the month without the month, with commas between; those without
    # {number} are for the first. What is written right behind the number (24th) is also read beside a month.
    return ways(
        pgettext(
            "typed",
            "the {number}th, {number}th, the {number}st, {number}st, the {number}nd, {number}nd, the {number}rd, "
            "{number}rd, the first",
            number=_NUMBER,
        )
    )


def _days_of_the_month(forms: Sequence[str], today: date) -> list[date]:
    """The next of that number: `am 10.`, `10日`."""
    listed = _of_the_month()
    firsts = {close(way) for way in listed if _NUMBER not in way}
    numbered = [way for way in listed if _NUMBER in way and close(way.replace(_NUMBER, "0")) != "0"]
    for form in forms:
        if close(form) in firsts:
            return [_next_of_number(1, today)]
        found = re.search(r"\d+", form)
        number = int(found[0]) if found else 0
        if 1 <= number <= _DAYS_OF_A_MONTH and close(form) in {
            close(way.replace(_NUMBER, str(number))) for way in numbered
        }:
            return [_next_of_number(number, today)]
    return []


def _next_of_number(number: int, today: date) -> date:
    later = today + timedelta(days=1)
    while later.day != number:
        later += timedelta(days=1)
    return later


# --- a length of time ---


def _in_days(number: int) -> list[str]:
    # For translators: ways to type that something happens in so many days, with commas between;
    # those without {number} are for one.
    return ways(pgettext("typed", "in {number} days, {number} days from now", number=number))


def _in_weeks(number: int) -> list[str]:
    # For translators: ways to type that something happens in so many weeks, with commas between;
    # those without {number} are for one.
    return ways(pgettext("typed", "in {number} weeks, {number} weeks from now", number=number))


def _in_months(number: int) -> list[str]:
    # For translators: ways to type that something happens in so many months, with commas between;
    # those without {number} are for one.
    return ways(pgettext("typed", "in {number} months, {number} months from now", number=number))


def _lengths(words: str, today: date) -> list[date]:
    """`in 2 wochen`, `3 jours`; of numbers at most one, or none for one ("in a week")."""
    numbers = {int(number) for number in re.findall(r"\d{1,4}", words)} or {1}
    return [day for number in numbers for day in _after(words, number, today)]


def _after(words: str, number: int, today: date) -> Iterator[date]:
    from babel.dates import format_timedelta  # noqa: PLC0415 (English needs none of it)

    locale, between = spoken_locale(), _words_of_a_date()
    for (unit, days), listed in zip(_UNITS.items(), (_in_days, _in_weeks, _in_months), strict=True):
        length = timedelta(days=days * number)
        ahead, bare = (
            format_timedelta(length, unit, threshold=10_000, add_direction=way, format="long", locale=locale)
            for way in (True, False)
        )
        said = [ahead, *listed(number)]
        if close(re.sub(r"\d", "", bare)) not in between:  # 10日 is a day of the month
            said.append(bare)
        if close(words) in map(close, with_digits("\n".join(map(normalised, said))).split("\n")):
            yield months_after(today, number) if unit == "month" else today + length


def in_weeks(number: int) -> str:
    """`2 weeks`, in the language that is being spoken."""
    if languages.language() == ENGLISH:
        return f"{number} weeks"
    from babel.dates import format_timedelta  # noqa: PLC0415

    length, locale = timedelta(weeks=number), spoken_locale()
    return format_timedelta(length, "week", threshold=10_000, locale=locale)


def months_after(today: date, number: int) -> date:
    """The same day of a later month, or the last day of one that is shorter."""
    years, month = divmod(today.month - 1 + number, _MONTHS)
    first = date(today.year + years, month + 1, 1)
    following = date(first.year + first.month // _MONTHS, first.month % _MONTHS + 1, 1)
    return min(first + timedelta(days=today.day - 1), following - timedelta(days=1))


# --- a day of a month that is named ---


def _named(words: str, today: date) -> Iterator[date]:
    """`24. Dezember`, `24 de diciembre de 2026`, `12月24日`; with its day of the week only if it is one."""
    names = _month_words()
    one_of_them = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    if is_spaced():
        words = _with_plain_days(words)
    apart = rf"(?<![^\s\d])(?:{one_of_them})(?![^\s\d])" if is_spaced() else rf"(?<!\d)(?:{one_of_them})"
    for found in re.finditer(apart, words):
        rest, named = _without_weekdays(f"{words[: found.start()]} {words[found.end() :]}")
        numbers = [int(number) for number in re.findall(r"\d+", rest)]
        others = set(re.sub(r"\d+", " ", rest).split())
        if not numbers or not others <= _words_of_a_date() | _single_words_around_dates():
            continue
        year = next((number for number in numbers if number > _DAYS_OF_A_MONTH), None)
        dates = [number for number in numbers if number != year]
        if len(dates) == 1:
            on_the_day = next_dates(dates[0], names[found[0]], year, today)
            yield from (day for day in on_the_day if named <= {day.weekday()})


def _with_plain_days(words: str) -> str:
    """`24 december` of `24ste december`, `1 gennaio` of `primo gennaio`."""
    written = re.search(r"(?<!\d)1([^\W\d]+)", normalised(day_and_month(date(2026, 12, 1))))  # 1er, 1º
    endings = {normalised(way.removeprefix(_NUMBER)) for way in _of_the_month() if way.startswith(_NUMBER)}
    endings |= {written[1]} if written else set()
    either = "|".join(map(re.escape, sorted(filter(None, endings), key=len, reverse=True)))
    if either:
        words = re.sub(rf"(?<!\d)(\d{{1,2}}) ?(?:{either})(?!\S)", r"\1", words)
    firsts = "|".join(re.escape(normalised(way)) for way in _of_the_month() if _NUMBER not in way)
    return re.sub(rf"(?<!\S)(?:{firsts})(?!\S)", "1", words) if firsts else words


def _without_weekdays(words: str) -> tuple[str, set[int]]:
    """The rest, and the days of the week that were named."""
    known = weekday_words()
    named: set[int] = set()
    if not is_spaced():  # the day stands right behind
        long = "|".join(map(re.escape, sorted((name for name in known if len(name) > 1), key=len, reverse=True)))
        named = {known[name] for name in re.findall(long, words)}
        words = re.sub(long, " ", words)
    # What is said between the numbers as well, as 日 is, is a day when it stands there again.
    apart, between = Counter(re.sub(r"\d+", " ", words).split()), _words_of_a_date()
    named |= {known[word] for word, times in apart.items() if word in known and times > (word in between)}
    return " ".join(word for word in words.split() if word not in known or word in between), named


def next_dates(day: int, month: int, year: int | None, today: date) -> Iterator[date]:
    """That day, if there is one; without a year the next of its name."""
    for candidate in (today.year, today.year + 1) if year is None else (year,):
        with suppress(ValueError):
            found = date(candidate, month, day)
            if year is not None or found > today:
                yield found
                return


def _month_words() -> dict[str, int]:
    """What the months are called; none that may be two of them, and none that is a number."""
    months = spoken_locale().months
    found = {
        normalised(str(name)): number
        for context in _CONTEXTS
        for width in ("abbreviated", "wide")
        for number, name in months[context].get(width, {}).items()
    }
    for number, names in other_months().items():
        found |= {normalised(name): number for name in names}
    return {name: number for name, number in found.items() if not name.isdigit()}


def other_months() -> dict[int, list[str]]:
    """What translators list for the months."""
    # For translators: other names of the months, short ones, and forms of them (cases), with / between.
    listed = pgettext(
        "typed",
        "1 = January/Jan, 2 = February/Feb, 3 = March/Mar, 4 = April/Apr, 5 = May, 6 = June/Jun, 7 = July/Jul, "
        "8 = August/Aug, 9 = September/Sep/Sept, 10 = October/Oct, 11 = November/Nov, 12 = December/Dec",
    )
    return {int(number): names for number, names in listed_by_key(listed).items()}


def _words_of_a_date() -> set[str]:
    """What stands between a day, its month and its year: `de`, `日`."""
    from babel.dates import format_date  # noqa: PLC0415

    some = date(2026, 12, 24)
    written = f"{normalised(spoken(some))} {normalised(format_date(some, 'long', locale=spoken_locale()))}"
    for name in sorted(_month_words(), key=len, reverse=True):
        written = re.sub(rf"(?<!\d){re.escape(name)}", " ", written)
    known = weekday_words()
    return {word for word in re.sub(r"\d+", " ", written).split() if known.get(word) != some.weekday()}


def _single_words_around_dates() -> set[str]:
    return {normalised(way) for way in around_dates() if way[0] != "-"}


def year_comes_first() -> bool:
    """Whether the language writes a year before its month where all are numbers."""
    pattern = str(spoken_locale().date_formats["short"].pattern)
    return pattern.index("y") < pattern.index("M")


def day_comes_first() -> bool:
    """Whether the language writes the day before the month where both are numbers."""
    pattern = str(spoken_locale().date_formats["short"].pattern)
    return pattern.index("d") < pattern.index("M")
