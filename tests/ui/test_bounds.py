"""Whatever words there are, what leaves is what Discord takes: bounded after encoding, by one function each."""

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import discord
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import bot
from bot.catalogue import Filters, Montage
from bot.duels.cards import duel_view
from bot.duels.store import Duel
from bot.errors import UserError
from bot.films import FilmLinks
from bot.films.cards import offers_card
from bot.films.offers import OFFER_KINDS
from bot.films.store import KnownOffers
from bot.montages import montage_card
from bot.montages.cards import clip_address
from bot.montages.random import AgainButton
from bot.suggestions.cards import (
    accepted_card,
    announcement,
    closed_card,
    decided_note,
    suggestion_card,
    waiting_card,
)
from bot.suggestions.duplicates import Known
from bot.suggestions.entry import FIELDS, LIMITS, Entry, Typed, read_entry
from bot.suggestions.forms import reason_form, suggestion_form
from bot.suggestions.lifecycle import State
from bot.suggestions.review.cards import ReviewItem, review_card
from bot.suggestions.suggest_cards import duplicates_question, later_note, mend_note
from bot.suggestions.suggestion import Event, Report, Suggestion
from bot.ui.answers import notice
from bot.ui.components import Button, attachment, bounded_id, choice, option, picture, thread_name
from bot.ui.filters import nothing_matches
from bot.ui.forms import form, text_field
from bot.ui.lists import list_view
from bot.ui.text import clean, cut, escape, label, montage_label, title
from bot.voting import Tally
from tests.club import Club, newest, text
from tests.contract import COMPONENTS_V2, violations
from tests.nasty import PIECES, nasty

CALLBACK = "/interactions/1/token/callback"
LINK = "https://example.com/" + "%E8%BB%A2" * 31
STATES: tuple[State, ...] = ("waiting", "open", "accepted", "declined", "withdrawn")
AT = 1_700_000_000_000
FILM = FilmLinks("https://image.tmdb.org/t/p/w185/x.jpg", "https://www.youtube.com/watch?v=x")


def raw(view: discord.ui.LayoutView) -> Any:
    return view.to_components()  # type: ignore[no-untyped-call]


def sent(view: discord.ui.LayoutView) -> list[str]:
    """What Discord would refuse of a message."""
    data: dict[str, Any] = {"components": raw(view), "flags": COMPONENTS_V2}
    return violations("POST", CALLBACK, {"type": 4, "data": data})


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def longest(text: str, most: int) -> str:
    """As many characters as a field takes, of what is left of `text` again and again."""
    return clean((clean(text) + " ") * most)[:most].strip()


@given(nasty)
def test_the_parts_of_a_message(text: str) -> None:
    view = discord.ui.LayoutView()
    view.add_item(discord.ui.ActionRow(Button(label=text, custom_id="x:1", emoji="🎲")))
    view.add_item(discord.ui.ActionRow(Button(label=text, url="https://example.com/")))
    options = [option(text, f"{number}") for number in range(9)]
    view.add_item(discord.ui.ActionRow(discord.ui.Select(custom_id="s", options=options)))
    view.add_item(discord.ui.MediaGallery(picture("attachment://a.png", text)))
    assert not [v for v in sent(view) if "surrogate" not in v]
    assert 1 <= units(thread_name(text)) <= 100
    offered = choice(text, "1")
    assert offered is not None and 1 <= units(offered.name) <= 100


@given(nasty)
def test_an_id_is_whole_or_refused(text: str) -> None:
    try:
        assert bounded_id(text) == text and units(text) <= 100
    except UserError:
        assert units(text) > 100
    offered = choice("a name", text)
    assert (offered is None) == (not text or units(text) > 100)
    assert offered is None or offered.value == text


@given(nasty, st.sampled_from(("", ".json", ".png")))
def test_a_file_keeps_a_plain_name(text: str, ending: str) -> None:
    name = attachment(b"x", f"{text}{ending}").filename
    assert name.isascii() and len(name) <= 100 and name.endswith(ending)
    assert not set(name) - set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._")
    assert attachment(b"x", "stats-1.png").filename == "stats-1.png"


@given(nasty, st.integers(1, 600))
def test_a_form_shows_all_of_what_it_may_get_back(text: str, most: int) -> None:
    modal = form("suggest", "0", text)
    modal.add_item(text_field("why", text, most, typed=text, hint=text, long=True))
    data = modal.to_dict()
    assert not violations("POST", CALLBACK, {"type": 9, "data": data})
    box = data["components"][0]["component"]
    assert (box.get("value") or "") == cut(text, 4000), "a field holds no more than that"
    assert box["min_length"] <= max(units(box.get("value") or ""), 1) <= box["max_length"]


