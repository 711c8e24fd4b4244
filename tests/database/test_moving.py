"""`move`: everything from SQLite to PostgreSQL and back, or nothing of it."""

import asyncio
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from bot.__main__ import main
from bot.database import SqliteDatabase, connect_to_read, database_at
from bot.database.moving import move
from bot.database.postgresql_checking import state_of_server
from bot.errors import StartError
from bot.guilds import GuildSettings
from bot.settings import PostgresAddress
from bot.suggestions import SuggestionStore, Traces
from bot.suggestions.entry import Entry
from bot.voting import VoteStore
from bot.voting.store import Choice
from tests.databases import an_address, problems_of

ENTRY = Entry("Whisper of the Heart", 1995, "A violin by lamplight", "Wood shavings and patience.", "violin")
Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[PostgresAddress]:
    """A database with nothing in it, not even tables."""
    with an_address("postgresql", tmp_path) as address:
        assert isinstance(address, PostgresAddress)
        asyncio.run(on_server(address, "DROP SCHEMA public CASCADE; CREATE SCHEMA public"))
        yield address


async def on_server(address: PostgresAddress, sql: str) -> None:
    connection = await asyncpg.connect(address.url)
    await connection.execute(sql)
    await connection.close()


@pytest.fixture
def lived_in(tmp_path: Path) -> Path:
    """A file with some of everything."""
    path = tmp_path / "montage.db"
    asyncio.run(live(path))
    return path


async def live(path: Path) -> None:
    database = SqliteDatabase(path)
    await database.open()
    store, suggestions = VoteStore(database), SuggestionStore(database, Traces(database))
    large = 2**63 - 1
    for person in range(60):
        await store.cast(7, f"m{person % 3}", person, Choice.UP if person % 4 else Choice.DOWN, 10**12 + person)
    for number in range(4):
        await suggestions.add(
            7, large, ENTRY, number, settings=GuildSettings(cooldown_minutes=0, open_per_member=9)
        )
    await database.write("DELETE FROM suggestion WHERE id = 4")  # its number must not come again
    await database.write("INSERT INTO showing VALUES (7, 'Zebra', 2, 3), (7, 'apple', 2, 3), (7, 'Äpfel', 2, 3)")
    await database.write(
        "INSERT INTO daily (guild_id, channel_id, minute, timezone, filters, thread, day) "
        "VALUES (7, 1, 600, 'UTC', '', 1, '2026-11-24')"
    )
    await database.write("INSERT INTO duel (guild_id, first_id, second_id, opened_at) VALUES (7, 'a', 'b', 1)")
    await database.write("INSERT INTO duel_choice VALUES (1, :user, 1, 5)", user=large)
    await database.write("UPDATE origin SET erasures = 5")
    await database.close()


def rows_of_file(path: Path) -> Rows:
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        return {
            name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr)  # noqa: S608
            for (name,) in tables.fetchall()
        }


async def rows_of_server(address: PostgresAddress) -> Rows:
    connection = await asyncpg.connect(address.url)
    tables = await connection.fetch(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    )
    found = {
        name: sorted(map(tuple, await connection.fetch(f"SELECT * FROM {name}")), key=repr)  # noqa: S608
        for (name,) in tables
        if name != "schema_version"
    }
    await connection.close()
    return found


def test_there_and_back_again_nothing_is_lost(lived_in: Path, server: PostgresAddress, tmp_path: Path) -> None:
    before = rows_of_file(lived_in)
    said = move(lived_in, server)
    assert "among them 60 votes" in said and "Set MONTAGE_DATABASE" in said
    assert rows_of_file(lived_in) == before == asyncio.run(rows_of_server(server))
    assert asyncio.run(state_of_server(server)).drifted == 0
    assert asyncio.run(goes_on(server)) == (5, 2)
    asyncio.run(on_server(server, "DELETE FROM suggestion WHERE id = 5; DELETE FROM duel WHERE id = 2"))
    now = asyncio.run(rows_of_server(server))
    move(server, tmp_path / "back.db")
    assert rows_of_file(tmp_path / "back.db") == now
    with closing(connect_to_read(tmp_path / "back.db")) as connection:
        assert problems_of(connection) == []
    assert asyncio.run(goes_on(tmp_path / "back.db")) == (6, 3)
    assert not list(tmp_path.glob("*.part*"))


