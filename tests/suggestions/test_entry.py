"""What people type."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.suggestions.entry import LIMITS, Entry, Typed, read_entry, typed_from
from bot.suggestions.forms import suggestion_form
from tests.nasty import nasty

GOOD = Typed("Rocky IV", "1985", "Farm in the snow", "He lifts logs, and then a wagon.", "boxing")


def reading(**fields: str) -> tuple[Entry | None, dict[str, str]]:
    typed = {name: getattr(GOOD, name) for name in LIMITS} | fields
    return read_entry(Typed(**typed), 2026)


def test_a_link_is_taken_out_of_the_text() -> None:
    entry, problems = reading(why="Look at (https://www.YouTube.com/watch?v=abc), he lifts logs.")
    assert not problems and entry is not None
    assert entry.link == "https://www.youtube.com/watch?v=abc"
    assert entry.why == "Look at , he lifts logs."
    again, _ = read_entry(entry.typed(), 2026)
    assert again == entry


@pytest.mark.parametrize(
    "address",
    [
        "http://example.com/a",
        "ftp://example.com",
        "javascript://example.com/%0aalert(1)",
        "https://discord.gg/abc",
        "https://www.discord.com/invite/abc",
        "https://user:secret@example.com/",
        "https://example.com:8443/",
        "https://192.168.0.1/",
        "https://localhost/",
        "https://exаmple.com/",
        "https://example.com/" + "a" * 300,
        "https://[::1",
    ],
)
def test_no_other_link_is_taken(address: str) -> None:
    entry, problems = reading(why=f"He lifts logs, see {address}")
    assert entry is None and "link" in problems["why"]


def test_a_link_alone_is_no_reason_and_an_emoji_no_discipline() -> None:
    _, problems = reading(why="https://www.youtube.com/watch?v=1")
    assert problems == {"why": "needs some words besides the link: what happens, and what it does to you"}
    for typed in ("🥊", "🥊🥊🥊", "42"):
        assert reading(discipline=typed)[1] == {"discipline": "needs a letter"}


def test_two_links_are_too_many() -> None:
    _, problems = reading(why="He lifts logs https://a.example.com and more https://b.example.com")
    assert "one link" in problems["why"]


@given(path=nasty)
def test_a_link_cannot_leave_its_brackets(path: str) -> None:
    address = f"https://example.com/{path.encode('utf-8', 'ignore').decode()}"
    entry, problems = reading(why=f"He lifts logs, see {address}")
    link = entry.link if entry else None
    assert link or problems
    assert link is None or (len(link) <= 300 and link.isascii() and not set(link) & set(' ()[]<>|*`\\"\n'))


def test_a_link_keeps_its_own_brackets_and_its_place() -> None:
    for typed, link in {
        "(see https://en.wikipedia.org/wiki/Rocky_(film)).": "https://en.wikipedia.org/wiki/Rocky_%28film%29",
        "see https://example.com/a?b=c#t=30!": "https://example.com/a?b=c#t=30",
        "see https://ja.wikipedia.org/wiki/ロッキー": "https://ja.wikipedia.org/wiki/%E3%83%AD%E3%83%83%E3%82%AD%E3%83%BC",
    }.items():
        entry, problems = reading(why=f"He lifts logs until dawn, {typed}")
        assert entry is not None and entry.link == link, problems


def test_a_link_that_grows_when_it_is_written_out_is_kept_whole_or_refused() -> None:
    link = "https://ja.wikipedia.org/wiki/" + "ロッキー" * 6
    words = ("A gym, a song and a great many stairs. " * 20)[: 600 - len(link) - 1].strip()
    entry, _ = reading(why=f"{words} {link}")
    assert entry is not None and entry.link is not None and len(entry.link) == 246
    form = suggestion_form(entry.typed(), "edit", "1").to_dict()
    shown = Typed(*(field["component"]["value"] for field in form["components"]))
    assert read_entry(shown, 2026)[0] == entry
    entry, problems = reading(why=f"He lifts logs, see https://ja.wikipedia.org/wiki/{'ロッキー' * 9}")
    assert entry is None and "too long: written out it takes 354 characters, and 300 fit" in problems["why"]


def test_a_shouted_discipline_that_would_grow_stays_shouted() -> None:
    for typed, kept in {"\u0130" * 24: "\u0130" * 24, "BOXING": "boxing", "Kung Fu": "Kung Fu"}.items():
        entry, _ = reading(discipline=typed)
        assert entry is not None and entry.discipline == kept and len(kept) <= 24


@pytest.mark.parametrize(
    "film", ["\u3164\u034f", "\u034f \u034f", "\u200d", "\u2800", "\U000e0041", "\u0301\u0302"]
)
def test_what_cannot_be_seen_is_no_title(film: str) -> None:
    entry, problems = reading(film=film, scene=film * 20, why=film * 30, discipline=film * 9)
    assert entry is None and set(problems) == {"film", "scene", "why", "discipline"}


def test_no_text_takes_long_to_read() -> None:
    for hostile in (
        "a." * 3000,
        "a" * 6000,
        "https://" + "a-" * 2990,
        "(" * 6000,
        "a.a+" * 1500,
        "https://a.b" * 500,
    ):
        began = time.thread_time()
        reading(why=hostile)
        typed_from(hostile)
        assert time.thread_time() - began < 1, "what grows with the square of its length takes seconds"


@given(texts=st.lists(nasty, min_size=5, max_size=5))
def test_an_entry_keeps_its_limits_or_says_what_to_mend(texts: list[str]) -> None:
    entry, problems = read_entry(Typed(*texts), 2026)
    assert (entry is None) == bool(problems)
    entry, _ = reading(
        why=texts[0] + " and he lifts logs https://a.example.com/" + texts[1], film=texts[2] + "Rocky"
    )
    if entry:
        assert 15 <= len(entry.why) <= 600 and 1 <= len(entry.film) <= 90 and len(entry.link or "") <= 300
        assert read_entry(entry.typed(), 2026)[0] == entry  # edited without a change it is the same


@pytest.mark.parametrize(
    ("message", "film", "year", "why"),
    [
        ("Rocky IV (1985): he lifts logs", "Rocky IV", "1985", "he lifts logs"),
        ("“Whiplash” 2014 – the bleeding hands", "Whiplash", "2014", "the bleeding hands"),
        ("Rocky IV", "Rocky IV", "", ""),
        ("", "", "", ""),
        ("you know what, " * 5 + "1985", "you know what, " * 5, "1985", ""),
        ("1985 was the year of the best montage there ever was, I mean it", "", "1985", None),
    ],
)
def test_a_message_is_laid_out_in_the_form(message: str, film: str, year: str, why: str | None) -> None:
    typed = typed_from(message)
    assert (typed.film, typed.year) == (film.strip(" ,"), year)
    assert typed.why == (message if why is None else why)


@given(st.text(max_size=4000))
def test_whatever_a_message_says_fits_the_form(message: str) -> None:
    typed = typed_from(message)
    assert all(len(getattr(typed, name)) <= most for name, (_, most) in LIMITS.items())
