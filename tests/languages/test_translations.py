"""The translations that there are, each as people will meet it; and thirteen that are made up, longer than any."""

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.daily import typed_dates, typed_rhythms
from bot.daily.reading import minute_of
from bot.daily.rhythm import MOST_DAYS, EveryDays, Rhythm, Weekdays
from bot.daily.typed_words import (
    normalised,
    number_words,
    other_weekdays,
    ways,
    weekday_words,
    with_digits,
)
from bot.errors import UserError
from bot.languages import ENGLISH, _, language_for, languages, own_name, pgettext, speaking
from bot.languages.catalogues import po_file
from bot.stats.fonts import drawable
from bot.translating.checking import language_faults
from bot.translating.extracting import commands, everything
from bot.translating.updating import read_catalog
from bot.ui.dates import day_and_month, spoken, weekday_names
from tests.club import open_club
from tests.contract import violations
from tests.languages.pseudo import write_pseudo
from tests.languages.speech import speaking_of
from tests.languages.test_commands import length_of, nodes, sent

# The folders of the interface's languages, and Discord's code of each.
CODES = {
    **{name: name for name in ("de", "fr", "it", "nl", "pl", "tr", "uk", "ja", "ko", "hi")},
    **{"es": "es-ES", "es_419": "es-419", "pt_BR": "pt-BR"},
}
THERE = [name for name in languages() if name != ENGLISH]
TODAY = date(2026, 11, 26)
# An example between whichever marks a language has.
_QUOTED = re.compile(r"[“„«「『]\s*([^“”„«»「」『』]+?)\s*[”“»」』]")


@pytest.fixture
def made_up(tmp_path: Path) -> Iterator[Path]:
    """A bot that speaks all of them, a third longer than English."""
    folder = tmp_path / "locales"
    written = write_pseudo(folder).read_bytes()
    for name in CODES:
        file = folder / name / "LC_MESSAGES" / "bot.po"
        file.parent.mkdir(parents=True)
        file.write_bytes(written)
    (folder / "en_XA" / "LC_MESSAGES" / "bot.po").unlink()
    with speaking_of(folder):
        yield tmp_path


async def commands_sent(folder: Path) -> list[dict[str, object]]:
    """What Discord is sent, which it would take: by its description, and by the length of each command."""
    async with open_club(folder / "a.db") as club:
        payload = sent(club)
    assert violations("PUT", "/applications/1/commands", json.loads(json.dumps(payload))) == []
    for command in payload:
        assert length_of(command) <= 8_000, command["name"]
        for node in nodes(command):
            for code in node.get("name_localizations") or {}:
                beside = [
                    inner.get("name_localizations", {}).get(code, inner["name"])
                    for inner in node.get("options", ())
                ]
                assert len(set(beside)) == len(beside), f"{node['name']} in {code}"
    return payload


async def test_discord_would_take_thirteen_languages_at_once(made_up: Path) -> None:
    payload = await commands_sent(made_up)
    for command in payload:
        for node in nodes(command):
            assert set(node["name_localizations"]) == set(CODES.values())
    for name, code in CODES.items():
        assert language_for(code) == name


async def test_discord_would_take_the_commands_in_every_language_there_is(tmp_path: Path) -> None:
    payload = await commands_sent(tmp_path)
    told = {code for command in payload for node in nodes(command) for code in node.get("name_localizations") or {}}
    assert {language_for(code) for code in told} == set(THERE)


@pytest.mark.thorough
@pytest.mark.parametrize("name", THERE)
def test_nothing_in_it_would_look_broken(name: str) -> None:
    descriptions = {node.description for command in commands() for node in command.walk()}
    faults = list(language_faults(everything(), read_catalog(po_file("bot", name)), descriptions))
    # What is not translated yet is said in English.
    assert [fault for fault in faults if not fault.endswith("is missing") and "is fuzzy" not in fault] == []
    assert own_name(name) != name


