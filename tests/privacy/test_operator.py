"""erase-user and erase-server, as an operator types them."""

import asyncio
import json
import os
import socket
import sqlite3
import stat
import sys
from asyncio.subprocess import PIPE
from contextlib import closing
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.control import ask_bot, socket_of
from bot.database import SqliteDatabase
from bot.errors import AGAIN, StartError
from bot.privacy.operator import add_control
from bot.voting import Choice
from bot.voting.store import VoteStore
from tests.club import Club, answered, button, open_club, text
from tests.docs import ROOT

pytestmark = pytest.mark.sqlite

SUGGESTED = {
    "film": "Yentl",
    "year": "1983",
    "scene": "Studying by candlelight",
    "why": "She learns by night what nobody would teach her by day.",
    "discipline": "study",
}


@pytest.fixture
def kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database in which Ana (1) and Ben (2) voted in two servers, and Ana suggested; named by the setting."""

    async def fill() -> None:
        database = SqliteDatabase(path)
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
        database = SqliteDatabase(path)
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


def test_while_a_bot_has_the_database_and_does_not_listen_yet(
    kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    running = SqliteDatabase(kept)
    asyncio.run(running.open())
    assert main(["erase-server", "100"]) == AGAIN
    assert "in use by another bot process" in capsys.readouterr().err
    asyncio.run(running.close())
    assert count(kept, "vote WHERE guild_id = 100") == 3


# --- while the bot runs ---


@pytest.fixture
async def running(club: Club) -> Club:
    """A bot that serves and listens; Ana has voted there and suggested something, Ben has voted for it."""
    await listen(club)
    suggested = await club.ana.submit_modal(await club.ana.slash(club.channel, "suggest"), SUGGESTED)
    await club.ben.click(answered(suggested), custom_id=button(suggested, "Fired up"))
    card = await club.ana.slash(club.channel, "montage random")
    await club.ana.click(answered(card), custom_id=button(card, "Fired up"))
    return club


async def listen(club: Club) -> None:
    """What `run` adds; this bot has been opened before a test has a hand on it."""
    add_control(club.bot)
    await club.bot._openings[-1]()


async def command(path: Path, *arguments: str) -> tuple[int, str]:
    """Another process, as an operator starts it while the bot goes on: its status and what it said."""
    environment = {**os.environ, "MONTAGE_DATABASE": str(path), "PYTHONPATH": str(ROOT)}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments), env=environment, stdout=PIPE, stderr=PIPE
    )
    said, complained = await process.communicate()
    assert process.returncode is not None
    return process.returncode, (said + complained).decode()


async def test_the_running_bot_erases_on_disk_and_in_memory(running: Club, path: Path) -> None:
    ana = str(running.ana.id)
    status, said = await command(path, "erase-user", ana, "--suggestions-too")
    assert (status, "1 suggestion" in said, "being redrawn or deleted now" in said) == (0, True, True), said
    assert "I keep nothing about you" in text(await running.ana.slash(running.channel, "privacy export"))
    assert "Nobody has voted yet" in text(await running.ben.slash(running.channel, "montage top"))
    assert await running.ana.autocomplete(running.channel, "suggestions show", "suggestion", "yentl") == []
    assert (await command(path, "erase-user", ana))[1] == f"Person {ana}: nothing deleted.\n"


async def test_the_running_bot_erases_a_server(running: Club, path: Path) -> None:
    status, said = await command(path, "erase-server", str(running.guild_id))
    assert status == 0 and "2 votes" in said, said
    assert await running.bot.database.read("SELECT * FROM vote") == []


async def test_a_person_is_exported_while_the_bot_runs(running: Club, path: Path, tmp_path: Path) -> None:
    file = tmp_path / "ana.json"
    status, said = await command(path, "export-user", str(running.ana.id), str(file))
    assert status == 0 and "1 vote" in said and str(file) in said
    exported = json.loads(file.read_text(encoding="utf-8"))
    assert exported["everything_kept"]["suggestions"][0]["film"] == "Yentl"
    assert file.stat().st_mode & 0o077 == 0
    assert (await command(path, "export-user", str(running.ana.id), str(file)))[0] == 1, "never written over"
    assert "Nothing is kept" in (await command(path, "export-user", "77", str(tmp_path / "b.json")))[1]


async def test_a_servers_suggestions_are_exported_while_the_bot_runs(
    running: Club, path: Path, tmp_path: Path
) -> None:
    await running.bot.database.write(
        "INSERT INTO suggestion_event (suggestion_id, what, part, at, before) "
        "VALUES (1, 'accepted', 'votes', 1, '{}')"
    )
    await running.bot.database.write("UPDATE suggestion SET state = 'accepted'")
    status, said = await command(path, "export", str(running.guild_id), str(tmp_path / "out"))
    assert status == 0 and "1 montage written" in said, said
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["yentl-1983.toml"]


async def test_the_socket_is_for_its_owner_alone_and_goes_with_the_bot(running: Club, path: Path) -> None:
    assert stat.S_IMODE(socket_of(path).stat().st_mode) & 0o077 == 0
    await running.bot.close()
    assert not socket_of(path).exists()
    assert (await command(path, "erase-user", str(running.ana.id)))[0] == 0, "then the command does it itself"


async def test_what_a_killed_bot_left_is_in_nobodys_way(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(socket_of(path)))
    assert ask_bot(path, "erase-user", id=1) is None
    async with open_club(path) as club:
        await listen(club)
        said = await asyncio.to_thread(ask_bot, path, "erase-user", id=1, suggestions_too=False)
        assert said == "Person 1: nothing deleted."


@pytest.mark.parametrize("line", [b"", b"no json\n", b"[]\n", b'{"command": "dance"}\n', b"x" * 20_000 + b"\n"])
async def test_what_is_no_request_harms_nobody(running: Club, path: Path, line: bytes) -> None:
    reader, writer = await asyncio.open_unix_connection(str(socket_of(path)))
    writer.write(line)
    writer.write_eof()
    answer = await reader.read()
    writer.close()
    assert b"said" not in answer
    assert ask_is_answered(await asyncio.to_thread(ask_bot, path, "erase-user", id=1, suggestions_too=False))


def ask_is_answered(said: str | None) -> bool:
    return said == "Person 1: nothing deleted."


async def test_a_folder_that_is_too_deep_for_a_socket(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60) / "montage.db"
    async with open_club(deep) as club:
        await listen(club)
        said = await asyncio.to_thread(ask_bot, deep, "erase-user", id=1, suggestions_too=False)
        assert ask_is_answered(said)


async def test_a_request_that_fails_says_so(running: Club, path: Path) -> None:
    await running.bot.database.read("PRAGMA query_only = ON")
    with pytest.raises(StartError, match="can't write anything down"):
        await asyncio.to_thread(ask_bot, path, "erase-user", id=running.ana.id, suggestions_too=False)
    await running.bot.database.read("PRAGMA query_only = OFF")
    assert ask_is_answered(await asyncio.to_thread(ask_bot, path, "erase-user", id=1, suggestions_too=False))
