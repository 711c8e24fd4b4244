"""Filters as a short text, for a custom id and for the table `daily`. What was ever stored is a contract.

    .2d198ktmgcuslenga06f|boxing

A dot and the version; then, each only where it is set, a letter and a code: decade, kind, mood, medium (`e`),
country, language, age, family friendly; a bar and the discipline, which members may have named and which is
therefore last. A country or a language that has no code stands there as it is: `c=Atlantis;`.
At most 52 characters for anything that the catalogue holds, so that it fits into a button beside the words of a
search. The empty text is "no filter". Texts of version 1 are read, too; tests/catalogue/stored_filters.toml has
texts of every version that was ever released.
"""

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

from bot.catalogue.codes import COUNTRY_CODES, KIND_CODES, LANGUAGE_CODES, MEDIUM_CODES, MOOD_CODES
from bot.catalogue.filters import Filters
from bot.errors import UserError

V = TypeVar("V")

_VERSION_2 = re.compile(
    r"\.2"
    r"(?:d(?P<decade>\d{3}))?(?:k(?P<kind>[a-z]))?(?:m(?P<mood>[a-z]))?(?:e(?P<medium>[a-z]))?"
    r"(?:c(?P<country>[a-z]{2}|=[^;|]*;))?(?:l(?P<language>[a-z]{3}|=[^;|]*;))?(?:a(?P<age>\d\d))?(?P<friendly>f)?"
    r"(?:\|(?P<discipline>.+))?",
    re.DOTALL,
)
# Disciplines that the catalogue has since renamed.
_RENAMED = {"bobsled": "bobsleigh"}

# Version 1 wrote positions in lists: these, which must stay as they were, whatever becomes of the lists in use.
_VERSION_1 = re.compile(r"([0-9a-z-]{4})([y-])([^|]*)\|(.*)", re.DOTALL)
_DIGITS_1 = "0123456789abcdefghijklmnopqrstuvwxyz"
_DECADES_1 = tuple(range(1890, 2110, 10))
_KINDS_1 = ("training", "practice", "study", "getting ready", "makeover", "heist prep", "self-improvement")
_MOODS_1 = (
    *("triumphant", "gritty", "funny", "tender", "eerie", "cosy"),
    *("defiant", "joyful", "bittersweet", "intense", "whimsical", "stylish"),
)
_MEDIA_1 = (
    *("film", "animated film", "anime film", "puppet film"),
    *("documentary", "series", "animated series", "anime series"),
)


class UnreadableFilters(UserError):
    """The text was not written by any version that this one knows; it must not be taken for "no filter"."""

    def __init__(self) -> None:
        super().__init__("I can't read those filters any more. Ask for it again with the command, please.")


def encode_filters(filters: Filters) -> str:
    """The filters as text of the newest version; empty when nothing is set."""
    if not filters.active:
        return ""
    parts = [
        ".2",
        "" if filters.decade is None else f"d{filters.decade // 10:03}",
        _coded("k", filters.kind, KIND_CODES),
        _coded("m", filters.mood, MOOD_CODES),
        _coded("e", filters.medium, MEDIUM_CODES),
        _coded("c", filters.country, COUNTRY_CODES),
        _coded("l", filters.language, LANGUAGE_CODES),
        "" if filters.suitable_from is None else f"a{filters.suitable_from:02}",
        "f" if filters.family_friendly else "",
        f"|{filters.discipline}" if filters.discipline else "",
    ]
    return "".join(parts)


def decode_filters(text: str) -> Filters:
    """The filters that a text stands for. Raises UnreadableFilters."""
    if not text:
        return Filters()
    filters = None
    if found := _VERSION_2.fullmatch(text):
        filters = _read_2(found)
    elif found := _VERSION_1.fullmatch(text):
        filters = _read_1(found)
    if filters is None or not filters.active:
        raise UnreadableFilters
    return filters


def _coded(letter: str, value: str | None, codes: Mapping[str, str]) -> str:
    if value is None:
        return ""
    code = codes.get(value)
    return f"{letter}{code}" if code else f"{letter}={re.sub('[;|]', ' ', value)};"


def _read_2(found: re.Match[str]) -> Filters:
    given = found.groupdict()
    return Filters(
        discipline=_discipline(given["discipline"]),
        decade=None if given["decade"] is None else int(given["decade"]) * 10,
        kind=_value(given["kind"], KIND_CODES),
        mood=_value(given["mood"], MOOD_CODES),
        country=_value(given["country"], COUNTRY_CODES),
        language=_value(given["language"], LANGUAGE_CODES),
        medium=_value(given["medium"], MEDIUM_CODES),
        suitable_from=None if given["age"] is None else int(given["age"]),
        family_friendly=given["friendly"] is not None,
    )


def _value(code: str | None, codes: Mapping[str, str]) -> str | None:
    if code is None:
        return None
    if code.startswith("="):
        return code[1:-1]
    for value, known in codes.items():
        if known == code:
            return value
    raise UnreadableFilters


def _read_1(found: re.Match[str]) -> Filters:
    positions, friendly, country, discipline = found.groups()
    return Filters(
        discipline=_discipline(discipline),
        decade=_at_1(positions[0], _DECADES_1),
        kind=_at_1(positions[1], _KINDS_1),
        mood=_at_1(positions[2], _MOODS_1),
        country=country or None,
        medium=_at_1(positions[3], _MEDIA_1),
        family_friendly=friendly == "y",
    )


def _at_1(digit: str, values: Sequence[V]) -> V | None:
    if digit == "-":
        return None
    position = _DIGITS_1.index(digit)
    if position >= len(values):
        raise UnreadableFilters
    return values[position]


def _discipline(name: str | None) -> str | None:
    return _RENAMED.get(name, name) if name else None
