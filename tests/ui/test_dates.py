"""Dates as words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.dates import LANGUAGES, spoken


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Tuesday 1 December"),
        ("de", "Dienstag, 1. Dezember"),
        ("es", "martes, 1 de diciembre"),
        ("fr", "mardi 1er décembre"),
        ("it", "martedì 1º dicembre"),
        ("nl", "dinsdag 1 december"),
        ("pl", "wtorek, 1 grudnia"),
        ("pt", "terça-feira, 1º de dezembro"),
        ("tlh", "Tuesday 1 December"),
    ],
)
def test_a_day_in_each_language(language: str, words: str) -> None:
    assert spoken(date(2026, 12, 1), language) == words


@given(day=st.dates(), language=st.sampled_from([code for code, _ in LANGUAGES]))
def test_every_day_has_words_that_fit_a_thread_s_name(day: date, language: str) -> None:
    assert str(day.day) in spoken(day, language)
    assert len(f"Your workout today · {spoken(day, language)}") <= 100
