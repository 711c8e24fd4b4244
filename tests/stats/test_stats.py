"""/montage stats, as people use it, and the pictures themselves."""

import io
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.catalogue import Catalogue, Montage
from bot.stats.charts import (
    ALT_AT_MOST,
    TOP,
    Bar,
    Bars,
    Columns,
    Interval,
    Intervals,
    guild_charts,
    in_words,
    taste_charts,
)
from bot.stats.drawing import draw
from bot.voting import Choice, Tally, rank
from tests.club import Club, answered, components, text

AT = 1_790_000_000_000
WEEK = 7 * 86_400_000


async def _vote(club: Club, montage: str, *people: int, choice: Choice = Choice.UP, at: int = AT) -> None:
    for person in people:
        await club.bot.services.votes.cast(club.guild_id, montage, person, choice, at)


async def _pictures(shown: Any) -> list[tuple[Image.Image, str]]:
    """The pictures of an answer, each with its alternative text."""
    items = [item for c in components(shown) if c["type"] == 12 for item in c["items"]]
    attachments = shown.response.attachments
    for item, attachment in zip(items, attachments, strict=True):
        assert item["media"]["url"].endswith(attachment.filename)
    return [
        (Image.open(io.BytesIO(await attachment.read())), item["description"])
        for item, attachment in zip(items, attachments, strict=True)
    ]


async def test_a_server_sees_a_picture_with_words_for_who_cannot(club: Club) -> None:
    now = int(club.env.now().timestamp() * 1000)
    await _vote(club, "rudy-1993", 1, 2, 3, at=now)
    await _vote(club, "rocky-1976", 1, 2, at=now - WEEK)
    await _vote(club, "mulan-1998", 1, choice=Choice.DOWN, at=now)
    shown = await club.ana.slash(club.channel, "montage stats")
    assert not answered(shown).ephemeral
    assert "What this server loves" in text(shown) and "6 votes so far" in text(shown)
    best, weeks, disciplines = await _pictures(shown)
    for picture, _ in (best, weeks, disciplines):
        assert picture.format == "PNG" and picture.width == 640
    assert "1. Rudy (1993)" in best[1] and "3 votes" in best[1] and "Mulan" not in best[1]
    assert weeks[1].startswith("Votes a week, from 11 weeks ago to this week: 0, 0")
    assert (
        disciplines[1]
        == "The disciplines it loves: American football 3 for and 0 against and boxing 2 for and 0 against."
    )


async def test_ones_own_taste_is_private(club: Club) -> None:
    await _vote(club, "rudy-1993", club.ana.id)
    await _vote(club, "mulan-1998", club.ben.id)
    shown = await club.ana.slash(club.channel, "montage stats", me=True)
    assert answered(shown).ephemeral
    assert "Your disciplines: American football 1 for and 0 against." in text(shown)


async def test_without_votes_there_is_a_sentence_instead(club: Club) -> None:
    for options in ({}, {"me": True}):
        shown = await club.ana.slash(club.channel, "montage stats", **options)
        assert answered(shown).ephemeral
        assert "voted" in text(shown)


async def test_who_likes_nothing_gets_a_sentence_and_their_server_no_picture_of_love(club: Club) -> None:
    await _vote(club, "mulan-1998", club.ana.id, choice=Choice.DOWN)
    mine = await club.ana.slash(club.channel, "montage stats", me=True)
    assert answered(mine).ephemeral and not answered(mine).attachments
    assert "nothing has fired you up yet" in text(mine)
    theirs = text(await club.ana.slash(club.channel, "montage stats"))
    assert "Votes a week" in theirs and "Mulan" not in theirs


async def test_a_picture_is_drawn_once_for_the_same_votes(club: Club) -> None:
    await _vote(club, "rudy-1993", 1)
    await _vote(club, "rocky-1976", 1)
    for _ in range(2):
        await club.ana.slash(club.channel, "montage stats")
    thinking = [r for r in club.env.http_requests if isinstance(r.json, dict) and r.json.get("type") == 5]
    assert len(thinking) == 1


async def test_weeks_are_counted_back_from_today(club: Club) -> None:
    voting = club.bot.services.votes
    card_at = int(club.env.now().timestamp() * 1000)
    for weeks, people in ((0, 2), (1, 3), (11, 1), (12, 5)):
        await _vote(club, "rudy-1993", *range(weeks * 10, weeks * 10 + people), at=card_at - weeks * WEEK)
    assert await voting.votes_by_week(club.guild_id, 12, ["rudy-1993"]) == [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 2]


async def test_votes_on_what_is_not_shown_are_in_no_number(club: Club) -> None:
    now = int(club.env.now().timestamp() * 1000)
    await _vote(club, "rudy-1993", 1, 2, at=now)
    await _vote(club, "s99", 1, 2, 3, at=now)  # a suggestion that is still open
    await _vote(club, "long-gone-1999", 4, at=now)  # it has left the catalogue
    shown = await club.ana.slash(club.channel, "montage stats")
    assert "2 votes so far" in text(shown) and ": 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2." in text(shown)


