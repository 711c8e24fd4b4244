"""What translators list of what people type: each way is read, as one thing, and nothing like it is a day."""

import sys
import unicodedata
from collections import defaultdict
from datetime import date, timedelta

import pytest
from babel.dates import format_skeleton, format_timedelta

from bot.daily import typed_days, typed_rhythms, typed_times
from bot.daily.rhythm import EVERY_DAY, WEEKEND, WORKDAYS, EveryDays, Weekdays
from bot.daily.typed_dates import read_date
from bot.daily.typed_rhythms import read_rhythm
from bot.daily.typed_times import read_time
from bot.daily.typed_words import (
    all_but,
    close,
    is_spaced,
    normalised,
    number_words,
    other_weekdays,
    ways,
    weekday_words,
)
from bot.languages import ENGLISH, languages, speaking, spoken_locale
from bot.ui.dates import WEEKDAYS, short_weekday_names, weekday_names

# Every language with all that the CLDR knows of its days.
pytestmark = pytest.mark.thorough

THERE = [name for name in languages() if name != ENGLISH]
TODAY = date(2026, 11, 26)  # a Thursday
DASHES = [
    character for character in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(character) == "Pd"
] + ["\N{MINUS SIGN}", "~", "\N{FULLWIDTH TILDE}", "\N{TILDE OPERATOR}"]
every_language = pytest.mark.parametrize("name", THERE)


def _days(*days: int) -> Weekdays:
    return Weekdays(frozenset(days))


@pytest.mark.thorough
@every_language
def test_every_way_to_say_a_rhythm_is_read(name: str) -> None:
    with speaking(name):
        meant = {
            **dict.fromkeys(typed_rhythms._always(), EVERY_DAY),
            **dict.fromkeys(typed_rhythms._weekend(), Weekdays(WEEKEND)),
            **dict.fromkeys(typed_rhythms._workdays(), Weekdays(WORKDAYS)),
            **dict.fromkeys(typed_rhythms._every_other_day(), EveryDays(2)),
            **dict.fromkeys(typed_rhythms._every_days(11), EveryDays(11)),
        }
        assert [way for way, rhythm in meant.items() if read_rhythm(way) != rhythm] == []
        for number in (1, 3):
            several = [way for way in typed_rhythms._every_weeks(number) if number == 1 or "3" in way]
            assert [way for way in several if read_rhythm(way) != EveryDays(7 * number)] == []
        assert [way for way in typed_rhythms._every_other_week() if read_rhythm(way) not in FORTNIGHTS] == []
        for day, names in enumerate(other_weekdays()):
            assert [one for one in ways(names) if read_rhythm(one) != _days(day)] == []


FORTNIGHTS = (EveryDays(14), EveryDays(15))  # "quinze jours"


@every_language
def test_every_day_but_some_is_read_however_it_is_said(name: str) -> None:
    with speaking(name):
        always = typed_rhythms._always()[0]
        for way in all_but():
            said = way.replace("{every_day}", always)
            for day, called in enumerate(weekday_names()):
                assert read_rhythm(said.replace("{days}", called)) == Weekdays(EVERY_DAY.days - {day}), way
            assert read_rhythm(said.replace("{days}", "xqzvk")) is None
            assert read_rhythm(said.replace("{days}", always)) is None


@pytest.mark.thorough
@every_language
def test_every_dash_between_two_days_is_from_one_to_the_other(name: str) -> None:
    with speaking(name):
        first, *_, last = short_weekday_names()[:5]
        for dash in DASHES:
            for written in (f"{first}{dash}{last}", f"{first} {dash} {last}"):
                assert read_rhythm(written) == Weekdays(WORKDAYS), hex(ord(dash))
            assert read_date(f"24{dash}12", TODAY) == read_date("24-12", TODAY), hex(ord(dash))


