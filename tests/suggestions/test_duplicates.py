"""Is it one of these?"""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import Catalogue
from bot.suggestions.duplicates import AT_MOST, Known, alike, best_of

ROCKIES = [
    Known("rocky", "Rocky", 1976, "Running up the steps"),
    Known("rocky-ii", "Rocky II", 1979, "Chasing a chicken"),
    Known("rocky-iv", "Rocky IV", 1985, "Farm in the snow against the laboratory"),
    Known("kid", "The Karate Kid", 1984, "Wax on, wax off"),
    Known("kill", "Kill Bill: Vol. 2", 2004, "The cruel tutelage of Pai Mei"),
    Known("amelie", "Amélie", 2001, "A day of good deeds", "Le Fabuleux Destin d'Amélie Poulain"),
    Known("rush", "Rush", 2013, "Learning to walk again"),
]


def nearly_the_same(film: str, year: int, scene: str, known: Iterable[Known]) -> list[Known]:
    return best_of(alike(film, year, scene, known))


@pytest.mark.parametrize(
    ("film", "year", "found"),
    [
        ("Rocky 4", 1985, "rocky-iv"),
        ("rocky four", 1986, "rocky-iv"),
        ("Rokcy IV", 1985, "rocky-iv"),
        ("ROCKY IV", 1995, "rocky-iv"),  # the year is remembered wrongly
        ("Rocky Part II", 1979, "rocky-ii"),
        ("Rocky", 1976, "rocky"),
        ("Rocky", 1985, "rocky-iv"),  # the year says which
        ("Karate Kid, The", 1984, "kid"),
        ("Kill Bill 2", 2004, "kill"),
        ("amelie", 2001, "amelie"),
        ("Le fabuleux destin d’Amelie Poulain", 2001, "amelie"),
        ("Rocky III", 1982, None),
        ("Rocky V", 1990, None),
        ("Rush Hour", 1998, None),
        ("Bullitt", 1968, None),
    ],
)
def test_however_it_is_typed(film: str, year: int, found: str | None) -> None:
    near = nearly_the_same(film, year, "in the snow", ROCKIES)
    assert (near[0].id if near else None) == found


def test_of_one_film_the_scene_that_fits_comes_first() -> None:
    known = [Known("a", "Rocky", 1976, "Punching meat"), Known("b", "Rocky", 1976, "Running up the steps")]
    assert [k.id for k in nearly_the_same("Rocky", 1976, "He runs up the steps", known)] == ["b", "a"]


def test_every_montage_of_the_catalogue_finds_itself_first(catalogue: Catalogue) -> None:
    known = [Known(m.id, m.film, m.year, m.scene, m.original_title) for m in catalogue.shipped]
    for montage in catalogue.shipped:
        assert nearly_the_same(montage.film, montage.year, montage.scene, known)[0].id == montage.id


@given(film=st.text(min_size=1, max_size=90), year=st.integers(1890, 2030), scene=st.text(max_size=70))
def test_any_text_is_compared_and_the_question_stays_short(film: str, year: int, scene: str) -> None:
    known = [*ROCKIES, *(Known(f"x{n}", film, year, scene) for n in range(6))]
    near = nearly_the_same(film, year, scene, known)
    assert len(near) == AT_MOST
    assert all(k.id.startswith("x") for k in near[:1])
