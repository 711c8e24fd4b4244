"""`python -m bot translate`: what translators are given, and what they are told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.__main__ import main
from bot.translating.checking import language_faults
from bot.translating.extracting import commands, everything
from bot.translating.updating import begin, read_catalog, update_translations
from tests.languages.pseudo import write_pseudo
from tests.languages.speech import Said, speaking_of, write

pytestmark = pytest.mark.thorough


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A bot without any language yet, whose files are in a folder of the test's own."""
    with speaking_of(tmp_path):
        yield tmp_path


def faults(folder: Path, said: Said) -> list[str]:
    """What is wrong with these translations, but for what is missing."""
    file = write(folder, "de", said, {"{number} vote": "{number} votes"})
    descriptions = {node.description for command in commands() for node in command.walk()}
    found = language_faults(everything(), read_catalog(file), descriptions)
    return [fault for fault in found if not fault.endswith("is missing")]


def test_everything_that_is_said_is_there_to_be_translated() -> None:
    messages = everything()
    assert messages.get("That one works in servers only.")
    assert messages.get("### Today's montage · {day}"), "in a function"
    assert messages.get(
        "Somebody has voted on it already, and they voted for what they read. You can take it back and "
        "suggest it anew, or ask a moderator: they can mend it when they accept it."
    ), "a constant"
    assert messages.get("random", "command") and messages.get("whose", "option") and messages.get("Funny", "choice")
    assert messages.get("A montage picked for you. Nothing comes twice before you have seen it all.")
    assert messages.get("funny") and messages.get("the channel is gone")
    assert any("### What I keep" in str(message.id) for message in messages), "the privacy policy"


def test_a_new_language_has_every_message_and_nothing_said(folder: Path) -> None:
    assert "bot.po" in begin("pt_BR")
    written = read_catalog(folder / "pt_BR" / "LC_MESSAGES" / "bot.po")
    assert len(written) == len(everything())
    assert not any(message.string and any(message.string) for message in written if message.id)
    assert main(["translate", "--new", "pt_BR"]) == 2, "it is there already"
    assert main(["translate", "--new", "klingon"]) == 2


def test_an_update_keeps_what_is_said_and_marks_what_has_changed(folder: Path) -> None:
    file = write(
        folder, "de", {"That one works in servers, only.": "Das geht nur auf Servern.", "Draw": "Unentschieden"}
    )
    assert "1 languages" in update_translations()
    with file.open("rb") as source:
        written = read_po(source)
    changed = written.get("That one works in servers only.")
    assert changed is not None and changed.fuzzy and changed.string == "Das geht nur auf Servern."
    before = file.read_bytes()
    update_translations()
    assert file.read_bytes() == before


def test_the_header_says_what_is_so_and_nothing_else(folder: Path) -> None:
    begin("uk")
    file = folder / "uk" / "LC_MESSAGES" / "bot.po"
    header = file.read_text().partition("\n#:")[0]
    assert header.startswith("# What the bot says in Ukrainian.")
    assert "Language: uk" in header and "nplurals=3" in header
    old = write(folder, "de", {"Draw": "Unentschieden"})
    assert "EMAIL@ADDRESS" in old.read_text()
    update_translations()
    for written in (header, old.read_text()):
        assert not [word for word in ("EMAIL@ADDRESS", "ORGANIZATION", "YEAR", "-Date", "Babel") if word in written]
    assert file.read_text().startswith(header)


