"""Dates as words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.dates import spoken


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Tuesday 1 December"),
        ("de", "Dienstag, 1. Dezember"),
        ("es", "martes, 1 de diciembre"),
        ("fr", "mardi 1er décembre"),
        ("pt_BR", "terça-feira, 1º de dezembro"),
        ("ja", "12月1日火曜日"),
    ],
)
def test_a_day_in_a_language(language: str, words: str) -> None:
    assert spoken(date(2026, 12, 1), language) == words


@given(day=st.dates(), language=st.sampled_from(["en", "de", "pl", "pt_BR", "tr", "uk", "ja", "ko", "hi"]))
def test_every_day_has_words_that_fit_a_thread_s_name(day: date, language: str) -> None:
    assert str(day.day) in spoken(day, language)
    assert len(f"Your workout today · {spoken(day, language)}") <= 100
