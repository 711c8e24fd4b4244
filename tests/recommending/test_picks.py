"""The company in which picks are shown."""

from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import Catalogue, Montage
from bot.recommending.selection import FIVE, beyond, by_thompson, fives, to_learn_from
from bot.voting import Tally


def _montage(number: int, discipline: int) -> Montage:
    return Montage(
        id=f"m{number}",
        film="",
        year=2000,
        scene="",
        blurb="",
        discipline=f"d{discipline}",
        family=f"f{discipline % 3}",
    )


disciplines = st.lists(st.integers(0, 5), max_size=40)


@given(disciplines, st.data())
def test_fives_keep_the_rules_and_lose_nothing(disciplines: list[int], data: st.DataObject) -> None:
    montages = [_montage(number, discipline) for number, discipline in enumerate(disciplines)]
    discoveries = data.draw(st.lists(st.sampled_from(montages), unique=True)) if montages else []
    pages = fives(montages, discoveries)
    shown = [m for five in pages for m in (*five.best, *([five.discovery] if five.discovery else []))]
    assert Counter(m.id for m in shown) == Counter(m.id for m in montages)
    waiting = list(discoveries)
    for five in pages:
        together = [*five.best, *([five.discovery] if five.discovery else [])]
        assert 1 <= len(together) <= FIVE
        assert max(Counter(m.discipline for m in together).values()) <= 2
        assert five.discovery is (waiting[0] if waiting else None)
        waiting = [m for m in waiting if m not in together]


def test_the_first_five_are_the_best_but_for_the_discovery() -> None:
    montages = [_montage(number, number % 6) for number in range(20)]
    first = fives(montages, [montages[17]])[0]
    assert (first.best, first.discovery) == (montages[:4], montages[17])


def test_a_third_of_one_discipline_waits_for_the_next_five() -> None:
    boxing, other = [_montage(n, 1) for n in range(4)], [_montage(n, n) for n in range(10, 20)]
    first, second, *_ = fives(boxing + other, [])
    assert first.best == boxing[:2] + other[:3]
    assert second.best[:2] == boxing[2:]


def test_a_discovery_comes_from_where_the_person_has_liked_nothing(catalogue: Catalogue) -> None:
    liked = [m for m in catalogue.shipped if m.family in ("combat", "dance")][:12]
    families = {m.family for m in liked}
    assert {m.family for m in beyond(catalogue.shipped, liked)} == {m.family for m in catalogue.shipped} - families
    assert list(beyond(catalogue.shipped, catalogue.shipped)) == list(catalogue.shipped)


tallies = st.dictionaries(st.integers(0, 20), st.builds(Tally, st.integers(0, 30), st.integers(0, 30)), max_size=20)


@given(st.lists(st.integers(0, 20), unique=True), tallies, st.integers(0, 8), st.integers())
def test_what_to_learn_from_is_chosen_once_each(
    candidates: list[int], tallies: dict[int, Tally], n: int, seed: int
) -> None:
    chosen = to_learn_from(candidates, tallies, Random(seed), n)
    assert len(chosen) == len(set(chosen)) == min(n, len(candidates))
    assert set(chosen) <= set(candidates)
    assert sorted(by_thompson(candidates, tallies, Random(seed))) == sorted(candidates)


def test_thompson_asks_for_what_needs_votes_and_passes_over_what_is_known_to_be_poor() -> None:
    votes = {n: Tally(2, 60) for n in range(50)} | {n: Tally(40, 20) for n in range(50, 90)}
    asked = Counter[str]()
    for seed in range(300):
        for key in by_thompson(range(100), votes, Random(seed))[:3]:
            asked["poor" if key < 50 else "good" if key < 90 else "new"] += 1
    assert asked["poor"] == 0
    assert asked["new"] > 0.6 * asked.total()  # though only one in ten is new


def test_half_of_the_cards_come_by_chance_so_nothing_is_never_asked_about() -> None:
    votes = {n: Tally(0, 500) for n in range(20)} | {n: Tally(500, 0) for n in range(20, 40)}
    asked = Counter(key for seed in range(400) for key in to_learn_from(range(40), votes, Random(seed)))
    assert all(asked[key] for key in range(40))
    assert sum(asked[key] for key in range(20, 40)) > 0.6 * asked.total()
