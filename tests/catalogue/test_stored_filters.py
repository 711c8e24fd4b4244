"""What was ever stored can be read for ever; what cannot be read is refused, and never taken for "no filter"."""

from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import Filters
from bot.catalogue.codes import COUNTRY_CODES, KIND_CODES, LANGUAGE_CODES, MEDIUM_CODES, MOOD_CODES
from bot.catalogue.definition import AGES, KINDS, MEDIA, MOODS
from bot.catalogue.stored_filters import UnreadableFilters, decode_filters, encode_filters
from tests.club import shipped_montages

GOLDEN: list[dict[str, Any]] = tomli.loads(Path(__file__).with_name("stored_filters.toml").read_text("utf-8"))[
    "text"
]
ALL_CODES = (KIND_CODES, MOOD_CODES, MEDIUM_CODES, COUNTRY_CODES, LANGUAGE_CODES)


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden["stored"])
def test_a_text_of_any_released_version_means_what_it_meant(golden: dict[str, Any]) -> None:
    meant = Filters(**golden["filters"])
    if meant.discipline == "bobsled":  # the catalogue spells it otherwise now
        meant = meant._replace(discipline="bobsleigh")
    assert decode_filters(golden["stored"]) == meant
    if golden["version"] == 2:
        assert encode_filters(meant) == golden["stored"]


@pytest.mark.parametrize("codes", ALL_CODES)
def test_no_code_is_given_twice_and_every_code_has_its_golden_text(codes: dict[str, str]) -> None:
    assert len(set(codes.values())) == len(codes), "a code is given twice"
    known = {value for golden in GOLDEN if golden["version"] == 2 for value in golden["filters"].values()}
    assert set(codes) - known == set(), "add a text for each to stored_filters.toml"


def test_everything_that_can_be_chosen_has_a_code() -> None:
    shipped = shipped_montages()
    assert set(KINDS) == set(KIND_CODES) and set(MOODS) == set(MOOD_CODES) and set(MEDIA) == set(MEDIUM_CODES)
    new = {country for m in shipped for country in m.country} - set(COUNTRY_CODES)
    new |= {language for m in shipped for language in m.language} - set(LANGUAGE_CODES)
    assert new == set(), "write each as other files do, or give it a code in bot/catalogue/codes.py"


@given(
    st.builds(
        Filters,
        country=st.none() | st.text(st.characters(exclude_characters="|;"), min_size=1, max_size=40),
        language=st.none() | st.text(st.characters(exclude_characters="|;"), min_size=1, max_size=40),
        discipline=st.none() | st.text(min_size=1, max_size=40).filter(lambda name: name != "bobsled"),
        decade=st.none() | st.integers(189, 209).map(lambda decade: decade * 10),
        kind=st.none() | st.sampled_from(KINDS),
        mood=st.none() | st.sampled_from(MOODS),
        medium=st.none() | st.sampled_from(MEDIA),
        suitable_from=st.none() | st.sampled_from(AGES),
        family_friendly=st.booleans(),
    )
)
def test_what_somebody_typed_comes_back_whatever_is_in_it(filters: Filters) -> None:
    assert decode_filters(encode_filters(filters)) == filters


@given(st.text(min_size=1, max_size=60))
def test_any_other_text_is_refused_or_can_be_written_again(text: str) -> None:
    try:
        found = decode_filters(text)
    except UnreadableFilters:
        return
    assert found.active
    assert decode_filters(encode_filters(found)) == found


@pytest.mark.parametrize(
    "text",
    ["9--e-|", "z----|", "-z---|", "--z--|", ".2kz", ".2czz", ".3kt", ".2", "----", ".2|", "boxing", "-----|"],
)
def test_what_no_version_wrote_is_refused(text: str) -> None:
    with pytest.raises(UnreadableFilters):
        decode_filters(text)
