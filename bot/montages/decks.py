"""What each scope has been shown, in memory for those that asked lately: `random` answers without the disk."""

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from cachetools import LRUCache

from bot import clock
from bot.catalogue import Montage
from bot.database import DatabaseError
from bot.montages.rotation import country_of, least_shown, next_of
from bot.montages.store import Showing, ShowingStore

# Scopes kept; each holds one number a montage that was shown (about 20 kB for 200), and what is left of its round.
# Reading one takes 0.2 ms, a third of all that a `random` takes.
_SCOPES = 500
# Of those shown last, how many other picks stay clear of.
_LATELY = 5
# Seconds until what was shown is written down: a busy moment is one write.
_MOMENT = 0.25


@dataclass(slots=True)
class Deck:
    """How often each montage was shown in one scope, since when, and which ones last (the latest at the end)."""

    times: dict[str, int] = field(default_factory=dict)
    since: int = 0
    lately: deque[str] = field(default_factory=lambda: deque(maxlen=_LATELY))
    # What is left of a round through the very montages that were drawn from last.
    drawn_from: Sequence[Montage] | None = None
    due: list[Montage] = field(default_factory=list)
    countries: Counter[str] = field(default_factory=Counter)  # how many of those are due
    lap: int = 0


class Draw(NamedTuple):
    """A montage that was drawn, and the showing to `record` once it has been seen.

    `again`: everything that matches has been shown there as often as this one, so a new round begins with it.
    """

    montage: Montage
    showing: Showing
    again: bool


class Decks:
    """Draws montages: each scope sees everything that matches once before anything twice."""

    def __init__(self, store: ShowingStore, shipped: Sequence[Montage], random: Random | None = None) -> None:
        self._store = store
        self._shipped = shipped
        self._random = random or Random()  # noqa: S311 - a film night, not a lock
        self._decks: LRUCache[int, Deck] = LRUCache(_SCOPES)
        self._arrived: dict[str, int] = {}
        self._unwritten: dict[tuple[int, str], Showing] = {}
        self._writing: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Learn when each shipped montage joined the catalogue."""
        self._arrived = await self._store.arrivals([montage.id for montage in self._shipped], clock.now())

    async def draw(
        self, scope: int, matching: Sequence[Montage], known: Callable[[str], Montage | None], beside: str = ""
    ) -> Draw:
        """A montage of `matching` (not empty); `known` finds one by id, for the one shown last.

        `beside`: the id of the one that stands on the card from which another is asked for. It is not drawn, if
        anything else matches: where it alone is left of a round, that round is over.
        """
        deck = await self._deck(scope)
        if matching is not deck.drawn_from or not deck.due:
            self._deal(deck, matching)
        if len(deck.due) == 1 < len(matching) and deck.due[0].id == beside:
            others = [montage for montage in matching if montage.id != beside]
            _, deck.times[beside] = least_shown(others, deck.times, self._newcomers(deck, others))
            self._deal(deck, matching)
        again = deck.lap > 0 and len(deck.due) == len(matching)
        last = known(deck.lately[-1]) if deck.lately else None
        index = next_of(deck.due, self._random, last, deck.countries, known(beside) if beside else None)
        deck.due[index], deck.due[-1] = deck.due[-1], deck.due[index]
        montage, at = deck.due.pop(), clock.now()
        deck.countries[country_of(montage)] -= 1
        deck.times[montage.id], deck.since = deck.lap + 1, deck.since or at
        deck.lately.append(montage.id)
        return Draw(montage, Showing(montage.id, deck.lap + 1, at), again)

    def _deal(self, deck: Deck, matching: Sequence[Montage]) -> None:
        """Begin a round with those of `matching` that were shown least."""
        deck.due, deck.lap = least_shown(matching, deck.times, self._newcomers(deck, matching))
        deck.drawn_from = matching
        deck.countries = Counter(map(country_of, deck.due))

    def _newcomers(self, deck: Deck, matching: Sequence[Montage]) -> frozenset[str]:
        times, since, arrived = deck.times, deck.since, self._arrived
        return frozenset(m.id for m in matching if m.id not in times and arrived.get(m.id, 0) > since > 0)

    async def lately(self, scope: int) -> frozenset[str]:
        """The ids of the few that were shown there last."""
        return frozenset((await self._deck(scope)).lately)

    def record(self, scope: int, showing: Showing) -> None:
        """Have it written down in a moment, with all that is shown until then.

        Should the power fail in between, somebody sees a montage twice.
        """
        self._unwritten[scope, showing.montage_id] = showing
        if self._writing is None:
            self._writing = asyncio.get_running_loop().call_later(_MOMENT, self._write_soon)

    def _write_soon(self) -> None:
        self._task = asyncio.create_task(self.write())

    async def write(self) -> None:
        """Write down what was shown and is not on disk yet."""
        if self._writing is not None:
            self._writing.cancel()
            self._writing = None
        unwritten, self._unwritten = self._unwritten, {}
        if unwritten:
            with suppress(DatabaseError):  # the log has it; that a montage may come round again is no news
                await self._store.record((scope, showing) for (scope, _), showing in unwritten.items())

    def joined(self, montage_id: str, at: int) -> None:
        """A server's own montage has joined its catalogue."""
        self._arrived[montage_id] = at

    def forget(self, scope: int) -> None:
        """Drop what is remembered of a scope, because the database was changed behind it."""
        self._decks.pop(scope, None)
        self._unwritten = {key: showing for key, showing in self._unwritten.items() if key[0] != scope}

    async def forget_all(self) -> None:
        """The same of every scope; what was shown lately is written down before."""
        await self.write()
        self._decks.clear()

    async def _deck(self, scope: int) -> Deck:
        return self._decks.get(scope) or await self._read(scope)

    async def _read(self, scope: int) -> Deck:
        if any(waiting == scope for waiting, _ in self._unwritten):
            await self.write()
        shown = await self._store.shown_in(scope)
        # Two that asked at the same moment must share one deck.
        deck = self._decks.setdefault(scope, Deck())
        if shown and not deck.times:
            deck.times = {showing.montage_id: showing.times for showing in shown}
            deck.lately.extend(showing.montage_id for showing in reversed(shown[:_LATELY]))
            deck.since = shown[-1].shown_at
        return deck
