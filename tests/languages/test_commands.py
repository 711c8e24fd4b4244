"""The commands in every language, as Discord takes them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app import create_bot
from bot.catalogue import Catalogue
from bot.languages import speaking
from bot.languages.command_names import distinct, name_fault
from bot.settings import Settings
from tests.club import Club, open_club
from tests.contract import violations
from tests.languages.pseudo import write_pseudo
from tests.languages.speech import Said, speaking_of, write


@pytest.fixture
def german(tmp_path: Path) -> Iterator[Path]:
    """A bot with German commands, of which some can't be."""
    said: Said = {
        ("command", "random"): "zufall",
        ("command", "show"): "Zeig",  # a capital letter
        ("command", "find"): "zeig her",  # a space
        ("command", "top"): "rang",
        ("command", "stats"): "rang",  # the same as another
        ("command", "suggest"): "vorschlagen",
        ("option", "decade"): "jahrzehnt",
        ("choice", "Inspiring"): "Begeisternd",
        ("menu", "Suggest as montage"): "Als Montage vorschlagen",
        "How it should feel": "Wie es sich anfühlen soll",
        "The decade it was made in": "x" * 101,
    }
    write(tmp_path, "de", said)
    with speaking_of(tmp_path):
        yield tmp_path


def sent(club: Club) -> list[Any]:
    """The commands as they were sent last."""
    requests = [e.json for e in club.env.http_requests if e.method == "PUT" and e.path.endswith("/commands")]
    commands = requests[-1]
    assert isinstance(commands, list)
    return commands


def nodes(command: Any) -> Iterator[Any]:
    """A command, and everything inside it that has a name."""
    yield command
    for inner in command.get("options", ()):
        yield from nodes(inner)


def length_of(command: Any) -> int:
    """What Discord counts of a command: each text in its longest language, and the values of choices."""
    total = 0
    for node in nodes(command):
        texts = [(node, "name"), (node, "description"), *((choice, "name") for choice in node.get("choices", ()))]
        for said, key in texts:
            total += max(map(len, (said.get(key) or "", *(said.get(f"{key}_localizations") or {}).values())))
        total += sum(len(str(choice["value"])) for choice in node.get("choices", ()))
    return total


def named(payload: list[Any], *path: str) -> Any:
    """A command, or an option inside one."""
    (found,) = [command for command in payload if command["name"] == path[0]]
    for name in path[1:]:
        (found,) = [inner for inner in found["options"] if inner["name"] == name]
    return found


async def test_discord_is_sent_the_names_that_it_takes(german: Path, tmp_path: Path) -> None:
    async with open_club(tmp_path / "a.db") as club:
        commands = sent(club)
    names = {
        name: named(commands, "montage", name)["name_localizations"].get("de")
        for name in ("random", "show", "find", "top", "stats")
    }
    assert names == {"random": "zufall", "show": None, "find": None, "top": None, "stats": None}
    assert named(commands, "suggest")["name_localizations"] == {"de": "vorschlagen"}
    assert named(commands, "Suggest as montage")["name_localizations"] == {"de": "Als Montage vorschlagen"}
    decade = named(commands, "montage", "random", "decade")
    assert decade["name_localizations"] == {"de": "jahrzehnt"}
    assert "description_localizations" not in decade, "one that is too long stays English"
    mood = named(commands, "montage", "random", "mood")
    assert mood["description_localizations"] == {"de": "Wie es sich anfühlen soll"}


async def test_they_are_sent_again_when_a_translation_has_changed_and_not_otherwise(
    german: Path, tmp_path: Path
) -> None:
    async with open_club(tmp_path / "a.db") as club:

        async def times() -> int:
            await club.restart()
            return len([e for e in club.env.http_requests if e.method == "PUT" and e.path.endswith("/commands")])

        before = await times()
        assert await times() == before
        write(german, "de", {("command", "random"): "irgendeine"})
        with speaking_of(german):
            assert await times() == before + 1
            assert named(sent(club), "montage", "random")["name_localizations"] == {"de": "irgendeine"}
            assert await times() == before + 1


async def test_every_command_fits_in_a_language_a_third_longer(tmp_path: Path) -> None:
    write_pseudo(tmp_path)
    (tmp_path / "en_XA").rename(tmp_path / "fi")  # Discord knows no language that nobody speaks
    with speaking_of(tmp_path):
        async with open_club(tmp_path / "a.db") as club:
            commands = sent(club)
    for command in commands:
        assert length_of(command) <= 8_000, command["name"]
        for node in nodes(command):
            assert node["name_localizations"]["fi"] != node["name"], node["name"]
            if node.get("description"):
                assert node["description_localizations"]["fi"] != node["description"], node["description"]
            for choice in node.get("choices", ()):
                assert "fi" in choice.get("name_localizations", {}) or not set(choice["name"]) & set("aeiouy"), (
                    choice
                )
    assert violations("PUT", "/applications/1/commands", json.loads(json.dumps(commands))) == []


def test_a_command_that_can_be_no_link_is_named_as_it_is_typed(german: Path) -> None:
    bot = create_bot(Settings(), Catalogue(()))
    with speaking("de"):
        assert bot.mention("montage random") == "`/montage zufall`"
        assert bot.mention("suggest") == "`/vorschlagen`"
        bot.command_ids["montage"] = 4711
        assert bot.mention("montage random") == "</montage random:4711>", "Discord would open no other"


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        *[
            (name, True)
            for name in ("zufällig", "für-mich", "ランダム", "मेरे-लिए", "випадкова", "무작위", "2x", "a_b")
        ],
        *[
            (name, False)
            for name in ("Zufall", "für mich", "l'as", "l’as", "", "x" * 33, "Випадкова", "İstatistik", "a·b")
        ],
    ],
)
def test_which_names_discord_takes(name: str, fits: bool) -> None:
    assert (name_fault("command", name) is None) is fits


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdefgh")))
def test_no_two_beside_each_other_get_one_name(wanted: dict[str, str]) -> None:
    called = distinct(wanted)
    assert called.keys() == wanted.keys()
    assert len(set(called.values())) == len(called)
    assert all(chosen in (name, wanted[name]) for name, chosen in called.items())
