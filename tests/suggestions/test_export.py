"""A server's accepted suggestions as files of the catalogue."""

import asyncio
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.__main__ import main
from bot.catalogue.definition import FIELDS, problems_of
from bot.catalogue.loading import read_montages
from bot.database import SqliteDatabase
from bot.errors import StartError
from bot.guilds import GuildSettings
from bot.suggestions.changes import ChangeStore
from bot.suggestions.entry import Entry, Typed, read_entry
from bot.suggestions.export import as_toml, export, file_name
from bot.suggestions.store import SuggestionStore
from bot.suggestions.suggestion import Suggestion
from bot.suggestions.traces import Traces

pytestmark = pytest.mark.sqlite

GUILD_ID = 7
CHOICES = GuildSettings(cooldown_minutes=0, open_per_member=9)
ENTRY = Entry("L'Équipe", 2001, 'The "real" test', "He lifts logs. \\ " * 30, "cooking", "https://a.example.com/x")


async def accepted(path: Path, *entries: Entry) -> None:
    database = SqliteDatabase(path)
    await database.open()
    store = SuggestionStore(database, Traces(database))
    for entry in entries:
        added = await store.add(GUILD_ID, 1, entry, 1, settings=CHOICES)
        assert added is not None
        await ChangeStore(database).change(added, "accepted", "moderator", by=2, at=1_700_000_000_000)
    await database.close()


def test_files_hold_what_is_known_and_say_what_is_missing(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    same = Entry("Rocky IV", 1985, "Another scene", "He lifts logs.", "curling on ice")
    asyncio.run(accepted(path, ENTRY, same))
    said = export(path, GUILD_ID, folder)
    assert "2 montages written" in said
    names = sorted(file.name for file in folder.iterdir())
    assert names == ["lequipe-2001.toml", "rocky-iv-1985-s2.toml"]  # the shipped one keeps its name
    written = (folder / names[0]).read_text(encoding="utf-8")
    table = tomllib.loads(written)
    assert (table["film"], table["year"], table["scene"]) == (ENTRY.film, 2001, ENTRY.scene)
    assert table["blurb"] == ENTRY.why and table["family"] == "craft"
    missing = {field for field, _ in problems_of(FIELDS, table)}
    assert missing and all(f"# TODO {field}:" in written for field in (*missing, "content_notes"))
    assert "# TODO family:" in (folder / names[1]).read_text(encoding="utf-8")  # a discipline nobody has shown yet
    _, problems = read_montages(folder)
    assert {problem.file for problem in problems} == set(names)
    (folder / names[0]).write_text("mended", encoding="utf-8")
    assert "0 montages written" in export(path, GUILD_ID, folder)
    assert (folder / names[0]).read_text(encoding="utf-8") == "mended"
    assert "accepted no suggestions" in export(path, GUILD_ID + 1, folder)


def test_a_folder_that_is_none(path: Path, tmp_path: Path) -> None:
    asyncio.run(accepted(path, ENTRY))
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(StartError, match="Name another folder"):
        export(path, GUILD_ID, tmp_path / "notes.txt")


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("MONTAGE_DATABASE", str(tmp_path / "nowhere.db"))
    assert main(["export", "7", str(tmp_path / "out")]) == 2
    assert "no database" in capsys.readouterr().err and not (tmp_path / "nowhere.db").exists()


@given(values=st.fixed_dictionaries({name: st.text(min_size=1, max_size=90) for name in ("film", "scene", "why")}))
def test_any_text_gives_sound_toml(values: dict[str, Any]) -> None:
    typed = Typed(values["film"], "1999", values["scene"], values["why"], "chess")
    entry, _ = read_entry(typed, 2026)
    if entry is None:
        return
    suggestion = Suggestion(12, GUILD_ID, 1, entry, "accepted", 1)
    table = tomllib.loads(as_toml(suggestion, "mind", "heading"))
    assert (table["film"], table["scene"]) == (entry.film, entry.scene)
    assert table["blurb"] == entry.why
    assert file_name(suggestion, ()).isascii()
