"""Which montage is the montage of the day. No I/O."""

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

from bot.catalogue import Montage
from bot.montages import next_of


def choose(
    allowed: Sequence[Montage], last: Mapping[str, date], random: Random, yesterday: Montage | None = None
) -> Montage:
    """One of `allowed` (not empty): any that has never had its day, else the one that waited longest.

    So nothing comes back before everything else that is allowed has had its day since. `last` says when
    each had it; the newcomer is unlike `yesterday`'s film and discipline where that can be helped.
    """
    fresh = [montage for montage in allowed if montage.id not in last]
    if fresh:
        return fresh[next_of(fresh, random, yesterday)]
    return min(allowed, key=lambda montage: last[montage.id])
