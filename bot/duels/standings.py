"""The rankings that duels made, in memory for the servers that asked lately."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from typing import NamedTuple

from bot.duels.store import DuelStore
from bot.kept import Kept

# Choices read at a time, so that a vote waits a few milliseconds at most.
_PAGE = 1_000
# Places kept; each holds a line for every montage that was in a duel.
_PLACES = 200

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


class Standings:
    """A server is a server's id, 0 outside servers, or None for all of them together."""

    def __init__(self, store: DuelStore) -> None:
        self._store = store
        self._kept: OrderedDict[int | None, Kept[list[Standing]]] = OrderedDict()

    async def ranking(self, guild_id: int | None) -> list[Standing]:
        """Everything that was in a duel there, best first."""
        kept = self._kept.get(guild_id)
        if kept is None:
            kept = self._kept[guild_id] = Kept(lambda: self._made(guild_id), lambda: self._store.written)
            while len(self._kept) > _PLACES:
                _, oldest = self._kept.popitem(last=False)
                await oldest.stop()
        self._kept.move_to_end(guild_id)
        return await kept.get() or []

    def outdate(self) -> None:
        """Choices were deleted: make the rankings again when somebody asks."""
        for kept in self._kept.values():
            kept.outdate()

    async def close(self) -> None:
        """Give up what is under way."""
        for kept in self._kept.values():
            await kept.stop()

    async def _made(self, guild_id: int | None) -> tuple[list[Standing], int]:
        choices: list[_Choice] = []
        after = (-1, -1)
        while rows := await self._store.choices(guild_id, after, _PAGE):
            after = rows[-1][0], rows[-1][1]
            choices += (tuple(row[1:]) for row in rows)
        return await asyncio.to_thread(standings, choices, guild_id is None), len(choices)


def standings(choices: Sequence[_Choice], everywhere: bool) -> list[Standing]:
    """The ranking that these choices (user, first, second, value, at) make, best first.

    A person counts once for the same two; everywhere, accounts in their first week do not count. Who shares a
    rank is ordered by what is certain: a newcomer with one lucky win comes last among equals.
    """
    # numpy comes with these: only for those who ask.
    import numpy as np  # noqa: PLC0415

    from bot.duels.bradley_terry import Outcomes, one_each, strengths  # noqa: PLC0415
    from bot.voting.ballots import old_enough  # noqa: PLC0415

    if not choices:
        return []
    names = sorted({name for _, first, second, _, _ in choices for name in (first, second)})
    index = {name: number for number, name in enumerate(names)}
    rows = [(user, index[first], index[second], value, at) for user, first, second, value, at in choices]
    user, first, second, value, at = np.array(rows, np.int64).reshape(-1, 5).T
    counts = one_each(user, Outcomes(first, second, value, len(names)), at)
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
