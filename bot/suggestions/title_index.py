"""What each server's suggestions are called, in memory: an option that completes never touches the disk."""

import asyncio
from typing import NamedTuple

from cachetools import LRUCache

from bot.suggestions.lifecycle import State
from bot.suggestions.store import SuggestionStore
from bot.suggestions.suggestion import Suggestion

# Servers kept; about 500 bytes a suggestion. Each key that is typed looks through all of a server's, and reading a
# thousand takes 10 ms.
_GUILDS_KEPT = 500


class IndexedTitle(NamedTuple):
    """As much of a suggestion as a list of choices needs; `film` and `words` (film, year, scene) have no case."""

    label: str
    film: str
    words: str
    state: State
    author_id: int | None


class TitleIndex:
    """Read once for each server that asks, a portion at a time; kept in step by whoever changes a suggestion."""

    def __init__(self, store: SuggestionStore) -> None:
        self._store = store
        # By number, in the order of the numbers.
        self._guilds: LRUCache[int, dict[int, IndexedTitle]] = LRUCache(_GUILDS_KEPT)
        self._reading: dict[int, asyncio.Task[None]] = {}
        # What has changed while it was being read.
        self._changed: dict[int, dict[int, IndexedTitle]] = {}

    async def for_guild(self, guild_id: int) -> dict[int, IndexedTitle]:
        """By number, the oldest first; to be read only, and it changes under whoever waits meanwhile."""
        while (titles := self._guilds.get(guild_id)) is None:
            reading = self._reading.get(guild_id)
            if reading is None:
                reading = self._reading[guild_id] = asyncio.create_task(self._read(guild_id))
            await asyncio.shield(reading)
        return titles

    async def _read(self, guild_id: int) -> None:
        changed = self._changed[guild_id] = {}
        titles: dict[int, IndexedTitle] = {}
        try:
            async for portion in self._store.in_portions(guild_id):
                titles.update({s.id: _title(s) for s in portion})
            titles = dict(sorted((titles | changed).items()))
            if self._changed.get(guild_id) is changed:  # nobody wanted it forgotten meanwhile
                self._guilds[guild_id] = titles
        finally:
            if self._changed.get(guild_id) is changed:
                del self._changed[guild_id]
            self._reading.pop(guild_id, None)

    def put(self, suggestion: Suggestion) -> None:
        """A suggestion was made or has changed."""
        for titles in (self._guilds.get(suggestion.guild_id), self._changed.get(suggestion.guild_id)):
            if titles is not None:
                titles[suggestion.id] = _title(suggestion)

    def forget(self, guild_id: int | None = None) -> None:
        """Drop what memory holds of a server, or of all, because the database was changed behind it."""
        if guild_id is None:
            self._guilds.clear()
            self._changed.clear()
        else:
            self._guilds.pop(guild_id, None)
            self._changed.pop(guild_id, None)


def _title(suggestion: Suggestion) -> IndexedTitle:
    entry = suggestion.entry
    return IndexedTitle(
        label=suggestion.label,
        film=entry.film.casefold(),
        words=f"{entry.film} ({entry.year}): {entry.scene}".casefold(),
        state=suggestion.state,
        author_id=suggestion.author_id,
    )
