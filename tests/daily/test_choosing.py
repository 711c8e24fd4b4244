"""The rule of the montage of the day."""

from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import Montage
from bot.daily.choosing import choose

FIRST = date(2026, 1, 1)


def montage(number: int) -> Montage:
    return Montage(
        id=f"m{number}", film=f"Film {number}", year=2000, scene="It", discipline=f"d{number % 3}", blurb="It."
    )


@given(number=st.integers(1, 9), days=st.integers(1, 40), seed=st.integers())
def test_nothing_comes_back_before_everything_else_had_its_day(number: int, days: int, seed: int) -> None:
    allowed, last, shown = [montage(n) for n in range(number)], dict[str, date](), list[str]()
    for day in range(days):
        chosen = choose(allowed, last, Random(seed + day))
        shown.append(chosen.id)
        last[chosen.id] = FIRST + timedelta(days=day)
    for start in range(len(shown) - number + 1):
        assert len(set(shown[start : start + number])) == number


@given(data=st.data())
def test_that_holds_when_what_is_allowed_changes(data: st.DataObject) -> None:
    last: dict[str, date] = {}
    for day in range(30):
        numbers = data.draw(st.sets(st.integers(0, 6), min_size=1))
        chosen = choose([montage(n) for n in sorted(numbers)], last, Random(day))
        waiting = {f"m{n}" for n in numbers} - {chosen.id}
        never = [identity for identity in waiting if identity not in last]
        assert chosen.id not in last or (not never and all(last[chosen.id] <= last[other] for other in waiting))
        last[chosen.id] = FIRST + timedelta(days=day)


@given(seed=st.integers())
def test_a_newcomer_is_unlike_yesterday_s(seed: int) -> None:
    allowed = [montage(n) for n in range(6)]
    yesterday = allowed[0]
    chosen = choose(allowed, {yesterday.id: FIRST}, Random(seed), yesterday)
    assert chosen.discipline != yesterday.discipline
