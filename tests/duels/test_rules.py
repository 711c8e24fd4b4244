"""Who meets, how ratings move, and the ranking that comes of it."""

from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue import Montage
from bot.duels.bradley_terry import Outcomes, one_each, strengths
from bot.duels.ratings import UNRATED, Rating, after, pair
from bot.duels.standings import standings

ratings = st.builds(Rating, st.floats(5, 45), st.floats(1, 9))


@given(ratings, ratings)
def test_the_chosen_one_gains_the_other_loses_and_both_are_known_better(first: Rating, second: Rating) -> None:
    won, lost = after(first, second, 1)
    assert won.mu >= first.mu and lost.mu <= second.mu
    assert won.sigma <= first.sigma and lost.sigma <= second.sigma
    assert after(second, first, -1) == (lost, won)


def test_two_equals_that_nobody_can_choose_between_stay_equal() -> None:
    one, other = after(UNRATED, UNRATED, 0)
    assert one == other and one.sigma < UNRATED.sigma


def _montage(number: int, film: str = "") -> Montage:
    return Montage(
        id=f"m{number}", film=film or f"film {number}", year=2000, scene="", blurb="", discipline="", family=""
    )


@given(st.lists(ratings, min_size=2, max_size=20), st.integers())
def test_the_least_known_meets_a_near_equal(given_ratings: list[Rating], seed: int) -> None:
    montages = [_montage(number) for number in range(len(given_ratings))]
    by_id = {f"m{number}": rating for number, rating in enumerate(given_ratings)}
    first, second = pair(montages, by_id, Random(seed))
    assert first is not second
    least_known = max(rating.sigma for rating in given_ratings)
    assert least_known in (by_id[first.id].sigma, by_id[second.id].sigma)
    one, other = (first, second) if by_id[first.id].sigma == least_known else (second, first)
    gap = abs(by_id[other.id].mu - by_id[one.id].mu)
    nearer = [r for i, r in by_id.items() if i != one.id and abs(r.mu - by_id[one.id].mu) < gap]
    assert len(nearer) < 5 or by_id[other.id].sigma == least_known


def test_one_film_does_not_meet_itself_and_the_last_two_rest() -> None:
    montages = [_montage(0, "Rocky"), _montage(1, "Rocky"), _montage(2), _montage(3)]
    for seed in range(50):
        first, second = pair(montages, {}, Random(seed))
        assert first.film != second.film
        rested = pair(montages, {}, Random(seed), ("m2", "m3"))
        assert {m.id for m in rested} == {"m0", "m1"}  # nothing else is left


def _tournament(true: list[float], choices: int, seed: int) -> Outcomes:
    random = np.random.default_rng(seed)
    first = random.integers(0, len(true), choices)
    second = (first + random.integers(1, len(true), choices)) % len(true)
    strength = np.exp(np.array(true))
    won = random.random(choices) < strength[first] / (strength[first] + strength[second])
    return Outcomes(first, second, np.where(won, 1, -1), len(true))


def test_the_fit_finds_the_strengths_that_made_the_choices() -> None:
    true = np.linspace(-1.5, 1.5, 9)
    fitted = strengths(_tournament(list(true), 6_000, 1))
    assert np.abs(np.log(fitted.chance / (1 - fitted.chance)) - true).max() < 0.25
    assert fitted.rank[-1] == 1 and fitted.rank[0] == 9
    inside = (fitted.low <= 1 / (1 + np.exp(-true))) & (1 / (1 + np.exp(-true)) <= fitted.high)
    assert inside.sum() >= 7


def test_the_fit_is_at_the_top_of_the_likelihood() -> None:
    """Any small change of how one compares makes what was seen less likely."""
    outcomes = _tournament([0.0, 0.5, 1.0, -1.0], 300, 2)
    fitted = strengths(outcomes)

    def likelihood(log: np.ndarray) -> float:
        strength = np.exp(log - log.mean())
        mine, theirs = strength[outcomes.first], strength[outcomes.second]
        seen = np.where(outcomes.value > 0, mine, theirs) / (mine + theirs)
        draws = 1.0 * (np.log(strength / (strength + 1)) + np.log(1 / (strength + 1)))
        return float(np.log(seen).sum() + draws.sum())

    best = np.log(fitted.chance / (1 - fitted.chance))
    for index in range(4):
        for step in (-0.02, 0.02):
            moved = best.copy()
            moved[index] += step
            assert likelihood(moved) < likelihood(best)


def _won(wins: int, losses: int) -> list[int]:
    """The ranks of two after so many choices between them."""
    value = np.repeat([1, -1], [wins, losses])
    nothing = np.zeros(wins + losses, np.int64)
    return [int(rank) for rank in strengths(Outcomes(nothing, nothing + 1, value, 2)).rank]


def test_a_few_choices_prove_nothing_and_many_do() -> None:
    assert _won(1, 0) == _won(3, 0) == _won(6, 4) == [1, 1]
    assert _won(9, 0) == _won(80, 20) == [1, 2]


choices = st.lists(
    st.tuples(
        st.integers(1, 5), st.sampled_from("abcde"), st.sampled_from("abcde"), st.sampled_from([1, 0, -1])
    ).filter(lambda choice: choice[1] != choice[2]),
    max_size=40,
)


@settings(max_examples=40, deadline=None)
@given(choices)
def test_a_rank_counts_those_surely_stronger(choices: list[tuple[int, str, str, int]]) -> None:
    ranked = standings([(*choice, at) for at, choice in enumerate(choices)], everywhere=False)
    assert {s.montage_id for s in ranked} == {name for _, first, second, _ in choices for name in (first, second)}
    for one in ranked:
        assert one.low <= one.high
        assert one.rank == 1 + sum(other.low > one.high for other in ranked)
    assert [s.rank for s in ranked] == sorted(s.rank for s in ranked)


@settings(max_examples=40, deadline=None)
@given(choices)
def test_a_person_counts_once_for_the_same_two(choices: list[tuple[int, str, str, int]]) -> None:
    latest = {(user, frozenset((first, second))): value for user, first, second, value in choices}
    ranked = standings([(*choice, at) for at, choice in enumerate(choices)], everywhere=False)
    assert sum(s.won for s in ranked) == sum(s.lost for s in ranked) == sum(map(abs, latest.values()))
    assert sum(s.even for s in ranked) == 2 * sum(not value for value in latest.values())


def test_the_latest_of_the_same_two_counts_whichever_stood_first() -> None:
    outcomes = Outcomes(np.array([0, 1, 0]), np.array([1, 0, 2]), np.array([1, 1, 1]), 3)
    assert one_each(np.array([7, 7, 7]), outcomes, np.array([1, 2, 3])).tolist() == [False, True, True]


def test_everywhere_new_accounts_do_not_count() -> None:
    at = 1_790_000_000_000
    yesterday = (at - 86_400_000 - 1_420_070_400_000) << 22
    assert [s.montage_id for s in standings([(yesterday, "a", "b", 1, at)], everywhere=False)] == ["a", "b"]
    assert standings([(yesterday, "a", "b", 1, at)], everywhere=True) == []
