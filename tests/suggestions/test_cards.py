"""Whatever people type, no card breaks, nobody is called, and no address hides."""

import re
from collections.abc import Iterator
from typing import Any

import discord
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.suggestions.cards import (
    accepted_card,
    announcement,
    closed_card,
    decided_note,
    suggestion_card,
    waiting_card,
)
from bot.suggestions.duplicates import Known
from bot.suggestions.entry import LIMITS, Entry, Typed, read_entry
from bot.suggestions.review.cards import ReviewItem, review_card
from bot.suggestions.suggest_cards import duplicates_question, later_note, mend_note
from bot.suggestions.suggestion import Event, Report, Suggestion
from bot.ui.prebuilt import component_payloads
from bot.ui.text import clean
from bot.voting import Tally
from tests.contract import violations

# Arbitrary Unicode, and what people try on purpose.
NASTY = [
    "@everyone",
    "@here",
    "<@123456789012345678>",
    "<@&123456789012345678>",
    "<#123456789012345678>",
    "</suggest:123456789012345678>",
    "<t:1:R>",
    "<:a:123456789012345678>",
    "discord.gg/abc",
    "https://discord.com/invite/abc",
    "[click](https://evil.example)",
    "http://evil.example",
    "# big",
    "-# small",
    "> quoted",
    "- item",
    "1. item",
    "```",
    "`",
    "||",
    "**",
    "__",
    "~~",
    "\\",
    "\n",
    "\u202e",
    "\u200b",
    "\ufeff",
    "Z\u0351\u0352\u0353\u0354",
]
pieces = st.one_of(st.text(max_size=30), st.sampled_from(NASTY))
texts = st.lists(pieces, max_size=25).map("".join)


@st.composite
def typed(draw: st.DrawFn) -> Typed:
    """A form, as full as Discord lets it be."""
    words = {name: (draw(texts) + "Rocky lifts his logs")[: LIMITS[name][1]] for name in LIMITS}
    return Typed(**words | {"year": draw(st.sampled_from(["1985", "19x5"]))})


def sent(view: discord.ui.LayoutView) -> list[str]:
    """The texts of a card that Discord would take."""
    body = {"components": component_payloads(view), "flags": 1 << 15}
    assert violations("POST", "/channels/1/messages", body) == []
    return [c["content"] for c in _walk(body["components"]) if c["type"] == 10]


def _walk(components: Any) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from _walk(component.get("components", ()))


def harmless(texts: list[str], own: tuple[str, ...] = ()) -> None:
    """Nothing in them calls, links or lays out, but for what the bot itself put there."""
    whole = "\n".join(texts)
    for mine in own:
        whole = whole.replace(mine, "")
    whole = re.sub(r"(?<!\\)(<@1>|<@2>|<t:\d+:R>)", "", whole)
    bare = re.sub(r"\\.", "", whole, flags=re.DOTALL)
    assert not re.search(r"@everyone|@here|<@|<#|</\w|<t:|<a?:\w+:\d", bare)
    assert not re.search(r"https?://|discord\.(gg|com)", bare)
    assert not any(ord(character) < 32 and character != "\n" for character in whole)
    assert "\u202e" not in whole and "```" not in bare and "](" not in bare


@settings(max_examples=150)
@given(typed=typed(), reason=texts, anonymous=st.booleans())
def test_every_card(typed: Typed, reason: str, anonymous: bool) -> None:
    entry, problems = read_entry(typed, 2026)
    harmless(sent(mend_note(typed, problems, 5)))
    harmless(sent(later_note("Later.", typed, 5)))
    if entry is None:
        return
    why = clean(reason)[:300]
    own: tuple[str, ...] = (f"]({entry.link})", entry.link, f"`{entry.link}`") if entry.link else ()
    suggestion = Suggestion(
        10**17, 7, 1, entry, "open", 1, 8, 9, anonymous=anonymous, trouble="I need View Channel in a channel."
    )
    event = Event(1, suggestion.id, "declined", "moderator", 2, 1, why)
    tally = Tally(10**6, 10**6)
    for card in (
        suggestion_card(suggestion, tally, "combat", 4),
        accepted_card(suggestion, tally, "", event),
        closed_card(suggestion, tally, event),
        waiting_card(suggestion),
        announcement(suggestion, tally, event),
        decided_note(suggestion, event, reason[:90]),
    ):
        harmless(sent(card), own)
    near = [Known("s" + "9" * 17, entry.film, entry.year, entry.scene), *(Known(c * 60, c, 1, c) for c in "abc")]
    harmless(sent(duplicates_question(typed, near, 10**17)))
    reports = [Report(2, why, 1)] * 9
    item = ReviewItem(suggestion, tally, [event] * 9, reports, author_blocked=False, waiting=9, own=True)
    harmless(sent(review_card(item, "Done.")), own)


def test_a_link_is_shown_with_its_host() -> None:
    entry = Entry("Rocky", 1976, "The steps", "He runs.", "boxing", "https://www.example.com/a?b=c")
    suggestion = Suggestion(12, 7, 1, entry, "open", 1)
    for card in (suggestion_card(suggestion, Tally(), "", 5), accepted_card(suggestion, Tally(), "", None)):
        assert "[example.com](https://www.example.com/a?b=c)" in "\n".join(sent(card))


def test_the_desk_takes_the_worst_that_people_can_type() -> None:
    stars = {name: "*" * (most - 1) + "a" for name, (_, most) in LIMITS.items()}
    entry = Entry(
        stars["film"], 1976, stars["scene"], stars["why"], stars["discipline"], "https://e.org/" + "a" * 280
    )
    suggestion = Suggestion(10**17, 7, 10**18, entry, "open", 1, 8, 9, trouble="x" * 120)
    events = [
        Event(n, 10**17, "declined", "moderator", 10**18, 10**12, "*" * 300, 10**12, 10**18) for n in range(9)
    ]
    item = ReviewItem(
        suggestion, Tally(), events, [Report(10**18, "*" * 300, 1)] * 9, author_blocked=False, waiting=9
    )
    assert "9" in "".join(sent(review_card(item, f"Accepted: {stars['film'] * 2}")))


def test_the_desk_shows_all_that_fits() -> None:
    entry = Entry("Rocky", 1976, "The steps", "He runs.", "boxing")
    events = [Event(n, 1, "declined", "moderator", 2, 1, "Not one of ours.") for n in range(6)]
    item = ReviewItem(Suggestion(1, 7, 1, entry, "open", 1), Tally(), events, [Report(2, "Spam.", 1)] * 5, False)
    words = "\n".join(sent(review_card(item)))
    assert (words.count("Not one of ours."), words.count("Spam.")) == (6, 5)
