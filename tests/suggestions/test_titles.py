"""Titles that are not one Latin line: on the card, in lists, in threads, in the post of the day."""

from typing import Any

import pytest

from tests.club import Club, components, options, text
from tests.suggestions.people import FIELDS, change, kept, suggest, vote

SHALOM = "\u05e9\u05dc\u05d5\u05dd \u05e8\u05d5\u05e7\u05d9"
TITLES = {
    "cjk": "転生したら剣でした" * 10,
    "emoji": "A" + "🥊" * 89,
    "families": "A" + "👨‍👩‍👧‍👦" * 12,
    "cyrillic": "Рокки и лестницы " * 5,
    "arabic": "روكي " * 18,
    "escapes": "<*_`~|[x" * 11,
    "marks": "e\u0316\u0317\u0301" * 22,
}


@pytest.mark.parametrize("film", TITLES.values(), ids=TITLES)
async def test_a_title_that_the_form_accepts_breaks_nothing_that_follows(club: Club, film: str) -> None:
    await change(club, margin=1, threads=True)
    fields = {"film": film, "scene": film[:70], "discipline": "xyzzy"}
    card = await suggest(club, club.ana, None, **fields)
    assert len(club.channel.threads) == 1, text(card)
    assert club.channel.threads[0].name
    await vote(club.ben, card)
    assert (await kept(club)).state == "accepted"
    found: dict[str, Any] = {
        "montage show": {"montage": "s1"},
        "montage random": {"discipline": "xyzzy"},
        "montage top": {"discipline": "xyzzy"},
        "suggestions list": {"which": "accepted"},
        "suggestions show": {"suggestion": "1"},
    }
    for command, asked in found.items():
        shown = await club.ben.slash(club.channel, command, **asked)
        assert "tripped" not in text(shown) and "🔥" in str(list(components(shown))), command
    for command, option in (("montage show", "montage"), ("suggestions show", "suggestion")):
        assert await club.ben.autocomplete(club.channel, command, option, film[:100]) is not None
    asked = {"channel": club.channel, "time": "12:30", "timezone": "UTC", "discipline": "xyzzy"}
    await club.mia.slash(club.channel, "daily start", **asked)
    today = await club.ben.slash(club.channel, "montage today")
    assert "vote:s1:up" in str(list(components(today)))
    club.env.backend.advance_clock(1800)
    await club.env.advance_time(70)
    posted = [m for m in club.channel.history() if "### Today's montage" in text(m)]
    assert len(posted) == 1 and "vote:s1:up" in str(list(components(posted[0])))
    assert "Failing" not in text(await club.mia.slash(club.channel, "daily status"))


async def test_a_title_from_right_to_left_does_not_move_year_votes_or_its_neighbours(club: Club) -> None:
    card = await suggest(club, club.ana, film=SHALOM)
    assert f"## \u2068{SHALOM}\u2069 ({FIELDS['year']})" in text(card)
    await vote(club.ben, card)
    shown = await club.ben.slash(club.channel, "montage top", what="suggested")
    line = next(line for line in text(shown).splitlines() if SHALOM in line)
    assert line.startswith(f"**1.** **\u2068{SHALOM}\u2069 (1999)** ")
    assert [label for label in options(shown) if f"1. \u2068{SHALOM}\u2069 (1999): " in label]
    asked = await suggest(club, club.ben, film=f"{SHALOM} ")
    assert f"**\u2068{SHALOM}\u2069 (1999)**" in text(asked) and "You typed: " in text(asked)


async def test_nothing_in_a_members_words_can_be_pressed_or_called(club: Club) -> None:
    why = (
        "Join discordapp.com/invite/abc, steam://run/1, discord://x, <t:1700000000:R>, </suggest:1>, <:gym:1>, "
        "[free](evil.example) @everyone <@&1> <#2>"
    )
    card = await suggest(club, club.ana, why=why)
    shown = text(card)
    for live in (
        *("discordapp.com/invite", "steam://", "discord://", "<t:", "</suggest", "<:gym", "@everyone", "<@&", "<#"),
    ):
        assert live not in shown, live
    assert "\\[free\\](" in shown
