"""Times and time zones as people type them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.daily.schedule import day_at, start_of, wall_clock
from bot.daily.typed_times import read_time, show_time
from bot.daily.typed_zones import (
    ZoneOffer,
    _behaviour,
    _names_in,
    _written_by_translators,
    matching_zones,
    meanings,
    zone_label,
    zone_named,
)
from bot.daily.zone_names import other_countries, short_names, towns
from bot.daily.zones import UnknownZoneError, zone_of, zone_words
from bot.languages import ENGLISH, languages, speaking
from tests.daily import zone_names
from tests.nasty import nasty

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "minute"),
    [
        ("18:30", 1110),
        ("6.30 pm", 1110),
        ("18h30", 1110),
        ("0730", 450),
        (" 7 ", 420),
        ("7pm", 1140),
        ("12 am", 0),
        ("12 P.M.", 720),
        ("23:59", 1439),
        ("noon", 720),
        ("midnight", 0),
        ("half past seven", 450),
    ],
)
def test_a_time_of_day(typed: str, minute: int) -> None:
    assert read_time(typed) == minute


@pytest.mark.parametrize("typed", ["24:00", "18:60", "13 pm", "0 am", "tea time", "6:5", "", "18:30:10", "-1"])
def test_no_time_of_day(typed: str) -> None:
    assert read_time(typed) is None


@given(st.integers(0, 1439))
def test_a_time_that_is_shown_can_be_typed(minute: int) -> None:
    assert read_time(show_time(minute)) == minute


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        # as the database of zones has them, and well-known other names
        *(
            ("Europe/Berlin", "Europe/Berlin"),
            ("america/new york", "America/New_York"),
            ("US/Eastern", "US/Eastern"),
        ),
        *(("EST5EDT", "EST5EDT"), ("Europe/Kiev", "Europe/Kiev"), ("Etc/GMT+5", "UTC-05:00"), ("utc", "UTC")),
        # cities
        *(("berlin", "Europe/Berlin"), ("New York", "America/New_York"), ("los angeles", "America/Los_Angeles")),
        *(("rome", "Europe/Rome"), ("Buenos Aires", "America/Argentina/Buenos_Aires"), ("Mumbai", "Asia/Kolkata")),
        *(("München", "Europe/Berlin"), ("sao paulo", "America/Sao_Paulo"), ("Lima", "America/Lima")),
        *(("San Francisco", "America/Los_Angeles"), ("St. John's", "America/St_Johns"), ("Kiev", "Europe/Kyiv")),
        # countries that have one clock
        *(
            ("Japan", "Asia/Tokyo"),
            ("India", "Asia/Kolkata"),
            ("Germany", "Europe/Berlin"),
            ("UK", "Europe/London"),
        ),
        *(
            ("Ivory Coast", "Africa/Abidjan"),
            ("The Netherlands", "Europe/Amsterdam"),
            ("south korea", "Asia/Seoul"),
        ),
        # short names that mean one clock
        *(
            ("JST", "Asia/Tokyo"),
            ("CEST", "Europe/Berlin"),
            ("edt", "America/New_York"),
            ("AEDT", "Australia/Sydney"),
        ),
        *(("Zulu", "UTC"), ("MSK", "Europe/Moscow"), ("SAST", "Africa/Johannesburg"), ("SGT", "Asia/Singapore")),
        # offsets
        *(("UTC+2", "UTC+02:00"), ("GMT-3:30", "UTC-03:30"), ("utc + 5.5", "UTC+05:30"), ("+0545", "UTC+05:45")),
        *(
            ("UTC\N{MINUS SIGN}4", "UTC-04:00"),
            ("GMT+0", "UTC"),
            ("UTC+14", "UTC+14:00"),
            ("UTC-12:00", "UTC-12:00"),
        ),
    ],
)
def test_what_is_understood(typed: str, zone: str) -> None:
    assert zone_named(typed) == zone
    assert matching_zones(typed)[0].zone == zone, "and offered first"


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("EST", {"America/New_York", "America/Jamaica", "Australia/Sydney"}),
        ("CST", {"America/Chicago", "Asia/Shanghai", "America/Mexico_City", "America/Havana"}),
        ("PST", {"America/Los_Angeles", "Asia/Manila"}),
        ("MST", {"America/Denver", "America/Phoenix"}),
        ("BST", {"Europe/London", "Asia/Dhaka"}),
        ("IST", {"Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"}),
        ("AEST", {"Australia/Sydney", "Australia/Brisbane"}),
        ("CET", {"Europe/Berlin", "Africa/Algiers"}),
        ("GMT", {"Europe/London", "UTC"}),
        ("Eastern", {"America/New_York", "Australia/Sydney"}),
        ("USA", {"America/New_York", "America/Los_Angeles", "Pacific/Honolulu"}),
        ("Spain", {"Europe/Madrid", "Atlantic/Canary"}),
        ("Georgia", {"Asia/Tbilisi", "America/New_York"}),
        ("Washington", {"America/New_York", "America/Los_Angeles"}),
        ("Hyderabad", {"Asia/Kolkata", "Asia/Karachi"}),
    ],
)
def test_what_means_several_clocks_is_asked_and_not_guessed(typed: str, offered: set[str]) -> None:
    assert zone_named(typed) is None
    meant = meanings(typed)
    assert offered <= set(meant)
    assert [offer.zone for offer in matching_zones(typed)][: len(meant)] == meant


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("tokio", "Asia/Tokyo"),
        ("Los Ang", "America/Los_Angeles"),
        ("berlni", "Europe/Berlin"),
        ("mumbay", "Asia/Kolkata"),
    ],
)
def test_a_slip_is_only_ever_an_offer(typed: str, nearest: str) -> None:
    assert zone_named(typed) is None and meanings(typed) == []
    assert nearest in [offer.zone for offer in matching_zones(typed)][:3]


@pytest.mark.parametrize(
    "typed", ["xyzzy", " ", "", "UTC+25", "UTC+14:30", "UTC-13", "UTC 2", "+", "../etc/passwd", "2"]
)
def test_no_zone(typed: str) -> None:
    assert zone_named(typed) is None and meanings(typed) == []


@given(nasty)
def test_whatever_is_typed_is_a_zone_or_none_and_every_offer_can_be_taken(typed: str) -> None:
    zone = zone_named(typed)
    if zone is not None:
        assert zone_of(zone) and zone_named(zone) == zone
    for offer in matching_zones(typed):
        assert zone_named(offer.zone) == offer.zone
        assert zone_label(offer, NOW)


@given(st.sampled_from(sorted(zone_names())))
def test_every_zone_can_be_typed_whole(name: str) -> None:
    assert zone_named(name) == zone_named(name.lower().replace("_", " ")) == name


@given(st.sampled_from(sorted(available_timezones())))
def test_every_zone_that_was_ever_stored_is_read(name: str) -> None:
    assert zone_of(name).utcoffset(datetime(2026, 7, 1)) == ZoneInfo(name).utcoffset(datetime(2026, 7, 1))  # noqa: DTZ001


@given(st.integers(-12 * 60, 14 * 60))
def test_a_fixed_offset_is_typed_stored_read_and_shown(minutes: int) -> None:
    hours, rest = divmod(abs(minutes), 60)
    typed = f"{'-' if minutes < 0 else '+'}{hours}:{rest:02}"
    stored = zone_named(f"UTC{typed}")
    assert stored is not None
    zone = zone_of(stored)
    assert zone.utcoffset(None) == timedelta(minutes=minutes)
    assert zone_named(zone_words(stored)) == stored, "as it is shown in the form"
    day = day_at(NOW, zone)
    assert wall_clock(day, 18 * 60, zone) - start_of(day, zone) == timedelta(hours=18)


@pytest.mark.parametrize(
    "stored",
    ["", "Mars/Olympus", "../../etc/passwd", "/etc/passwd", "America", "UTC+2", "UTC+99:99\n", "Europe/Berlin\0"],
)
def test_a_zone_that_is_in_no_table_says_so(stored: str) -> None:
    with pytest.raises(UnknownZoneError):
        zone_of(stored)


def test_the_tables_of_our_own_name_what_there_is() -> None:
    for name, zone in (*towns(), *short_names()):
        assert zone == "UTC" or zone in zone_names(), (name, zone)
        assert meanings(name), name
    for name, country in other_countries():
        assert meanings(name), (name, country)


def test_the_list_before_anything_is_typed_is_all_around_the_world() -> None:
    offered = matching_zones("")
    assert len(offered) == 25
    assert {offer.zone for offer in offered} <= set(zone_names())


def test_a_label_shows_the_time_there() -> None:
    assert zone_label(ZoneOffer("America/New_York"), NOW) == "America/New York, where it is 07:00"
    assert zone_label(ZoneOffer("Asia/Kolkata", "Mumbai"), NOW) == "Mumbai: Asia/Kolkata, where it is 17:30"
    assert zone_label(ZoneOffer("UTC-03:30"), NOW) == "UTC-3:30, where it is 08:30"


@pytest.mark.parametrize(
    ("language", "typed", "zone"),
    [
        ("de", "Deutschland", "Europe/Berlin"),
        ("de", "frankreich", "Europe/Paris"),
        ("de", "Germany", "Europe/Berlin"),
        ("nl", "Nederland", "Europe/Amsterdam"),
        ("nl", "belgie", "Europe/Brussels"),
        ("nl", "Parijs", "Europe/Paris"),
        ("fr", "Suisse", "Europe/Zurich"),
        ("fr", "Londres", "Europe/London"),
        ("it", "Italia", "Europe/Rome"),
        ("it", "Roma", "Europe/Rome"),
        ("it", "Parigi", "Europe/Paris"),
        ("pt_BR", "Lisboa", "Europe/Lisbon"),
        ("es_419", "Ciudad de México", "America/Mexico_City"),
        ("ja", "東京", "Asia/Tokyo"),
        ("ja", "日本", "Asia/Tokyo"),
        ("ko", "서울", "Asia/Seoul"),
        ("hi", "दिल्ली", "Asia/Kolkata"),
        ("hi", "कोलकाता", "Asia/Kolkata"),
        ("uk", "Київ", "Europe/Kyiv"),
        ("tr", "İstanbul", "Europe/Istanbul"),
    ],
)
def test_places_in_the_language_that_is_spoken(language: str, typed: str, zone: str) -> None:
    with speaking(language):
        assert zone_named(typed) == zone
        assert matching_zones(typed)[0].zone == zone


@pytest.mark.thorough
@pytest.mark.parametrize("language", [name for name in languages() if name != ENGLISH])
def test_every_city_and_country_in_every_language(language: str) -> None:
    with speaking(language):
        for name, offers in _names_in(language).items():
            meant = {_behaviour(offer.zone) for offer in offers}
            assert meant <= set(map(_behaviour, meanings(name))), name
        assert not [english for _name, english in _written_by_translators() if not meanings(english)]


def test_half_a_name_is_offered_and_more_than_one_clock_is_asked_about() -> None:
    with speaking("it"):
        assert matching_zones("Ital")[0] == ZoneOffer("Europe/Rome", "Italia")
    with speaking("es"):
        assert zone_named("España") is None
        assert {"Europe/Madrid", "Atlantic/Canary"} <= {offer.zone for offer in matching_zones("España")}
    assert zone_named("Parigi") is None, "it is English that is spoken"
