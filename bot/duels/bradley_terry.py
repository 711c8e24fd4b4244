"""The ranking that duels make: a Bradley–Terry fit (Hunter 2004), with intervals by bootstrap. No I/O.

The bootstrap is the Bayesian one (Rubin 1981): every choice gets a random weight, and so do the draws that each
montage begins with. Drawing choices with replacement would call three wins of three certain.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Each montage begins with this many draws against an average one, so that one lucky win is not infinite strength.
_PRIOR_DRAWS = 2.0
_SAMPLES = 100
_STEPS = 100
_CLOSE_ENOUGH = 1e-4
# The middle 95 of 100 samples make the interval.
_TAILS = (2.5, 97.5)


class Outcomes(NamedTuple):
    """N choices between two of M montages; every array has the shape (N,)."""

    first: Ints  # indexes below `size`
    second: Ints
    value: Ints  # 1: the first was chosen, -1: the second, 0: neither
    size: int


class Strengths(NamedTuple):
    """For each of M montages the chance to win against an average one; every array has the shape (M,)."""

    chance: Floats
    low: Floats
    high: Floats
    rank: Ints  # shared where intervals overlap: one more than the number of those surely stronger


def strengths(outcomes: Outcomes, seed: int = 0, samples: int = _SAMPLES) -> Strengths:
    """Fit all choices, and as many `samples` of reweighted ones for the intervals (none: no intervals).

    Montages that nobody chose between stay average.
    """
    size = outcomes.size
    kinds, times = np.unique((outcomes.first * size + outcomes.second) * 3 + outcomes.value + 1, return_counts=True)
    number = times.astype(np.float64)
    meeting, points = kinds // 3, (kinds % 3) / 2
    meetings = _Meetings(meeting // size, meeting % size, points, size)
    halves = np.full(size, _PRIOR_DRAWS / 2)
    fitted = meetings.fit(number, halves, halves, np.ones(size))
    random = np.random.default_rng(seed)
    fits = np.array(
        [
            meetings.fit(
                random.standard_gamma(number),
                halves * random.standard_exponential(size),
                halves * random.standard_exponential(size),
                fitted,
            )
            for _ in range(samples)
        ]
    )
    if not samples:
        return Strengths(_chance(fitted), _chance(fitted), _chance(fitted), np.ones(size, np.int64))
    low, high = np.percentile(_chance(fits), _TAILS, axis=0)
    rank = 1 + (low[None, :] > high[:, None]).sum(axis=1)
    return Strengths(_chance(fitted), low, high, rank)


def _chance(strength: Floats) -> Floats:
    return strength / (strength + 1)


class _Meetings(NamedTuple):
    """K ways in which choices between two of `size` montages went; every array has the shape (K,)."""

    first: Ints
    second: Ints
    points: Floats  # of the first: 1, 0, or half where nobody could choose
    size: int

    def fit(self, number: Floats, won: Floats, lost: Floats, start: Floats) -> Floats:
        """(size,) strengths, 1 being the (geometric) average, by minorisation and maximisation.

        `number` (K,) says how often each way was seen; `won` and `lost` (size,) what each montage begins
        with against an average one.
        """
        gained = number * self.points
        wins = won + self._sum(gained, number - gained)
        begun = won + lost
        strength = start
        for _ in range(_STEPS):
            met = number / (strength[self.first] + strength[self.second])
            previous = strength
            strength = wins / (self._sum(met, met) + begun / (strength + 1))
            strength = strength / np.exp(np.log(strength).mean())  # only how they compare is known
            if np.abs(strength - previous).max(initial=0) < _CLOSE_ENOUGH:
                break
        return strength

    def _sum(self, first: Floats, second: Floats) -> Floats:
        total = np.bincount(self.first, first, self.size) + np.bincount(self.second, second, self.size)
        return total.astype(np.float64)
