"""erase-user and erase-server, as an operator types them."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.database import Database
from bot.errors import AGAIN
from bot.voting import Choice
from bot.voting.store import VoteStore


@pytest.fixture
def kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database in which Ana (1) and Ben (2) voted in two servers, and Ana suggested; named by the setting."""

    async def fill() -> None:
        database = Database(path)
        await database.open()
        votes = VoteStore(database)
        for guild_id in (100, 200):
            for person in (1, 2):
                await votes.cast(guild_id, "rocky-1976", person, Choice.UP, 1)
        await database.write(
            "INSERT INTO suggestion (guild_id, author_id, film, year, scene, why, discipline, state, created_at) "
            "VALUES (100, 1, 'Yentl', 1983, 'Studying', 'She learns', 'study', 'open', 1)"
        )
        await votes.cast(100, "s1", 2, Choice.UP, 1)
        await database.close()

    asyncio.run(fill())
    monkeypatch.setenv("MONTAGE_DATABASE", str(path))
    return path


def count(path: Path, what: str) -> int:
    async def ask() -> int:
        database = Database(path)
        await database.open()
        ((number,),) = await database.read(f"SELECT count(*) FROM {what}")  # noqa: S608
        await database.close()
        return int(number)

    return asyncio.run(ask())


def test_a_person(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["erase-user", "1"]) == 0
    assert capsys.readouterr().out == "Person 1: 2 votes deleted; 1 suggestion kept without a name.\n"
    assert count(kept, "vote WHERE user_id = 1") == 0
    assert count(kept, "vote WHERE user_id = 2") == 3
    assert count(kept, "suggestion WHERE author_id IS NULL") == 1


@pytest.mark.parametrize("options", [[], ["--suggestions-too"]])
def test_cards_in_channels_are_counted(kept: Path, capsys: pytest.CaptureFixture[str], options: list[str]) -> None:
    with closing(sqlite3.connect(kept)) as connection, connection:
        connection.execute("UPDATE suggestion SET channel_id = 5, message_id = 6")
    assert main(["erase-user", "1", *options]) == 0
    said = capsys.readouterr().out
    assert said.endswith(" 1 card of theirs on Discord will follow when the bot runs again.\n")
    assert count(kept, "leftover_card WHERE message_id = 6") == 1


def test_a_person_with_suggestions(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["erase-user", "1", "--suggestions-too"]) == 0
    assert "1 suggestion and 2 votes deleted" in capsys.readouterr().out
    assert count(kept, "suggestion") == 0
    assert count(kept, "vote WHERE montage_id = 's1'") == 0


def test_a_server(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["erase-server", "100"]) == 0
    assert "Server 100: 3 votes" in capsys.readouterr().out
    assert count(kept, "vote WHERE guild_id = 100") == 0
    assert count(kept, "vote WHERE guild_id = 200") == 2
    assert count(kept, "suggestion") == 0


def test_nobody_known(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["erase-user", "77"]) == 0
    assert capsys.readouterr().out == "Person 77: nothing deleted.\n"


@pytest.mark.parametrize("command", ["erase-user", "erase-server"])
@pytest.mark.parametrize("typed", ["9" * 30, "-5", "ana", "1" * 20])
def test_what_is_no_id(command: str, typed: str, kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, typed])
    assert ended.value.code == 2 and "no id of Discord's" in capsys.readouterr().err
    assert count(kept, "vote") == 5


def test_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "none.db"
    monkeypatch.setenv("MONTAGE_DATABASE", str(missing))
    assert main(["erase-user", "1"]) == 2
    assert "There is no database" in capsys.readouterr().err
    assert not missing.exists()


def test_while_the_bot_runs(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    running = Database(kept)
    asyncio.run(running.open())
    assert main(["erase-server", "100"]) == AGAIN
    assert "in use by another bot process" in capsys.readouterr().err
    asyncio.run(running.close())
    assert count(kept, "vote WHERE guild_id = 100") == 3
