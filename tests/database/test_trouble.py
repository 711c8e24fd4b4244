"""A file that fails: what the operator reads at the start, what people read in use, and that nothing is lost."""

import asyncio
import contextlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.database import DatabaseError, SqliteDatabase, newest_schema
from bot.errors import ACT, AGAIN, StartError
from bot.voting.store import Choice, Tally, VoteStore
from tests.club import Club, answered, button, label, text

pytestmark = pytest.mark.sqlite

GUILD_ID, MONTAGE = 7, "rocky-1976"


@pytest.fixture
async def store(database: SqliteDatabase) -> VoteStore:
    """Votes in a real file."""
    return VoteStore(database)


async def refusal(path: Path) -> StartError:
    """What a bot says that cannot have this file."""
    with pytest.raises(StartError) as refused:
        await SqliteDatabase(path).open()
    return refused.value


async def a_database_with_a_vote(path: Path) -> None:
    database = SqliteDatabase(path)
    await database.open()
    await VoteStore(database).cast(GUILD_ID, MONTAGE, 1, Choice.UP, 1)
    await database.close()


# --- at the start ---


async def test_a_second_process_is_refused_and_may_come_again(path: Path) -> None:
    first = SqliteDatabase(path)
    await first.open()
    refused = await refusal(path)
    assert "in use by another bot process" in str(refused) and refused.status == AGAIN
    await first.close()
    await a_database_with_a_vote(path)


async def test_a_folder_in_its_place(path: Path) -> None:
    path.mkdir()
    refused = await refusal(path)
    assert "is a folder" in str(refused) and refused.status == ACT


