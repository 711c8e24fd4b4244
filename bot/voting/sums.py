"""What everybody's votes add up to, person by person: all that the rankings and the recommendations need. No I/O.

How much memory it takes follows from M montages, S servers in which more than `SERVER_WEIGHT` people voted on some
montage, and C pairs of a server and a montage of which that is true (C ≤ S × M, and C ≤ votes / 50), and from
nothing else: 8 M² bytes for the pairs of likes, 4 S M to find the crowds, 40 C for what they said.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.clock import DAY
from bot.voting.ballots import Ballots, Flags, Ints, counting
from bot.voting.board import DAYS, spans
from bot.voting.store import Tallies, Tally

Floats = NDArray[np.float64]
# By the days that count: the tallies now, and those to compare them with.
Trends = dict[int | None, tuple[Tallies, Tallies]]

# However many members of one server vote on a montage, together they weigh no more than this many people.
SERVER_WEIGHT = 50
# People whose likes stand in memory as a full table at a time.
_TABLE = 4_096


class Likes(NamedTuple):
    """What is learnt from, of M montages."""

    together: Floats  # (M, M): how many people like both montages of a pair
    up: Ints  # (M,): how many people are for each, and against it
    down: Ints
    voters: int  # how many people voted at all


class Sums:
    """The votes that count everywhere, added up for the rankings of the day `today` (days since 1970, UTC).

    Time is cut into sections at the first and last days of all rankings, so that each ranking is a sum of whole
    sections. Where a server's people are a crowd (more than `SERVER_WEIGHT` may have voted on that montage) their
    sum is also kept by itself, to find out how much of it is too much.
    """

    def __init__(self, montages: Sequence[str], today: int) -> None:
        self.today = today
        self._montages = tuple(montages)
        self._spans = {days: spans(today, today + 1 if days is None else days) for days in DAYS.values()}
        edges = {day for both in self._spans.values() for first, last in both for day in (first, last + 1)}
        self._edges = np.array(sorted(edges))
        every, sections = len(montages), len(self._edges)
        self._voters = 0
        self._together = np.zeros((every, every))
        self._said = np.zeros((every, sections, 2), np.int64)  # the last axis: against, for
        self._guilds = np.zeros(0, np.int64)  # sorted: the servers that have a crowd …
        self._row = np.zeros((0, every), np.int32)  # … and for each montage the row of its crowd, or -1
        self._crowds = np.zeros((0, sections, 2), np.int32)
        self._crowd_montages = np.zeros(0, np.int64)

    def __len__(self) -> int:
        """How many votes count."""
        return int(self._said.sum())

    @property
    def likes(self) -> Likes:
        """What people like together."""
        down, up = self._said.sum(axis=1).T
        return Likes(self._together, up, down, self._voters)

    def is_crowd(self, guild: int, montage: int) -> bool:
        """Whether the people of a server are watched for being too many on a montage."""
        return bool(self._rows(np.array([guild]), np.array([montage]))[0] >= 0)

    def watch(self, crowds: Ints) -> None:
        """Keep the sums of some more crowds, (K, 2) servers and montages, none of them watched or given twice.

        Before anything is added; later `join` gives what was counted already.
        """
        guilds = np.union1d(self._guilds, crowds[:, 0])
        row = np.full((len(guilds), len(self._montages)), -1, np.int32)
        row[np.searchsorted(guilds, self._guilds)] = self._row
        new = np.arange(len(crowds)) + len(self._crowds)
        row[np.searchsorted(guilds, crowds[:, 0]), crowds[:, 1]] = new
        self._guilds, self._row = guilds, row
        self._crowds = np.concatenate((self._crowds, np.zeros((len(crowds), *self._crowds.shape[1:]), np.int32)))
        self._crowd_montages = np.concatenate((self._crowd_montages, crowds[:, 1]))

    def join(self, guild: int, montage: int, votes: Ballots) -> None:
        """Watch one more crowd. `votes`: on that montage, wherever cast, of all who have voted on it there; they
        are in the sums already.
        """
        self.watch(np.array([[guild, montage]]))
        theirs = counting(votes)
        self._add_to_crowds(theirs.where((theirs.guild == guild) & (theirs.montage == montage)), 1)

    def add(self, votes: Ballots, sign: int = 1) -> None:
        """Count people: all votes of each of them, sorted by person. With -1 they are taken off again."""
        votes = counting(votes)
        columns = 2 * self._sections(votes) + (votes.value > 0)
        every, *rest = self._said.shape
        said = np.bincount(votes.montage * rest[0] * 2 + columns, minlength=self._said.size)
        self._said += sign * said.reshape(every, *rest)
        self._add_to_crowds(votes, sign)
        new = np.append(True, np.diff(votes.user) != 0)[: len(votes.user)]
        self._voters += sign * int(new.sum())
        self._add_pairs(np.cumsum(new) - 1, votes, sign)

    def trends(self) -> Trends:
        """Every ranking's tallies."""
        return {days: (self._tallies(*now), self._tallies(*before)) for days, (now, before) in self._spans.items()}

    def _tallies(self, first: int, last: int) -> Tallies:
        """The votes cast from day `first` to day `last` (both included), each server's weight capped."""
        begin, end = np.searchsorted(self._edges, (first, last + 1))
        crowds = self._crowds[:, begin:end].sum(axis=1)
        people = crowds.sum(axis=1)
        too_much = 1 - SERVER_WEIGHT / np.maximum(people, SERVER_WEIGHT)
        down, up = (
            np.rint(
                self._said[:, begin:end, side].sum(axis=1)
                - np.bincount(self._crowd_montages, too_much * crowds[:, side], len(self._montages))
            )
            for side in (0, 1)
        )
        return {
            self._montages[index]: Tally(int(up[index]), int(down[index]))
            for index in np.flatnonzero(up + down).tolist()
        }

    def _sections(self, votes: Ballots) -> Ints:
        # Whatever was cast before the first is counted as cast in it; it begins in 1970.
        return np.maximum(np.searchsorted(self._edges, votes.at // DAY, "right") - 1, 0)

    def _rows(self, guild: Ints, montage: Ints) -> NDArray[np.int32]:
        """Of each (server, montage) the row of its crowd, or -1."""
        if not len(self._guilds):
            return np.full(len(guild), -1, np.int32)
        index = np.minimum(np.searchsorted(self._guilds, guild), len(self._guilds) - 1)
        rows: NDArray[np.int32] = np.where(self._guilds[index] == guild, self._row[index, montage], -1)
        return rows

    def _add_to_crowds(self, votes: Ballots, sign: int) -> None:
        rows = self._rows(votes.guild, votes.montage)
        theirs: Flags = rows >= 0
        votes = votes.where(theirs)
        side = (votes.value > 0).astype(np.int64)
        np.add.at(self._crowds, (rows[theirs], self._sections(votes), side), np.int32(sign))

    def _add_pairs(self, person: Ints, votes: Ballots, sign: int) -> None:
        """`person` numbers those who voted, from 0 in the votes' order."""
        liked = votes.value > 0
        person, montage = person[liked], votes.montage[liked]
        for first in range(0, int(person[-1]) + 1 if len(person) else 0, _TABLE):
            start, end = np.searchsorted(person, (first, first + _TABLE))
            table = np.zeros((person[end - 1] - first + 1 if end > start else 0, len(self._montages)), np.float32)
            table[person[start:end] - first, montage[start:end]] = 1
            self._together += sign * (table.T @ table)
