"""Text that people typed, on its way to a card."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.ui.text import (
    END_OF_ISOLATE,
    ISOLATE,
    clean,
    clip,
    clip_shown,
    cut,
    escape,
    inline_prose,
    isolate,
    label,
    length,
    number_in,
    prose,
    title,
)
from tests.nasty import nasty

SHALOM = "\u05e9\u05dc\u05d5\u05dd \u05e8\u05d5\u05e7\u05d9"
WALES = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"
# Categories of what is there to be seen.
SEEN = "LNPS"


def units(text: str) -> int:
    """UTF-16 code units, the stricter of the two ways in which Discord may count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(nasty)
def test_clean_text_is_one_line_of_visible_characters(text: str) -> None:
    cleaned = clean(text)
    assert cleaned == cleaned.strip() and "  " not in cleaned
    for character in re.sub(f"[\u200c\u200d]|{WALES}", "", cleaned):
        assert unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}, cleaned
    assert not cleaned or any(unicodedata.category(character)[0] in SEEN for character in cleaned)
    assert not set(cleaned) & set("\u034f\u3164\u115f\u1160\uffa0\u2800\u17b4\u180b")


@given(nasty)
@example("e\u0316\u0317\u200b\u0301")
@example("e\u200b\u0301")
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(nasty)
@example("e" + "\u0316\u0317\u200b" * 25 + " Rocky")
@example("\u0e2a" + "\u0e47" * 30)
@example("\u0301\u0302 \u0301")
def test_marks_stand_on_something_and_do_not_pile_up(text: str) -> None:
    for base, marks in re.findall(
        r"(^|.)(\0+)",
        "".join(
            "\0" if unicodedata.category(c) in ("Mn", "Me") else c for c in clean(text) if c not in "\u200c\u200d"
        ),
        re.DOTALL,
    ):
        assert base.strip() and len(marks) <= 4
    piled = [c for c in clean(text) if unicodedata.combining(c) >= 200]
    letters = [c for c in clean(text) if unicodedata.category(c)[0] in SEEN]
    assert len(piled) <= 2 * len(letters)


@given(nasty)
def test_escaped_text_cannot_mention_or_format(text: str) -> None:
    for escaped in (escape(clean(text)), escape(text), prose(clean(text)).replace("||", "")):
        bare = escaped.replace("\\\\", "").replace("\\", "\0")
        for mark in "*_`~|[]<":
            assert all(bare[i - 1] == "\0" for i, c in enumerate(bare) if c == mark)
        for call in (
            *(
                "@everyone",
                "@here",
                "https://",
                "steam://",
                "discord://",
                "discord.gg",
                "discord.com",
                "discordapp.com",
                "www.",
            ),
            *("<@", "<#", "<t:", "</", "<:", "<a:", "<id:"),
        ):
            assert call not in escaped.lower()


@pytest.mark.parametrize(
    "dead",
    [
        *("discordapp.com/invite/abc", "steam://run/1", "discord://x", "DISCORD.GG/abc", "ftp://x", "<t:1:R>"),
        *("</suggest:1>", "<:gym:1>", "<a:gym:1>", "[free](https://x.example)", "<https://x.example>", "<@&1>"),
    ],
)
def test_nothing_is_made_of(dead: str) -> None:
    shown = escape(f"come to {dead} now")
    assert dead not in shown
    assert shown.replace("\u200b", "").replace("\\", "") == f"come to {dead} now", "and all of it is to be read"


@given(nasty, st.integers(5, 120))
def test_what_is_cut_fits_and_is_whole(text: str, most: int) -> None:
    for shorten in (cut, clip):
        short = shorten(isolate(text), most)
        assert units(short) == length(short) <= most
        assert short.count(ISOLATE) == short.count(END_OF_ISOLATE)
    if units(text) <= most:
        assert cut(text, most) == clip(text, most) == text