@pytest.mark.thorough
@every_language
def test_no_part_of_a_word_is_a_day(name: str) -> None:
    with speaking(name):
        known = weekday_words()
        endings = {normalised(way) for way in (*typed_rhythms._around(), *typed_rhythms._until()) if way[0] == "-"}
        if not is_spaced():
            return
        for called in map(normalised, (*weekday_names(), *short_weekday_names())):
            for end in range(1, len(called)):
                begun, left = called[:end], called[end:]
                for part in (begun, left):
                    in_english = part in {day.casefold()[:3] for day in WEEKDAYS}
                    ended = any(part.endswith(ending) for ending in endings)
                    if normalised(part) not in known and not in_english and not ended:
                        assert read_rhythm(part) is None, part
                        assert read_date(part, TODAY) is None, part
            for longer in (f"{called}{called[0]}q", f"q{called}", f"{called} q"):
                assert read_rhythm(longer) is None, longer


@every_language
def test_no_other_word_is_a_day(name: str) -> None:
    """Polish `nie`, German `die`, Dutch `maand` begin as days do, or are how the CLDR shortens one."""
    with speaking(name):
        lists = (
            typed_rhythms._always,
            typed_rhythms._around,
            typed_rhythms._until,
            typed_rhythms._up_to,
            typed_rhythms._workdays,
            typed_days.around_dates,
            typed_days._of_the_month,
            all_but,
        )
        several = [way for listed in lists for way in listed()]
        several += [way for number in (1, 2) for way in typed_days._in_days(number) + typed_days._in_weeks(number)]
        several += [way for number in (1, 2) for way in typed_days._in_months(number)]
        words = {word for way in several for word in normalised(way.replace("{", " {")).split() if is_spaced()}
        words |= set(number_words())
        days = {form for names in other_weekdays() for way in ways(names) for form in normalised(way).split()}
        assert [word for word in words if word in weekday_words() and word not in days] == []
        assert [word for word in number_words() if word in weekday_words()] == []


@every_language
def test_a_small_word_means_one_thing(name: str) -> None:
    with speaking(name):
        meant = defaultdict(set)
        for listed in (typed_rhythms._around, typed_rhythms._until, typed_rhythms._up_to):
            for way in listed():
                meant[normalised(way), way[0] == "-"].add(listed.__name__)
        for day, names in enumerate(other_weekdays()):
            for way in ways(names):
                meant[normalised(way), False].add(str(day))
        for part, listed_ways in ("weekend", typed_rhythms._weekend()), ("workdays", typed_rhythms._workdays()):
            for way in listed_ways:
                meant[normalised(way), False].add(part)
        assert {way: several for way, several in meant.items() if len(several) > 1} == {}


@every_language
def test_a_number_in_words_is_one_number(name: str) -> None:
    with speaking(name):
        meant = defaultdict(set)
        for word, number in number_words().items():
            meant[word].add(number)
        months = defaultdict(set)
        for number, names in typed_days.other_months().items():
            for one in names:
                months[normalised(one)].add(number)
        assert {word: several for word, several in (*meant.items(), *months.items()) if len(several) > 1} == {}


@pytest.mark.thorough
@every_language
def test_every_way_to_say_a_day_ahead_is_read(name: str) -> None:
    with speaking(name):
        for number in (1, 3):
            after = {
                **dict.fromkeys(typed_days._in_days(number), TODAY + timedelta(days=number)),
                **dict.fromkeys(typed_days._in_weeks(number), TODAY + timedelta(weeks=number)),
                **dict.fromkeys(typed_days._in_months(number), typed_days.months_after(TODAY, number)),
            }
            ahead = {way: day for way, day in after.items() if number == 1 or str(number) in way}
            assert [way for way, day in ahead.items() if read_date(way, TODAY) != day] == []
        assert {read_date(way, TODAY) for way in typed_days._after_tomorrow()} == {date(2026, 11, 28)}
        for way in typed_days._of_the_month():
            number = 12 if "{number}" in way else 1
            if normalised(way.replace("{number}", "")):
                assert read_date(way.format(number=number), TODAY) == date(2026, 12, number), way


