"""From every released schema to this one: nothing is lost, a copy is kept, and a kill on the way does no harm."""

import asyncio
import os
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.database import SqliteDatabase, connect_to_read, copy_database, newest_schema, schema_of
from bot.database.migrations import kept_before_upgrade, upgrade_script
from bot.errors import StartError
from bot.suggestions.store import SuggestionStore
from bot.suggestions.traces import Traces
from bot.voting.store import Choice, Tally, VoteStore
from tests.backups.whole import Rows, rows_of
from tests.databases import problems_of

pytestmark = pytest.mark.sqlite

RELEASED = sorted((Path(__file__).parent / "released").glob("schema-*.sql"))


@pytest.fixture(params=RELEASED, ids=lambda file: file.stem)
def old(request: pytest.FixtureRequest, path: Path) -> Path:
    """A database as a released version left it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(request.param.read_text(encoding="utf-8"))
    return path


def schema(path: Path) -> int:
    with closing(connect_to_read(path)) as connection:
        return schema_of(connection)


def problems(path: Path) -> list[str]:
    with closing(connect_to_read(path)) as connection:
        return problems_of(connection)


def carried_over(before: Rows, after: Rows) -> bool:
    """Whether every old row is there, with every old column as it was; but for votes that were taken back."""
    before = {**before, "vote": [row for row in before["vote"] if row["value"]]}
    before.pop("duel_rating", None)  # what it said is said by the choices
    return all(
        [{name: row.get(name) for name in (rows[0] if rows else ())} for row in after.get(table, [])] == rows
        for table, rows in before.items()
    )


async def upgrade(path: Path) -> None:
    database = SqliteDatabase(path)
    await database.open()
    await database.close()


async def test_every_row_of_a_released_database_is_carried_over(old: Path) -> None:
    before = rows_of(old)
    assert len(before["vote"]) > 20 and len(before["suggestion"]) == 2, "the example is too poor"
    await upgrade(old)
    assert schema(old) == newest_schema() and not problems(old)
    assert carried_over(before, rows_of(old))


async def test_an_upgraded_database_works(old: Path) -> None:
    database = SqliteDatabase(old)
    await database.open()
    votes, suggestions = VoteStore(database), SuggestionStore(database, Traces(database))
    before = await votes.tally(7001, "rocky-1976")
    assert before != Tally()
    vote = await votes.cast(7001, "rocky-1976", 999, Choice.UP, 1)
    assert vote.tally == Tally(before.up + 1, before.down)
    assert [s.entry.film for s in await suggestions.in_states(7001, "accepted")] == ["Cool Runnings"]
    await database.close()


async def test_a_copy_is_kept_as_it_was_before(old: Path) -> None:
    before, number = rows_of(old), schema(old)
    await upgrade(old)
    kept = kept_before_upgrade(old, number)
    assert schema(kept) == number and rows_of(kept) == before
    if os.name != "nt":
        assert kept.stat().st_mode & 0o077 == 0, "others can read who voted for what"


async def test_an_upgrade_that_fails_changes_nothing(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, number = rows_of(old), schema(old)
    broken = upgrade_script(number).replace("COMMIT;", "INSERT INTO nowhere VALUES (1);\nCOMMIT;")
    monkeypatch.setattr("bot.database.migrations.upgrade_script", lambda current: broken)
    with pytest.raises(StartError, match="nowhere"):
        await upgrade(old)
    assert schema(old) == number and rows_of(old) == before


# Runs the upgrade with something slow in front of its end, and says when it is in the middle of it.
_SLOWLY = """
import asyncio, sys
from pathlib import Path
from bot.database import SqliteDatabase, migrations

written = migrations.upgrade_script
slow = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000) "
slow += "INSERT INTO memo (name, value) SELECT 'n' || i, 'x' FROM n; COMMIT;"
migrations.upgrade_script = lambda current: written(current).replace("COMMIT;", slow)
asyncio.run(SqliteDatabase(Path(sys.argv[1])).open())
"""


async def test_a_kill_in_the_middle_leaves_what_the_old_version_can_open(old: Path) -> None:
    before, number = rows_of(old), schema(old)
    upgrading = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _SLOWLY, str(old), cwd=Path(__file__).parents[2]
    )
    journal = old.with_name(old.name + "-wal")
    async with asyncio.timeout(30):
        while not journal.exists() or journal.stat().st_size < 1_000_000:
            assert upgrading.returncode is None
            await asyncio.sleep(0.01)
    upgrading.kill()
    assert await upgrading.wait() == -signal.SIGKILL
    assert schema(old) == number and rows_of(old) == before and not problems(old)
    await upgrade(old)
    assert schema(old) == newest_schema() and carried_over(before, rows_of(old))


def test_what_was_released_is_not_rewritten() -> None:
    """A database made step by step today has the schema that the first release wrote."""
    migrations = Path(__file__).parents[2] / "bot/database/migrations/sqlite"
    first = (migrations / "0001_votes_and_suggestions.sql").read_text()

    def tables(script: str) -> set[str]:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.executescript(script)
            return {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}

    assert tables(first) == tables(RELEASED[0].read_text(encoding="utf-8"))


async def test_no_room_for_the_copy_stops_the_upgrade(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number = schema(old)
    kept_before_upgrade(old, number).mkdir()  # nothing can be put there
    with pytest.raises(StartError, match="cannot be written"):
        await upgrade(old)
    assert schema(old) == number


def test_a_copy_is_whole_or_not_there(old: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    with old.open("r+b") as file:
        file.seek(4096 * 6)
        file.write(b"\xfe" * 4096)
    with pytest.raises(StartError, match="damaged"):
        copy_database(old, tmp_path / "copy.db", newest_schema())
    assert [file.name for file in tmp_path.iterdir() if "copy" in file.name] == []


@pytest.mark.parametrize("released", RELEASED, ids=lambda file: file.stem)
async def test_what_somebody_did_by_hand_stops_no_upgrade(path: Path, released: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(released.read_text(encoding="utf-8"))
        connection.execute("INSERT INTO tally VALUES (77, 'ghost', 3, 0)")
        if released.stem != "schema-1":  # which had nothing yet that refers to anything
            connection.execute("INSERT INTO report VALUES (999, 1, 'x', 1, NULL, NULL)")
    before, number = rows_of(path), schema(path)
    await upgrade(path)
    assert schema(path) == newest_schema() and carried_over(before, rows_of(path))
    assert rows_of(kept_before_upgrade(path, number)) == before