@pytest.mark.thorough
@pytest.mark.parametrize("name", THERE)
def test_what_it_says_of_days_can_be_typed(name: str) -> None:
    ahead = [TODAY + timedelta(days=days) for days in (1, 7, 40, 200, 365)]
    rhythms: list[Rhythm] = [Weekdays(frozenset(days)) for days in ((0,), (5, 6), (0, 2, 4), range(7))]
    rhythms += map(EveryDays, range(2, MOST_DAYS + 1))
    with speaking(name):
        assert all(map(typed_rhythms.read_rhythm, typed_rhythms.rhythm_examples()))
        assert all(typed_dates.read_date(one, TODAY) for one in typed_dates.date_examples(TODAY))
        for day in ahead:
            assert (
                typed_dates.read_date(spoken(day), TODAY) == typed_dates.read_date(day_and_month(day), TODAY) == day
            )
        for rhythm in rhythms:
            assert typed_rhythms.read_rhythm(typed_rhythms.as_typed(rhythm)) == rhythm


@pytest.mark.thorough
@pytest.mark.parametrize("name", THERE)
@given(st.data())
def test_no_word_that_is_not_known_is_skipped(name: str, data: st.DataObject) -> None:
    with speaking(name):
        shown: list[Rhythm] = [Weekdays(frozenset(days)) for days in ((0,), (1, 4), (0, 2, 4), (5, 6), range(7))]
        rhythm = data.draw(st.sampled_from([*shown, EveryDays(3)]))
        words = typed_rhythms.as_typed(rhythm).split()
        assert typed_rhythms.read_rhythm(" ".join(words)) == rhythm
        words.insert(data.draw(st.integers(0, len(words))), "xqzvk")
        assert typed_rhythms.read_rhythm(" ".join(words)) is None
        said = day_and_month(TODAY + timedelta(days=30)).split()
        said.insert(data.draw(st.integers(0, len(said))), "xqzvk")
        assert typed_dates.read_date(" ".join(said), TODAY) is None


@pytest.mark.parametrize("name", THERE)
def test_from_one_day_to_another_is_all_between(name: str) -> None:
    with speaking(name):
        days = weekday_names()
        to = [way.strip() for way in pgettext("typed", "to, till, until").split(",")]
        for way in [way for way in to if way[0] != "-"]:
            for first, last in ((0, 3), (4, 0), (5, 6)):
                meant = Weekdays(frozenset((first + step) % 7 for step in range((last - first) % 7 + 1)))
                assert typed_rhythms.read_rhythm(f"{days[first]} {way} {days[last]}") == meant, way
                assert typed_rhythms.read_rhythm(f"{days[first]} - {days[last]}") == meant
            assert typed_rhythms.read_rhythm(f"{days[0]} {way}") is None, "half of a sentence"


@pytest.mark.parametrize("name", THERE)
def test_what_people_say_for_a_number_is_that_number(name: str) -> None:
    with speaking(name):
        assert {*range(1, 13), 14, 15, 20} <= set(number_words().values())
        for word, number in number_words().items():
            assert with_digits(word) == str(number)
        for day, names in enumerate(other_weekdays()):
            assert {weekday_words().get(normalised(one)) for one in ways(names)} == {day}, names


@pytest.mark.parametrize("name", [ENGLISH, *THERE])
def test_the_examples_beside_what_is_typed_are_read(name: str) -> None:
    (daily,) = [command for command in commands() if command.name == "daily"]
    said = {option.name: option.description for command in daily.inside for option in command.inside}
    with speaking(name):
        days, until = (_QUOTED.findall(_(said[option])) for option in ("rhythm", "until"))
        assert days and until
        assert [one for one in days if typed_rhythms.read_rhythm(one) is None] == []
        assert [one for one in until if typed_dates.read_date(one, TODAY) is None] == []


@pytest.mark.parametrize("name", [ENGLISH, *THERE])
def test_the_times_that_it_shows_can_be_typed(name: str) -> None:
    with speaking(name):
        with pytest.raises(UserError) as refused:
            minute_of("?")
        shown = re.findall("`([^`]+)`", str(refused.value))
        assert len(shown) == 2 and [one for one in shown if minute_of(one) is None] == []


@pytest.mark.parametrize("name", THERE)
def test_pictures_have_its_letters(name: str) -> None:
    said = "".join(str(message.string) for message in read_catalog(po_file("bot", name)))
    letters = "".join({character for character in said if unicodedata.category(character)[0] in "LN"})
    assert letters and drawable(letters) == letters
