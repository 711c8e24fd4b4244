"""The doctor finds what is wrong, says what to do, and leaves no trace."""

import json
import shutil
import sqlite3
from collections import namedtuple
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot import clock
from bot.__main__ import main
from bot.backups.making import back_up, file_for
from bot.database import SqliteDatabase, newest_schema
from bot.doctor import Finding, examine
from bot.voting.store import Choice, VoteStore
from tests.pointed import TOKEN

pytestmark = pytest.mark.sqlite

HOUR = 3600 * clock.SECOND


def findings(path: Path, **environment: str) -> dict[str, Finding]:
    """The gravest finding of each name."""
    given = {"MONTAGE_DATABASE": str(path), "DISCORD_TOKEN": TOKEN, **environment}
    order = ("ok", "warning", "problem")
    found: dict[str, Finding] = {}
    for finding in examine(given, path.parent / "no such file"):
        before = found.get(finding.name)
        if before is None or order.index(finding.state) > order.index(before.state):
            found[finding.name] = finding
    return found


@pytest.fixture
async def voted(database: SqliteDatabase) -> SqliteDatabase:
    """An open database with a vote in it."""
    await VoteStore(database).cast(7, "rocky-1976", 1, Choice.UP, clock.now())
    return database


async def test_all_is_well_while_a_bot_runs_and_while_none_does(voted: SqliteDatabase) -> None:
    found = findings(voted.path)
    assert {finding.state for finding in found.values()} == {"ok"}
    assert (
        "1 vote, tallies equal to a recount" in found["database"].says
        and "in use by a bot" in found["database"].says
    )
    assert (await VoteStore(voted).cast(7, "rocky-1976", 2, Choice.UP, 1)).tally.up == 2
    await voted.close()
    assert "not in use" in findings(voted.path)["database"].says


def test_before_the_first_start_nothing_is_made(path: Path) -> None:
    assert {finding.state for finding in findings(path).values()} == {"ok"}
    assert list(path.parent.iterdir()) == []


async def test_it_leaves_the_file_as_it_is(voted: SqliteDatabase) -> None:
    await voted.close()
    lock = voted.path.with_name(voted.path.name + ".lock")  # with it, a note that all was closed in good order
    before = voted.path.read_bytes(), lock.read_text()
    findings(voted.path)
    assert (voted.path.read_bytes(), lock.read_text()) == before and before[1]


@pytest.mark.parametrize(
    ("statement", "word", "remedy"),
    [
        ("UPDATE tally SET up = up + 1", "1 of the tallies differ from a recount", "doctor --mend"),
        ("UPDATE tally_of_day SET down = down + 1", "1 of the tallies differ from a recount", "doctor --mend"),
        (
            "INSERT INTO report (suggestion_id, user_id, why, at) VALUES (9, 1, 'x', 1)",
            "1 rows refer to something",
            "doctor --mend",
        ),
        (f"PRAGMA user_version = {newest_schema() + 1}", "newer version", "Update the bot"),
        ("DROP TABLE vote", "not a database of this bot", "restore"),
    ],
)
async def test_a_database_with_something_wrong(
    voted: SqliteDatabase, statement: str, word: str, remedy: str
) -> None:
    await voted.close()
    with closing(sqlite3.connect(voted.path)) as connection:
        connection.execute(statement)
        connection.commit()
    finding = findings(voted.path)["database"]
    assert finding.state == "problem" and word in finding.says and remedy in finding.remedy


async def test_a_damaged_database_a_text_and_a_folder(voted: SqliteDatabase, tmp_path: Path) -> None:
    await voted.close()
    with voted.path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xfe" * 8192)
    assert "damaged" in findings(voted.path)["database"].says
    voted.path.write_text("Dear diary " * 1000)
    assert findings(voted.path)["database"].state == "problem"
    assert "is a folder" in findings(tmp_path)["database"].says


@pytest.mark.parametrize(
    ("environment", "name", "state", "word"),
    [
        ({"DISCORD_TOKEN": ""}, "token", "warning", "no DISCORD_TOKEN"),
        ({"DISCORD_TOKEN": "hunter2"}, "token", "problem", "does not look like"),
        ({"MONTAGE_SHARDS": "many"}, "settings", "problem", "MONTAGE_SHARDS='many'"),
        ({"MONTAGE_BACKUP_HOUR": "3"}, "settings", "warning", "no setting of that name"),
        ({"MONTAGE_BACKUP_HOURS": "0"}, "backups", "warning", "none are made"),
    ],
)
def test_settings(path: Path, environment: dict[str, str], name: str, state: str, word: str) -> None:
    finding = findings(path, **environment)[name]
    assert (finding.state, word in finding.says) == (state, True), finding
    assert finding.remedy and "hunter2" not in finding.says


def test_a_slip_in_the_file_of_settings_is_found(path: Path) -> None:
    file = path.parent / ".env"
    file.write_text("MONTAGE_DATABSE=somewhere.db\n")
    assert any("MONTAGE_DATABSE" in finding.says for finding in examine({}, file))


@pytest.mark.parametrize(
    ("ages", "state"), [([3], "ok"), ([300, 30], "ok"), ([300, 50], "warning"), ([30, -500], "warning")]
)
async def test_backups_that_stopped_coming(
    database: SqliteDatabase, ages: list[int], state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now()
    for number, age in enumerate(ages, 1):
        monkeypatch.setattr(clock, "now", lambda age=age: now - age * HOUR)
        back_up(database.path, file_for(database.path, database.path.parent / "backups"), number)
    monkeypatch.setattr(clock, "now", lambda: now)
    assert findings(database.path)["backups"].state == state


@pytest.mark.parametrize(("megabytes", "state"), [(5_000, "ok"), (150, "warning"), (3, "problem")])
def test_room(path: Path, megabytes: int, state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**12, 0, megabytes * 10**6))
    assert findings(path)["room"].state == state


def test_a_clock_that_lost_its_time(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: 0)
    assert findings(path)["clock"].state == "problem"


async def test_votes_from_the_future_show_a_clock_that_went_back(voted: SqliteDatabase) -> None:
    await VoteStore(voted).cast(7, "rocky-1976", 2, Choice.UP, clock.now() + HOUR)
    assert findings(voted.path)["votes"].state == "warning"


def test_for_people_and_for_programs(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MONTAGE_DATABASE", str(path))
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    assert main(["doctor"]) == 0
    assert "ok       catalogue: " in capsys.readouterr().out
    path.mkdir()
    monkeypatch.setenv("MONTAGE_SHARDS", "many")
    assert main(["doctor", "--json"]) == 1
    said = capsys.readouterr().out
    report: list[dict[str, Any]] = json.loads(said)
    assert {f["name"] for f in report if f["state"] == "problem"} >= {"settings"}
    assert all(f["remedy"] for f in report if f["state"] != "ok") and TOKEN not in said
