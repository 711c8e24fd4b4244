"""Text that people typed, on its way to a card."""

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bot.ui.text import clean, clip, escape, number_in, prose

anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@given(anything)
def test_clean_text_is_one_line_of_visible_characters(text: str) -> None:
    cleaned = clean(text)
    assert cleaned == cleaned.strip() and "  " not in cleaned
    for character in cleaned:
        assert unicodedata.category(character) not in {"Cc", "Co", "Cn", "Zl", "Zp"}
        assert unicodedata.category(character) != "Cf" or character == "\u200d"


@given(anything)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(anything)
def test_escaped_text_cannot_mention_or_format(text: str) -> None:
    escaped = escape(clean(text))
    bare = escaped.replace("\\\\", "").replace("\\", "\0")
    for mark in "*_`~|[]<":
        assert all(bare[i - 1] == "\0" for i, c in enumerate(bare) if c == mark)
    for call in ("@everyone", "@here", "https://", "http://", "discord.gg"):
        assert call not in escaped.lower()


@given(anything, st.integers(5, 50))
def test_clipped_text_fits(text: str, length: int) -> None:
    assert len(clip(text, length)) <= length
    if len(text) <= length:
        assert clip(text, length) == text


def test_what_cannot_be_seen_counts_as_nothing() -> None:
    for trick in ("\u200b\u200b", "\u3164", "\u2800 \u2800", "\ufe0f\u200d", "\u202e"):
        assert clean(trick) == ""


def test_zalgo_is_combed() -> None:
    assert len(clean("Z" + "\u0301\u0302\u0303\u0304\u0305" * 10 + "!")) <= 5


def test_emoji_and_scripts_survive() -> None:
    for fine in ("👩‍🚀 rocket", "🏋️ lift", "Fräulein Müller", "七人の侍", "मुक्केबाज़", "لا"):
        assert clean(fine) == unicodedata.normalize("NFC", fine)


def test_a_number_that_begins_a_list_is_escaped_at_its_dot_for_a_digit_takes_no_backslash() -> None:
    assert escape("9.79 seconds") == "9\\.79 seconds"
    assert escape("1. first\n 22. second") == "1\\. first\n 22\\. second"
    assert escape("- item") == "\\- item" and escape("# big") == "\\# big"
    assert prose("||1. hidden||") == "||1\\. hidden||"


@given(st.one_of(anything, st.text("0123456789²٣-+._ ", max_size=30), st.integers(2**63 - 9, 2**63 + 9).map(str)))
def test_a_number_is_one_that_the_database_can_hold(text: str) -> None:
    number = number_in(text)
    if number is None:
        assert not re.fullmatch("[0-9]{1,18}", text)
    else:
        assert number == int(text) < 2**63 and re.fullmatch("[0-9]+", text)
