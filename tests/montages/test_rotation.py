"""The rule behind `random`, for any catalogue and any filters."""

from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import Catalogue, Montage
from bot.montages.rotation import country_of, least_shown, next_of


def _montage(number: int, film: int, discipline: int) -> Montage:
    return Montage(
        id=f"m-{number}", film=f"Film {film}", year=2000, scene="A scene", discipline=f"d{discipline}", blurb="…"
    )


def pick(
    matching: list[Montage],
    times: dict[str, int],
    random: Random,
    last: Montage | None = None,
    newcomers: frozenset[str] = frozenset(),
) -> Montage:
    due, _ = least_shown(matching, times, newcomers)
    return due[next_of(due, random, last)]


catalogues = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), min_size=1, max_size=20).map(
    lambda kinds: [_montage(number, *kind) for number, kind in enumerate(kinds)]
)


@given(montages=catalogues, seed=st.integers(), laps=st.integers(1, 3))
def test_everything_once_before_anything_twice(montages: list[Montage], seed: int, laps: int) -> None:
    random, times, last = Random(seed), dict[str, int](), None
    for drawn in range(1, laps * len(montages) + 1):
        last = pick(montages, times, random, last)
        times[last.id] = times.get(last.id, 0) + 1
        counts = [times.get(m.id, 0) for m in montages]
        assert max(counts) - min(counts) <= 1, f"after {drawn} draws"


@given(montages=catalogues, seed=st.integers(), data=st.data())
def test_filters_never_bring_back_what_was_seen_while_something_is_unseen(
    montages: list[Montage], seed: int, data: st.DataObject
) -> None:
    random, times = Random(seed), dict[str, int]()
    for _ in range(15):
        matching = data.draw(st.lists(st.sampled_from(montages), min_size=1, unique_by=lambda m: m.id))
        drawn = pick(matching, times, random)
        assert times.get(drawn.id, 0) == min(times.get(m.id, 0) for m in matching)
        times[drawn.id] = times.get(drawn.id, 0) + 1


@given(montages=catalogues, seed=st.integers())
def test_the_last_film_and_its_discipline_are_avoided_where_that_can_be_helped(
    montages: list[Montage], seed: int
) -> None:
    last = montages[0]
    drawn = pick(montages, {}, Random(seed), last)
    if any(m.film != last.film and m.discipline != last.discipline for m in montages):
        assert drawn.film != last.film and drawn.discipline != last.discipline
    elif any(m.film != last.film for m in montages):
        assert drawn.film != last.film
    elif len(montages) > 1:
        assert drawn.id != last.id


@given(old=st.integers(2, 10), new=st.integers(1, 5), seed=st.integers())
def test_newcomers_join_the_round_instead_of_jumping_the_queue(old: int, new: int, seed: int) -> None:
    montages = [_montage(number, number, number) for number in range(old + new)]
    newcomers = frozenset(m.id for m in montages[old:])
    times = {m.id: 3 for m in montages[:old]}
    drawn = {pick(montages, times, Random(seed + turn), None, newcomers).id for turn in range(200)}
    assert drawn & newcomers and drawn - newcomers


def test_a_round_does_not_drown_the_world_in_one_country(catalogue: Catalogue) -> None:
    share = Counter(map(country_of, catalogue.shipped))["United States"] / len(catalogue.shipped)
    shown: Counter[str] = Counter()
    for seed in range(10):  # the first hundred of ten rounds: 1,000 draws
        random, due, last = Random(seed), list(catalogue.shipped), None
        for _ in range(100):
            last = due.pop(next_of(due, random, last))
            shown[country_of(last)] += 1
    assert share > 0.4 and shown["United States"] / 1_000 < 0.25
    assert len(shown) >= 40  # and hardly a country is left out


def test_a_whole_round_still_shows_everything_once(catalogue: Catalogue) -> None:
    random, due, last = Random(7), list(catalogue.shipped), None
    seen = set()
    while due:
        last = due.pop(next_of(due, random, last))
        seen.add(last.id)
    assert len(seen) == len(catalogue.shipped)
