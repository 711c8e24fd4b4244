"""All montages, in memory: those that ship, and for each server those that it accepted."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from bot.catalogue.montage import Montage
from bot.catalogue.search import SearchIndex


def editors_order(montage: Montage) -> tuple[int, str, int, str]:
    """Sorts into the editors' order: their ranked few first, then by title."""
    return (montage.editors_rank or 10_000, montage.film.casefold(), montage.year, montage.id)


class Catalogue:
    """A `place` is a server's id, or 0 outside servers; each sees the shipped montages and its own."""

    def __init__(self, shipped: Iterable[Montage]) -> None:
        self.shipped: tuple[Montage, ...] = tuple(sorted(shipped, key=editors_order))
        self._by_id = {montage.id: montage for montage in self.shipped}
        self._local: dict[int, dict[str, Montage]] = {}
        self._local_index: dict[int, SearchIndex] = {}

    @cached_property
    def _index(self) -> SearchIndex:
        # Made when somebody first searches: it takes as long as reading the files.
        return SearchIndex(self.shipped)

    def put(self, place: int, montage: Montage) -> None:
        """Add a montage that this server accepted, or replace it."""
        self._local.setdefault(place, {})[montage.id] = montage
        self._local_index.pop(place, None)

    def remove(self, place: int, montage_id: str) -> None:
        """Take a server's own montage out again; nothing happens when it is not there."""
        self._local.get(place, {}).pop(montage_id, None)
        self._local_index.pop(place, None)

    def of(self, place: int) -> Sequence[Montage]:
        """Everything that a place can see, in the editors' order; its own last, oldest first."""
        local = self._local.get(place)
        return (*self.shipped, *local.values()) if local else self.shipped

    def get(self, place: int, montage_id: str) -> Montage | None:
        """The montage of that id, if this place can see it."""
        return self._by_id.get(montage_id) or self._local.get(place, {}).get(montage_id)

    def search(self, place: int, words: str, *, typing: bool = False) -> list[Montage]:
        """What matches `words`, best first. `typing`: the last word may be half of one."""
        found = self._index.search(words, typing=typing)
        if self._local.get(place):
            index = self._local_index.get(place)
            if index is None:
                index = self._local_index[place] = SearchIndex(tuple(self._local[place].values()), self._index)
            found += index.search(words, typing=typing)
            found.sort(key=lambda hit: -hit[0])
        return [montage for _, montage in found]
