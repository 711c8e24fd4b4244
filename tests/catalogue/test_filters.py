"""Filters that combine: what passes, what to drop, and how they travel in a button."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import Catalogue, Filters, Montage
from bot.catalogue.definition import AGES, FAMILIES, FIELDS, KINDS, MEDIA, MOODS
from bot.catalogue.filters import DisciplineNames
from bot.catalogue.stored_filters import decode_filters, encode_filters
from bot.suggestions.entry import LIMITS
from tests.club import shipped_montages

SHIPPED = shipped_montages()


def disciplines(montages: Sequence[Montage]) -> list[tuple[str, str]]:
    """What is offered to whoever can see these, gathered from portions of seven."""
    names = DisciplineNames()
    for start in range(0, len(montages), 7):
        names.add(montages[start : start + 7])
    return names.offered()


real_filters = st.builds(
    Filters,
    discipline=st.none() | st.sampled_from([value for _, value in disciplines(SHIPPED)]),
    decade=st.none() | st.sampled_from(sorted({m.decade for m in SHIPPED})),
    kind=st.none() | st.sampled_from(KINDS),
    mood=st.none() | st.sampled_from(MOODS),
    country=st.none() | st.sampled_from(sorted({country for m in SHIPPED for country in m.country})),
    language=st.none() | st.sampled_from(sorted({language for m in SHIPPED for language in m.language})),
    medium=st.none() | st.sampled_from(MEDIA),
    suitable_from=st.none() | st.sampled_from(AGES),
    family_friendly=st.booleans(),
)
LONGEST = Filters(
    discipline="d" * max(FIELDS["discipline"].most or 0, LIMITS["discipline"][1], *map(len, FAMILIES)),
    decade=2100,
    kind=KINDS[-1],
    mood=MOODS[-1],
    country="United Arab Emirates",
    language="silent, Spanish intertitles",
    medium=MEDIA[-1],
    suitable_from=AGES[-1],
    family_friendly=True,
)


@given(real_filters)
def test_filters_come_back_from_a_button_as_they_went_in(filters: Filters) -> None:
    assert decode_filters(encode_filters(filters)) == filters
    assert len(encode_filters(filters)) <= 52


@given(
    discipline=st.text(
        st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=LIMITS["discipline"][1]
    )
)
def test_a_discipline_that_a_member_named_comes_back_whatever_is_in_it(discipline: str) -> None:
    filters = Filters(discipline=discipline, decade=2020, country="United Kingdom", family_friendly=True)
    assert decode_filters(encode_filters(filters)) == filters
    assert len(encode_filters(filters)) <= 52


def test_the_longest_that_a_file_may_hold_still_fits() -> None:
    assert set(LONGEST.active) == set(Filters._fields), "LONGEST, above, has the longest value of every filter"
    assert decode_filters(encode_filters(LONGEST)) == LONGEST
    assert len(encode_filters(LONGEST)) <= 52


@given(real_filters)
def test_what_passes_passes_every_one(filters: Filters) -> None:
    assert list(filters.apply(SHIPPED)) == [m for m in SHIPPED if passes(filters, m)]


def passes(filters: Filters, montage: Montage) -> bool:
    """The filters' meaning, told again."""
    means: dict[str, Callable[[Any], bool]] = {
        "discipline": lambda wanted: wanted in {montage.discipline, montage.family},
        "decade": lambda wanted: wanted <= montage.year < wanted + 10,
        "kind": lambda wanted: montage.kind == wanted,
        "mood": lambda wanted: wanted in montage.moods,
        "country": lambda wanted: wanted in montage.country,
        "language": lambda wanted: wanted in montage.language,
        "suitable_from": lambda wanted: montage.suitable_from is not None and montage.suitable_from <= wanted,
        "medium": lambda wanted: montage.medium == wanted,
        "family_friendly": lambda wanted: montage.family_friendly,
    }
    return all(means[name](wanted) for name, wanted in filters.active.items())


@given(real_filters)
def test_which_filter_to_drop_is_honest(filters: Filters) -> None:
    expected = []
    for name in filters.active:
        number = sum(passes(Filters(**{n: v for n, v in filters.active.items() if n != name}), m) for m in SHIPPED)
        if number:
            expected.append((name, number))
    loosened = filters.loosened(SHIPPED)
    assert sorted(loosened) == sorted(expected)
    assert [number for _, number in loosened] == sorted((number for _, number in loosened), reverse=True)


def test_no_filter_lets_everything_pass() -> None:
    assert Filters().apply(SHIPPED) is SHIPPED
    assert encode_filters(Filters()) == "" and str(Filters()) == ""


def test_every_choice_that_is_offered_finds_something(catalogue: Catalogue) -> None:
    offered = disciplines(catalogue.shipped)
    assert len({value for _, value in offered}) == len(offered)
    for _, value in offered:
        assert Filters(discipline=value).apply(catalogue.shipped), value
    for value in (*KINDS, *MOODS, *MEDIA):
        name = "kind" if value in KINDS else "mood" if value in MOODS else "medium"
        wanted: dict[str, Any] = {name: value}
        assert Filters(**wanted).apply(catalogue.shipped), value


@pytest.mark.parametrize(("age", "friendly"), [(None, False), (0, True), (6, True), (12, False), (18, False)])
def test_family_friendly_is_what_somebody_judged_fit_from_six(age: int | None, friendly: bool) -> None:
    montage = Montage(
        id="a-2000", film="A", year=2000, scene="b", discipline="c", blurb="d", suitable_from=age, age_rating="G"
    )
    assert montage.family_friendly is friendly


@pytest.mark.parametrize(
    ("identity", "friendly"),
    [
        ("mulan-1998", True),
        ("cool-runnings-1993", True),
        ("rocky-1976", False),  # PG, but fists
        ("groundhog-day-1993", False),  # PG, but despair is shown
        ("the-karate-kid-1984", False),  # PG, but beatings, drink and a joint
        ("singin-in-the-rain-1952", True),
        ("spider-man-into-the-spider-verse-2018", True),  # mild notes only
        ("the-bells-of-st-marys-1945", True),  # never rated in America, and fit for a family evening
        ("whiplash-2014", False),
    ],
)
def test_family_friendly_in_the_catalogue(identity: str, friendly: bool, catalogue: Catalogue) -> None:
    montage = catalogue.get(0, identity)
    assert montage and montage.family_friendly is friendly
