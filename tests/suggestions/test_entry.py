"""What people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.suggestions.entry import LIMITS, Entry, Typed, read_entry, sound_link, typed_from

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
    assert sound_link(address) is None
    entry, problems = reading(why=f"He lifts logs, see {address}")
    assert entry is None and "link" in problems["why"]


def test_two_links_are_too_many() -> None:
    _, problems = reading(why="He lifts logs https://a.example.com and more https://b.example.com")
    assert "one link" in problems["why"]


@given(path=st.text(max_size=80))
def test_a_link_cannot_leave_its_brackets(path: str) -> None:
    link = sound_link(f"https://example.com/{path}")
    assert link is None or not set(link) & set(' ()[]<>|*`\\"\n')


@given(texts=st.lists(st.text(max_size=200), min_size=5, max_size=5))
def test_an_entry_keeps_its_limits_or_says_what_to_mend(texts: list[str]) -> None:
    entry, problems = read_entry(Typed(*texts), 2026)
    assert (entry is None) == bool(problems)
    entry, _ = reading(why=texts[0] + "and he lifts logs until dawn", film=texts[1] + "Rocky")
    if entry:
        assert 15 <= len(entry.why) <= 600 and 1 <= len(entry.film) <= 90
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
