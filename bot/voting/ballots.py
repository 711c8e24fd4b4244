"""Everybody's votes as arrays: each person once per montage, and what they say together. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.clock import DAY
from bot.voting.store import Tally

Ints = NDArray[np.int64]

# However many members of one server vote on a montage, together they weigh no more than this many people.
SERVER_WEIGHT = 50
# An account younger than this when it voted counts for its server only.
MINIMUM_AGE = 7 * DAY

# A Discord id carries the moment it was made: milliseconds since the first second of 2015, above 22 other bits.
_FIRST_MOMENT = 1_420_070_400_000
_OTHER_BITS = 22


class Ballots(NamedTuple):
    """N votes on the montages named in `montages`; every array has the shape (N,)."""

    montages: tuple[str, ...]
    person: Ints  # who: 0, 1, 2, … in no particular order
    montage: Ints  # which: an index into `montages`
    camp: Ints  # a number for each server and montage that meet in a vote
    value: Ints  # 1 or -1
    day: Ints  # when: days since 1970, UTC

    def __len__(self) -> int:
        return len(self.person)


def old_enough(user: Ints, at: Ints) -> NDArray[np.bool_]:
    """Whose account (by its id) was no longer new at that moment (milliseconds since 1970)."""
    born = (user >> _OTHER_BITS) + _FIRST_MOMENT
    return at - born >= MINIMUM_AGE


def one_each(montages: Sequence[str], user: Ints, guild_id: Ints, montage: Ints, value: Ints, at: Ints) -> Ballots:
    """The votes that count everywhere: of old enough accounts, from each person the latest on each montage.

    All arrays have one entry per vote: ids, `montage` as an index, `value` 1 or -1, `at` in milliseconds.
    """
    counts = old_enough(user, at)
    user, guild_id, montage, value, at = (array[counts] for array in (user, guild_id, montage, value, at))
    _, person = np.unique(user, return_inverse=True)
    opinion = person * len(montages) + montage
    order = np.lexsort((at, opinion))
    opinion = opinion[order]
    last = order[np.append(opinion[1:] != opinion[:-1], True)] if len(order) else order
    person, guild_id, montage, value, at = (array[last] for array in (person, guild_id, montage, value, at))
    _, server = np.unique(guild_id, return_inverse=True)
    _, camp = np.unique(server * len(montages) + montage, return_inverse=True)
    return Ballots(tuple(montages), person, montage, camp, value, at // DAY)


def count(ballots: Ballots, first: int, last: int) -> dict[str, Tally]:
    """The votes cast from day `first` to day `last` (both included), each server's weight capped."""
    within = (ballots.day >= first) & (ballots.day <= last)
    montage, camp, value = ballots.montage[within], ballots.camp[within], ballots.value[within]
    voters = np.bincount(camp)
    weight = np.minimum(1.0, SERVER_WEIGHT / np.maximum(voters, 1))[camp]
    every = len(ballots.montages)
    up = np.rint(np.bincount(montage, weight * (value > 0), minlength=every))
    down = np.rint(np.bincount(montage, weight * (value < 0), minlength=every))
    return {
        ballots.montages[index]: Tally(int(up[index]), int(down[index]))
        for index in np.flatnonzero(up + down).tolist()
    }
