"""What each scope has been shown, in memory for those that asked lately: `random` answers without the disk."""

from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from bot import clock
from bot.catalogue import Montage
from bot.montages.picker import pick
from bot.montages.store import Showing, ShowingStore

# Scopes kept; each holds one number a montage that was shown (about 20 kB for 200).
_SCOPES = 500
# Of those shown last, how many other picks stay clear of.
_LATELY = 5


@dataclass(slots=True)
class Deck:
    """How often each montage was shown in one scope, since when, and which ones last (the latest at the end)."""

    times: dict[str, int] = field(default_factory=dict)
    since: int = 0
    lately: deque[str] = field(default_factory=lambda: deque(maxlen=_LATELY))


class Decks:
    """Draws montages: each scope sees everything that matches once before anything twice."""

    def __init__(self, store: ShowingStore, random: Random | None = None) -> None:
        self._store = store
        self._random = random or Random()  # noqa: S311 - a film night, not a lock
        self._decks: OrderedDict[int, Deck] = OrderedDict()
        self._arrived: dict[str, int] = {}

    async def open(self, shipped: Sequence[Montage]) -> None:
        """Learn when each shipped montage joined the catalogue."""
        self._arrived = await self._store.arrivals([montage.id for montage in shipped], clock.now())

    async def draw(
        self, scope: int, matching: Sequence[Montage], known: Callable[[str], Montage | None]
    ) -> tuple[Montage, Showing]:
        """A montage of `matching` (not empty), and the showing to `record` once it has been seen.

        `known` finds a montage by id, for the one shown last.
        """
        deck = await self._deck(scope)
        times, since, arrived = deck.times, deck.since, self._arrived
        newcomers = frozenset(
            [m.id for m in matching if m.id not in times and arrived.get(m.id, 0) > since] if since else ()
        )
        last = known(deck.lately[-1]) if deck.lately else None
        montage, lap = pick(matching, times, self._random, last, newcomers)
        at = clock.now()
        times[montage.id], deck.since = lap + 1, since or at
        deck.lately.append(montage.id)
        return montage, Showing(montage.id, lap + 1, at)

    async def lately(self, scope: int) -> frozenset[str]:
        """The ids of the few that were shown there last."""
        return frozenset((await self._deck(scope)).lately)

    async def record(self, scope: int, showing: Showing) -> None:
        """Write down what was shown."""
        await self._store.record(scope, showing)

    def joined(self, montage_id: str, at: int) -> None:
        """A server's own montage has joined its catalogue."""
        self._arrived[montage_id] = at

    def forget(self, scope: int) -> None:
        """Drop what is remembered of a scope, because the database was changed behind it."""
        self._decks.pop(scope, None)

    async def _deck(self, scope: int) -> Deck:
        deck = self._decks.get(scope)
        if deck is None:
            shown = await self._store.of(scope)
            # Two that asked at the same moment must share one deck.
            deck = self._decks.setdefault(scope, Deck())
            if shown and not deck.times:
                deck.times = {showing.montage_id: showing.times for showing in shown}
                deck.lately.extend(showing.montage_id for showing in reversed(shown[:_LATELY]))
                deck.since = shown[-1].shown_at
            while len(self._decks) > _SCOPES:
                self._decks.popitem(last=False)
        self._decks.move_to_end(scope)
        return deck
