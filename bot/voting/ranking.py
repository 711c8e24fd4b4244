"""The rule that ranks: a Bayesian average, so that a few early votes neither make nor break a montage."""

from collections.abc import Hashable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

# How many average votes every montage is given to start with.
PRIOR_VOTES = 10
# Below this a montage's place says little yet.
FEW_VOTES = 5

K = TypeVar("K", bound=Hashable)


class Counts(Protocol):
    """Votes for and against."""

    @property
    def up(self) -> int: ...
    @property
    def down(self) -> int: ...


class Ranked(NamedTuple, Generic[K]):
    """One place in a ranking; equal scores share `rank`."""

    rank: int
    key: K
    up: int
    down: int
    score: float

    @property
    def is_new(self) -> bool:
        """Whether it has votes, but too few to trust its place."""
        return 0 < self.up + self.down < FEW_VOTES


def bayesian_average(up: Any, down: Any, all_up: int, all_votes: int) -> Any:
    """(10·C + up) / (10 + up + down), C being `all_up` / `all_votes`; a float, or an array if `up` and `down` are.

    One division of whole numbers: what is equal comes out equal, and no rounding decides a place.
    """
    return (PRIOR_VOTES * all_up + up * all_votes) / ((PRIOR_VOTES + up + down) * all_votes)


def rank(keys: Sequence[K], counts: Mapping[K, Counts]) -> list[Ranked[K]]:
    """`keys` by their Bayesian average, with C the share of up-votes among all votes given.

    `keys` come in the editors' order, which breaks ties after the number of votes and stands alone
    before any vote. Score and number of votes equal: the same rank.
    """
    given = [(key, tally.up, tally.down) if (tally := counts.get(key)) else (key, 0, 0) for key in keys]
    ups, downs = sum(up for _, up, _ in given), sum(down for _, _, down in given)
    all_votes = ups + downs or 1
    # Of equal scores more votes win, and so more likes; where nobody has liked anything, all scores are equal.
    rows = [(bayesian_average(up, down, ups, all_votes), up, -down, key) for key, up, down in given]
    # Sorting keeps the order of equals, backwards too: the editors' breaks what is left.
    rows.sort(key=itemgetter(0, 1, 2), reverse=True)
    ranked: list[Ranked[K]] = []
    before = None
    for position, (score, up, against, key) in enumerate(rows, 1):
        if (score, up, against) != before or not up - against:
            shared, before = position, (score, up, against)
        ranked.append(Ranked(shared, key, up, -against, score))
    return ranked


def rank_voted(keys: Sequence[K], counts: Mapping[K, Counts]) -> list[Ranked[K]]:
    """The same of those that have votes alone: what nobody has judged takes no place from them."""
    return rank([key for key in keys if (tally := counts.get(key)) and (tally.up or tally.down)], counts)


def movement(now: Sequence[Ranked[K]], before: Sequence[Ranked[K]]) -> dict[K, int]:
    """How many places each has climbed (negative: fallen) since `before`.

    Only those that had votes then: a place that nobody voted for is no place to climb from.
    """
    then = {ranked.key: ranked.rank for ranked in before if ranked.up or ranked.down}
    return {ranked.key: then[ranked.key] - ranked.rank for ranked in now if ranked.key in then}
