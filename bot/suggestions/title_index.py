"""What each server's suggestions are called, in memory: an option that completes never touches the disk."""

from typing import NamedTuple

from cachetools import LRUCache

from bot.suggestions.lifecycle import State
from bot.suggestions.store import SuggestionStore
from bot.suggestions.suggestion import Suggestion

# Servers kept; about 200 bytes a suggestion.
_GUILDS_KEPT = 500


class IndexedTitle(NamedTuple):
    """As much of a suggestion as a list of choices needs."""

    label: str
    state: State
    author_id: int | None


class TitleIndex:
    """Read once for each server that asks; kept in step by whoever changes a suggestion."""

    def __init__(self, store: SuggestionStore) -> None:
        self._store = store
        self._guilds: LRUCache[int, dict[int, IndexedTitle]] = LRUCache(_GUILDS_KEPT)

    async def for_guild(self, guild_id: int) -> dict[int, IndexedTitle]:
        """By number, the newest first."""
        titles = self._guilds.get(guild_id)
        if titles is None:
            found = await self._store.in_states(guild_id)
            titles = self._guilds.setdefault(guild_id, {})
            titles.update({s.id: _title(s) for s in found if s.id not in titles})
        return dict(sorted(titles.items(), reverse=True))

    def put(self, suggestion: Suggestion) -> None:
        """A suggestion was made or has changed."""
        titles = self._guilds.get(suggestion.guild_id)
        if titles is not None:
            titles[suggestion.id] = _title(suggestion)

    def forget(self, guild_id: int | None = None) -> None:
        """Drop what memory holds of a server, or of all, because the database was changed behind it."""
        if guild_id is None:
            self._guilds.clear()
        else:
            self._guilds.pop(guild_id, None)


def _title(suggestion: Suggestion) -> IndexedTitle:
    return IndexedTitle(suggestion.label, suggestion.state, suggestion.author_id)
