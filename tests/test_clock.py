"""Lengths of time under a clock that jumps, and the time at Discord."""

import time
from email.utils import format_datetime
from pathlib import Path

import pytest

from bot import clock
from bot.app import create_bot
from bot.discord_time import DiscordTime
from bot.settings import Settings
from tests.standin import StandIn, logged_in

NOW = 1_795_000_000_000


@pytest.mark.parametrize(
    ("passed", "expected"), [(0, True), (59_999, True), (60_000, False), (-1, False), (-clock.DAY, False)]
)
def test_within(passed: int, expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + passed)
    assert clock.within(clock.MINUTE, NOW) is expected


def test_discord_s_time_runs_on_whatever_the_clock_says(monkeypatch: pytest.MonkeyPatch) -> None:
    time_there, counted = DiscordTime(), 100.0
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(time, "monotonic", lambda: counted)
    assert time_there.now() == NOW, "nothing is known yet"
    time_there.note(format_datetime(clock.moment(NOW), usegmt=True), counted)
    monkeypatch.setattr(clock, "now", lambda: NOW + 31 * clock.DAY)
    counted += 90
    assert time_there.now() == NOW + 90_000


@pytest.mark.parametrize("date", ["", "yesterday", "Wed, 99 Nov 2026 12:00:00 GMT"])
def test_what_is_no_date_says_nothing(date: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    time_there = DiscordTime()
    time_there.note(date, 1)
    assert time_there.now() == NOW


async def test_it_is_read_off_real_answers(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = clock.now()
    monkeypatch.setattr(clock, "now", lambda: real + 31 * clock.DAY)
    bot = create_bot(Settings(database=path))
    async with StandIn() as standin, logged_in(bot, standin):
        assert abs(bot.discord_time.now() - real) < clock.MINUTE