async def goes_on(address: Path | PostgresAddress) -> tuple[int, int]:
    """The numbers that a suggestion and a duel get there now; and a vote is counted."""
    database = database_at(address)
    await database.open()
    limits = GuildSettings(cooldown_minutes=0, open_per_member=9)
    suggestion = await SuggestionStore(database, Traces(database)).add(7, 1, ENTRY, 9, settings=limits)
    assert suggestion is not None
    duel = await database.write(
        "INSERT INTO duel (guild_id, first_id, second_id, opened_at) VALUES (7, 'a', 'b', 1) RETURNING id"
    )
    store = VoteStore(database)
    before = (await store.tally(7, "m1")).up
    vote = await store.cast(7, "m1", 10**6 + before, Choice.UP, 10**12)
    assert vote.tally.up == before + 1
    await database.close()
    return suggestion.id, duel[0]["id"]


def test_what_postgresql_cannot_keep_is_named(lived_in: Path, server: PostgresAddress) -> None:
    with closing(sqlite3.connect(lived_in)) as connection, connection:
        connection.execute("UPDATE suggestion SET why = 'be' || char(0) || 'hind' WHERE id = 2")
        connection.execute("UPDATE memo SET name = 'trace' || char(0) || ' key'")
    said = move(lived_in, server)
    assert "left out of: memo (name trace key); suggestion (id 2)." in said
    moved = asyncio.run(rows_of_server(server))
    assert "behind" in {row[6] for row in moved["suggestion"]} and [name for name, _ in moved["memo"]] == [
        "trace key"
    ]


def test_where_something_is_nothing_is_moved_to(lived_in: Path, server: PostgresAddress, tmp_path: Path) -> None:
    move(lived_in, server)
    before = asyncio.run(rows_of_server(server))
    for _ in range(2):
        with pytest.raises(StartError, match="There is something in postgresql://"):
            move(lived_in, server)
        assert asyncio.run(rows_of_server(server)) == before
    with pytest.raises(StartError, match="There is something at"):
        move(server, lived_in)
    with pytest.raises(StartError, match="pg_dump"):
        move(server, server)
    with pytest.raises(StartError, match="There is no database"):
        move(tmp_path / "none.db", server)
    assert not (tmp_path / "none.db").exists()


def test_nothing_is_moved_under_a_running_bot(lived_in: Path, server: PostgresAddress, tmp_path: Path) -> None:
    async def while_it_runs(address: Path | PostgresAddress, source: Any, target: Any) -> None:
        database = database_at(address)
        await database.open()
        await database.read("SELECT 1")
        with pytest.raises(StartError, match=r"in use by another bot|A bot is running"):
            await asyncio.to_thread(move, source, target)
        await database.close()

    asyncio.run(while_it_runs(lived_in, lived_in, server))
    assert asyncio.run(rows_of_server(server)) == {}
    move(lived_in, server)
    asyncio.run(while_it_runs(server, server, tmp_path / "back.db"))
    assert not (tmp_path / "back.db").exists()


@pytest.mark.posix
@pytest.mark.parametrize("back", [False, True])
def test_killed_in_the_middle_nothing_is_left(
    lived_in: Path, server: PostgresAddress, tmp_path: Path, back: bool
) -> None:
    if back:
        move(lived_in, server)
    source, target = (server.url, str(tmp_path / "back.db")) if back else (str(lived_in), server.url)
    # Ends, as by SIGKILL, when all rows are there and none of it is final.
    script = (
        "import os, signal, sys; from bot.database import moving; from bot.__main__ import main\n"
        "moving._must_be_all = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "main(['move', *sys.argv[1:]])"
    )

    async def killed() -> int:
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", script, source, target)
        return await process.wait()

    before = rows_of_file(lived_in)
    assert asyncio.run(killed()) == -signal.SIGKILL
    if back:
        assert not (tmp_path / "back.db").exists()
        move(server, tmp_path / "back.db")
        assert rows_of_file(tmp_path / "back.db") == before
        assert not list(tmp_path.glob("*.part*"))
    else:
        assert asyncio.run(rows_of_server(server)) == {}
        move(lived_in, server)
        assert asyncio.run(rows_of_server(server)) == before


def test_from_the_command_line(lived_in: Path, server: PostgresAddress, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["move", str(lived_in), server.url]) == 0
    assert "has everything that is in" in capsys.readouterr().out
    assert main(["move", str(lived_in), server.url]) == 1
    with pytest.raises(SystemExit):
        main(["move", str(lived_in), "mysql://ana:hush@host/x"])
    assert "hush" not in capsys.readouterr().err
