"""All montages, in memory: those that ship, and for each server those that it accepted."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import takewhile
from typing import NamedTuple

from cachetools import LRUCache

from bot.catalogue.montage import Montage
from bot.catalogue.names import discipline_name
from bot.catalogue.search import FITS, FOUND_AT_MOST, SURE, SearchIndex
from bot.catalogue.tokens import plain
from bot.catalogue.translated import understood
from bot.catalogue.translated_search import TranslatedIndex
from bot.languages import ENGLISH, language

# Servers whose own montages stay indexed: those that searched last. 2 to 4 kB a montage, and 0.2 ms to index it.
_INDEXED_SERVERS = 500
# Montages indexed before others get a turn: some three milliseconds.
_INDEXED_AT_ONCE = 25
# The second is another answer as good as the first when it has this share of its score.
_AS_GOOD = 0.97


def editors_order(montage: Montage) -> tuple[int, str, int, str]:
    """Sorts into the editors' order; what has no place in it comes last, by title."""
    return (montage.editors_rank or 1_000_000, montage.film.casefold(), montage.year, montage.id)


class Restriction(NamedTuple):
    """What a server does not want to see."""

    hidden_notes: frozenset[str] = frozenset()
    family_friendly_only: bool = False

    def allows(self, montage: Montage) -> bool:
        """Whether the server sees it. Notes that nobody has looked for hide nothing."""
        if self.family_friendly_only and not montage.family_friendly:
            return False
        return self.hidden_notes.isdisjoint(montage.content_notes or ())


class Answer(NamedTuple):
    """What a search has found, best first."""

    montages: list[Montage]
    sure: bool  # the first is what was meant: it may be shown as the answer
    # How many of them, from the first on, fit what was asked; the others are only the nearest.
    strong: int

    @property
    def fits(self) -> bool:
        """Whether the first fits what was asked."""
        return self.strong > 0


