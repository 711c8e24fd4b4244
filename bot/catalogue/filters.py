"""Filters that combine. How they are stored is in `bot.catalogue.stored_filters`."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from bot.aliases import JsonObject
from bot.catalogue.definition import FAMILIES
from bot.catalogue.montage import Montage
from bot.catalogue.names import country_name, discipline_name, family_name, language_name
from bot.catalogue.tokens import plain
from bot.languages import _

_TESTS: dict[str, Callable[[Montage, Any], bool]] = {
    "discipline": lambda montage, wanted: wanted.casefold() in (montage.discipline.casefold(), montage.family),
    "decade": lambda montage, wanted: montage.decade == wanted,
    "kind": lambda montage, wanted: montage.kind == wanted,
    "mood": lambda montage, wanted: wanted in montage.moods,
    "country": lambda montage, wanted: wanted in montage.country,
    "language": lambda montage, wanted: wanted in montage.language,
    "medium": lambda montage, wanted: montage.medium == wanted,
    "suitable_from": lambda montage, wanted: montage.suitable_from is not None and montage.suitable_from <= wanted,
    "family_friendly": lambda montage, wanted: montage.family_friendly,
}


# How a filter is said, where its value alone does not say it.
_PHRASES: dict[str, Callable[[object], str]] = {
    "discipline": lambda value: family_name(str(value)) if value in FAMILIES else discipline_name(str(value)),
    "decade": lambda value: _("the {decade}s", decade=value),
    "kind": lambda value: _(str(value)),
    "mood": lambda value: _(str(value)),
    "medium": lambda value: _(str(value)),
    "country": lambda value: _("from {country}", country=country_name(str(value))),
    "language": lambda value: _("in {language}", language=language_name(str(value))),
    "suitable_from": lambda value: _("suitable from {age}", age=value) if value else _("suitable for all ages"),
    "family_friendly": lambda value: _("family friendly"),
}


class Filters(NamedTuple):
    """What somebody asked for; `None` (or False) means anything. `discipline` may name a family."""

    discipline: str | None = None
    decade: int | None = None
    kind: str | None = None
    mood: str | None = None
    country: str | None = None
    language: str | None = None
    medium: str | None = None
    suitable_from: int | None = None
    family_friendly: bool = False

    @property
    def active(self) -> JsonObject:
        """The filters that are set, by name."""
        return {
            name: value
            for name, value in zip(self._fields, self, strict=True)
            if value is not None and value is not False
        }

    def matches(self, montage: Montage) -> bool:
        """Whether the montage passes every filter."""
        return all(_TESTS[name](montage, wanted) for name, wanted in self.active.items())

    def apply(self, montages: Sequence[Montage]) -> Sequence[Montage]:
        """Those that pass, in their order."""
        return [montage for montage in montages if self.matches(montage)] if self.active else montages

    def without(self, name: str) -> "Filters":
        """The same with one filter dropped."""
        return self._replace(**{name: self._field_defaults[name]})

    def loosened(self, montages: Sequence[Montage]) -> list[tuple[str, int]]:
        """For each filter, how many would match without it: (its name, number), the most first, none left out."""
        counts = [(name, len(self.without(name).apply(montages))) for name in self.active]
        return sorted((count for count in counts if count[1]), key=lambda count: -count[1])

    def __str__(self) -> str:
        return " · ".join(describe(name, value) for name, value in self.active.items())


def describe(name: str, value: object) -> str:
    """One filter as a person would say it: `the 1980s`, `boxing`, `family friendly`."""
    phrase = _PHRASES.get(name)
    return phrase(value) if phrase else str(value)


class DisciplineNames:
    """What the discipline filter offers, gathered from montages a few at a time."""

    def __init__(self) -> None:
        self._families: set[str] = set()
        self._names: dict[str, str] = {}

    def add(self, montages: Iterable[Montage]) -> None:
        """These can be seen, too. Members spell one discipline in several ways: the first counts."""
        for montage in montages:
            self._families.add(montage.family)
            self._names.setdefault(montage.discipline.casefold(), montage.discipline)

    def offered(self) -> list[tuple[str, str]]:
        """(label, value) of every family, then of every discipline."""
        families = [
            (_("All of {family}", family=family_name(family)), family)
            for family in FAMILIES
            if family in self._families
        ]
        single = [self._names[key] for key in self._names.keys() - self._families]
        called = sorted(((discipline_name(name), name) for name in single), key=lambda pair: plain(pair[0]))
        return families + [(label[:1].upper() + label[1:], name) for label, name in called]