@example("\x80" + "\u0800" * 48 + "\u2068\u1fba", 1890)
@given(nasty, st.integers(1890, 2030))
def test_the_search_for_a_clip(film: str, year: int) -> None:
    montage = Montage(id="s1", film=film, year=year, scene="", discipline="", blurb="")
    address = clip_address(montage)
    assert len(address) <= 512 and address.isascii()
    (query,) = parse_qs(urlsplit(address).query)["search_query"]
    assert query.endswith(f" {year} montage")
    asked = query.removesuffix(f" {year} montage")
    # A cut closes the isolates that it leaves open.
    assert film.encode("utf-8", "ignore").decode().startswith(asked.rstrip("\u2069"))
    if len(film) <= 20:
        assert asked == film.encode("utf-8", "ignore").decode(), "short enough for twelve characters a letter"


def entries(text: str) -> Entry:
    """The largest entry that the form takes with such words in it."""
    typed = Typed(*(longest(text, LIMITS[name][1]) for name in FIELDS))
    typed = typed._replace(year="1985", why=f"{typed.why[:590]} {LINK}")
    entry, problems = read_entry(typed, 2026)
    if entry is not None:
        return entry
    plain = {name: getattr(typed, name) for name in FIELDS if name not in problems}
    full = {
        "film": "Rocky IV",
        "year": "1985",
        "scene": "Farm",
        "why": f"He lifts logs, and then a wagon. {LINK}",
        "discipline": "box",
    }
    entry, problems = read_entry(Typed(**full | plain), 2026)
    assert entry is not None, problems
    return entry


def cards(entry: Entry) -> Iterator[discord.ui.LayoutView]:
    """Every message that a suggestion's words stand in."""
    tally = Tally(1_234_567, 1_234_567)
    event = Event(1, 1, "declined", "moderator", 1 << 62, AT, entry.why[:300], AT, 1 << 62)
    typed = entry.typed()
    for state in STATES:
        suggestion = Suggestion(
            999_999, 1 << 62, 1 << 62, entry, state, AT, 1 << 62, 1 << 62, 999, False, "Trouble. " * 20
        )
        yield suggestion_card(suggestion, tally, "combat", 5)
        yield suggestion_card(suggestion, tally, "combat", 5, film=FILM)
        yield accepted_card(suggestion, tally, "combat", event)
        yield closed_card(suggestion, tally, event)
        yield waiting_card(suggestion)
        yield announcement(suggestion, tally, event)
        yield decided_note(suggestion, event, entry.film)
        reports = [Report(1 << 62, entry.why[:300], AT)] * 9
        yield review_card(ReviewItem(suggestion, tally, [event] * 9, reports, True, 9_999), "Done: **x**.")
    known = [Known(f"s{n}", entry.film, entry.year, entry.scene) for n in range(4)]
    yield duplicates_question(typed, known, 10**15)
    yield mend_note(Typed(*(value * 2 for value in typed)), dict.fromkeys(FIELDS, "is wrong " * 9), 10**15)
    yield later_note("Not now. " * 20, typed, 10**15)
    montage = suggestion.as_montage("combat")
    yield montage_card(montage, tally, AgainButton(""))
    yield montage_card(montage, tally, AgainButton(""), film=FILM)
    offered = KnownOffers({"DE": {kind: [entry.film[:60]] * 50 for kind in OFFER_KINDS}}, AT)
    yield offers_card(montage, offered, "DE", "https://www.themoviedb.org/movie/1/watch?locale=DE")
    button = Button(label=montage_label(montage), custom_id="duel:1:first")
    others = [Button(label="Neither", custom_id=f"duel:1:{n}") for n in range(3)]
    duel = Duel(1, montage.id, montage.id, 3, 2, 1)
    yield duel_view(duel, (montage, montage), (button, others[0], others[1]), others[2])
    refused = nothing_matches(Filters(discipline=entry.discipline, decade=1980), [montage], words=entry.film[:35])
    yield notice(str(refused))
    rows = [
        f"**{n}.** **{title(entry.film, entry.year)}** {escape(entry.scene)}\n-# 🔥 1 · 🧊 2" for n in range(10)
    ]
    labels = [(f"{n}. {label(entry.film, entry.year, entry.scene)}", f"s{n}") for n in range(10)]
    yield list_view("find", entry.discipline, f"## {escape(entry.film)}", rows, labels, 998, 999, "A footnote.")


