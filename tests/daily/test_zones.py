"""Times and time zones as people type them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.daily.zones import matching_zones, read_time, show_time, zone_label, zone_named, zone_names


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
    ],
)
def test_a_time_of_day(typed: str, minute: int) -> None:
    assert read_time(typed) == minute


@pytest.mark.parametrize("typed", ["24:00", "18:60", "13 pm", "0 am", "noon", "6:5", "", "18:30:10", "-1"])
def test_no_time_of_day(typed: str) -> None:
    assert read_time(typed) is None


@given(st.integers(0, 1439))
def test_a_time_that_is_shown_can_be_typed(minute: int) -> None:
    assert read_time(show_time(minute)) == minute


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("tokio", "Asia/Tokyo"),
        ("Los Ang", "America/Los_Angeles"),
        ("rome", "Europe/Rome"),
        ("utc", "UTC"),
        ("buenos aires", "America/Buenos_Aires"),
    ],
)
def test_a_zone_by_its_city(typed: str, zone: str) -> None:
    assert zone_named(typed) == matching_zones(typed)[0] == zone


def test_no_zone() -> None:
    assert zone_named("xyzzy") is None
    assert zone_named(" ") is None


@given(st.sampled_from(zone_names()))
def test_every_zone_can_be_typed_whole(name: str) -> None:
    assert zone_named(name) == zone_named(name.lower().replace("_", " ")) == name


def test_the_list_before_anything_is_typed_is_all_around_the_world() -> None:
    offered = matching_zones("")
    assert len(offered) == 25
    assert set(offered) <= set(zone_names())


def test_a_label_shows_the_time_there() -> None:
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert zone_label("America/New_York", now) == "America/New York, where it is 07:00"
