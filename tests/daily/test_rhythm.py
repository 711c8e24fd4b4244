"""On which days a post comes: typed, said, kept, and held through clocks and calendars of all the world."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.daily.rhythm import (
    EVERY_DAY,
    MOST_DAYS,
    EveryDays,
    Plan,
    Rhythm,
    Weekdays,
    begun,
    carried_on,
    rhythm_words,
)
from bot.daily.schedule import day_at, outstanding, start_of, upcoming
from bot.daily.typed_dates import FURTHEST, offered_dates, read_date
from bot.daily.typed_rhythms import as_typed, offered_rhythms, read_rhythm
from tests.daily import zone_names

zones = st.sampled_from(zone_names()).map(ZoneInfo)
minutes = st.integers(0, 1439)
moments = st.integers(1_200_000_000, 2_145_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
weekdays = st.frozensets(st.integers(0, 6), min_size=1).map(Weekdays)
counted = st.builds(EveryDays, st.integers(2, MOST_DAYS), st.dates(date(2000, 1, 1), date(2040, 1, 1)))
rhythms: st.SearchStrategy[Rhythm] = st.one_of(weekdays, counted)
BERLIN, APIA = ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Apia")
TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("every day", "every day"),
        ("Daily", "every day"),
        ("everyday", "every day"),
        ("Mon, Wed, Fri", "on Mondays, Wednesdays and Fridays"),
        ("mondays & thursdays", "on Mondays and Thursdays"),
        ("weekdays", "from Monday to Friday"),
        ("Mon-Fri", "from Monday to Friday"),
        ("fri to mon", "on Mondays, Fridays, Saturdays and Sundays"),
        ("only at weekends", "on Saturdays and Sundays"),
        ("every day but Sunday", "every day but Sunday"),
        ("every Friday", "once a week, on Fridays"),
        ("once a week, on Tues", "once a week, on Tuesdays"),
        ("every 3 days", "every 3 days"),
        ("3 days", "every 3 days"),
        ("every third day", "every 3 days"),
        ("every other day", "every 2 days"),
        ("every 3rd day", "every 3 days"),
        ("every two weeks", "every 14 days"),
        ("fortnightly", "every 14 days"),
        ("weekly", "every 7 days"),
        ("every 1 day", "every day"),
    ],
)
def test_what_people_type(typed: str, said: str) -> None:
    rhythm = read_rhythm(typed)
    assert rhythm is not None
    assert rhythm_words(rhythm) == said


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "m",
        "sometimes",
        "every 0 days",
        "every 61 days",
        "every moon day",
        "Mon, Xyz",
        "every day but",
        "to",
        "from Monday",
        "Mon-",
    ],
)
def test_what_means_nothing_is_not_guessed(typed: str) -> None:
    assert read_rhythm(typed) is None


@given(rhythm=rhythms)
@example(rhythm=Weekdays(frozenset(range(5))))
@example(rhythm=Weekdays(frozenset((5, 6))))
@example(rhythm=EVERY_DAY)
def test_what_the_form_is_filled_with_means_the_same(rhythm: Rhythm) -> None:
    read = read_rhythm(as_typed(rhythm))
    assert read is not None
    assert carried_on(read, rhythm) == rhythm
    assert len(as_typed(rhythm)) <= 36
    if isinstance(rhythm, Weekdays):
        assert read_rhythm(rhythm_words(rhythm)) == rhythm


@given(typed=st.text(max_size=40))
def test_nothing_that_is_typed_trips_it(typed: str) -> None:
    read = read_rhythm(typed)
    for offer in offered_rhythms(typed):
        assert read_rhythm(as_typed(offer)) == offer
    assert read is None or read in offered_rhythms(typed)
    read_date(typed, TODAY)
    offered_dates(typed, TODAY)


def due_days(rhythm: Rhythm, zone: ZoneInfo, minute: int, now: datetime, posts: int) -> list[date]:
    """The days of the next posts, each made the moment it is due."""
    plan, due = Plan(rhythm), upcoming(now, minute, zone, Plan(rhythm))
    days = [due.day]
    while len(days) < posts:
        due = outstanding(due.at, minute, zone, due.day, plan)
        days.append(due.day)
    return days


@given(rhythm=rhythms, zone=zones, minute=minutes, now=moments)
@example(rhythm=EveryDays(3, date(2026, 3, 26)), zone=BERLIN, minute=150, now=datetime(2026, 3, 27, tzinfo=UTC))
@example(rhythm=EveryDays(2, date(2011, 12, 28)), zone=APIA, minute=60, now=datetime(2011, 12, 28, tzinfo=UTC))
def test_every_day_of_the_rhythm_has_its_post_and_no_other(
    rhythm: Rhythm, zone: ZoneInfo, minute: int, now: datetime
) -> None:
    days = due_days(rhythm, zone, minute, now, 4)
    there = [days[0] + timedelta(days=n) for n in range((days[-1] - days[0]).days + 1)]
    exist = [day for day in there if day_at(start_of(day, zone), zone) == day]  # islands have skipped a day
    assert days == [day for day in exist if rhythm.includes(day)]


@given(number=st.integers(2, MOST_DAYS), zone=zones, minute=minutes, now=moments)
def test_every_so_many_days_are_counted_by_the_calendar_there(
    number: int, zone: ZoneInfo, minute: int, now: datetime
) -> None:
    first = upcoming(now, minute, zone)
    rhythm = begun(EveryDays(number), first.day)
    days = due_days(rhythm, zone, minute, now, 3)
    assert days[0] == first.day
    assume(day_at(start_of(date(2011, 12, 30), zone), zone) == date(2011, 12, 30) or now.year > 2012)
    assert [(later - days[0]).days for later in days] == [0, number, 2 * number]
    assert {day.weekday() for day in days} == {days[0].weekday()} or number % 7


@given(rhythm=rhythms, zone=zones, minute=minutes, now=moments, away=st.timedeltas(timedelta(0), timedelta(9)))
def test_after_an_outage_there_is_one_post_at_most_and_none_of_another_day(
    rhythm: Rhythm, zone: ZoneInfo, minute: int, now: datetime, away: timedelta
) -> None:
    plan, back = Plan(rhythm), now + away
    due = outstanding(back, minute, zone, upcoming(now, minute, zone, plan).day - timedelta(days=1), plan)
    assert plan.includes(due.day)
    assert outstanding(back, minute, zone, due.day, plan).at > back, "a second one would follow at once"


@given(
    rhythm=rhythms,
    zone=zones,
    minute=minutes,
    now=moments,
    rest=st.integers(1, 366),
    skips=st.frozensets(st.integers(0, 30), max_size=5),
)
def test_nothing_comes_in_a_pause_or_on_a_day_left_out_and_it_ends_by_itself(
    rhythm: Rhythm, zone: ZoneInfo, minute: int, now: datetime, rest: int, skips: frozenset[int]
) -> None:
    resumes = day_at(now, zone) + timedelta(days=rest)
    plan = Plan(rhythm, resumes, frozenset(resumes + timedelta(days=skip) for skip in skips))
    due = upcoming(now, minute, zone, plan)
    assert due.day >= resumes
    between = [resumes + timedelta(days=n) for n in range((due.day - resumes).days)]
    exist = [day for day in between if day_at(start_of(day, zone), zone) == day]
    # What lies before it in the rhythm was left out, or had its time (just after midnight by an odd clock) already.
    assert all(not rhythm.includes(day) or day in plan.skipped for day in exist)
    assert plan.includes(due.day)


def test_a_rhythm_begins_once_and_keeps_its_count() -> None:
    begun_there = begun(EveryDays(3), TODAY)
    assert begun_there == EveryDays(3, TODAY)
    assert begun(begun_there, TODAY + timedelta(days=1)) == begun_there
    assert carried_on(EveryDays(3), begun_there) == begun_there
    assert carried_on(EveryDays(4), begun_there) == EveryDays(4)
    assert carried_on(EVERY_DAY, begun_there) == EVERY_DAY
    assert begun(EveryDays(7), TODAY) == Weekdays(frozenset((TODAY.weekday(),)))
    assert rhythm_words(begun_there) == "every 3 days, counted from Thursday 26 November"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tomorrow", date(2026, 11, 27)),
        ("Monday", date(2026, 11, 30)),
        ("next mon", date(2026, 11, 30)),
        ("thursday", date(2026, 12, 3)),
        ("2 weeks", date(2026, 12, 10)),
        ("in a month", date(2026, 12, 26)),
        ("3 months", date(2027, 2, 26)),
        ("2026-12-24", date(2026, 12, 24)),
        ("24.12.", date(2026, 12, 24)),
        ("24.12.2026", date(2026, 12, 24)),
        ("12/24", date(2026, 12, 24)),
        ("5/5", date(2027, 5, 5)),
        ("24 December", date(2026, 12, 24)),
        ("Dec 24th, 2026", date(2026, 12, 24)),
        ("until 7 January", date(2027, 1, 7)),
        ("4/5", None),  # the fourth of May, or the fifth of April
        ("31.11.", None),
        ("today", None),
        ("26 November 2026", None),
        ("1 December 2028", None),
        ("ma 3", None),
        ("soon", None),
    ],
)
def test_days_ahead_as_people_type_them(typed: str, meant: date | None) -> None:
    assert read_date(typed, TODAY) == meant


@given(today=st.dates(date(2020, 1, 1), date(2040, 1, 1)), ahead=st.integers(1, FURTHEST.days))
def test_every_day_ahead_can_be_typed_and_none_behind(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    for written in (day.isoformat(), f"{day.day} {day:%B} {day.year}", f"{day:%b} {day.day} {day.year}"):
        assert read_date(written, today) == day
    assert read_date(f"{ahead} days", today) == day
    assert read_date((today - timedelta(days=ahead)).isoformat(), today) is None
    offered = offered_dates("", today)
    assert all(read_date(offer.isoformat(), today) == offer for _, offer in offered)
