"""Words as people type them in the language that they speak: letters, numbers, days of the week. No I/O.

English has readers of its own. What translators list has the context `typed`.
"""

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache

from bot.languages import pgettext, spoken_locale
from bot.ui.dates import WEEKDAYS, weekday_names

# Letters that are typed without their mark by whoever has no such key, and that Unicode does not take apart.
_BARE = str.maketrans({"ı": "i", "ł": "l"})
_APOSTROPHES = str.maketrans("\u2018\u2019\u02bc\u2032`", "'" * 5)
# What is typed for a dash, and is none by Unicode: the minus, and the tilde and its like.
_LIKE_A_DASH = "\u2212~\u223c\u2053"
# Hindi writes a nasal before another consonant as a letter or as a dot (दिसम्बर, दिसंबर), and some leave the dot out.
_NASAL = re.compile("[ङञणनम]\u094d(?=[क-म])")
_NASAL_DOTS = "\u0901\u0902"
# Unicode's classes of marks: dots that make another consonant, and from here on what stands above or below a letter
# and is left out in a hurry. Those before are vowels of India, and the marks of Japanese.
_NUKTA, _FIRST_ACCENT = 7, 200
# What four languages list, and the CLDR.
_WAYS_KEPT = 4_096
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_CONTEXTS, _WIDTHS = ("format", "stand-alone"), ("wide", "abbreviated", "short")


def lowered(text: str) -> str:
    """Small letters of one width, English digits, and one kind of dash and of apostrophe."""
    return "".join(map(_plain, unicodedata.normalize("NFKC", text).casefold())).translate(_APOSTROPHES)


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.digit(character))
    if category == "Pd" or character in _LIKE_A_DASH:
        return "-"
    return "" if category == "Cf" else character


def without_accents(text: str) -> str:
    """Plain, and without what people leave out who are in a hurry; punctuation stays."""
    apart = unicodedata.normalize("NFKD", _NASAL.sub("", lowered(text))).translate(_BARE)
    return unicodedata.normalize("NFC", "".join(letter for letter in apart if not _is_accent(letter)))


def _is_accent(character: str) -> bool:
    kind = unicodedata.combining(character)
    return kind == _NUKTA or kind >= _FIRST_ACCENT or character in _NASAL_DOTS


@lru_cache(maxsize=_WAYS_KEPT)
def normalised(text: str) -> str:
    """For comparing: small letters, single spaces, and neither accents nor marks; digits are those of English.

    Kept: a date is compared with 2,000 listed ways at each key, which took 13 ms and takes 3.
    """
    bare = without_accents(text).replace("'", "").replace(".", "")
    return " ".join("".join(" " if unicodedata.category(c)[0] in "PSZC" else c for c in bare).split())


def close(text: str) -> str:
    """For comparing where people set spaces differently."""
    return normalised(text).replace(" ", "")


def ways(listed: str) -> list[str]:
    """What translators have written with commas between, of any script."""
    return [way.strip() for way in re.split("[,、，،]", listed) if way.strip()]


def listed_by_key(listed: str) -> dict[str, list[str]]:
    """`1 = one/a, 2 = two`: the forms by what stands before the sign."""
    pairs = (way.partition("=") for way in ways(listed))
    return {key.strip(): [form.strip() for form in forms.split("/") if form.strip()] for key, _, forms in pairs}


def pieces(way: str) -> list[str]:
    """Of `half past {hour}` the words and the names of placeholders, in turns: words are first and last."""
    return _PLACEHOLDER.split(way)


def is_spaced() -> bool:
    """Whether the language writes its words apart: by Unicode, those do not whose letters are wide."""
    return not any(unicodedata.east_asian_width(letter) == "W" for letter in weekday_names()[0])


# --- days of the week ---


def english_weekday(word: str) -> int | None:
    """The day of an English name that is typed where another language is spoken: `monday`, `mondays`, `mon`.

    Whole, or as everybody shortens it: `mond` is German for the moon.
    """
    named = (
        day for day, name in enumerate(WEEKDAYS) if word in (lowered(name), f"{lowered(name)}s", lowered(name[:3]))
    )
    return next(named, None)


def weekday_words() -> dict[str, int]:
    """What the days are called, in full and shorter; Monday is 0. No word that may be two of them, or is said
    for "but" as well: Polish has `nie`, which the CLDR writes for Sunday.
    """
    days = spoken_locale().days
    found: defaultdict[str, set[int]] = defaultdict(set)
    for context in _CONTEXTS:
        for width in _WIDTHS:
            for day, name in days[context].get(width, {}).items():
                found[normalised(str(name))].add(day)
                if "-" in name:  # "segunda-feira" is "segunda" to whoever speaks of it
                    found[normalised(str(name).partition("-")[0])].add(day)
    for day, names in enumerate(other_weekdays()):
        for way in ways(names):
            found[normalised(way)].add(day)
    others = {word for way in all_but() for word in normalised(" ".join(pieces(way)[::2])).split()}
    return {name: min(several) for name, several in found.items() if len(several) == 1 and name not in others}


def other_weekdays() -> tuple[str, ...]:
    """What translators list for each day."""
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


def all_but() -> list[str]:
    """Ways to say every day but some, with `{every_day}` and `{days}` in them."""
    # For translators: ways to type that a post comes every day but some, with commas between them. {every_day} is
    # what is said for every day, {days} for the others; leave {every_day} out where that is clear without.
    listed = pgettext(
        "typed",
        "{every_day} but {days}, {every_day} except {days}, {every_day} not {days}",
        every_day="{every_day}",
        days="{days}",
    )
    return ways(listed)


# --- numbers ---


def with_digits(words: str) -> str:
    """Plain words with the small numbers among them as digits: `in 2 wochen`.

    Where words are written together only numbers that stand alone: 四十 is no 4 and no 10.
    """
    written = number_words()
    either = "|".join(map(re.escape, sorted(written, key=len, reverse=True)))
    pattern = rf"(?<!\S)(?:{either})(?!\S)" if is_spaced() else rf"(?:{either}|\d)+"
    return re.sub(pattern, lambda found: str(written.get(found[0], found[0])), words)


def number_words() -> dict[str, int]:
    """The numbers that have words."""
    # For translators: numbers in words, and their forms with / between; add as many numbers as people write in
    # words. Not "first": every first day is another thing.
    listed = pgettext(
        "typed",
        "1 = one, 2 = two/second, 3 = three/third, 4 = four/fourth, 5 = five/fifth, 6 = six/sixth, "
        "7 = seven/seventh, 8 = eight/eighth, 9 = nine/ninth, 10 = ten/tenth, 11 = eleven/eleventh, "
        "12 = twelve/twelfth, 14 = fourteen/fourteenth, 15 = fifteen/fifteenth, 20 = twenty/twentieth, 30 = thirty",
    )
    return {normalised(form): int(number) for number, forms in listed_by_key(listed).items() for form in forms}
