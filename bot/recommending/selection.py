"""Which montages are put before somebody, and in what company. No I/O."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from random import Random
from typing import NamedTuple, TypeVar

from bot.catalogue import Montage
from bot.voting import Tally

FIVE = 5
# Below this many likes a person's taste is anybody's guess: the top list.
FEW_LIKES = 5
# Of one discipline in five.
_MOST = 2

M = TypeVar("M")


class Five(NamedTuple):
    """Five that are shown together."""

    best: list[Montage]
    discovery: Montage | None


def fives(best: Sequence[Montage], discoveries: Sequence[Montage]) -> list[Five]:
    """`best` in its order, five by five; while there are `discoveries`, one of those is the fifth.

    At most two of one discipline in five: what is too many waits for the next. Nothing comes twice.
    """
    waiting = {montage.id: montage for montage in (*best, *discoveries)}
    finds = {montage.id: montage for montage in discoveries}
    pages: list[Five] = []
    while waiting:
        find = next(iter(finds.values()), None)
        together = Counter([find.discipline] if find else [])
        room = FIVE - 1 if find else FIVE
        four: list[Montage] = []
        for montage in waiting.values():
            if len(four) < room and montage is not find and together[montage.discipline] < _MOST:
                together[montage.discipline] += 1
                four.append(montage)
        pages.append(Five(four, find))
        for montage in (*four, find) if find else four:
            del waiting[montage.id]
            finds.pop(montage.id, None)
    return pages


def beyond(candidates: Sequence[Montage], liked: Sequence[Montage]) -> Sequence[Montage]:
    """Those from families that nothing liked is from; or from other disciplines; or all, rather than none."""
    families, disciplines = {m.family for m in liked}, {m.discipline for m in liked}
    return (
        [m for m in candidates if m.family not in families]
        or [m for m in candidates if m.discipline not in disciplines]
        or candidates
    )


def by_thompson(candidates: Sequence[M], tallies: Mapping[M, Tally], random: Random) -> list[M]:
    """Thompson sampling: each draws from what its votes make likely, the highest first.

    One with few votes may draw anything and so comes up often; one that is known to be good does too.
    """

    def draw(candidate: M) -> float:
        tally = tallies.get(candidate, Tally())
        return random.betavariate(tally.up + 1, tally.down + 1)

    drawn = [(draw(candidate), index) for index, candidate in enumerate(candidates)]
    return [candidates[index] for _, index in sorted(drawn, reverse=True)]


def to_learn_from(candidates: Sequence[M], tallies: Mapping[M, Tally], random: Random, n: int = FIVE) -> list[M]:
    """`n` whose votes teach the most: half (rounded up) by Thompson sampling, half by chance, all mixed."""
    needed = by_thompson(candidates, tallies, random)[: (n + 1) // 2]
    shuffled = random.sample(candidates, len(candidates))
    chosen = [*needed, *islice((c for c in shuffled if c not in needed), n - len(needed))]
    random.shuffle(chosen)
    return chosen
