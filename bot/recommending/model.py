"""Which montages fit a taste: what others who like the same like too. No I/O: arrays in, an order out.

EASE in closed form (Steck 2019, "Embarrassingly Shallow Autoencoders for Sparse Data", arXiv 1905.03375),
and what stands in for it while a person, or everybody together, has said too little.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from bot.recommending.selection import FEW_LIKES
from bot.voting import bayesian_average
from bot.voting.ballots import Ints
from bot.voting.sums import Floats, Likes

# From this many on their taste speaks alone; between the two, the top list has half a say.
ENOUGH_LIKES = 10
# Below this many voters, or below this many people who like both montages of a pair (on average), what montages
# have in common helps out, the more the less is known: fifty who voted on a handful each have little to tell.
ENOUGH_VOTERS = 50
ENOUGH_TOGETHER = 1.0

# How many people's worth of doubt each pair of montages begins with.
_DOUBT = 100.0


class Model(NamedTuple):
    """What was learnt of M montages from everybody's votes."""

    pull: Floats  # (M, M): how much liking the one (row) speaks for the other (column); 0 for itself
    top: Floats  # (M,): the score of each in the top list
    voters: int  # how many people it was learnt from

    def recommend(self, likes: ArrayLike, seen: ArrayLike, n: int) -> Ints:
        """The `n` best for somebody, best first, as indexes; fewer when there are not so many left.

        `likes`: indexes of what they like. `seen`: indexes not to be recommended; likes never are.
        """
        liked = np.unique(np.asarray(likes, np.int64))
        left = np.ones(len(self.top), bool)
        left[liked] = left[np.asarray(seen, np.int64)] = False
        candidates = np.flatnonzero(left)
        scores = self._scores(liked, candidates)
        best: Ints = candidates[np.argsort(-scores, kind="stable")[:n]]
        return best

    def because(self, likes: ArrayLike, montage: int) -> int | None:
        """Which of `likes` speaks for `montage` most of all that it speaks for; None when none of them does.

        A like that everybody shares speaks a little for everything, and would be the reason for it all.
        """
        liked = np.asarray(likes, np.int64)
        liked = liked[self.pull[liked, montage] > 0]
        if not len(liked):
            return None
        own = self.pull[liked, montage] - self.pull[liked].mean(axis=1)
        return int(liked[np.argmax(own)])

    def _scores(self, liked: Ints, candidates: Ints) -> Floats:
        top: Floats = self.top[candidates]
        if len(liked) < FEW_LIKES:
            return top
        taste: Floats = self.pull[np.ix_(liked, candidates)].sum(axis=0)
        if len(liked) < ENOUGH_LIKES:
            return standardised(taste) + 0.5 * standardised(top)
        return taste


def fit(likes: Likes, likeness: ArrayLike | None = None) -> Model:
    """Learn from what people like together, of M montages.

    `likeness`, of the shape (M, M), says how much montages have in common (symmetric, from 0); it helps out while
    the votes say too little.
    """
    pull = _ease(likes.together)
    trust = _trust(likes.together, likes.voters)
    if likeness is not None and trust < 1:
        common = np.array(likeness, np.float64)
        np.fill_diagonal(common, 0.0)
        pull = trust * _scaled(pull) + (1 - trust) * _scaled(common)
    votes = int(likes.up.sum() + likes.down.sum())
    top = bayesian_average(likes.up, likes.down, int(likes.up.sum()), max(votes, 1))
    return Model(pull, top, likes.voters)


def standardised(scores: Floats) -> Floats:
    """Mean 0 and standard deviation 1; all 0 where all are equal."""
    return _scaled(scores - scores.mean()) if len(scores) else scores


def _scaled(numbers: Floats) -> Floats:
    spread = numbers.std()
    return numbers / spread if spread > 1e-12 else np.zeros_like(numbers)


def _trust(both: Floats, voters: int) -> float:
    """From 0 to 1: how much of the say the votes have earned."""
    pairs = max(len(both) * (len(both) - 1), 1)
    together = (both.sum() - np.trace(both)) / pairs
    return min(1.0, voters / ENOUGH_VOTERS, float(together) / ENOUGH_TOGETHER)


def _ease(both: Floats) -> Floats:
    """The weights with which likes best predict each other, none predicting itself."""
    inverse = np.linalg.inv(both + _DOUBT * np.eye(len(both)))
    weights: Floats = inverse / -np.diag(inverse)
    np.fill_diagonal(weights, 0.0)
    return weights
