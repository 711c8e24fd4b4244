"""How well duels find the true order, by how pairs are chosen: `python -m tests.bench.duels`.

Montages are given strengths, people choose by Bradley–Terry's law, and the ranking of the bot is held against the
truth: Kendall's tau, and how many of the true ten are in its ten. Each way to choose pairs holds as many duels.
`openskill`, which no part of the bot needs, is compared too where it is installed.
"""

import argparse
from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.duels.bradley_terry import Outcomes, strengths
from bot.duels.standings import ENOUGH_FOR_PAIRS

Floats = NDArray[np.float64]
Pair = tuple[int, int]
NEAR = 5


class Duels:
    """Choices so far, and what the last ranking made of them."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.first: list[int] = []
        self.second: list[int] = []
        self.value: list[int] = []
        self.chance, self.met = np.full(size, 0.5), np.zeros(size)
        self._then = -1

    def refresh(self) -> None:
        """Rank again where the bot would."""
        if len(self.value) - self._then > self._then * ENOUGH_FOR_PAIRS:
            self._then = len(self.value)
            fitted = self.fit(samples=0)
            self.chance = fitted
            self.met = np.bincount(self.first + self.second, minlength=self.size).astype(float)

    def fit(self, samples: int = 0) -> Floats:
        """Everybody's chance against an average one."""
        first, second, value = (np.array(part, np.int64) for part in (self.first, self.second, self.value))
        return strengths(Outcomes(first, second, value, self.size), samples=samples).chance


Choose = Callable[[Duels, Random], Pair]


def at_random(duels: Duels, random: Random) -> Pair:
    """Any two."""
    one, other = random.sample(range(duels.size), 2)
    return one, other


def least_met(duels: Duels, random: Random, few: int, near: int) -> Pair:
    """One of the `few` that were met least, against one of the `near` nearest by the last ranking."""
    shuffled = random.sample(range(duels.size), duels.size)
    one = random.choice(sorted(shuffled, key=lambda n: duels.met[n])[:few])
    others = sorted((n for n in shuffled if n != one), key=lambda n: abs(duels.chance[n] - duels.chance[one]))
    return one, random.choice(others[:near])


class OpenSkill:
    """What was used once: the least certain rating against a near one, ratings moving with each choice."""

    def __init__(self, size: int) -> None:
        from openskill.models import PlackettLuce  # type: ignore[import-not-found,unused-ignore] # noqa: PLC0415

        self.model: Any = PlackettLuce(tau=0.0)
        self.ratings = [self.model.rating() for _ in range(size)]

    def choose(self, duels: Duels, random: Random) -> Pair:
        """The least certain against a near equal."""
        shuffled = random.sample(range(duels.size), duels.size)
        one = max(shuffled, key=lambda n: self.ratings[n].sigma)
        others = [n for n in shuffled if n != one]
        others.sort(key=lambda n: abs(self.ratings[n].mu - self.ratings[one].mu))
        return one, random.choice(others[:NEAR])

    def rate(self, first: int, second: int, value: int) -> None:
        """One choice."""
        rated = self.model.rate([[self.ratings[first]], [self.ratings[second]]], scores=[value, 0])
        self.ratings[first], self.ratings[second] = rated[0][0], rated[1][0]

    def scores(self) -> Floats:
        """What it would rank by."""
        return np.array([rating.ordinal() for rating in self.ratings])


def quality(truth: Floats, found: Floats) -> tuple[float, float]:
    """(Kendall's tau, the share of the true ten among the ten found)."""
    one, other = np.triu_indices(len(truth), 1)
    tau = float(np.mean(np.sign(truth[one] - truth[other]) * np.sign(found[one] - found[other])))
    ten = set(np.argsort(-truth)[:10].tolist())
    return tau, len(ten & set(np.argsort(-found, kind="stable")[:10].tolist())) / 10


def tournament(
    choose: Choose, truth: Floats, at: list[int], voters: int, seed: int, skill: OpenSkill | None = None
) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """The quality after so many choices: of the bot's ranking, and where there is one of openskill's."""
    random, duels = Random(seed), Duels(len(truth))
    ours: list[tuple[float, float]] = []
    theirs: list[tuple[float, float]] = []
    for asked in at:
        while len(duels.value) < asked:
            duels.refresh()
            first, second = choose(duels, random)
            for _ in range(voters):
                value = 1 if random.random() < 1 / (1 + np.exp(truth[second] - truth[first])) else -1
                duels.first.append(first)
                duels.second.append(second)
                duels.value.append(value)
                if skill is not None:
                    skill.rate(first, second, value)
        ours.append(quality(truth, duels.fit()))
        if skill is not None:
            theirs.append(quality(truth, skill.scores()))
    return ours, theirs


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Which pairs find the true order soonest.")
    parser.add_argument("--montages", type=int, default=120)
    parser.add_argument("--choices", type=int, nargs="+", default=[300, 1_000, 3_000, 10_000])
    parser.add_argument("--voters", type=int, default=3, help="people who choose in each duel")
    parser.add_argument("--rounds", type=int, default=10)
    chosen = parser.parse_args()
    ways: dict[str, Choose | None] = {
        "any two": at_random,
        "least met, nearest five": partial(least_met, few=1, near=NEAR),
        "five least met, nearest five": partial(least_met, few=NEAR, near=NEAR),
        "least met, anybody": partial(least_met, few=1, near=chosen.montages),
        "openskill": None,
    }
    print(f"{'pairs · ranking':<34}" + "".join(f"{number:>18,}" for number in chosen.choices))
    for name, way in ways.items():
        both: list[tuple[list[tuple[float, float]], list[tuple[float, float]]]] = []
        for seed in range(chosen.rounds):
            truth = np.random.default_rng(seed).normal(size=chosen.montages)
            try:
                skill = OpenSkill(chosen.montages) if way is None else None
            except ImportError:
                break
            pairs = way or skill.choose  # type: ignore[union-attr]
            both.append(tournament(pairs, truth, chosen.choices, chosen.voters, seed, skill))
        for ranking, results in zip(("Bradley–Terry", "openskill"), zip(*both, strict=True), strict=False):
            if results[0]:
                figures = np.array(results)
                mean, error = figures.mean(axis=0), figures.std(axis=0) / len(figures) ** 0.5
                cells = "".join(f"  τ {m[0]:.3f}±{e[0]:.3f} {m[1]:.0%}" for m, e in zip(mean, error, strict=True))
                print(f"{name + ' · ' + ranking:<34}{cells}", flush=True)


if __name__ == "__main__":
    main()