class Catalogue:
    """A `guild_id` is a server's id, or 0 outside servers; each sees the shipped montages and its own.

    What a server does not want to see is not there for it, whoever asks: not listed, not found, not gettable.
    """

    def __init__(self, shipped: Iterable[Montage]) -> None:
        self.shipped: tuple[Montage, ...] = tuple(sorted(shipped, key=editors_order))
        self._by_id = {montage.id: montage for montage in self.shipped}
        self._disciplines = {m.discipline.casefold(): (m.discipline, m.family) for m in self.shipped}
        self._local: dict[int, dict[str, Montage]] = {}
        self._local_index: LRUCache[int, SearchIndex] = LRUCache(_INDEXED_SERVERS)
        # By language. Making one takes 0.3 s, and each search asks.
        self._translated: dict[str, SearchIndex] = {}
        self._restrictions: dict[int, Restriction] = {}
        # What each server can see, where that is not what all can: 0.1 ms to make, and every answer there asks.
        self._seen: dict[int, tuple[Montage, ...]] = {}

    @cached_property
    def _index(self) -> SearchIndex:
        # Filled when somebody first searches: it takes as long as reading the files.
        return SearchIndex(self.shipped)

    def _index_in(self, spoken: str) -> SearchIndex:
        """What is searched for people who speak that language; made when the first of them asks."""
        if spoken == ENGLISH:
            return self._index
        spoken = understood(spoken)
        if spoken not in self._translated:
            self._translated[spoken] = TranslatedIndex(self._index, spoken)
        return self._translated[spoken]

    def put(self, guild_id: int, montage: Montage) -> None:
        """Add a montage that this server accepted, or replace it; a known discipline is spelt as usual."""
        spelling, _ = self._disciplines.get(montage.discipline.casefold(), (montage.discipline, ""))
        montage = replace(montage, discipline=spelling)
        local = self._local.setdefault(guild_id, {})
        if montage.id in local:
            self._local_index.pop(guild_id, None)
        elif guild_id in self._local_index:
            self._local_index[guild_id].put(montage)
        local[montage.id] = montage
        self._seen.pop(guild_id, None)

    def remove(self, guild_id: int, montage_id: str) -> None:
        """Take a server's own montage out again; nothing happens when it is not there."""
        self._local.get(guild_id, {}).pop(montage_id, None)
        self._changed(guild_id)

    @property
    def restricted(self) -> set[int]:
        """The servers that do not want to see everything."""
        return set(self._restrictions)

    @property
    def own(self) -> set[tuple[int, str]]:
        """(server, montage id) of all that servers have accepted."""
        return {(guild_id, montage_id) for guild_id, local in self._local.items() for montage_id in local}

    def forget(self, guild_id: int) -> None:
        """Everything that is this server's own."""
        self._local.pop(guild_id, None)
        self._restrictions.pop(guild_id, None)
        self._changed(guild_id)

    def restrict(self, guild_id: int, hidden_notes: Iterable[str] = (), family_friendly_only: bool = False) -> None:
        """From now on this server sees no montage with any of these notes, or only what is fit for children."""
        restriction = Restriction(frozenset(hidden_notes), family_friendly_only)
        if restriction == Restriction():
            self._restrictions.pop(guild_id, None)
        else:
            self._restrictions[guild_id] = restriction
        self._seen.pop(guild_id, None)

    def forget_author(self, user_id: int) -> None:
        """Nobody suggested it any more: a person asked to be forgotten, and what they suggested stays."""
        for guild_id, local in self._local.items():
            for montage in [m for m in local.values() if m.suggested_by == user_id]:
                self.put(guild_id, replace(montage, suggested_by=None))

    def visible_to(self, guild_id: int) -> Sequence[Montage]:
        """Everything that a server can see, in the editors' order; its own last, oldest first."""
        local, restriction = self._local.get(guild_id), self._restrictions.get(guild_id)
        if not local and not restriction:
            return self.shipped
        seen = self._seen.get(guild_id)
        if seen is None:
            everything = (*self.shipped, *(local or {}).values())
            seen = self._seen[guild_id] = tuple(m for m in everything if not restriction or restriction.allows(m))
        return seen

    def hidden_from(self, guild_id: int) -> list[Montage]:
        """What a server would see as well, had it not chosen otherwise."""
        restriction = self._restrictions.get(guild_id)
        if restriction is None:
            return []
        everything = (*self.shipped, *self._local.get(guild_id, {}).values())
        return [montage for montage in everything if not restriction.allows(montage)]

    def shipped_visible_to(self, guild_id: int) -> Sequence[Montage]:
        """What every server has, as far as this one can see it; in the editors' order."""
        seen = self.visible_to(guild_id)
        return seen if seen is self.shipped else [montage for montage in seen if montage.id in self._by_id]

    def get(self, guild_id: int, montage_id: str) -> Montage | None:
        """The montage of that id, if this server can see it."""
        found = self._by_id.get(montage_id) or self._local.get(guild_id, {}).get(montage_id)
        return found if found is not None and self.allows(guild_id, found) else None

    def allows(self, guild_id: int, montage: Montage) -> bool:
        """Whether this server may see it, also one that is no montage there yet."""
        restriction = self._restrictions.get(guild_id)
        return restriction is None or restriction.allows(montage)

    def is_shipped(self, montage_id: str) -> bool:
        """Whether it comes with the bot; any other is one server's own."""
        return montage_id in self._by_id

    def family_of(self, discipline: str) -> str:
        """The family of a discipline that a shipped montage has; empty for one that none has."""
        return self._disciplines.get(discipline.casefold(), ("", ""))[1]

    def discipline_meant(self, typed: str) -> str:
        """The discipline that people call so who speak the language being spoken: `boxing` for `Boxen`; what was
        typed where that is none.
        """
        if language() == ENGLISH or typed.casefold() in self._disciplines:
            return typed
        wanted = plain(typed)
        known = (discipline for discipline, _family in self._disciplines.values())
        return next((one for one in known if plain(discipline_name(one)) == wanted), typed)

    def search(self, guild_id: int, query: str, *, typing: bool = False) -> list[Montage]:
        """What matches `query`, best first. `typing`: the last word may be half of one."""
        return self.answer(guild_id, query, typing=typing).montages

    def answer(self, guild_id: int, query: str, *, typing: bool = False) -> Answer:
        """What matches `query`, and whether the first is the answer.

        What is not indexed yet is indexed now; on the event loop await `catch_up` before.
        """
        found = [hit for index in self._indexes(guild_id) for hit in index.search(query, typing=typing)]
        if self._local.get(guild_id):
            found.sort(key=lambda hit: -hit[0])
        if restriction := self._restrictions.get(guild_id):
            found = [hit for hit in found if restriction.allows(hit[1])]
        if not found:
            return Answer([], sure=False, strong=0)
        best = found[0][0]
        alone = len(found) == 1 or found[1][0] < best * _AS_GOOD
        del found[FOUND_AT_MOST:]
        fitting = takewhile(lambda hit: hit[2] or hit[0] >= FITS, found)
        return Answer([hit[1] for hit in found], sure=best >= SURE and alone, strong=sum(1 for _ in fitting))

    async def catch_up(self, guild_id: int) -> None:
        """Index what this server can search, if it is not yet, a few at a time so that nobody else has to wait."""
        for index in self._indexes(guild_id):
            more = index.catch_up(_INDEXED_AT_ONCE)
            while more:
                await asyncio.sleep(0)
                more = index.catch_up(_INDEXED_AT_ONCE)

    def _indexes(self, guild_id: int) -> Iterator[SearchIndex]:
        yield self._index_in(language())
        if local := self._local.get(guild_id):
            index = self._local_index.get(guild_id)
            if index is None:
                index = self._local_index[guild_id] = SearchIndex(local.values(), self._index)
            yield index

    def _changed(self, guild_id: int) -> None:
        self._local_index.pop(guild_id, None)
        self._seen.pop(guild_id, None)
