"""All montages, in memory: those that ship, and for each server those that it accepted."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from bot.catalogue.montage import Montage
from bot.catalogue.search import SearchIndex


def editors_order(montage: Montage) -> tuple[int, str, int, str]:
    """Sorts into the editors' order: their ranked few first, then by title."""
    return (montage.editors_rank or 10_000, montage.film.casefold(), montage.year, montage.id)


class Restriction(NamedTuple):
    """What a place does not want to see."""

    hidden_notes: frozenset[str] = frozenset()
    family_friendly_only: bool = False

    def lets(self, montage: Montage) -> bool:
        """Whether the place sees it. Notes that nobody has looked for hide nothing."""
        if self.family_friendly_only and not montage.family_friendly:
            return False
        return self.hidden_notes.isdisjoint(montage.content_notes or ())


class Catalogue:
    """A `place` is a server's id, or 0 outside servers; each sees the shipped montages and its own.

    What a place does not want to see is not there for it, whoever asks: not listed, not found, not gettable.
    """

    def __init__(self, shipped: Iterable[Montage]) -> None:
        self.shipped: tuple[Montage, ...] = tuple(sorted(shipped, key=editors_order))
        self._by_id = {montage.id: montage for montage in self.shipped}
        self._disciplines = {m.discipline.casefold(): (m.discipline, m.family) for m in self.shipped}
        self._local: dict[int, dict[str, Montage]] = {}
        self._local_index: dict[int, SearchIndex] = {}
        self._restrictions: dict[int, Restriction] = {}
        self._seen: dict[int, tuple[Montage, ...]] = {}

    @cached_property
    def _index(self) -> SearchIndex:
        # Made when somebody first searches: it takes as long as reading the files.
        return SearchIndex(self.shipped)

    def put(self, place: int, montage: Montage) -> None:
        """Add a montage that this server accepted, or replace it; a known discipline is spelt as usual."""
        spelling, _ = self._disciplines.get(montage.discipline.casefold(), (montage.discipline, ""))
        montage = replace(montage, discipline=spelling)
        self._local.setdefault(place, {})[montage.id] = montage
        self._changed(place)

    def remove(self, place: int, montage_id: str) -> None:
        """Take a server's own montage out again; nothing happens when it is not there."""
        self._local.get(place, {}).pop(montage_id, None)
        self._changed(place)

    def forget(self, place: int) -> None:
        """Everything that is this place's own."""
        self._local.pop(place, None)
        self._restrictions.pop(place, None)
        self._changed(place)

    def restrict(self, place: int, hidden_notes: Iterable[str] = (), family_friendly_only: bool = False) -> None:
        """From now on this place sees no montage with any of these notes, or only what is fit for children."""
        restriction = Restriction(frozenset(hidden_notes), family_friendly_only)
        if restriction == Restriction():
            self._restrictions.pop(place, None)
        else:
            self._restrictions[place] = restriction
        self._changed(place)

    def of(self, place: int) -> Sequence[Montage]:
        """Everything that a place can see, in the editors' order; its own last, oldest first."""
        local, restriction = self._local.get(place), self._restrictions.get(place)
        if not local and not restriction:
            return self.shipped
        seen = self._seen.get(place)
        if seen is None:
            everything = (*self.shipped, *(local or {}).values())
            seen = self._seen[place] = tuple(m for m in everything if not restriction or restriction.lets(m))
        return seen

    def shipped_to(self, place: int) -> Sequence[Montage]:
        """What every place has, as far as this one can see it; in the editors' order."""
        seen = self.of(place)
        return seen if seen is self.shipped else [montage for montage in seen if montage.id in self._by_id]

    def get(self, place: int, montage_id: str) -> Montage | None:
        """The montage of that id, if this place can see it."""
        found = self._by_id.get(montage_id) or self._local.get(place, {}).get(montage_id)
        restriction = self._restrictions.get(place)
        return found if found is None or restriction is None or restriction.lets(found) else None

    def family_of(self, discipline: str) -> str:
        """The family of a discipline that a shipped montage has; empty for one that none has."""
        return self._disciplines.get(discipline.casefold(), ("", ""))[1]

    def search(self, place: int, words: str, *, typing: bool = False) -> list[Montage]:
        """What matches `words`, best first. `typing`: the last word may be half of one."""
        found = self._index.search(words, typing=typing)
        if self._local.get(place):
            index = self._local_index.get(place)
            if index is None:
                index = self._local_index[place] = SearchIndex(tuple(self._local[place].values()), self._index)
            found += index.search(words, typing=typing)
            found.sort(key=lambda hit: -hit[0])
        restriction = self._restrictions.get(place)
        return [montage for _, montage in found if restriction is None or restriction.lets(montage)]

    def _changed(self, place: int) -> None:
        self._local_index.pop(place, None)
        self._seen.pop(place, None)
