"""Hammering: how much is allowed, what is said, and that it costs no memory."""

from typing import Any

import pytest
from discord import app_commands
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.ui.rate_limit import RateLimiter
from tests.club import Club, answered, button, label, text


class Time:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def pressed(rate_limiter: RateLimiter, person: int, times: int) -> int:
    """How many of so many presses at once got through."""
    through = 0
    for _ in range(times):
        try:
            rate_limiter.check(person)
        except UserError:
            continue
        through += 1
    return through


def test_a_burst_is_fine_and_then_one_a_second() -> None:
    time = Time()
    rate_limiter = RateLimiter(60, time)
    assert pressed(rate_limiter, 1, 100) == 20
    time.now += 5
    assert pressed(rate_limiter, 1, 100) == 5
    assert pressed(rate_limiter, 2, 3) == 3, "somebody else's hammering is not theirs"
    time.now += 3600
    assert pressed(rate_limiter, 1, 100) == 20


@given(st.lists(st.floats(0, 30), min_size=1, max_size=300))
def test_never_more_than_the_burst_and_the_rate(pauses: list[float]) -> None:
    time = Time()
    rate_limiter, through = RateLimiter(60, time), 0
    for pause in pauses:
        time.now += pause
        through += pressed(rate_limiter, 1, 3)
    assert through <= 20 + sum(pauses) + 1


def test_nobody_is_remembered_who_has_been_quiet() -> None:
    time = Time()
    rate_limiter = RateLimiter(60, time)
    for person in range(500):
        rate_limiter.check(person)
    assert len(rate_limiter) == 500
    time.now += 60
    rate_limiter.check(0)
    assert len(rate_limiter) == 1


def test_a_crowd_costs_bounded_memory() -> None:
    rate_limiter = RateLimiter(60, Time())
    for person in range(30_000):
        rate_limiter.check(person)
    assert len(rate_limiter) == 10_000


def test_no_limit_where_none_is_set() -> None:
    rate_limiter = RateLimiter(0)
    assert pressed(rate_limiter, 1, 1000) == 1000 and len(rate_limiter) == 0


async def test_whoever_hammers_reads_why_and_the_vote_stays(club: Club) -> None:
    club.bot.rate_limiter = RateLimiter(9, Time())
    card = await club.ana.slash(club.channel, "montage random")
    for count in (1, 0):  # the second takes the vote back
        voted = await club.ana.click(answered(card), custom_id=button(card, "Fired up"))
        assert label(voted, "Fired up") == f"Fired up · {count}"
    for refused in (
        await club.ana.click(answered(card), custom_id=button(card, "Fired up")),
        await club.ana.slash(club.channel, "montage random"),
    ):
        assert answered(refused).ephemeral and "Easy, champ" in text(refused)
    votes = await club.bot.database.read("SELECT value FROM vote")
    assert [tuple(vote) for vote in votes] == [], "two presses, and not a third"
    assert "Easy, champ" not in text(await club.ben.slash(club.channel, "montage random"))


async def test_completions_are_paced_apart_and_offer_nothing_to_whoever_is_too_fast(club: Club) -> None:
    club.bot.completion_limiter = RateLimiter(12, time := Time())
    offered = [await club.ana.autocomplete(club.channel, "montage show", "montage", "rock") for _ in range(6)]
    assert [bool(choices) for choices in offered] == [True] * 4 + [False] * 2
    for option in ("discipline", "country"):
        assert await club.ana.autocomplete(club.channel, "montage random", option, "a") == []
    assert await club.mia.autocomplete(club.channel, "daily start", "timezone", "rome"), "others are not waiting"
    assert (await club.ana.slash(club.channel, "montage random")).response, "and presses are counted apart"
    time.now += 5
    assert await club.ana.autocomplete(club.channel, "montage show", "montage", "rock")


@pytest.mark.parametrize(
    ("command", "option"),
    [
        ("montage show", "montage"),
        ("montage random", "discipline"),
        ("suggestions show", "suggestion"),
        ("moderate look", "suggestion"),
        ("daily start", "timezone"),
    ],
)
async def test_however_much_is_typed_a_hundred_characters_are_looked_at(
    club: Club, command: str, option: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    async def looked_at(self: Any, interaction: Any, focused: str, namespace: Any) -> None:
        seen.append(getattr(namespace, focused))
        await interaction.response.autocomplete([])

    monkeypatch.setattr(app_commands.Command, "_invoke_autocomplete", looked_at)
    await club.mia.autocomplete(club.channel, command, option, "\U0001f94a" * 3000)
    assert seen == ["\U0001f94a" * 50], "an emoji counts as two"


async def test_forms_are_counted_and_completions_are_not(club: Club) -> None:
    club.bot.rate_limiter = RateLimiter(3, Time())
    for _ in range(6):
        assert await club.ana.autocomplete(club.channel, "montage show", "montage", "rock")
    form = await club.ana.slash(club.channel, "suggest")
    sent = await club.ana.submit_modal(
        form,
        {
            "film": "Jaws",
            "year": "1975",
            "scene": "Tying knots",
            "why": "Yo ho ho and a yellow barrel",
            "discipline": "sailing",
        },
    )
    assert "Easy, champ" in text(sent)
    assert await club.bot.database.read("SELECT * FROM suggestion") == []
