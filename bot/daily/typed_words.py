"""Days, months and lengths of time as people type them in the language that they speak, by the CLDR. No I/O.

English has readers of its own.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import Literal

from bot import languages
from bot.languages import ENGLISH, pgettext, spoken_locale
from bot.ui.dates import spoken

# Letters that are typed without their mark by whoever has no such key, and that Unicode does not take apart.
_BARE = str.maketrans({"ı": "i", "ł": "l", "'": None, "’": None, "ʼ": None, ".": None})
# Hindi writes a nasal before another consonant as a letter or as a dot: दिसम्बर, दिसंबर.
_NASAL = re.compile("[ङञणनम]\u094d(?=[क-म])")
_CONTEXTS, _WIDTHS = ("format", "stand-alone"), ("wide", "abbreviated", "short")
LETTER = r"[^\W\d]"
# What some languages add to the number of a day: `1er`.
_ORDINAL = re.compile(r"(?<=\d)(?:er|o|a|e|ste|de)(?!\w)")
_UNITS: Mapping[Literal["day", "week", "month"], int] = {"day": 1, "week": 7, "month": 30}
# Letters of a day's name that all its cases have, those that some replace at its end, and those that they add.
_STEM, _REPLACED, _ADDED = 4, 2, 3


def normalised(text: str) -> str:
    """For comparing: small letters, single spaces, and neither accents nor marks; digits are those of English."""
    kept = []
    for character in unicodedata.normalize("NFKD", _NASAL.sub("", text.casefold())).translate(_BARE):
        category = unicodedata.category(character)
        if category == "Nd":
            kept.append(str(unicodedata.digit(character)))
        elif category != "Mn":
            kept.append(" " if category[0] in "PSZC" else character)
    return " ".join("".join(kept).split())


def ways(listed: str) -> list[str]:
    """What translators have written with commas between, of any script."""
    return [way.strip() for way in re.split("[,、，،]", listed) if way.strip()]


def weekday_words() -> dict[str, int]:
    """What the days are called, in full and shorter; Monday is 0. No word that may be two of them."""
    days = spoken_locale().days
    found: dict[str, set[int]] = {}
    for context in _CONTEXTS:
        for width in _WIDTHS:
            for day, name in days[context].get(width, {}).items():
                found.setdefault(normalised(str(name)), set()).add(day)
                if "-" in name:  # "segunda-feira" is "segunda" to whoever speaks of it
                    found.setdefault(normalised(str(name).partition("-")[0]), set()).add(day)
    for day, names in enumerate(_other_names()):
        for way in ways(names):
            found.setdefault(normalised(way), set()).add(day)
    return {name: min(several) for name, several in found.items() if len(several) == 1}


def _other_names() -> tuple[str, ...]:
    return (
        # For translators: other names of Monday, and forms of it (cases, plurals), with commas between them.
        pgettext("typed", "Monday, Mondays"),
        # For translators: other names of Tuesday, and forms of it, with commas between them.
        pgettext("typed", "Tuesday, Tuesdays"),
        # For translators: other names of Wednesday, and forms of it, with commas between them.
        pgettext("typed", "Wednesday, Wednesdays"),
        # For translators: other names of Thursday, and forms of it, with commas between them.
        pgettext("typed", "Thursday, Thursdays"),
        # For translators: other names of Friday, and forms of it, with commas between them.
        pgettext("typed", "Friday, Fridays"),
        # For translators: other names of Saturday, and forms of it, with commas between them.
        pgettext("typed", "Saturday, Saturdays"),
        # For translators: other names of Sunday, and forms of it, with commas between them.
        pgettext("typed", "Sunday, Sundays"),
    )


def weekday(word: str, known: dict[str, int], *, inflected: bool = True) -> int | None:
    """The day that a plain word means: its name, the beginning of one, or (`inflected`) one with another ending.

    None where it may be two of them.
    """
    if word in known:
        return known[word]
    if len(word) < 2:
        return None
    meant = {day for name, day in known.items() if name.startswith(word)}
    if not meant and inflected:
        alike = [(_shared(word, name), day) for name, day in known.items() if _is_form(word, name)]
        meant = {day for shared, day in alike if shared == max(alike)[0]}
    return meant.pop() if len(meant) == 1 else None


def _shared(one: str, other: str) -> int:
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _is_form(word: str, name: str) -> bool:
    shared = _shared(word, name)
    return shared >= max(_STEM, len(name) - _REPLACED) and len(word) - shared <= _ADDED


def is_spaced(known: dict[str, int]) -> bool:
    """Whether the language writes its words apart: those that do not have days of a single letter."""
    return not any(len(name) == 1 for name in map(_composed, known))


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def days_ahead(typed: str, today: date) -> Iterator[date]:
    """Every day that may be meant, without those that have been."""
    if languages.language() == ENGLISH:
        return
    words = without_small_words(normalised(typed))
    if words in map(normalised, _after_tomorrow()):
        yield today + timedelta(days=2)
    numbers = re.findall(r"\d{1,4}", words)
    day = None if numbers else weekday(words, weekday_words())
    if day is not None and len(words) > 1 - (not is_spaced(weekday_words())):
        yield today + timedelta(days=(day - today.weekday() - 1) % 7 + 1)
    counted = with_digits(words)
    for number in {int(number) for number in re.findall(r"\d{1,4}", counted)} or {1}:  # "in a week" may have none
        yield from _after(counted, number, today)
    if 1 <= len(numbers) <= 3:
        yield from _named(words, today)


def without_small_words(text: str) -> str:
    """`24 dezember` of `am 24 dezember`; where words are written together also `12月24日` of `12月24日まで`."""
    small = {form for way in _around_dates() for form in (normalised(way), way.casefold()) if way[0] != "-"}
    either = "|".join(map(re.escape, sorted(filter(None, small), key=len, reverse=True)))
    endings = "|".join(re.escape(normalised(way)) for way in _around_dates() if way[0] == "-")
    before, after = (r"(?:\s+|(?=\d))", r"\s+") if is_spaced(weekday_words()) else (r"\s*", r"\s*")
    behind = rf"(?:{endings}|{after}(?:{either}))" if endings else rf"{after}(?:{either})"
    shorter = re.sub(rf"^(?:(?:{either}){before})+(?=\S)", "", text)
    return re.sub(rf"(?<=\S)(?:{behind})+$", "", shorter)


def _around_dates() -> list[str]:
    # For translators: what people type before or behind a day when it is the end of a pause, with commas between;
    # what is written together with the day has a hyphen before it (-a kadar).
    return ways(pgettext("typed", "on, until, till, the, next"))


def _after_tomorrow() -> list[str]:
    # For translators: ways to type the day after tomorrow, with commas between them.
    return ways(pgettext("typed", "the day after tomorrow, in two days"))


def with_digits(words: str) -> str:
    """Plain words with the small numbers among them as digits: `in 2 wochen`."""
    apart = is_spaced(weekday_words())
    written = {normalised(form): number for number, forms in enumerate(_numbers(), 1) for form in forms.split("/")}
    either = "|".join(map(re.escape, sorted(filter(None, written), key=len, reverse=True)))
    pattern = rf"(?<!\S)(?:{either})(?!\S)" if apart else f"(?:{either})"
    return re.sub(pattern, lambda found: str(written[found[0]]), words)


def _numbers() -> list[str]:
    # For translators: exactly these numbers, with commas between them; forms of one as here (ein/eine).
    return ways(
        pgettext("typed", "one/a, two/second, three/third, four/fourth, five/fifth, six/sixth, seven/seventh")
    )


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


def _after(words: str, number: int, today: date) -> Iterator[date]:
    """`in 2 wochen`, `3 jours`."""
    from babel.dates import format_timedelta  # noqa: PLC0415 (English needs none of it)

    locale = spoken_locale()
    for (unit, days), listed in zip(_UNITS.items(), (_in_days, _in_weeks, _in_months), strict=True):
        length = timedelta(days=days * number)
        by_the_cldr = [
            format_timedelta(length, unit, threshold=10_000, add_direction=way, format="long", locale=locale)
            for way in (True, False)
        ]
        if close(words) in {close(with_digits(normalised(said))) for said in (*by_the_cldr, *listed(number))}:
            yield months_after(today, number) if unit == "month" else today + length


def close(text: str) -> str:
    """For comparing where people set spaces differently."""
    return normalised(text).replace(" ", "")


def in_weeks(number: int) -> str:
    """`2 weeks`, in the language that is being spoken."""
    if languages.language() == ENGLISH:
        return f"{number} weeks"
    from babel.dates import format_timedelta  # noqa: PLC0415

    length, locale = timedelta(weeks=number), spoken_locale()
    return format_timedelta(length, "week", threshold=10_000, locale=locale)


def months_after(today: date, number: int) -> date:
    """The same day of a later month, or the last day of one that is shorter."""
    years, month = divmod(today.month - 1 + number, 12)
    first = date(today.year + years, month + 1, 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first + timedelta(days=today.day - 1), following - timedelta(days=1))


def _named(words: str, today: date) -> Iterator[date]:
    """`24. Dezember`, `24 de diciembre de 2026`, `12月24日`."""
    names, days = _month_words(), weekday_words()
    if not is_spaced(days):  # the day of the week stands right behind
        words = re.sub(
            "|".join(sorted((name for name in days if len(_composed(name)) > 1), key=len, reverse=True)), " ", words
        )
    one_of_them = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    apart = rf"(?<!{LETTER})(?:{one_of_them})(?!{LETTER})" if is_spaced(days) else rf"(?<!\d)(?:{one_of_them})"
    words = _ORDINAL.sub("", words)
    for found in re.finditer(apart, words):
        rest = f"{words[: found.start()]} {words[found.end() :]}"
        numbers = [int(number) for number in re.findall(r"\d+", rest)]
        words_beside = re.sub(r"\d+", " ", rest).split()
        others = {word for word in words_beside if weekday(word, days) is None}
        named_days = {weekday(word, days) for word in words_beside if is_spaced(days)} - {None}
        if not numbers or not others <= _words_of_a_date():
            continue
        year = next((number for number in numbers if number > 31), None)
        dates = [number for number in numbers if number != year]
        if len(dates) == 1:
            on_the_day = next_dates(dates[0], names[found[0]], year, today)
            yield from (day for day in on_the_day if named_days <= {day.weekday()})


def next_dates(day: int, month: int, year: int | None, today: date) -> Iterator[date]:
    """That day, if there is one; without a year the next of its name."""
    for candidate in (today.year, today.year + 1) if year is None else (year,):
        with suppress(ValueError):
            found = date(candidate, month, day)
            if year is not None or found > today:
                yield found
                return


def _month_words() -> dict[str, int]:
    months = spoken_locale().months
    found = {
        normalised(str(name)): number
        for context in _CONTEXTS
        for width in ("abbreviated", "wide")
        for number, name in months[context].get(width, {}).items()
    }
    return {name: number for name, number in found.items() if not name.isdigit()}


def _words_of_a_date() -> set[str]:
    """What stands between a day, its month and its year: `de`, `日`."""
    from babel.dates import format_date  # noqa: PLC0415

    some = date(2026, 12, 24)
    written = f"{normalised(spoken(some))} {normalised(format_date(some, 'long', locale=spoken_locale()))}"
    for name in sorted(_month_words(), key=len, reverse=True):
        written = re.sub(rf"(?<!\d){re.escape(name)}", " ", written)
    return set(re.sub(r"\d+", " ", written).split())


def day_comes_first() -> bool:
    """Whether the language writes the day before the month where both are numbers."""
    pattern = str(spoken_locale().date_formats["short"].pattern)
    return pattern.index("d") < pattern.index("M")