@pytest.mark.parametrize("content", [b"Dear diary, today we ran up the steps again. " * 200, b"\0" * 5000])
async def test_a_file_that_is_no_database(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    refused = await refusal(path)
    assert "no database at all" in str(refused) and "restore" in str(refused) and refused.status == ACT
    assert path.read_bytes() == content, "it was touched"


@pytest.mark.parametrize("page", [1, 4, 9])
async def test_a_damaged_database(path: Path, page: int) -> None:
    await a_database_with_a_vote(path)
    with path.open("r+b") as file:
        file.seek(page * 4096)
        file.write(b"\xfe" * 4096)
    refused = await refusal(path)
    assert "damaged" in str(refused) and refused.status == ACT


@pytest.mark.parametrize("ours", [True, False])
async def test_a_newer_versions_database_is_left_alone(path: Path, ours: bool) -> None:
    if ours:
        await a_database_with_a_vote(path)
    with closing(sqlite3.connect(path)) as newer:
        newer.execute(f"PRAGMA user_version = {newest_schema() + 1}")
    before = path.read_bytes()
    refused = await refusal(path)
    assert "newer version" in str(refused) and refused.status == ACT
    assert path.read_bytes() == before


async def test_a_database_that_somebody_holds(path: Path) -> None:
    await a_database_with_a_vote(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as shell:
        shell.execute("BEGIN IMMEDIATE")
        refused = await refusal(path)
    assert "Another program holds" in str(refused) and refused.status == AGAIN
    await a_database_with_a_vote(path)


@pytest.mark.posix
async def test_a_file_that_may_not_be_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await a_database_with_a_vote(path)
    if os.geteuid() == 0:
        # Rights do not bind root: the connection is opened as the system would give it to anybody else.
        connect = sqlite3.connect
        monkeypatch.setattr(
            sqlite3,
            "connect",
            lambda file, **options: connect(f"{Path(file).as_uri()}?mode=ro", uri=True, **options),
        )
    else:
        path.chmod(0o400)
    refused = await refusal(path)
    assert "may be read but not written" in str(refused) and refused.status == ACT


async def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refused = await refusal(tmp_path / "file" / "montage.db")
    assert "cannot be opened" in str(refused) and refused.status == ACT


async def test_a_full_disk(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.database.sqlite._PRAGMAS", "PRAGMA max_page_count = 3; PRAGMA journal_mode = WAL;")
    refused = await refusal(path)
    assert "is full" in str(refused) and refused.status == AGAIN


async def test_a_refused_start_lets_go_of_the_file(path: Path) -> None:
    path.write_text("Dear diary " * 900)
    await refusal(path)
    path.unlink()
    await a_database_with_a_vote(path)


# --- in use ---


async def fill_the_disk(database: SqliteDatabase) -> None:
    """No page more than there are."""
    ((pages,),) = await database.read("PRAGMA page_count")
    await database.read(f"PRAGMA max_page_count = {pages}")


async def make_room(database: SqliteDatabase) -> None:
    await database.read("PRAGMA max_page_count = 1000000")


async def press_until_it_is_full(store: VoteStore) -> int:
    """How many votes went through before one was refused."""
    for person in range(10_000):
        try:
            await store.cast(GUILD_ID, MONTAGE, person, Choice.UP, 1)
        except DatabaseError:
            return person
    raise AssertionError("the disk never got full")


async def test_a_full_disk_loses_nothing_and_writing_resumes(database: SqliteDatabase, store: VoteStore) -> None:
    await fill_the_disk(database)
    through = await press_until_it_is_full(store)
    assert database.trouble == "full"
    assert await store.tally(GUILD_ID, MONTAGE) == Tally(through, 0)
    await make_room(database)
    vote = await store.cast(GUILD_ID, MONTAGE, through, Choice.UP, 1)
    assert vote.tally == Tally(through + 1, 0)
    assert database.trouble is None


async def test_of_many_at_once_each_hears_whether_its_own_vote_is_safe(
    database: SqliteDatabase, store: VoteStore
) -> None:
    await fill_the_disk(database)
    votes = [store.cast(GUILD_ID, f"m{person:060}", person, Choice.UP, 1) for person in range(300)]
    results = await asyncio.gather(*votes, return_exceptions=True)
    through = [n for n, result in enumerate(results) if not isinstance(result, Exception)]
    assert 0 < len(through) < 300
    assert all(isinstance(result, DatabaseError) for result in results if isinstance(result, Exception))
    rows = await database.read("SELECT user_id FROM vote ORDER BY user_id")
    assert [row["user_id"] for row in rows] == through


async def less_patient(database: SqliteDatabase) -> None:
    """It waits 0.4 s for somebody else's lock, and not the whole second that it waits outside tests."""
    ((milliseconds,),) = await database.read("PRAGMA busy_timeout")
    assert milliseconds == 1_000
    await database.read("PRAGMA busy_timeout = 400")


async def test_a_crowd_waits_for_a_lock_once_and_not_in_turn(database: SqliteDatabase, store: VoteStore) -> None:
    await less_patient(database)
    with closing(sqlite3.connect(database.path, isolation_level=None)) as shell:
        shell.execute("BEGIN IMMEDIATE")
        votes = [store.cast(GUILD_ID, MONTAGE, person, Choice.UP, 1) for person in range(20)]
        async with asyncio.timeout(5):
            results = await asyncio.gather(*votes, return_exceptions=True)
        assert all(isinstance(result, DatabaseError) for result in results)
    assert (await store.cast(GUILD_ID, MONTAGE, 1, Choice.UP, 1)).tally == Tally(1, 0)


async def test_a_transaction_that_meets_a_full_disk_is_not_half_done(
    database: SqliteDatabase, store: VoteStore
) -> None:
    await fill_the_disk(database)
    through = await press_until_it_is_full(store)
    with pytest.raises(DatabaseError):
        async with database.transaction() as transaction:
            await transaction.run("DELETE FROM vote WHERE user_id = 0")
            await transaction.run("INSERT INTO memo (name, value) VALUES ('long', :value)", value="x" * 50_000)
    await make_room(database)
    assert await store.tally(GUILD_ID, MONTAGE) == Tally(through, 0)
    async with database.transaction() as transaction:
        await transaction.run("DELETE FROM vote WHERE user_id = 0")
    store.forget()
    assert await store.tally(GUILD_ID, MONTAGE) == Tally(through - 1, 0)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 8 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=8m", "montage-test", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mounting, check=False, capture_output=True).returncode:
        pytest.skip("this user may not mount a small disk")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)  # noqa: S607


async def test_a_disk_that_is_really_full(small_disk: Path) -> None:
    database = SqliteDatabase(small_disk / "montage.db")
    await database.open()
    store = VoteStore(database)
    filler = small_disk / "somebody elses file"
    with contextlib.suppress(OSError):
        filler.write_bytes(b"x" * 9_000_000)
    through = await press_until_it_is_full(store)
    assert database.trouble in ("full", "disk errors")
    assert await store.tally(GUILD_ID, MONTAGE) == Tally(through, 0)
    filler.unlink()
    for person in range(through, through + 50):
        await store.cast(GUILD_ID, MONTAGE, person, Choice.UP, 1)
    assert database.trouble is None
    await database.close()
    reopened = SqliteDatabase(database.path)
    await reopened.open()
    assert await VoteStore(reopened).tally(GUILD_ID, MONTAGE) == Tally(through + 50, 0)
    await reopened.close()


async def test_a_start_on_a_disk_that_is_really_full(small_disk: Path) -> None:
    with contextlib.suppress(OSError):
        (small_disk / "somebody elses file").write_bytes(b"x" * 9_000_000)
    refused = await refusal(small_disk / "montage.db")
    assert "is full" in str(refused) and refused.status == AGAIN


async def test_a_lock_of_somebody_elses_is_waited_for_and_then_said(
    database: SqliteDatabase, store: VoteStore
) -> None:
    await less_patient(database)
    with closing(sqlite3.connect(database.path, isolation_level=None)) as shell:
        shell.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseError, match="can't write anything down"):
            await store.cast(GUILD_ID, MONTAGE, 1, Choice.UP, 1)
        with pytest.raises(DatabaseError):
            async with database.transaction():
                pass
        assert database.trouble == "locked"
    assert (await store.cast(GUILD_ID, MONTAGE, 1, Choice.UP, 1)).tally == Tally(1, 0)


async def test_a_slip_in_the_sql_is_not_taken_for_a_failing_disk(database: SqliteDatabase) -> None:
    with pytest.raises(sqlite3.OperationalError):
        await database.write("INSERT INTO nowhere VALUES (1)")
    with pytest.raises(sqlite3.IntegrityError):
        await database.write("INSERT INTO vote VALUES (1, 'a', 1, 9, 1)")
    assert database.trouble is None


@pytest.mark.parametrize("moment", range(4))
async def test_a_cancelled_transaction_leaves_nothing_open(database: SqliteDatabase, moment: int) -> None:
    async def change() -> None:
        async with database.transaction() as transaction:
            await transaction.run("INSERT INTO memo (name, value) VALUES ('half', 'done')")
            await transaction.run("INSERT INTO memo (name, value) VALUES ('other half', 'done')")

    task = asyncio.create_task(change())
    for _ in range(moment):
        await asyncio.sleep(0.0005)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await database.write("INSERT INTO memo (name, value) VALUES ('after', 'it')")
    with closing(sqlite3.connect(database.path)) as other:  # sees only what was committed
        names = {name for (name,) in other.execute("SELECT name FROM memo")}
    assert names in ({"after"}, {"after", "half", "other half"})


async def test_people_are_told_in_private_and_can_vote_when_there_is_room(club: Club) -> None:
    database = club.bot.database
    card = await club.ana.slash(club.channel, "montage random")
    await database.read("PRAGMA query_only = ON")
    refused = await club.ana.click(answered(card), custom_id=button(card, "Fired up"))
    assert answered(refused).ephemeral and "can't write anything down just now" in text(refused)
    shown = await club.ben.slash(club.channel, "montage random")
    assert label(shown, "Fired up") == "Fired up · 0" and not shown.followups, "only votes should fail"
    assert database.trouble == "read-only"
    await database.read("PRAGMA query_only = OFF")
    voted = await club.ana.click(answered(card), custom_id=button(card, "Fired up"))
    assert label(voted, "Fired up") == "Fired up · 1"
