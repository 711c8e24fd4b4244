"""What helps somebody to write a montage's file."""

import json
from pathlib import Path

import jsonschema_rs
import pytest
import tomli

from bot.catalogue.checking import check_catalogue
from bot.catalogue.definition import FIELDS
from bot.catalogue.loading import catalogue_folder
from bot.catalogue.skeleton import identity, new, schema_text
from tests.docs import ROOT

SCHEMA = ROOT / "data" / "montage.schema.json"


def test_new_writes_a_skeleton_that_waits_for_its_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new('Rocky "Again"', 1999, tmp_path) == 0
    said = capsys.readouterr().out
    file = tmp_path / "rocky-again-1999.toml"
    assert said.startswith(f"Wrote {file}.") and "python -m bot check" in said
    text = file.read_text(encoding="utf-8")
    assert text.startswith("#:schema ../montage.schema.json\n")
    for name, field in FIELDS.items():
        assert field.says in text and name in text
    written = tomli.loads(text)
    assert (written["film"], written["year"]) == ('Rocky "Again"', 1999)
    assert set(written) == {name for name, field in FIELDS.items() if field.required}
    # What is still empty is what `check` asks for, and nothing else is wrong with it.
    assert check_catalogue(tmp_path) == 1
    asked = {problem.split(": ")[1] for problem in capsys.readouterr().err.splitlines()[:-1]}
    may_be_empty = {"film", "year", "content_notes"}
    assert asked == set(written) - may_be_empty


def test_new_leaves_what_is_there_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "rocky-1976.toml").write_text("mine", encoding="utf-8")
    assert new("Rocky", 1976, tmp_path) == 1
    assert "there already" in capsys.readouterr().err
    assert (tmp_path / "rocky-1976.toml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("film", "year", "reason"),
    [
        ("", 1976, "film: is empty"),
        ("Rocky", 1776, "year: is 1776; from 1890 to 2100"),
        ("七人の侍", 1954, "film: give a title in Latin letters"),
        ("R" * 91, 1976, "film: is 91 characters long"),
    ],
)
def test_new_refuses_what_check_would_refuse(
    film: str, year: int, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(film, year, tmp_path) == 1
    assert capsys.readouterr().err.startswith(reason)
    assert list(tmp_path.iterdir()) == []


def test_new_needs_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new("Rocky", 1976, tmp_path / "nowhere") == 1
    assert capsys.readouterr().err == f"There is no folder {tmp_path / 'nowhere'}.\n"


@pytest.mark.parametrize(
    ("film", "named"),
    [
        ("A Bug's Life", "a-bugs-life-1998"),
        ("Amélie & Léon: 2", "amelie-leon-2-1998"),
        ("word " * 18, "word-word-word-word-word-word-word-word-word-word-word-word-1998"),
    ],
)
def test_a_file_is_named_after_the_film(film: str, named: str) -> None:
    assert identity(film, 1998) == named
    assert len(named) <= 64


def test_the_schema_in_the_repository_is_current() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema_text(), (
        "run python -m bot schema > data/montage.schema.json"
    )


def test_the_schema_and_the_check_agree() -> None:
    schema = jsonschema_rs.validator_for(json.loads(schema_text()))
    files = list(catalogue_folder().glob("*.toml"))
    for file in files:
        schema.validate(tomli.loads(file.read_text(encoding="utf-8")))
    sound = tomli.loads(files[0].read_text(encoding="utf-8"))
    wrongs: list[dict[str, object]] = [
        {"stars": 5},
        {"year": 1066},
        {"film": ""},
        {"film": "R" * 91},
        {"family": "fighting"},
        {"moods": ["sad"]},
        {"moods": []},
        {"language": ["English", "English"]},
        {"imdb": "75148"},
        {"song": {"performer": "Bill Conti"}},
        {"reading": [{"title": "A", "page": 3}]},
    ]
    for wrong in wrongs:
        assert not schema.is_valid({**sound, **wrong}), wrong
    assert not schema.is_valid({name: value for name, value in sound.items() if name != "scene"})
