"""What each server's suggestions are called, in memory: an option that completes never touches the disk."""

from typing import NamedTuple

from bot.latest import Latest
from bot.suggestions.life import State
from bot.suggestions.store import SuggestionStore
from bot.suggestions.suggestion import Suggestion

# Servers kept; about 200 bytes a suggestion.
_PLACES = 500


class Title(NamedTuple):
    """As much of a suggestion as a list of choices needs."""

    label: str
    state: State
    author_id: int | None


class Titles:
    """Read once for each server that asks; kept in step by whoever changes a suggestion."""

    def __init__(self, store: SuggestionStore) -> None:
        self._store = store
        self._places: Latest[int, dict[int, Title]] = Latest(_PLACES)

    async def of(self, place: int) -> dict[int, Title]:
        """By number, the newest first."""
        titles = self._places.get(place)
        if titles is None:
            found = await self._store.of(place)
            titles = self._places.get_or_put(place, {})
            titles.update({s.id: _title(s) for s in found if s.id not in titles})
        return dict(sorted(titles.items(), reverse=True))

    def put(self, suggestion: Suggestion) -> None:
        """A suggestion was made or has changed."""
        titles = self._places.get(suggestion.place)
        if titles is not None:
            titles[suggestion.id] = _title(suggestion)

    def forget(self, place: int | None = None) -> None:
        """Drop what memory holds of a server, or of all, because the database was changed behind it."""
        if place is None:
            self._places.clear()
        else:
            self._places.drop(place)


def _title(suggestion: Suggestion) -> Title:
    return Title(suggestion.label, suggestion.state, suggestion.author_id)
