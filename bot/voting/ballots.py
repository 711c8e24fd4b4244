"""Which of everybody's votes count everywhere, as arrays. No I/O."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.clock import DAY

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

# An account younger than this when it voted counts for its server only.
MINIMUM_AGE = 7 * DAY

# A Discord id carries the moment it was made: milliseconds since the first second of 2015, above 22 other bits.
_FIRST_MOMENT = 1_420_070_400_000
_OTHER_BITS = 22


class Ballots(NamedTuple):
    """N votes; every array has the shape (N,)."""

    user: Ints
    guild: Ints
    montage: Ints  # an index
    value: Ints  # 1 or -1
    at: Ints  # milliseconds since 1970

    def where(self, chosen: Flags) -> "Ballots":
        """Some of them."""
        return Ballots(*(array[chosen] for array in self))


def ballots(rows: Sequence[Iterable[int | str]], index: Mapping[str, int]) -> Ballots:
    """The votes of rows (user, guild, montage, value, at), of those montages that `index` numbers."""
    if not rows:
        return Ballots(*np.empty((5, 0), np.int64))
    user, guild, name, value, at = zip(*rows, strict=True)
    montage = np.array([index.get(n, -1) for n in name], np.int64)
    votes = Ballots(np.array(user, np.int64), np.array(guild, np.int64), montage, np.array(value), np.array(at))
    return votes.where(montage >= 0)


def together(parts: Sequence[Ballots]) -> Ballots:
    """The votes of all parts, in their order; of at least one part."""
    return Ballots(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))


def old_enough(user: Ints, at: Ints) -> Flags:
    """Whose account (by its id) was no longer new at that moment (milliseconds since 1970)."""
    born = (user >> _OTHER_BITS) + _FIRST_MOMENT
    return at - born >= MINIMUM_AGE


def latest_of_each(user: Ints, subject: Ints, at: Ints) -> Flags:
    """Of each user's entries on the same subject (a number from 0) the latest; of several at that moment the last.

    The one rule by which a person counts once, whatever it is that they said. All arrays have the shape (N,).
    """
    latest = np.zeros(len(user), bool)
    if len(user):
        order = np.lexsort((at, subject, user))
        user, subject = user[order], subject[order]
        latest[order[np.append((np.diff(user) != 0) | (np.diff(subject) != 0), True)]] = True
    return latest


def counting(votes: Ballots) -> Ballots:
    """Those that count everywhere: of old enough accounts, from each person the latest on each montage.

    `votes` holds all votes of everybody who is in it.
    """
    votes = votes.where(old_enough(votes.user, votes.at))
    return votes.where(latest_of_each(votes.user, votes.montage, votes.at))
