"""The letters of pictures: every script has its own, and what has to be shaped is."""

import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.font_manager import fontManager, get_font
from matplotlib.ft2font import FT2Font, LoadFlags

from bot.stats.charts import Bar, Bars, Columns, Interval, Intervals, Knockout, Seeded, Winner
from bot.stats.drawing import _ACROSS, _DPI, _TEXT, _fitted, draw
from bot.stats.fonts import drawable, files, font, width

# What people write there: sentences that hold every letter of an alphabet where there are any.
WRITTEN = {
    "ja": "七人の侍、ロッキー・ザ・ファイナル「最高の場面」が一番です！ ｱｲｳ１２３",
    "ko": "기생충 국가대표 똠방각하 펲 쀍! ㄱㄴㄷ",
    "hi": "भाग मिल्खा भाग, दंगल और क्षत्रिय श्री रुक्मिणी की ज़िद: १२३ क़िस्से।",
    "uk": "Гей, хлопці, не вспію на ґанку ваша файна їжа знищується бурундучком єдиним.",
    "pl": "Pchnąć w tę łódź jeża lub ośm skrzyń fig; zażółć gęślą jaźń.",
    "tr": "Pijamalı hasta yağız şoföre çabucak güvendi. İstanbul, ığdır.",
    "de": "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich.",
    "fr": "Voix ambiguë d’un cœur qui, au zéphyr, préfère les jattes de kiwis.",
    "es": "El pingüino Wenceslao hizo kilómetros bajo exhaustiva lluvia: ¿sí? ¡Ñandú!",
    "pt": "Luís argüia à Júlia que «brações, fé, chá, óxido, pôr, zângão» eram palavras.",
    "zh": "你好,李焕英",
    "th": "ฉลุย แตะขอบฟ้า",
    "ar": "فيلم عربي",
    "he": "סרט",
    "ta": "தமிழ்",
    "bn": "পথের পাঁচালী",
}


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
@pytest.mark.parametrize("bold", [False, True])
def test_no_letter_is_an_empty_box(written: str, bold: bool) -> None:
    assert drawable(written) == written
    letters = get_font(files(bold))
    letters.set_size(19, 100)
    assert [item.glyph_index for item in letters._layout(written, LoadFlags.DEFAULT) if item.glyph_index == 0] == []


def test_letters_that_members_may_type() -> None:
    everyday = [code.decode("euc_jp") for code in _two_bytes("euc_jp")]
    assert len(everyday) > 6_800 and drawable("".join(everyday)) == "".join(everyday)
    syllables = "".join(map(chr, range(0xAC00, 0xD7A4)))
    assert drawable(syllables) == syllables


def _two_bytes(codec: str) -> list[bytes]:
    found = []
    for lead in range(0xA1, 0xFF):
        for trail in range(0xA1, 0xFF):
            try:
                bytes((lead, trail)).decode(codec)
            except UnicodeDecodeError:
                continue
            found.append(bytes((lead, trail)))
    return found


@pytest.mark.parametrize(
    ("written", "why"),
    [("कि", "the vowel stands before its consonant"), ("क्ष", "three letters are one"), ("श्री", "and so here")],
)
def test_devanagari_is_shaped(written: str, why: str) -> None:
    letters = get_font(files())
    letters.set_size(19, 100)
    shaped = [item.glyph_index for item in letters._layout(written, LoadFlags.DEFAULT)]
    (one_font,) = [file for file in files() if file.endswith("Devanagari.ttf")]
    unshaped = [FT2Font(one_font).get_char_index(ord(letter)) for letter in written]
    assert shaped != unshaped and 0 not in shaped, why


def test_nothing_depends_on_the_fonts_of_the_machine() -> None:
    for bold in (False, True):
        found = [str(path) for path in map(_file_of, font(bold=bold).get_family())]
        assert found == files(bold)


def _file_of(family: str) -> str:
    (entry,) = [entry for entry in fontManager.ttflist if entry.name == family]
    return str(entry.fname)


@pytest.mark.thorough
@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
def test_every_kind_of_picture_is_drawn_without_a_letter_missing(written: str) -> None:
    row = Interval(f"1. {written}", "(1999)", 0.5, 0.4, 0.6, written)
    seeds = tuple(tuple(Seeded(seed, written) for seed in pair) for pair in ((1, 4), (2, 3)))
    winners: tuple[tuple[Winner | None, ...], ...] = ((Winner(1, level=True), None), (None,))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for chart in (
            Intervals(written, (row, row)),
            Columns(written, (1, 2), written, written),
            Bars(written, (Bar(written, 1, 2, 0),), by_family=True),
            Knockout(written, seeds, winners, ""),
        ):
            assert draw(chart)


@given(st.text(st.sampled_from("Wi 侍क्ि똠ş🥊"), max_size=90), st.floats(0.5, _ACROSS))
def test_words_are_cut_to_the_room_that_they_have(words: str, room: float) -> None:
    shown = _fitted(words, _TEXT, room)
    assert width(shown, _TEXT, _DPI) <= room * _DPI
    if width(drawable(words), _TEXT, _DPI) <= room * _DPI:
        assert shown == drawable(words)


def test_what_nobody_sees_takes_no_room() -> None:
    assert drawable("\u2068Rocky\u2069 🥊") == "Rocky ·"
    assert drawable("W\u094d é") == "W é", "a sign of Devanagari on a Latin letter, which no font has"
