"""Who meets whom in a bracket, and who goes on. No I/O.

A montage is known by its seed: 1 is the best of those that take part. A match exists once both its sides are known;
what is still to be decided is no match yet, and so can never be taken for a bye. Byes are in the first round only.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

# Fewer than this are no bracket.
FEWEST = 2

# Why somebody went on: more votes; as many, and the better seed; no opponent; one that is gone; or only that they
# did is known, from a post of before a restore.
DecidedBy = Literal["votes", "seed", "bye", "absence", "memory"]


class Match(NamedTuple):
    """Two seeds, or one with a bye (`second` None); undecided as long as `winner` is None."""

    round: int  # from 1
    position: int  # in its round, from 0
    first: int
    second: int | None
    winner: int | None = None
    decided_by: DecidedBy | None = None
    first_votes: int = 0
    second_votes: int = 0

    @property
    def seeds(self) -> tuple[int, ...]:
        """Who is in it, the upper one first."""
        return (self.first,) if self.second is None else (self.first, self.second)

    @property
    def loser(self) -> int | None:
        """Who is out; None while that is not decided, and after a bye."""
        if self.winner is None or self.second is None:
            return None
        return self.second if self.winner == self.first else self.first

    def votes_of(self, seed: int) -> int:
        """How many chose that side."""
        return self.first_votes if seed == self.first else self.second_votes


def size_for(entrants: int) -> int:
    """The smallest field (a power of two) that so many fit in: then no match of it lacks both sides."""
    return 1 << max(entrants - 1, 1).bit_length()


def rounds_of(size: int) -> int:
    """How many rounds a field of that size plays."""
    return size.bit_length() - 1


def seeds_in_order(size: int) -> list[int]:
    """The seeds from top to bottom: 1 8 4 5 2 7 3 6, so that the best meet as late as can be."""
    order = [1]
    while len(order) < size:
        order = [seed for upper in order for seed in (upper, 2 * len(order) + 1 - upper)]
    return order


def first_round(entrants: int) -> list[Match]:
    """The matches of so many seeds; whoever has a bye has won already."""
    order = seeds_in_order(size_for(entrants))
    return [
        Match(1, position, first, second)
        if second <= entrants
        else Match(1, position, first, None, winner=first, decided_by="bye")
        for position, (first, second) in enumerate(_pairs(order))
    ]


def next_round(decided: Sequence[Match]) -> list[Match]:
    """The matches between the winners of a round, all of which are decided; none after the final."""
    if len(decided) < 2:
        return []
    winners = [match.winner for match in decided if match.winner is not None]
    if len(winners) < len(decided):
        raise ValueError("a match of that round is still to be decided")
    return [
        Match(decided[0].round + 1, position, first, second)
        for position, (first, second) in enumerate(_pairs(winners))
    ]


def decide(match: Match, votes: Mapping[int, int], is_here: Callable[[int], bool]) -> Match:
    """The match with its winner: `votes` by seed; `is_here` says whether a seed's montage may still be shown.

    Of two that are both gone the better seed goes on, and loses to whoever it meets.
    """
    if match.winner is not None or match.second is None:
        return match
    first, second = votes.get(match.first, 0), votes.get(match.second, 0)
    here = [seed for seed in match.seeds if is_here(seed)]
    winner: int
    decided_by: DecidedBy
    if len(here) == 1:
        winner, decided_by = here[0], "absence"
    elif not here:
        winner, decided_by = min(match.seeds), "absence"
    elif first == second:
        winner, decided_by = min(match.seeds), "seed"
    else:
        winner, decided_by = (match.first if first > second else match.second), "votes"
    return match._replace(winner=winner, decided_by=decided_by, first_votes=first, second_votes=second)


def champion(matches: Sequence[Match], is_here: Callable[[int], bool]) -> int | None:
    """Who has won the final of all the matches (not before it is decided); None where that one is gone, too."""
    final = max(matches, key=lambda match: match.round)
    return final.winner if final.winner is not None and is_here(final.winner) else None


def winners_code(decided: Sequence[Match]) -> str:
    """Who has won each match of a round, for a button: hexadecimal, a bit each, 1 for the lower side."""
    bits = sum(1 << match.position for match in decided if match.winner == match.second)
    return f"{bits:x}" if decided else ""


def won_by_code(match: Match, code: str) -> Match:
    """The match as `winners_code` says: nothing is known of the votes."""
    if match.winner is not None or match.second is None:
        return match
    lower = int(code, 16) >> match.position & 1
    return match._replace(winner=match.second if lower else match.first, decided_by="memory")


def _pairs(seeds: Sequence[int]) -> Iterator[tuple[int, int]]:
    return zip(seeds[::2], seeds[1::2], strict=True)