def assert_fine(text: str) -> None:
    entry = entries(text)
    for card in cards(entry):
        assert sent(card) == []
    assert len(entry.discipline) <= LIMITS["discipline"][1]
    for name in ("suggest", "edit", "accept", "correct"):
        data = suggestion_form(entry.typed(), name, "999999.999.1").to_dict()
        assert violations("POST", CALLBACK, {"type": 9, "data": data}) == []
        shown = Typed(*(field["component"]["value"] for field in data["components"]))
        assert shown == entry.typed()
        assert read_entry(shown, 2026) == (entry, {}), "sent back unchanged it is unchanged"


@pytest.mark.parametrize("piece", PIECES)
def test_no_card_of_a_suggestion_is_ever_refused_whatever_fills_it(piece: str) -> None:
    assert_fine(piece)


@settings(max_examples=40)
@given(nasty)
def test_no_card_of_a_suggestion_is_ever_refused(text: str) -> None:
    assert_fine(text)


def test_a_reason_s_form() -> None:
    data = reason_form("decline", "999999.999.1", "Decline", "Why?", "Everybody reads it.").to_dict()
    assert violations("POST", CALLBACK, {"type": 9, "data": data}) == []


def test_the_longest_letters_of_all_are_cut_whole() -> None:
    family = "👨‍👩‍👧‍👦"
    assert thread_name(family * 30).rstrip("…") == family * 9
    assert cut("é\u0323" * 9, 4) == "é\u0323" * 2


# --- nothing else makes what one function makes ---

ONLY = {
    "Button": ("discord.ui",),
    "Select": ("discord.ui",),
    "ChannelSelect": ("discord.ui",),
    "RoleSelect": ("discord.ui",),
    "SelectOption": ("discord",),
    "Choice": ("app_commands",),
    "File": ("discord",),
    "Modal": ("discord.ui",),
    "TextInput": ("discord.ui",),
    "MediaGalleryItem": ("discord",),
}
# Where each of them may be made: beside its bound.
MAKERS = {"bot/ui/components.py", "bot/ui/forms.py"}
# Closed lists of fixed words, and one that is bounded there and kept.
FIXED = {("bot/ui/filters.py", "Choice"), ("bot/montages/commands.py", "Choice")}


def unbounded(source: str, file: str) -> list[str]:
    """What a file makes with Discord's own constructors, and threads it names by itself."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func).split("[")[0]
        module, _, name = called.rpartition(".")
        if module in ONLY.get(name, ()) and file not in MAKERS and (file, name) not in FIXED:
            found.append(f"{file}:{node.lineno}: {called}")
        if name == "create_thread" and not any(
            keyword.arg == "name" and "thread_name(" in ast.unparse(keyword.value) for keyword in node.keywords
        ):
            found.append(f"{file}:{node.lineno}: a thread's name")
    return found


def sources() -> Sequence[tuple[str, str]]:
    root = Path(bot.__file__).parent
    return [(f"bot/{path.relative_to(root)}", path.read_text(encoding="utf-8")) for path in root.rglob("*.py")]


def test_everything_that_leaves_is_made_by_a_function_that_bounds_it() -> None:
    assert [problem for file, source in sources() for problem in unbounded(source, file)] == []


def test_the_next_one_would_be_found() -> None:
    for line in ("discord.ui.Button(label=x)", "discord.File(x, y)", "app_commands.Choice(name=x, value=y)"):
        assert unbounded(line, "bot/new.py"), line
    assert unbounded("await message.create_thread(name=film)", "bot/new.py")
    assert not unbounded("await message.create_thread(name=thread_name(film))", "bot/new.py")


async def test_a_button_that_was_sent_with_more_than_fits_today_says_so(club: Club) -> None:
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.ActionRow(discord.ui.Button(label="Old", custom_id="again:" + "🥊" * 60)))
    view.stop()
    channel = club.bot.get_partial_messageable(club.channel.id)
    await channel.send(view=view)
    club.env.http_requests.clear()  # which Discord took once, counting each emoji as one
    refused = await club.ana.click(newest(club.channel), custom_id="again:" + "🥊" * 60)
    assert refused.ephemeral and "more than I can hold on to" in text(refused)
