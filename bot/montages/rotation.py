"""Which montage `random` shows next. Pure: what was shown comes in, a montage goes out."""

from collections.abc import Mapping, Sequence
from itertools import repeat
from operator import attrgetter
from random import Random

from bot.catalogue import Montage

_ID = attrgetter("id")
_TRIES = 5


def least_shown(
    matching: Sequence[Montage], times: Mapping[str, int], newcomers: frozenset[str] = frozenset()
) -> tuple[list[Montage], int]:
    """Those of `matching` (not empty) that have been shown least, and how often they count as shown.

    One that was never shown counts as 0 and so comes before any second time; a newcomer (added after
    this server began) joins the round that is under way instead, or newcomers would all come at once.
    """
    ids = list(map(_ID, matching))
    rounds = list(map(times.get, ids, repeat(0)))
    if newcomers:
        floor = min((shown for shown, m in zip(rounds, ids, strict=True) if m not in newcomers), default=0)
        rounds = [floor if m in newcomers else shown for shown, m in zip(rounds, ids, strict=True)]
    fewest = min(rounds)
    return [montage for shown, montage in zip(rounds, matching, strict=True) if shown == fewest], fewest


def next_of(due: Sequence[Montage], random: Random, last: Montage | None = None) -> int:
    """Where in `due` (not empty) the next one is: not the last film nor its discipline if that can be helped."""
    if last is None:
        return int(random.random() * len(due))
    # Mostly one of the first few at random will do; that saves looking at all of them.
    for _ in range(_TRIES):
        index = int(random.random() * len(due))
        if due[index].film != last.film and due[index].discipline != last.discipline:
            return index
    indexes = range(len(due))
    return random.choice(
        [index for index in indexes if due[index].film != last.film and due[index].discipline != last.discipline]
        or [index for index in indexes if due[index].film != last.film]
        or [index for index in indexes if due[index].id != last.id]
        or indexes
    )