def test_a_translation_of_everything_is_sound(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_pseudo(folder)
    assert main(["translate", "--check"]) == 0, capsys.readouterr().out
    assert "0 to mend" in capsys.readouterr().out


def test_what_is_missing_makes_the_check_fail(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, "de", {"Yes": "Ja"})
    assert main(["translate", "--check"]) == 1
    assert "“That one works in servers only.” is missing" in capsys.readouterr().out


A_TIME = "{said} is no time I can set a clock by. Write it like `18:30` or `6:30 pm`."


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"### Today's montage · {day}": "### Heute · {tag}"}, "other placeholders"),
        ({"### Today's montage · {day}": "Heute · {day}"}, "other Markdown"),
        ({"That one works in servers only.": "Nur auf **Servern**."}, "other Markdown"),
        ({"No more messages from me. Your suggestions are decided all the same.": ""}, ""),
        ({"{number} vote": ("{zahl} Stimme", "{number} Stimmen")}, "other placeholders"),
        ({A_TIME: "{said}? Eher `18:30` oder `18h30`."}, ""),
        ({A_TIME: "{said}? Eher `18:30` oder `abends`."}, "does not say `6:30 pm`"),
        ({"How it should feel": "x" * 101}, "101 characters, and 100 fit"),
        ({("command", "random"): "Zufall"}, "capital letter"),
        ({("option", "decade"): "jahr zehnt"}, "no name may hold"),
        ({("command", "top"): "rang", ("command", "stats"): "rang"}, "like another beside it"),
        ({("choice", "Funny"): "x" * 101}, "100 fit"),
    ],
)
def test_what_would_look_broken_is_named(folder: Path, said: Said, fault: str) -> None:
    found = faults(folder, said)
    assert fault in "\n".join(found) and bool(found) == bool(fault)


NAMED: Said = {
    ("command", "bracket"): "turnier",
    ("command", "start"): "los",
    ("command", "montage"): "Montage",  # Discord would not take it
    ("command", "random"): "zufall",
    ("command", "show"): "zeigen",
    ("command", "top"): "rang",
    ("option", "which"): "welche",
    ("choice", "mine"): "meine",
    ("option", "from"): "aus",
    ("option", "suggestion"): "vorschlag",
    ("command", "suggestions"): "vorschläge",
    ("command", "list"): "liste",
    ("command", "moderate"): "moderieren",
}
NO_BRACKET = "No bracket is running here. `/bracket start` begins one."
MINE = (
    "Nothing is up for the vote yet. Yours waits for a moderator to look at it first: see "
    "`/suggestions list which:mine`."
)
QUICKER = (
    "Somebody was quicker: suggestion {number} {state_phrase}, or its text has changed. "
    "Look again with `/moderate look suggestion:{number}`."
)
TURNS_UP = "From now on it turns up in `/montage random`, `show`, `find` and `top`."


@pytest.mark.parametrize(
    ("message", "said", "fault"),
    [
        (NO_BRACKET, "Gerade läuft keins. `/turnier los` fängt eins an.", ""),
        (NO_BRACKET, "Gerade läuft keins. `/bracket start` fängt eins an.", "does not say `/turnier los`"),
        (NO_BRACKET, "Gerade läuft keins. Fang eins an!", "does not say `/turnier los`"),
        (MINE, "Sieh nach: `/vorschläge liste welche:meine`.", ""),
        (MINE, "Sieh nach: `/vorschläge liste which:mine`.", "does not say `/vorschläge liste welche:meine`"),
        (QUICKER, "{number} {state_phrase}, `/moderieren look vorschlag:{number}`.", ""),
        (TURNS_UP, "Jetzt in `/montage zufall`, `zeigen`, `find` und `rang`.", ""),
        (TURNS_UP, "Jetzt in `/montage zufall`, `zeigen`, `rang` und `mehr`.", "says `mehr`"),
    ],
)
def test_commands_and_options_are_called_what_people_type(
    folder: Path, message: str, said: str, fault: str
) -> None:
    found = [one for one in faults(folder, {**NAMED, message: said}) if "can't be called" not in one]
    assert bool(found) == bool(fault) and fault in "\n".join(found)


def test_one_of_something_needs_no_number(folder: Path) -> None:
    assert faults(folder, {"{number} vote": ("eine Stimme", "{number} Stimmen")}) == []
