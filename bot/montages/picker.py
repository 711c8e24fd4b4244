"""Which montage `random` shows next. Pure: what was shown comes in, a montage goes out."""

from collections.abc import Mapping, Sequence
from itertools import repeat
from operator import attrgetter
from random import Random

from bot.catalogue import Montage

_ID = attrgetter("id")
_TRIES = 5


def pick(
    matching: Sequence[Montage],
    times: Mapping[str, int],
    random: Random,
    last: Montage | None = None,
    newcomers: frozenset[str] = frozenset(),
) -> tuple[Montage, int]:
    """One of `matching` that has been shown least, and how often it counts as shown so far.

    One that was never shown counts as 0 and so comes before any second time; a newcomer (added after
    this place began) joins the round that is under way instead, or newcomers would all come at once.
    Not the last film nor its discipline if that can be helped. `matching` must not be empty.
    """
    ids = list(map(_ID, matching))
    rounds = list(map(times.get, ids, repeat(0)))
    if newcomers:
        floor = min((shown for shown, m in zip(rounds, ids, strict=True) if m not in newcomers), default=0)
        rounds = [floor if m in newcomers else shown for shown, m in zip(rounds, ids, strict=True)]
    fewest = min(rounds)
    # Mostly one of the first few at random will do; that saves looking at all of them.
    for _ in range(_TRIES):
        place = int(random.random() * len(ids))
        if rounds[place] == fewest and _differs(matching[place], last):
            return matching[place], fewest
    due = [montage for shown, montage in zip(rounds, matching, strict=True) if shown == fewest]
    if last is not None:
        fresh = [montage for montage in due if _differs(montage, last)]
        due = fresh or [m for m in due if m.film != last.film] or [m for m in due if m.id != last.id] or due
    return random.choice(due), fewest


def _differs(montage: Montage, last: Montage | None) -> bool:
    return last is None or (montage.film != last.film and montage.discipline != last.discipline)
