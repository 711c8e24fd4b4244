"""What TMDB's answers are taken for: pure rules, with answers of every shape."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue import Catalogue, Montage
from bot.films.answers import (
    Identity,
    details_in,
    fitting,
    found_by_id,
    source_of,
    the_only,
    wanted_film,
)
from bot.films.offers import OFFER_KINDS, merged
from bot.films.regions import A_PAGE, is_region, pages_of_regions, region_name, region_of

# What JSON can be, with TMDB's own names strewn in.
_NAMES = st.sampled_from(
    (
        *(
            "movie_results",
            "tv_results",
            "results",
            "id",
            "adult",
            "title",
            "name",
            "original_title",
            "release_date",
        ),
        *("first_air_date", "videos", "key", "site", "type", "official", "poster_path", "watch/providers"),
        *("DE", "US", "flatrate", "buy", "provider_name", "display_priority"),
    )
)
_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=9)
    | st.sampled_from(("YouTube", "Trailer", "Rocky", "1976-11-21", "/abc.jpg")),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(_NAMES, inside, max_size=6),
    max_leaves=12,
)
ANSWERS = st.dictionaries(_NAMES, _VALUES, max_size=8)


def montage(film: str, year: int, **more: Any) -> Montage:
    return Montage(id=more.pop("id", "s1"), film=film, year=year, scene="x", discipline="boxing", blurb="x", **more)


ROCKY = montage("Rocky", 1976, id="rocky-1976")


@settings(max_examples=50)
@given(ANSWERS)
def test_no_answer_breaks_anything(answer: dict[str, Any]) -> None:
    identity = found_by_id(answer)
    assert identity is None or identity.number > 0
    assert all(fit.kind == "tv" for fit in fitting(wanted_film(ROCKY), "tv", answer))
    details = details_in(answer)
    if details is not None:
        assert details.poster == "" or details.poster.startswith("/")
        assert all(kinds.keys() <= OFFER_KINDS.keys() for kinds in details.offers.values())
        assert all(services for kinds in details.offers.values() for services in kinds.values())


def result(number: int, title: str, date: str = "1976-11-21", **more: Any) -> dict[str, Any]:
    return {"id": number, "title": title, "original_title": title, "release_date": date, **more}


@pytest.mark.parametrize(
    ("results", "found"),
    [
        ([result(1, "Rocky")], 1),
        ([result(1, "ROCKY!"), result(2, "Rocky II", "1979-06-15")], 1),
        ([result(1, "Rokki", original_title="Rocky")], 1),
        ([result(1, "Rocky"), result(2, "Rocky")], None),  # two of that name in one year: nobody guesses
        ([result(1, "Rocky", "1977-01-01")], None),
        ([result(1, "Rocky Balboa")], None),
        ([result(1, "Rocky", adult=True)], None),
        ([result(1, "Rocky", adult=True), result(2, "Rocky")], 2),
        ([], None),
    ],
)
def test_only_what_fits_alone_is_found(results: list[dict[str, Any]], found: int | None) -> None:
    identity = the_only(fitting(wanted_film(ROCKY), "movie", {"results": results}))
    assert identity == (Identity("movie", found) if found else None)


def test_other_titles_count_and_so_do_accents_and_signs() -> None:
    wanted = wanted_film(montage("Léon & Friends", 1976, original_title="Der Profi"))
    for title in ("Leon and Friends", "LÉON & FRIENDS", "der profi"):
        assert list(fitting(wanted, "movie", {"results": [result(7, title)]})) == [Identity("movie", 7)]


def test_a_title_of_signs_alone_is_like_no_other() -> None:
    wanted = wanted_film(montage("!!!", 1976))
    assert not list(fitting(wanted, "movie", {"results": [result(7, "???"), result(8, "!!!")]}))


def test_shipped_ones_are_looked_for_where_they_belong_and_suggested_ones_in_both_halves(
    catalogue: Catalogue,
) -> None:
    for shipped in catalogue.shipped:
        assert wanted_film(shipped).kinds == (("tv",) if "series" in shipped.medium else ("movie",))
        assert source_of(shipped) == (shipped.imdb or wanted_film(shipped).source)
    assert len({source_of(shipped) for shipped in catalogue.shipped}) > 380
    assert wanted_film(montage("Rocky", 1976)).kinds == ("movie", "tv")


def test_what_a_member_typed_is_kept_as_a_code() -> None:
    source = source_of(montage("My Home Video", 1999))
    assert "home" not in source.casefold() and source == source_of(montage("MY home video", 1999, id="s2"))
    assert source != source_of(montage("My Home Video", 2000))


def test_the_official_trailer_is_taken_and_nothing_else_that_moves() -> None:
    def video(key: Any, **more: Any) -> dict[str, Any]:
        return {"site": "YouTube", "type": "Trailer", "key": key, "official": False, **more}

    videos = [
        video("teaser-one", type="Teaser"),
        video("elsewhere1", site="Vimeo"),
        video("../../evil"),
        video(7),
        video("fan-made-1"),
        video("official-1", official=True),
        video("official-2", official=True),
    ]
    details = details_in({"videos": {"results": videos}})
    assert details and details.trailer == "official-1"


@pytest.mark.parametrize("path", ["//evil.example/a.jpg", "/../a.jpg", "/a.svg", "https://x/a.jpg", "/a b.jpg", 7])
def test_a_poster_is_a_picture_of_that_host_and_nothing_else(path: Any) -> None:
    details = details_in({"poster_path": path})
    assert details and details.poster == ""


def test_what_is_for_adults_only_has_nothing_to_show() -> None:
    assert details_in({"adult": True, "poster_path": "/a.jpg"}) is None
    assert found_by_id({"movie_results": [result(1, "x", adult=True)]}) is None


def services(*names: str) -> list[dict[str, Any]]:
    return [{"provider_name": name, "display_priority": rank} for rank, name in enumerate(names)]


def test_all_five_kinds_are_kept_in_the_order_of_the_list() -> None:
    offered = {kind: services("B", "A") for kind in ("buy", "rent", "ads", "free", "flatrate", "link")}
    details = details_in({"watch/providers": {"results": {"DE": offered, "Nowhere": offered, "FR": {}}}})
    assert details and details.offers.keys() == {"DE"}
    assert details.offers["DE"] == {kind: ["B", "A"] for kind in OFFER_KINDS}


@pytest.mark.parametrize(
    ("listed", "shown"),
    [
        (["Netflix", "Netflix Standard with Ads", "Netflix basic with ads"], ["Netflix"]),
        (["Paramount+", "Paramount Plus", "Paramount Plus Apple TV Channel"], ["Paramount+"]),
        (["HBO Max", "Max", "Max Amazon Channel"], ["HBO Max"]),
        (["Max"], ["Max"]),
        (["Starz Amazon Channel", "WOW"], ["Starz Amazon Channel", "WOW"]),
        (["Disney Plus", "Disney  Plus"], ["Disney Plus"]),
    ],
)
def test_the_same_service_twice_is_shown_once(listed: list[str], shown: list[str]) -> None:
    assert merged(listed) == shown


@given(
    st.lists(
        st.sampled_from(("Max", "HBO Max", "max", "A", "A+", "A Plus"))
        | st.builds("{} {}".format, st.sampled_from("AB"), st.sampled_from(("with Ads", "Amazon Channel")))
    )
)
def test_merging_loses_no_service_and_changes_no_order(listed: list[str]) -> None:
    shown = merged(listed)
    assert merged(shown) == shown and bool(shown) == bool(listed)
    assert [name for name in dict.fromkeys(listed) if name in shown] == shown


def test_a_language_names_a_country_or_none_and_never_the_united_states_by_default() -> None:
    assert region_of("pt-BR") == "BR" and region_of("sv-SE", "de") == "SE"
    assert region_of("de", "en-GB") == "GB"
    for locale in ("en-US", "es-419", "fr", "ja", "no", None, ""):
        assert region_of(locale, locale) is None
    assert region_of("en-US", "es-ES") == "ES"


@given(st.lists(st.sampled_from(("DE", "FR", "US", "XK")) | st.from_regex(r"[A-Z]{2}", fullmatch=True)))
def test_every_country_can_be_chosen_and_no_list_is_too_long(regions: list[str]) -> None:
    pages = pages_of_regions(regions)
    assert {region for page in pages for region in page} == set(regions)
    assert all(0 < len(page) <= A_PAGE or not regions for page in pages)
    assert region_name("DE") == "Germany" and is_region("DE") and not is_region("ZZ")
    assert region_name("ZZ") == "ZZ"
