"""The rankings that duels made, in memory for the servers that asked lately."""

import asyncio
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from cachetools import LRUCache

from bot.background_cache import BackgroundCache
from bot.duels.store import DuelStore

if TYPE_CHECKING:
    from bot.voting.ballots import Ints

# Choices read at a time, so that a vote waits a few milliseconds at most.
_PAGE = 1_000
# Servers kept; each holds a line for every montage that was in a duel. A ranking takes a tenth of a second.
_GUILDS = 200
# The share of new choices after which pairs are chosen by a new ranking: with a tenth what comes of it is
# measurably worse (`tests/bench/duels.py`), with this it is not.
ENOUGH_FOR_PAIRS = 0.05

_Choice = tuple[int, str, str, int, int]


class Standing(NamedTuple):
    """A montage's place by its duels; `chance` is that of winning against an average one, with its interval."""

    rank: int
    montage_id: str
    won: int
    lost: int
    even: int
    chance: float
    low: float
    high: float

    @property
    def choices(self) -> int:
        """How often people chose between it and another, or could not."""
        return self.won + self.lost + self.even


class Standings:
    """A server is its id, 0 outside servers, or None for all of them together."""

    def __init__(self, store: DuelStore) -> None:
        self._store = store
        self._caches: LRUCache[int | None, BackgroundCache[list[Standing]]] = LRUCache(_GUILDS)

    async def ranking(self, guild_id: int | None) -> list[Standing]:
        """Everything that was in a duel there, best first."""
        return await (await self._cache(guild_id)).get() or []

    async def latest(self, guild_id: int | None) -> list[Standing]:
        """The same as it was ranked last, to choose pairs by; nothing before the first. Nobody waits, and it is
        ranked again less often.
        """
        return (await self._cache(guild_id)).latest(ENOUGH_FOR_PAIRS) or []

    async def _cache(self, guild_id: int | None) -> BackgroundCache[list[Standing]]:
        cache = self._caches.get(guild_id)
        if cache is None:
            oldest = self._caches.popitem()[1] if len(self._caches) == _GUILDS else None
            cache = self._caches[guild_id] = BackgroundCache(
                lambda: self._computed(guild_id), lambda: self._store.changes(guild_id)
            )
            if oldest is not None:
                await oldest.stop()
        return cache

    def outdate(self) -> None:
        """Choices were deleted: rank again when somebody asks."""
        for cache in self._caches.values():
            cache.outdate()

    async def close(self) -> None:
        """Give up what is under way."""
        for cache in self._caches.values():
            await cache.stop()

    async def _computed(self, guild_id: int | None) -> tuple[list[Standing], int]:
        await asyncio.to_thread(import_module, "bot.duels.bradley_terry")  # numpy, which takes its time
        index: dict[str, int] = {}
        pages = [as_array((), index)]
        after = (-1, -1)
        while rows := await self._store.choices(guild_id, after, _PAGE):
            after = rows[-1][0], rows[-1][1]
            pages.append(as_array((tuple(row)[1:] for row in rows), index))
        number = sum(map(len, pages))
        return await asyncio.to_thread(lambda: standings(pages, list(index), guild_id is None)), number


def as_array(choices: Iterable[_Choice], index: dict[str, int]) -> "Ints":
    """N choices (user, first, second, value, at) as (N, 5) numbers, 40 bytes each; `index` numbers the montages as
    they come.
    """
    import numpy as np  # noqa: PLC0415 - only for those who ask

    rows = [
        (user, index.setdefault(first, len(index)), index.setdefault(second, len(index)), value, at)
        for user, first, second, value, at in choices
    ]
    return np.array(rows, np.int64).reshape(-1, 5)


def standings(choices: Sequence["Ints"], names: Sequence[str], everywhere: bool) -> list[Standing]:
    """The ranking that all these choices (of `as_array`, at least one part of them) make, best first.

    A person counts once for the same two; everywhere, accounts in their first week do not count. Who shares a
    rank is ordered by what is certain: a newcomer with one lucky win comes last among equals.
    """
    # numpy comes with these: only for those who ask.
    import numpy as np  # noqa: PLC0415

    from bot.duels.bradley_terry import Outcomes, strengths  # noqa: PLC0415
    from bot.voting.ballots import latest_of_each, old_enough  # noqa: PLC0415

    if not names:
        return []
    user, first, second, value, at = np.concatenate(choices).T
    both_of_them = np.minimum(first, second) * len(names) + np.maximum(first, second)
    counts = latest_of_each(user, both_of_them, at)
    if everywhere:
        counts &= old_enough(user, at)
    first, second, value = first[counts], second[counts], value[counts]
    fitted = strengths(Outcomes(first, second, value, len(names)))
    both, points = np.concatenate((first, second)), np.concatenate((value, -value))
    won, even, lost = (np.bincount(both[points == outcome], minlength=len(names)) for outcome in (1, 0, -1))
    met = np.flatnonzero(won + even + lost)
    order = met[np.lexsort((-fitted.low[met], fitted.rank[met]))]
    return [
        Standing(
            int(fitted.rank[n]),
            names[n],
            int(won[n]),
            int(lost[n]),
            int(even[n]),
            float(fitted.chance[n]),
            float(fitted.low[n]),
            float(fitted.high[n]),
        )
        for n in order.tolist()
    ]
