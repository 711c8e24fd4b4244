"""Saying things in the reader's language."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.numbers import format_decimal

from bot.languages import (
    N_,
    _,
    kept,
    language,
    language_for,
    languages,
    listed,
    ngettext,
    now_said,
    numeral,
    one_after_the_other,
    own_name,
    pgettext,
    said_of,
    speaking,
)
from bot.languages import Said as Said_
from bot.languages.catalogues import compiled, po_file
from tests.languages.speech import Said, speaking_of, write

GERMAN: Said = {
    "Hello {name}": "Servus {name}",
    "Broken {name}": "Kaputt {nmae}",
    ("command", "show"): "zeigen",
    "{number} vote for {film}": ("{number} Stimme für {film}", "{number} Stimmen für {film}"),
}


@pytest.fixture
def german(tmp_path: Path) -> Iterator[Path]:
    """A bot that speaks some German, and a little Spanish."""
    write(tmp_path, "es", {"Hello {name}": "Hola {name}"})
    write(tmp_path, "de", GERMAN, {"{number} vote for {film}": "{number} votes for {film}"})
    with speaking_of(tmp_path):
        yield tmp_path


def test_english_is_there_without_any_file(tmp_path: Path) -> None:
    with speaking_of(tmp_path):
        assert languages() == ("en",)
        assert _("Hello {name}", name="Ana") == "Hello Ana"
        assert ngettext("{number} vote", "{number} votes", 1204) == "1,204 votes"
        assert [listed("abc"[:many], either=many == 3) for many in (1, 2, 3)] == ["a", "a and b", "a, b or c"]
        assert language_for("de") == "en"


def test_small_numbers_are_written_alike_everywhere() -> None:
    for name in ("de", "fr", "es_419", "pt_BR", "it", "nl", "pl", "tr", "uk", "ja", "ko", "hi"):
        assert all(format_decimal(number, locale=name) == str(number) for number in range(1_000))


def test_a_message_in_another_language(german: Path) -> None:
    assert languages() == ("en", "de", "es")
    later = N_("Hello {name}")
    with speaking("de"):
        assert language() == "de"
        assert _(later, name="Ana") == "Servus Ana"
        assert pgettext("command", "show") == "zeigen"
        assert _("show") == "show", "another context is another word"
        assert ngettext("{number} vote for {film}", "{number} votes for {film}", 1, film="Rocky").startswith("1 St")
        many = ngettext("{number} vote for {film}", "{number} votes for {film}", 1204, film="Rocky")
        assert many == "1.204 Stimmen für Rocky"
        assert numeral(1_000_000) == "1.000.000"
        assert listed("abc", either=True) == "a, b oder c"
    assert language() == "en"


def test_what_is_not_translated_or_does_not_fit_is_english(german: Path) -> None:
    with speaking("de"):
        assert _("Nobody said {what}", what="that") == "Nobody said that"
        assert _("Broken {name}", name="wing") == "Broken wing"
        assert ngettext("{number} duel", "{number} duels", 2) == "2 duels"
    with pytest.raises(KeyError):
        _("A fault of {ours}", theirs="")


def test_values_are_never_read_as_messages(german: Path) -> None:
    with speaking("de"):
        assert _("Hello {name}", name="{name} {0}") == "Servus {name} {0}"


@pytest.mark.parametrize(
    ("code", "meant"),
    [("de", "de"), ("es-ES", "es"), ("es-419", "es"), ("en-GB", "en"), ("en-US", "en"), ("ja", "en"), (None, "en")],
)
def test_what_discord_calls_a_language(german: Path, code: str | None, meant: str) -> None:
    assert language_for(code) == meant


def test_a_language_of_its_own_comes_before_a_relative(german: Path) -> None:
    write(german, "es_419", {"Hello {name}": "Qué tal {name}"})
    write(german, "pt_BR", {"Hello {name}": "Oi {name}"})
    with speaking_of(german):
        assert [language_for(code) for code in ("es-419", "es-ES", "pt-BR", "no")] == [
            "es_419",
            "es",
            "pt_BR",
            "en",
        ]


def test_a_fuzzy_translation_is_not_said(tmp_path: Path) -> None:
    file = write(tmp_path, "de", {"Yes": "Ja", "No": "Nein"})
    file.write_text(file.read_text().replace('msgid "No"', '#, fuzzy\nmsgid "No"'))
    with speaking_of(tmp_path), speaking("de"):
        assert (_("Yes"), _("No")) == ("Ja", "No")


def test_a_wheel_has_only_what_was_made_of_the_files(german: Path) -> None:
    written = po_file("bot", "de")
    written.with_suffix(".mo").write_bytes(compiled(written))
    written.unlink()
    with speaking_of(german), speaking("de"):
        assert _("Hello {name}", name="Ana") == "Servus Ana"


def test_languages_are_called_what_their_speakers_call_them() -> None:
    assert [own_name(name) for name in ("en", "de", "es_419", "ja", "en_XA")] == [
        *("English", "Deutsch", "Español (Latinoamérica)", "日本語", "en_XA")
    ]


def test_what_is_kept_is_said_in_the_language_of_whoever_reads_it(german: Path) -> None:
    inner = Said_("Hello {name}", name="Ana")
    outer = Said_("Broken {name}", name=(inner, Said_("Hello {name}", name="Ben")))
    assert outer == "Broken Hello Ana and Hello Ben"
    again = Said_.read(kept(outer))
    assert again == outer
    with speaking("de"):
        assert now_said(inner) == "Servus Ana"
        assert now_said(again) == "Broken Servus Ana und Servus Ben", "its own translation does not fit"
        assert _("Hello {name}", name=inner) == "Servus Servus Ana"
        assert now_said(one_after_the_other(inner, "Plain.")) == "Servus Ana Plain."


def test_what_older_versions_kept_is_said_as_it_stands() -> None:
    old = Said_.read("I need {Manage Channels} in <#1>.")
    assert old == now_said(old) == "I need {Manage Channels} in <#1>."
    assert said_of(None) is None
    assert kept("plain") == "plain"
    typed = '{"message": I typed that myself}'
    assert Said_.read(typed) == now_said(Said_.read(typed)) == typed
