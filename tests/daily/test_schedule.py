"""Wall clocks of all the world, through every change of time."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.daily.schedule import PATIENCE, day_at, outstanding, start_of, upcoming, wall_clock
from tests.daily import zone_names

zones = st.sampled_from(zone_names()).map(ZoneInfo)
minutes = st.integers(0, 1439)
moments = st.integers(1_200_000_000, 2_145_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
NUUK, BERLIN, APIA, SYDNEY = map(ZoneInfo, ("America/Nuuk", "Europe/Berlin", "Pacific/Apia", "Australia/Sydney"))


@pytest.mark.parametrize(
    ("zone", "day", "clock", "utc"),
    [
        (BERLIN, date(2026, 11, 24), "18:30", "2026-11-24T17:30"),
        (BERLIN, date(2026, 7, 24), "18:30", "2026-07-24T16:30"),
        (BERLIN, date(2027, 3, 28), "02:30", "2027-03-28T01:00"),  # there is no half past two: three is next
        (BERLIN, date(2026, 10, 25), "02:30", "2026-10-25T00:30"),  # there are two: the first
        (SYDNEY, date(2026, 10, 4), "02:10", "2026-10-03T16:00"),
        (NUUK, date(2027, 3, 27), "23:30", "2027-03-28T01:00"),  # the last hour of that day is missing
        (APIA, date(2011, 12, 29), "12:00", "2011-12-29T22:00"),
    ],
)
def test_the_clock_on_the_wall(zone: ZoneInfo, day: date, clock: str, utc: str) -> None:
    hour, minute = map(int, clock.split(":"))
    assert wall_clock(day, hour * 60 + minute, zone) == datetime.fromisoformat(f"{utc}+00:00")


def test_a_day_that_an_island_skipped_has_no_post() -> None:
    before = datetime(2011, 12, 29, 23, tzinfo=UTC)  # one in the afternoon of the 29th; the 30th never came
    assert upcoming(before, 12 * 60, APIA).day == date(2011, 12, 31)


def check_clock(at: datetime, day: date, minute: int, zone: ZoneInfo) -> None:
    """The clock there shows the chosen time for the first time that day, or has just jumped over it."""

    def shown(moment: datetime) -> datetime:
        return moment.astimezone(zone).replace(tzinfo=None)

    wanted = datetime.combine(day, time(minute // 60, minute % 60))
    if shown(at) == wanted:
        assert all(shown(at - timedelta(minutes=earlier)) != wanted for earlier in (20, 30, 60, 120))
    else:
        assert shown(at - timedelta(minutes=1)) < wanted < shown(at)


@given(zone=zones, minute=minutes, now=moments)
@example(zone=NUUK, minute=1410, now=datetime(2027, 3, 27, 12, tzinfo=UTC))
@example(zone=APIA, minute=0, now=datetime(2011, 12, 29, 12, tzinfo=UTC))
def test_each_day_has_one_post_at_the_chosen_time(zone: ZoneInfo, minute: int, now: datetime) -> None:
    first = upcoming(now, minute, zone)
    assert now < first.at <= now + timedelta(days=3)
    days, due = [first.day], first
    for _ in range(4):
        following = outstanding(due.at, minute, zone, due.day)
        assert due.at < due.until <= following.at, "two posts could be due at once"
        assert due.at + PATIENCE <= due.until
        days.append(following.day)
        due = following
        check_clock(due.at, due.day, minute, zone)
    assert days == sorted(set(days))
    assert all(later - earlier <= timedelta(days=2) for earlier, later in pairwise(days))


@given(zone=zones, minute=minutes, now=moments, away=st.timedeltas(timedelta(0), timedelta(days=9)))
def test_after_an_outage_there_is_today_s_post_or_the_next_and_never_an_old_one(
    zone: ZoneInfo, minute: int, now: datetime, away: timedelta
) -> None:
    waiting = upcoming(now, minute, zone)
    back = now + away
    due = outstanding(back, minute, zone, waiting.day - timedelta(days=1))
    assert due.day >= waiting.day
    assert due.until > back
    if due.at <= back:  # late, but within its day, or within the hour that a post just before midnight gets
        assert day_at(back, zone) == due.day or back - due.at < PATIENCE
    assert outstanding(back, minute, zone, due.day).at > back, "a second one would follow at once"


@given(zone=zones, now=moments)
def test_a_day_begins_on_its_own_date(zone: ZoneInfo, now: datetime) -> None:
    day = day_at(now, zone)
    assert day_at(start_of(day, zone), zone) == day
    assert start_of(day, zone) <= now < start_of(day + timedelta(days=1), zone)
