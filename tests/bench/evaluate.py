"""How well recommendations hit, on any ratings: leave-one-out, NDCG@10 and hit rate.

    python -m tests.bench.evaluate ratings.csv --items 120 --like 4

The file has a header and the columns user, item, rating, time (any others are ignored); without a file a
generated one is used. For each person with at least two likes the latest is hidden; from everything else
each method ranks what the person has not rated, and is asked where the hidden one stands.
"""

import argparse
import csv
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.clock import DAY
from bot.recommending.model import fit
from bot.voting.ballots import Ballots
from bot.voting.ranking import rank
from bot.voting.store import Tally
from bot.voting.sums import Likes, Sums

AT = 10
Ints = NDArray[np.int64]
# Gives the items that a person has not rated, best first, from (their likes, all that they rated).
Recommender = Callable[[Ints, Ints], Sequence[int] | Ints]


@dataclass(frozen=True, slots=True)
class Ratings:
    """N ratings; every array has the shape (N,). `value` is 1 for a like and -1 for any other rating."""

    user: Ints
    item: Ints
    value: Ints
    time: Ints

    @property
    def items(self) -> int:
        """How many items there are."""
        return int(self.item.max()) + 1

    def where(self, chosen: NDArray[np.bool_] | Ints) -> "Ratings":
        """Some of them."""
        return Ratings(self.user[chosen], self.item[chosen], self.value[chosen], self.time[chosen])


@dataclass(frozen=True, slots=True)
class Result:
    """How one method did: means over people, and the half width of the NDCG's 95 % interval."""

    method: str
    ndcg: float
    interval: float
    hits: float

    def __str__(self) -> str:
        return f"{self.method:<22} NDCG@{AT} {self.ndcg:.3f} ±{self.interval:.3f}   hit rate {self.hits:.3f}"


def read_ratings(file: Path, like: float) -> Ratings:
    """The ratings of a CSV file; from `like` on a rating is a like."""
    with file.open(newline="", encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    _, user = np.unique([row["user"] for row in rows], return_inverse=True)
    _, item = np.unique([row["item"] for row in rows], return_inverse=True)
    value = np.array([1 if float(row["rating"]) >= like else -1 for row in rows])
    time = np.array([int(float(row["time"])) for row in rows])
    return Ratings(user, item, value, time)


def generated(people: int, items: int, votes: int, seed: int) -> Ratings:
    """Ratings by people who each care for a few of eight kinds of thing, and more for the good ones."""
    random = np.random.default_rng(seed)
    kinds = 8
    kind, quality = random.integers(0, kinds, items), random.normal(0, 0.7, items)
    care = random.dirichlet(np.full(kinds, 0.15), people) * 8 - 3.5
    user = np.repeat(np.arange(people), votes)
    item = np.concatenate([random.permutation(items)[:votes] for _ in range(people)])
    leaning = care[user, kind[item]] + quality[item]
    value = np.where(random.random(len(user)) < 1 / (1 + np.exp(-leaning)), 1, -1)
    return Ratings(user, item, value, random.permutation(len(user)))


def most_rated(ratings: Ratings, items: int) -> Ratings:
    """Only the ratings of the `items` that have most of them."""
    keep = np.argsort(-np.bincount(ratings.item), kind="stable")[:items]
    chosen = ratings.where(np.isin(ratings.item, keep))
    _, item = np.unique(chosen.item, return_inverse=True)
    return Ratings(chosen.user, item, chosen.value, chosen.time)


def leave_one_out(ratings: Ratings) -> tuple[Ratings, dict[int, int]]:
    """(what is left, the hidden item of each person): the latest like of everybody with two or more."""
    order = np.lexsort((ratings.item, ratings.time))
    likes: dict[int, list[int]] = {}
    for index in order[ratings.value[order] > 0].tolist():
        likes.setdefault(int(ratings.user[index]), []).append(index)
    hidden = {user: indexes[-1] for user, indexes in likes.items() if len(indexes) > 1}
    left = np.ones(len(ratings.user), bool)
    left[list(hidden.values())] = False
    return ratings.where(left), {user: int(ratings.item[index]) for user, index in hidden.items()}


def likes(user: Ints, item: Ints, value: Ints, items: int) -> Likes:
    """What people like together, of ratings (one per person and item) in any order; `value` is 1 or -1."""
    order = np.argsort(user, kind="stable")
    long_ago = np.zeros(len(order), np.int64)
    sums = Sums([str(number) for number in range(items)], today=20_000)
    # Every account is older than its rating, so all of them count.
    sums.add(Ballots(user[order], long_ago, item[order], value[order], long_ago + 20_000 * DAY))
    return sums.likes


def recommenders(train: Ratings, items: int, seed: int) -> Iterator[tuple[str, Recommender]]:
    """The methods to compare, by name."""
    random = np.random.default_rng(seed)
    model = fit(likes(train.user, train.item, train.value, items))
    ups = np.bincount(train.item[train.value > 0], minlength=items)
    downs = np.bincount(train.item[train.value < 0], minlength=items)
    tallies = {item: Tally(int(ups[item]), int(downs[item])) for item in range(items)}
    top = np.array([ranked.key for ranked in rank(range(items), tallies)])
    most_liked = np.argsort(-ups, kind="stable")

    def without(order: Ints, seen: Ints) -> Ints:
        return order[~np.isin(order, seen)]

    yield "random", lambda likes, seen: without(random.permutation(items), seen)
    yield "top list", lambda likes, seen: without(top, seen)
    yield "most liked", lambda likes, seen: without(most_liked, seen)
    yield "Model", lambda likes, seen: model.recommend(likes, seen, items)


def evaluate(ratings: Ratings, seed: int = 1) -> list[Result]:
    """Every method on these ratings."""
    train, hidden = leave_one_out(ratings)
    rated = {user: train.where(train.user == user) for user in hidden}
    results = []
    for method, recommend in recommenders(train, ratings.items, seed):
        gains = []
        for user, item in hidden.items():
            theirs = rated[user]
            best = list(recommend(theirs.item[theirs.value > 0], theirs.item))[:AT]
            gains.append(1 / math.log2(best.index(item) + 2) if item in best else 0.0)
        gain = np.array(gains)
        interval = 1.96 * gain.std() / math.sqrt(len(gain))
        results.append(Result(method, gain.mean(), interval, (gain > 0).mean()))
    return results


def main() -> None:
    """Evaluate a file, or generated ratings."""
    parser = argparse.ArgumentParser(description="Leave-one-out on any ratings (user,item,rating,time).")
    parser.add_argument("file", type=Path, nargs="?", help="a CSV file; default: generated ratings")
    parser.add_argument("--items", type=int, default=0, help="only the most rated so many items")
    parser.add_argument("--like", type=float, default=4.0, help="from this rating on it is a like (default 4)")
    chosen = parser.parse_args()
    ratings = read_ratings(chosen.file, chosen.like) if chosen.file else generated(1_000, 120, 30, seed=1)
    if chosen.items:
        ratings = most_rated(ratings, chosen.items)
    print(f"{len(ratings.user):,} ratings of {ratings.items} items by {len(np.unique(ratings.user)):,} people")
    for result in evaluate(ratings):
        print(result)


if __name__ == "__main__":
    main()