def test_no_emoji_is_cut_in_half() -> None:
    for emoji in ("👩‍🚀", "👍🏽", "1️⃣", WALES, "é\u0323", "👨‍👩‍👧‍👦"):
        for most in range(2, 60):
            assert cut(emoji * 9, most) == emoji * min(most // units(emoji), 9)


@given(nasty, nasty, st.integers(12, 200))
def test_a_shown_line_that_is_cut_leaves_nothing_open(film: str, scene: str, most: int) -> None:
    line = f"**7.** **{title(clean(film), 1985)}** {escape(clean(scene))}"
    short = clip_shown(line, most)
    assert units(short) <= most and short.count(ISOLATE) == short.count(END_OF_ISOLATE)
    bare = re.sub(r"\\[^A-Za-z0-9\s]", "", short)
    assert "\\" not in bare and bare.count("**") % 2 == 0


def test_what_cannot_be_seen_counts_as_nothing() -> None:
    for trick in (
        *("\u200b\u200b", "\u3164", "\u2800 \u2800", "\ufe0f\u200d", "\u202e", "\u034f \u034f", "\u3164\u034f"),
        *("\u115f\u1160", "\u0301", "\u200c", "\U000e0061\U000e007f", "\u17b4", "\U0001d159", "\ud800"),
    ):
        assert clean(trick) == ""


def test_zalgo_is_combed() -> None:
    assert len(clean("Z" + "\u0301\u0302\u0303\u0304\u0305" * 10 + "!")) <= 5


def test_emoji_and_scripts_survive() -> None:
    for fine in (
        *(
            "👩‍🚀 rocket",
            "🏋️ lift",
            "Fräulein Müller",
            "七人の侍",
            "मुक्केबाज़",
            "لا",
            WALES,
            f"a {WALES} b",
            "1️⃣",
            "👍🏽",
        ),
        *(
            "می\u200cخواهم",
            "क्\u200dष",
            "\u05d4\u05b7\u05e9\u05bc\u05c1\u05b8\u05de\u05b7\u05d9\u05b4\u05dd",
            "བསྒྲུབས",
        ),
        *("🏴\u200d☠️", "❤️\u200d🔥", "ក្រុង", "葛\U000e0100飾", "Tiếng Việt"),
    ):
        assert clean(fine) == unicodedata.normalize("NFC", fine), ascii(fine)


def test_a_joiner_out_of_place_goes() -> None:
    assert clean("Ro\u200dcky \u200cIV\u200d") == "Rocky IV"
    assert clean("می\u200c\u200c\u200cخواهم \u200c") == "می\u200cخواهم"


def test_a_title_from_the_right_keeps_to_itself() -> None:
    assert title(SHALOM, 1985) == f"\u2068{SHALOM}\u2069 (1985)"
    assert label(SHALOM, 1985, "Stairs") == f"\u2068{SHALOM}\u2069 (1985): Stairs"
    assert escape("Rocky ٣") == "\u2068Rocky ٣\u2069", "digits of Arabic turn, too"
    assert inline_prose(f"||{SHALOM}||") == f"\u2068||{SHALOM}||\u2069"
    assert prose(SHALOM) == SHALOM, "a paragraph of its own begins at its own side"
    assert title("Amélie", 2001) == "Amélie (2001)"


@given(nasty)
def test_nobody_opens_or_closes_an_isolate_of_their_own(text: str) -> None:
    for shown in (escape(text), isolate(text), prose(text), escape(clean(text))):
        assert not re.search("[\u061c\u200e\u200f\u202a-\u202e\u2066\u2067\ud800-\udfff]", shown)
        assert shown.count(ISOLATE) == shown.count(END_OF_ISOLATE) <= 1


def test_a_number_that_begins_a_list_is_escaped_at_its_dot_for_a_digit_takes_no_backslash() -> None:
    assert escape("9.79 seconds") == "9\\.79 seconds"
    assert escape("1. first\n 22. second") == "1\\. first\n 22\\. second"
    assert escape("- item") == "\\- item" and escape("# big") == "\\# big"
    assert prose("||1. hidden||") == "||1\\. hidden||"


@given(st.one_of(nasty, st.text("0123456789²٣-+._ ", max_size=30), st.integers(2**63 - 9, 2**63 + 9).map(str)))
def test_a_number_is_one_that_the_database_can_hold(text: str) -> None:
    number = number_in(text)
    if number is None:
        assert not re.fullmatch("[0-9]{1,18}", text)
    else:
        assert number == int(text) < 2**63 and re.fullmatch("[0-9]+", text)