@pytest.mark.thorough
@every_language
def test_every_name_of_a_month_is_that_month(name: str) -> None:
    with speaking(name):
        for number, names in typed_days.other_months().items():
            meant = next(typed_days.next_dates(12, number, None, TODAY))
            for called in names:
                assert meant in (read_date(f"12 {called}", TODAY), read_date(f"{called}12日", TODAY)), called


@every_language
def test_a_day_of_the_month_is_no_length_of_time(name: str) -> None:
    """`10日` is the tenth, as the CLDR writes it, and not in ten days."""
    with speaking(name):
        for ahead in range(1, 32):
            day = TODAY + timedelta(days=ahead)
            written = format_skeleton("d", day, locale=spoken_locale())
            assert read_date(written, TODAY) in (None, typed_days._next_of_number(day.day, TODAY)), written


@every_language
def test_lengths_of_time_as_the_cldr_writes_them(name: str) -> None:
    with speaking(name):
        for days in (1, 2, 5, 10, 21):
            for bare in (True, False):
                written = format_timedelta(
                    timedelta(days=days), "day", threshold=10_000, add_direction=not bare, locale=spoken_locale()
                )
                of_the_month = typed_days._next_of_number(days, TODAY)
                alike = close(written) == close(format_skeleton("d", of_the_month, locale=spoken_locale()))
                meant = of_the_month if alike else TODAY + timedelta(days=days)
                assert read_date(written, TODAY) == meant, written


@pytest.mark.thorough
@every_language
def test_every_way_to_say_a_time_is_read(name: str) -> None:
    with speaking(name):
        for way in typed_times._minutes_behind_hours():
            assert read_time(way.format(hour=8, minute=20)) == 500, way
        for key, listed in typed_times._beside_hours().items():
            for way in listed:
                minutes = {"past": 20, "to": -20}.get(key) or int(key)
                assert read_time(way.format(hour=8, minute=20)) == 480 + minutes, way
                assert read_time(way.format(hour=8, minute=60)) is None or key not in ("past", "to"), way
        for way in typed_times._clock_words():
            assert 480 in (read_time(f"{way} 8"), read_time(f"8 {way}"), read_time(f"8{way}")), way


@pytest.mark.thorough
@every_language
def test_every_part_of_the_day_is_read(name: str) -> None:
    """Beside an hour of its own, before it or behind it, and those that are moments alone."""
    likely = {"morning": 8, "afternoon": 15, "evening": 19, "night": 22, "noon": 12, "midnight": 0}
    with speaking(name):
        for way, parts in typed_times._parts_of_the_day().items():
            hours = {likely[part] for part in parts if part in likely}
            read = {
                read_time(said)
                for hour in hours
                for said in (f"{way} {hour % 12 or 12}", f"{hour % 12 or 12} {way}")
            }
            assert not hours or read & {hour * 60 for hour in hours}, way
            assert read <= {None, *(half * 60 for hour in hours for half in (hour, (hour + 12) % 24))}, way
            for moment in parts & typed_times._MOMENTS.keys() if len(parts) == 1 else ():
                assert read_time(way) == likely[moment] * 60, way
            assert read_time(f"{way} 25") is None and read_time(f"{way} 8 {way} {way}") is None, way


@every_language
def test_letters_that_make_another_word_are_kept(name: str) -> None:
    """Vowels of India are marks for Unicode, as accents are: `वीकडे` is no `वीकेंड`."""
    with speaking(name):
        for called in weekday_names():
            for at, character in enumerate(called):
                vowel = unicodedata.category(character) in ("Mn", "Mc") and unicodedata.combining(character) == 0
                if vowel and character not in "\u0901\u0902":
                    assert normalised(called[:at] + called[at + 1 :]) != normalised(called), called
