"""Filters that combine: pure, and small enough to travel inside a button."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from bot.catalogue.definition import FAMILIES, KINDS, MEDIA, MOODS
from bot.catalogue.montage import Montage

DECADES = tuple(range(1890, 2110, 10))
# The filters that `encode` writes as one letter each.
_CLOSED: tuple[tuple[Any, ...], ...] = (DECADES, KINDS, MOODS, MEDIA)
_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
_WRITTEN = re.compile(r"([0-9a-z-]{4})([y-])([^|]*)\|(.*)")

_TESTS: dict[str, Callable[[Montage, Any], bool]] = {
    "discipline": lambda montage, wanted: wanted.casefold() in (montage.discipline.casefold(), montage.family),
    "decade": lambda montage, wanted: montage.decade == wanted,
    "kind": lambda montage, wanted: montage.kind == wanted,
    "mood": lambda montage, wanted: wanted in montage.moods,
    "country": lambda montage, wanted: wanted in montage.country,
    "medium": lambda montage, wanted: montage.medium == wanted,
    "family_friendly": lambda montage, wanted: montage.family_friendly,
}


class Filters(NamedTuple):
    """What somebody asked for; `None` (or False) means anything. `discipline` may name a family."""

    discipline: str | None = None
    decade: int | None = None
    kind: str | None = None
    mood: str | None = None
    country: str | None = None
    medium: str | None = None
    family_friendly: bool = False

    @property
    def active(self) -> dict[str, Any]:
        """The filters that are set, by name."""
        return {name: value for name, value in zip(self._fields, self, strict=True) if value}

    def matches(self, montage: Montage) -> bool:
        """Whether the montage passes every filter."""
        return all(_TESTS[name](montage, wanted) for name, wanted in self.active.items())

    def apply(self, montages: Sequence[Montage]) -> Sequence[Montage]:
        """Those that pass, in their order."""
        return [montage for montage in montages if self.matches(montage)] if any(self) else montages

    def without(self, name: str) -> "Filters":
        """The same with one filter dropped."""
        return self._replace(**{name: self._field_defaults[name]})

    def loosened(self, montages: Sequence[Montage]) -> list[tuple[str, int]]:
        """For each filter, how many would match without it: (its words, number), the most first, none left out."""
        counts = [
            (describe(name, value), len(self.without(name).apply(montages))) for name, value in self.active.items()
        ]
        return sorted((count for count in counts if count[1]), key=lambda count: -count[1])

    def __str__(self) -> str:
        return " · ".join(describe(name, value) for name, value in self.active.items())

    def encode(self) -> str:
        """Short text for a custom id, at most 52 characters: `9--e-|boxing`; empty when nothing is set.

        One letter for each filter that has a closed list (`-` where it is not set), then the country, a bar
        and the discipline, which members may have named and which is therefore the last.
        """
        if not any(self):
            return ""
        letters = (
            "-" if value is None else _LETTERS[known.index(value)]
            for known, value in zip(_CLOSED, (self.decade, self.kind, self.mood, self.medium), strict=True)
        )
        friendly = "y" if self.family_friendly else "-"
        return f"{''.join(letters)}{friendly}{self.country or ''}|{self.discipline or ''}"

    @classmethod
    def decode(cls, text: str) -> "Filters":
        """The filters that `encode` wrote; none for a text that it did not write."""
        written = _WRITTEN.fullmatch(text)
        if not written:
            return cls()
        closed, friendly, country, discipline = written.groups()
        values: list[Any] = [
            None if letter == "-" else dict(zip(_LETTERS, known, strict=False)).get(letter)
            for letter, known in zip(closed, _CLOSED, strict=True)
        ]
        return cls(
            **dict(zip(("decade", "kind", "mood", "medium"), values, strict=True)),
            country=country or None,
            discipline=discipline or None,
            family_friendly=friendly == "y",
        )


def describe(name: str, value: Any) -> str:
    """One filter as a person would say it: `the 1980s`, `boxing`, `family friendly`."""
    match name:
        case "decade":
            return f"the {value}s"
        case "family_friendly":
            return "family friendly"
        case "country":
            return f"from {value}"
        case "discipline":
            return FAMILIES.get(value, value).lower() if value in FAMILIES else str(value)
        case _:
            return str(value)


def disciplines(montages: Iterable[Montage]) -> list[tuple[str, str]]:
    """(label, value) of every family, then of every discipline: what the discipline filter offers."""
    montages = list(montages)
    present = {montage.family for montage in montages}
    families = [(f"All of {name.lower()}", family) for family, name in FAMILIES.items() if family in present]
    # Members spell one discipline in several ways: the first counts.
    names = {montage.discipline.casefold(): montage.discipline for montage in reversed(montages)}
    single = [name for key, name in sorted(names.items()) if key not in present]
    return families + [(name[0].upper() + name[1:], name) for name in single]
