"""Who meets, and the ranking that comes of it."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue import Montage
from bot.duels.bradley_terry import Outcomes, strengths
from bot.duels.pairing import pair
from bot.duels.standings import Standing, as_array, standings


def _montage(number: int, film: str = "") -> Montage:
    return Montage(
        id=f"m{number}", film=film or f"film {number}", year=2000, scene="", blurb="", discipline="", family=""
    )


def ranking(choices: list[tuple[int, str, str, int, int]], *, everywhere: bool = False) -> list[Standing]:
    """Of choices that come in two pages."""
    index: dict[str, int] = {}
    pages = [as_array(choices[:3], index), as_array(choices[3:], index)]
    return standings(pages, list(index), everywhere)


def _standing(number: int, choices: int, chance: float) -> Standing:
    return Standing(1, f"m{number}", choices, 0, 0, chance, 0.0, 1.0)


@given(st.lists(st.tuples(st.integers(0, 9), st.floats(0.1, 0.9)), min_size=2, max_size=20), st.integers())
def test_one_of_the_least_known_meets_a_near_equal(given_choices: list[tuple[int, float]], seed: int) -> None:
    montages = [_montage(number) for number in range(len(given_choices))]
    # Whoever has met nobody is in no ranking.
    known = {f"m{n}": _standing(n, *said) for n, said in enumerate(given_choices) if said[0]}
    both = pair(montages, known, Random(seed))
    choices = {m.id: known[m.id].choices if m.id in known else 0 for m in montages}
    chance = {m.id: known[m.id].chance if m.id in known else 0.5 for m in montages}
    assert both[0] is not both[1]

    def fits(one: str, other: str) -> bool:
        gaps = [abs(chance[m] - chance[one]) for m in chance if m != one]
        few = sum(choices[m] < choices[one] for m in choices) < 5
        return few and sum(gap < abs(chance[other] - chance[one]) for gap in gaps) < 5

    assert fits(both[0].id, both[1].id) or fits(both[1].id, both[0].id)


def test_every_montage_has_its_turn() -> None:
    montages, met = [_montage(number) for number in range(12)], set()
    known: dict[str, Standing] = {}
    for seed in range(40):
        both = pair(montages, known, Random(seed))
        met |= {m.id for m in both}
        for m in both:
            known[m.id] = _standing(int(m.id[1:]), known[m.id].choices + 1 if m.id in known else 1, 0.5)
    assert met == {m.id for m in montages}
    assert max(s.choices for s in known.values()) - min(s.choices for s in known.values()) < 8


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


@pytest.mark.thorough
@settings(max_examples=40)
@given(choices)
def test_a_rank_counts_those_surely_stronger(choices: list[tuple[int, str, str, int]]) -> None:
    ranked = ranking([(*choice, at) for at, choice in enumerate(choices)])
    assert {s.montage_id for s in ranked} == {name for _, first, second, _ in choices for name in (first, second)}
    for one in ranked:
        assert one.low <= one.high
        assert one.rank == 1 + sum(other.low > one.high for other in ranked)
    assert [s.rank for s in ranked] == sorted(s.rank for s in ranked)


@pytest.mark.thorough
@settings(max_examples=40)
@given(choices)
def test_a_person_counts_once_for_the_same_two(choices: list[tuple[int, str, str, int]]) -> None:
    latest = {(user, frozenset((first, second))): value for user, first, second, value in choices}
    ranked = ranking([(*choice, at) for at, choice in enumerate(choices)])
    assert sum(s.won for s in ranked) == sum(s.lost for s in ranked) == sum(map(abs, latest.values()))
    assert sum(s.even for s in ranked) == 2 * sum(not value for value in latest.values())


def test_the_latest_of_the_same_two_counts_whichever_stood_first() -> None:
    choices = [(7, "a", "b", 1, 1), (7, "b", "a", 1, 2), (7, "a", "c", 1, 3)]
    ranked = {s.montage_id: (s.won, s.lost) for s in ranking(choices)}
    assert ranked == {"a": (1, 1), "b": (1, 0), "c": (0, 1)}


def test_everywhere_new_accounts_do_not_count() -> None:
    at = 1_790_000_000_000
    yesterday = (at - 86_400_000 - 1_420_070_400_000) << 22
    assert [s.montage_id for s in ranking([(yesterday, "a", "b", 1, at)])] == ["a", "b"]
    assert ranking([(yesterday, "a", "b", 1, at)], everywhere=True) == []
