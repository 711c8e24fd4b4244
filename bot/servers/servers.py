"""Servers' choices in memory, for those that were active lately."""

from collections.abc import Callable, Collection
from typing import Any

from bot.catalogue import Catalogue
from bot.latest import Latest
from bot.servers.choices import ServerChoices
from bot.servers.store import ServerStore

# Servers kept in memory, about 300 bytes each.
_KEPT = 5_000


class Servers:
    """Reads a server's choices once, and changes them in both places; the catalogue obeys those on content."""

    def __init__(self, store: ServerStore, catalogue: Catalogue) -> None:
        self._store = store
        self._catalogue = catalogue
        self._choices: Latest[int, ServerChoices] = Latest(_KEPT)
        # Told the names of what a server has just chosen anew.
        self.followers: list[Callable[[Collection[str]], None]] = []

    async def open(self) -> None:
        """Let the catalogue know what servers do not want to see."""
        for place in await self._store.choosing("hidden_notes", "family_friendly_only"):
            self._restrict(place, await self._store.of(place))

    async def of(self, place: int) -> ServerChoices:
        """What holds in a place; the defaults outside servers."""
        if not place:
            return ServerChoices()
        return self._choices.get(place) or self._choices.put(place, await self._store.of(place))

    async def change(self, place: int, **changes: Any) -> ServerChoices:
        """Keep these choices, on disk before this returns; gives all that hold then."""
        await self._store.set(place, changes)
        self._choices.drop(place)
        choices = await self.of(place)
        self._restrict(place, choices)
        for follower in self.followers:
            follower(changes)
        return choices

    def forget(self, place: int) -> None:
        """Drop what memory holds of a server, because its rows were deleted."""
        self._choices.drop(place)
        self._restrict(place, ServerChoices())

    def _restrict(self, place: int, choices: ServerChoices) -> None:
        self._catalogue.restrict(place, choices.hidden_notes, choices.family_friendly_only)