async def test_one_bar_is_said_in_words(club: Club) -> None:
    await _vote(club, "rudy-1993", 1, 2, at=int(club.env.now().timestamp() * 1000))
    shown = await club.ana.slash(club.channel, "montage stats")
    assert not answered(shown).attachments
    for words in ("The best", "Votes a week", "The disciplines it loves: American football 2 for"):
        assert words in text(shown)


async def test_what_a_server_hides_is_said_to_be_hidden(club: Club) -> None:
    await _vote(club, "full-metal-jacket-1987", 1, 2)
    await club.bot.services.guild_settings.change(club.guild_id, family_friendly_only=True)
    shown = text(await club.ana.slash(club.channel, "montage stats"))
    assert "2 votes" in shown and "is hidden" in shown and "Nobody has voted" not in shown
    await _vote(club, "full-metal-jacket-1987", club.ana.id)
    mine = text(await club.ana.slash(club.channel, "montage stats", me=True))
    assert "There is 1 vote of yours" in mine and "hidden in this server" in mine
    await _vote(club, "mulan-1998", 1)
    shown = text(await club.ana.slash(club.channel, "montage stats"))
    assert "There are 3 votes more on montages that this server hides" in shown


@pytest.mark.thorough
def test_starting_the_bot_does_not_load_the_drawing() -> None:
    loaded = "import bot.app, sys; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loaded], check=False).returncode == 0


tallies = st.dictionaries(
    st.integers(0, 200),
    st.builds(Tally, st.integers(0, 99), st.integers(0, 99)).filter(lambda t: t.votes),
    min_size=1,
)


@given(tallies)
def test_a_servers_panels_follow_its_ranking(catalogue: Catalogue, tallies: dict[int, Tally]) -> None:
    montages = {m.id: m for m in catalogue.shipped}
    votes = {catalogue.shipped[number].id: tally for number, tally in tallies.items()}
    ranked = rank(list(montages), votes)
    charts = guild_charts(ranked, montages, [0])
    best = [chart for chart in charts if isinstance(chart, Intervals)]
    loved = [chart for chart in charts if isinstance(chart, Bars)]
    liked_more = [r for r in ranked if r.up > r.down]  # nothing else is among the best
    assert len(best) == bool(liked_more)
    for intervals in best:
        assert len(intervals.rows) == min(len(liked_more), TOP)
        for row, entry in zip(intervals.rows, liked_more, strict=False):
            assert row.name == f"{entry.rank}. {montages[entry.key].film}"  # the rank that it has in the ranking
            assert row.year == f"({montages[entry.key].year})"
            assert 0 <= row.low <= row.share <= row.high <= 1
            assert row.high > row.low
        shares = [row.share for row in intervals.rows]
        assert shares == sorted(shares, reverse=True)
        assert 0 < len(in_words(intervals)) <= ALT_AT_MOST
    liked = {montages[key].discipline for key, tally in votes.items() if tally.up}
    assert len(loved) == bool(liked)
    for disciplines in loved:
        assert isinstance(disciplines, Bars) and {bar.label for bar in disciplines.rows} <= liked
        assert len(disciplines.rows) == min(len(liked), 6) and 0 < len(in_words(disciplines)) <= ALT_AT_MOST


def test_a_taste_sums_up_disciplines_moods_and_decades(catalogue: Catalogue) -> None:
    boxing = [m for m in catalogue.shipped if m.discipline == "boxing"]
    disliked = next(m for m in catalogue.shipped if m.discipline != "boxing")
    disciplines, moods, decades = taste_charts(
        [(m, Choice.UP) for m in boxing[:3]] + [(boxing[3], Choice.DOWN), (disliked, Choice.DOWN)]
    )
    assert isinstance(disciplines, Bars) and isinstance(moods, Bars) and isinstance(decades, Bars)
    assert [(bar.label, bar.up, bar.down) for bar in disciplines.rows] == [("boxing", 3, 1)]
    assert sum(bar.up for bar in decades.rows) == 3


def test_a_taste_for_a_servers_own_montages_alone_has_no_moods(catalogue: Catalogue) -> None:
    own = Montage(id="s1", film="Ours", year=1999, scene="", blurb="", discipline="darts")
    disciplines, decades = taste_charts([(own, Choice.UP)])
    assert in_words(disciplines) == "Your disciplines: darts 1 for and 0 against."
    assert in_words(decades) == "Your decades: the 1990s 1 for and 0 against."


def test_anything_can_be_drawn() -> None:
    odd = "🥊 $x_1$ 七人の侍 " + "very " * 30
    charts = (
        Intervals(
            "$1 $2", (Interval(odd, "(1)", 1.0, 0.97, 1.0, "1 vote"), Interval("x", "(2)", 0.0, 0.0, 0.1, "1 vote"))
        ),
        Columns("weeks", (0,) * 12, "then", "now"),
        Columns("weeks", (999, 1_000, 10**6, 10**9), "then", "now"),
        Bars("bars", (Bar(odd, 0, 0, 0), Bar("x", 10**9, 0, 0xFFFFFF))),
    )
    for chart in charts:
        assert Image.open(io.BytesIO(draw(chart))).width == 640
