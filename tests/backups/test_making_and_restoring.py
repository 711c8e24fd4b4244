"""A backup holds every row, is made while people vote, and can be brought back."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot import clock
from bot.__main__ import main
from bot.backups import back_up, restore
from bot.backups.restoring import notice_what_was_restored
from bot.database import SqliteDatabase, connect_to_read, newest_schema, schema_of
from bot.duels.store import DuelStore
from bot.errors import AGAIN, StartError
from bot.guilds import GuildSettings
from bot.privacy import Records
from bot.suggestions.drafts import Draft, DraftStore
from bot.suggestions.entry import Entry, Typed
from bot.suggestions.store import SuggestionStore
from bot.suggestions.traces import Traces
from bot.voting.store import Choice, Tally, VoteStore
from tests.backups.whole import rows_of
from tests.club import answered, button, open_club, text
from tests.databases import problems_of

pytestmark = pytest.mark.sqlite

ENTRY = Entry("Whisper of the Heart", 1995, "A violin by lamplight", "Wood shavings and patience.", "violin")


@pytest.fixture
async def careless(path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SqliteDatabase]:
    """An open database whose SQLite was not built to write over what is deleted, as this one may be."""
    connect = sqlite3.connect

    def carelessly(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **options)
        if "mode=ro" not in str(arguments[0]):
            connection.execute("PRAGMA secure_delete = OFF")
        return connection

    monkeypatch.setattr(sqlite3, "connect", carelessly)
    database = SqliteDatabase(path)
    await database.open()
    yield database
    await database.close()


@pytest.fixture
async def busy(database: SqliteDatabase) -> SqliteDatabase:
    """An open database with something of everything that people make."""
    votes, suggestions = VoteStore(database), SuggestionStore(database, Traces(database))
    for person in range(40):
        await votes.cast(7, f"m{person % 3}", person, Choice.UP if person % 4 else Choice.DOWN, person)
    await suggestions.add(7, 1, ENTRY, 1, settings=GuildSettings())
    await DraftStore(database).keep(7, 2, Draft(Typed(film="Half"), "suggest", "0"), 1)
    await database.write("INSERT INTO showing VALUES (7, 'm1', 2, 3)")
    await database.write("INSERT INTO guild_settings VALUES (7, 'margin', '3')")
    return database


async def test_a_restored_backup_has_every_row(busy: SqliteDatabase, tmp_path: Path) -> None:
    said = back_up(busy.path, tmp_path / "kept.db")
    before = rows_of(busy.path)
    assert "40 votes and 1 suggestion" in said
    await VoteStore(busy).cast(7, "m1", 1, Choice.DOWN, 99)
    await busy.write("DELETE FROM suggestion")
    await busy.close()
    after = rows_of(busy.path)
    said = restore(tmp_path / "kept.db", busy.path)
    assert rows_of(busy.path) == before != after
    (replaced,) = tmp_path.glob("*.replaced-*.db")
    assert rows_of(replaced) == after and str(replaced) in said
    reopened = SqliteDatabase(busy.path)
    await reopened.open()
    assert (await VoteStore(reopened).cast(7, "m1", 500, Choice.UP, 100)).tally.votes == 14
    await reopened.close()


@pytest.mark.synced  # so that the votes take as long as they do outside tests
async def test_a_backup_made_in_the_middle_of_voting_is_one_moment(busy: SqliteDatabase, tmp_path: Path) -> None:
    store, begun = VoteStore(busy), asyncio.Event()

    async def vote() -> None:
        for person in range(1000, 1600):
            await store.cast(7, "m9", person, Choice.UP, 1)
            begun.set()

    voting = asyncio.create_task(vote())
    await begun.wait()
    await asyncio.to_thread(back_up, busy.path, tmp_path / "kept.db")
    during = not voting.done()
    await voting
    assert during, "the voting was over before the copy was"
    with closing(connect_to_read(tmp_path / "kept.db")) as copy:
        ((counted,),) = copy.execute("SELECT up FROM tally WHERE montage_id = 'm9'").fetchall()
        assert 0 < counted < 600
        assert problems_of(copy) == []
    assert await store.tally(7, "m9") == Tally(600, 0)


@pytest.mark.posix
async def test_a_backup_is_one_file_that_others_cannot_read(busy: SqliteDatabase, tmp_path: Path) -> None:
    folder = tmp_path / "a new folder"
    back_up(busy.path, folder / "kept.db")
    rows_of(folder / "kept.db")
    assert [file.name for file in folder.iterdir()] == ["kept.db"]
    assert (folder / "kept.db").stat().st_mode & 0o077 == 0


def test_a_backup_of_nothing_and_one_over_another_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="no database"):
        back_up(tmp_path / "none.db", tmp_path / "kept.db")
    (tmp_path / "none.db").write_text("")
    (tmp_path / "kept.db").write_text("precious")
    with pytest.raises(StartError, match="there already"):
        back_up(tmp_path / "none.db", tmp_path / "kept.db")
    assert (tmp_path / "kept.db").read_text() == "precious"


async def test_restoring_is_refused_while_a_bot_runs(busy: SqliteDatabase, tmp_path: Path) -> None:
    back_up(busy.path, tmp_path / "kept.db")
    with pytest.raises(StartError, match="Stop it") as refused:
        restore(tmp_path / "kept.db", busy.path)
    assert refused.value.status == AGAIN
    assert (await VoteStore(busy).cast(7, "m1", 900, Choice.UP, 1)).choice is Choice.UP


@pytest.mark.parametrize("harm", ["text", "damage", "newer", "another program's"])
async def test_a_bad_backup_is_refused_and_nothing_moves(busy: SqliteDatabase, tmp_path: Path, harm: str) -> None:
    kept = tmp_path / "kept.db"
    back_up(busy.path, kept)
    await busy.close()
    before = rows_of(busy.path)
    if harm == "text":
        kept.write_text("Dear diary " * 2000)
    elif harm == "damage":
        kept.write_bytes(kept.read_bytes()[: 4096 * 5])
    elif harm == "another program's":
        kept.unlink()
        with closing(sqlite3.connect(kept)) as other:
            other.execute("CREATE TABLE bookmark (address TEXT)")
    else:
        with closing(sqlite3.connect(kept)) as copy:
            copy.execute(f"PRAGMA user_version = {newest_schema() + 1}")
    with pytest.raises(StartError):
        restore(kept, busy.path)
    assert rows_of(busy.path) == before
    assert not [file for file in tmp_path.iterdir() if "restored" in file.name or "replaced" in file.name]


async def test_a_backup_that_does_not_add_up_is_mended_on_its_way(busy: SqliteDatabase, tmp_path: Path) -> None:
    expected = rows_of(busy.path)
    await busy.write("UPDATE tally SET up = up + 1")
    back_up(busy.path, tmp_path / "kept.db")
    odd = rows_of(tmp_path / "kept.db")
    await busy.close()
    said = restore(tmp_path / "kept.db", busy.path)
    assert "was mended" in said and rows_of(busy.path) == expected
    assert rows_of(tmp_path / "kept.db") == odd != expected, "the backup stays as it is"


async def test_a_damaged_database_is_replaced_and_kept(busy: SqliteDatabase, tmp_path: Path) -> None:
    back_up(busy.path, tmp_path / "kept.db")
    before = rows_of(busy.path)
    await busy.close()
    busy.path.write_bytes(b"\x00\xff" * 9000)
    restore(tmp_path / "kept.db", busy.path)
    assert rows_of(busy.path) == before
    (replaced,) = tmp_path.glob("*.replaced-*.db")
    assert replaced.read_bytes() == b"\x00\xff" * 9000


async def test_what_a_killed_bot_left_in_its_journal_is_kept_with_the_old_database(
    busy: SqliteDatabase, tmp_path: Path
) -> None:
    back_up(busy.path, tmp_path / "kept.db")
    for ending in ("", "-wal"):  # as a kill leaves them: the newest votes are in the journal alone
        source = busy.path.with_name(busy.path.name + ending)
        (tmp_path / f"killed.db{ending}").write_bytes(source.read_bytes())
    expected = rows_of(busy.path)
    restore(tmp_path / "kept.db", tmp_path / "killed.db")
    (replaced,) = tmp_path.glob("killed.replaced-*.db")
    assert rows_of(replaced) == expected


async def test_numbers_given_since_the_backup_are_not_given_again(busy: SqliteDatabase, tmp_path: Path) -> None:
    back_up(busy.path, tmp_path / "kept.db")
    later = await SuggestionStore(busy, Traces(busy)).add(7, 2, ENTRY, 1, settings=GuildSettings())
    duel = await DuelStore(busy).open(7, "m1", "m2", 1)
    await busy.close()
    restore(tmp_path / "kept.db", busy.path)
    await busy.open()
    # The cards of both still stand on Discord, with buttons that carry these numbers.
    new = await SuggestionStore(busy, Traces(busy)).add(7, 3, ENTRY, 1, settings=GuildSettings())
    assert later and new and (later.id, new.id) == (2, 3)
    assert (await DuelStore(busy).open(7, "m1", "m2", 1)).id == duel.id + 1


async def test_a_restore_where_there_was_nothing(busy: SqliteDatabase, tmp_path: Path) -> None:
    back_up(busy.path, tmp_path / "kept.db")
    restore(tmp_path / "kept.db", tmp_path / "new" / "montage.db")
    assert rows_of(tmp_path / "new" / "montage.db") == rows_of(busy.path)


async def test_the_commands(
    busy: SqliteDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MONTAGE_DATABASE", str(busy.path))
    kept = str(tmp_path / "kept.db")
    assert main(["backup", kept]) == 0
    assert "40 votes" in capsys.readouterr().out
    assert main(["backup", kept]) == 1
    assert "there already" in capsys.readouterr().err
    assert main(["restore", kept]) == AGAIN
    await busy.close()
    assert main(["restore", kept]) == 0
    assert "holds 40 votes and 1 suggestion" in capsys.readouterr().out


# --- a restore and what has happened since ---


async def restored(database: SqliteDatabase, file: Path) -> str:
    """Bring it back, and open it again."""
    await database.close()
    said = restore(file, database.path)
    await database.open()
    return said


async def people_in(database: SqliteDatabase) -> set[int]:
    return {row["user_id"] for row in await database.read("SELECT user_id FROM vote")}


@pytest.mark.parametrize("suggestions_too", [False, True])
async def test_who_was_erased_since_is_erased_again(
    busy: SqliteDatabase, tmp_path: Path, suggestions_too: bool
) -> None:
    await SuggestionStore(busy, Traces(busy)).add(7, 5, ENTRY, 1, settings=GuildSettings())
    back_up(busy.path, tmp_path / "kept.db")
    await Records(busy, busy.path.parent / "backups").erase_person(5, suggestions_too=suggestions_too)
    said = await restored(busy, tmp_path / "kept.db")
    assert "erased again: 1 person" in said
    assert await people_in(busy) == set(range(40)) - {5}
    authors = [row["author_id"] for row in await busy.read("SELECT author_id FROM suggestion ORDER BY id")]
    assert authors == ([1] if suggestions_too else [1, None])


async def test_a_server_that_was_erased_since_is_erased_again(busy: SqliteDatabase, tmp_path: Path) -> None:
    await VoteStore(busy).cast(8, "m1", 1, Choice.UP, 1)
    back_up(busy.path, tmp_path / "kept.db")
    await Records(busy, busy.path.parent / "backups").erase_server(7)
    assert "1 server" in await restored(busy, tmp_path / "kept.db")
    assert [row["guild_id"] for row in await busy.read("SELECT DISTINCT guild_id FROM vote")] == [8]
    assert await busy.read("SELECT * FROM suggestion") == []


async def test_who_came_back_after_being_erased_keeps_what_is_newer(busy: SqliteDatabase, tmp_path: Path) -> None:
    await Records(busy, busy.path.parent / "backups").erase_person(5)
    await VoteStore(busy).cast(7, "m1", 5, Choice.UP, 1)
    back_up(busy.path, tmp_path / "kept.db")
    await Records(busy, busy.path.parent / "backups").erase_person(6)
    await restored(busy, tmp_path / "kept.db")
    assert 5 in await people_in(busy) and 6 not in await people_in(busy)
    # The database has followed the list now: who votes again afterwards is not erased once more.
    await VoteStore(busy).cast(7, "m1", 6, Choice.UP, 1)
    await Records(busy, busy.path.parent / "backups").erase_again()
    assert 6 in await people_in(busy)


async def test_a_backup_that_was_copied_into_place_by_hand(busy: SqliteDatabase, tmp_path: Path) -> None:
    """No `restore`: the next start does what it would have done."""
    back_up(busy.path, tmp_path / "kept.db")
    await Records(busy, busy.path.parent / "backups").erase_person(5)
    await busy.close()
    busy.path.write_bytes((tmp_path / "kept.db").read_bytes())
    await busy.open()
    await Records(busy, busy.path.parent / "backups").erase_again()
    assert 5 not in await people_in(busy)
    await notice_what_was_restored(busy)
    ((at, mark),) = await busy.read("SELECT restored_at, backed_up_at FROM origin")
    assert at > 0 and mark is None


async def test_the_bot_erases_again_before_it_serves(path: Path, tmp_path: Path) -> None:
    async with open_club(path) as club:
        card = await club.ana.slash(club.channel, "montage random")
        await club.ana.click(answered(card), custom_id=button(card, "Fired up"))
        await asyncio.to_thread(back_up, path, tmp_path / "kept.db")
        asked = await club.ana.slash(club.channel, "privacy erase")
        await club.ana.click(answered(asked), custom_id="erase:most")
        await club.bot.close()
        path.write_bytes((tmp_path / "kept.db").read_bytes())
        await club.restart()
        assert "I keep nothing about you" in text(await club.ana.slash(club.channel, "privacy export"))


async def test_an_erase_list_holds_nobodys_number_and_forgets_in_a_year(
    busy: SqliteDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = Records(busy, busy.path.parent / "backups")
    await VoteStore(busy).cast(7, "m1", 123456789012345678, Choice.UP, 1)
    await records.erase_person(123456789012345678)
    (file,) = (tmp_path / "backups").glob("erased-*.jsonl")
    assert "123456789012345678" not in file.read_text() and len(file.read_text().splitlines()) == 2
    assert (file.stat().st_mode & 0o077, file.parent.stat().st_mode & 0o077) == (0, 0)
    await records.erase_person(123456789012345678)
    assert len(file.read_text().splitlines()) == 2, "nothing was there any more, so nothing is noted"
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + 367 * clock.DAY)
    await records.erase_person(1)
    numbers = [json.loads(line)["number"] for line in file.read_text().splitlines()[1:]]
    assert numbers == [2], "numbers are never given twice"


async def test_a_list_that_cannot_be_written_keeps_nobody_from_being_erased(
    busy: SqliteDatabase, tmp_path: Path
) -> None:
    (tmp_path / "backups").write_text("no folder")
    await Records(busy, busy.path.parent / "backups").erase_person(5)
    assert 5 not in await people_in(busy)


@pytest.mark.parametrize("at", ["erase", "restore"])
async def test_nothing_of_what_was_erased_is_left_in_any_file(
    careless: SqliteDatabase, tmp_path: Path, at: str
) -> None:
    def holding() -> list[str]:
        files = [file for file in tmp_path.iterdir() if file.is_file()]
        return [file.name for file in files if b"Zwischenbilanz" in file.read_bytes()]

    draft = Draft(Typed(film="Zwischenbilanz"), "suggest", "0")
    await DraftStore(careless).keep(7, 2, draft, 1)
    await VoteStore(careless).cast(7, "m1", 2, Choice.UP, 1)
    back_up(careless.path, tmp_path / "before.db")
    await Records(careless, careless.path.parent / "backups").erase_person(2)
    assert holding() == ["before.db"], "while it runs"
    if at == "restore":
        await restored(careless, tmp_path / "before.db")
        next(tmp_path.glob("*.replaced-*")).unlink()
    back_up(careless.path, tmp_path / "after.db")
    await careless.close()
    assert holding() == ["before.db"]


async def test_a_copy_leaves_behind_what_an_older_version_only_struck_out(
    database: SqliteDatabase, tmp_path: Path
) -> None:
    await database.read("PRAGMA secure_delete = OFF")
    await DraftStore(database).keep(7, 2, Draft(Typed(film="Zwischenbilanz"), "suggest", "0"), 1)
    await database.write("DELETE FROM draft")
    await database.empty_journal()
    assert b"Zwischenbilanz" in database.path.read_bytes(), "nothing to leave behind"
    back_up(database.path, tmp_path / "kept.db")
    assert b"Zwischenbilanz" not in (tmp_path / "kept.db").read_bytes()


async def test_an_old_schemas_backup_comes_back_as_it_is(database: SqliteDatabase, tmp_path: Path) -> None:
    """For whoever goes back to an older version; what the newer one must know waits for its upgrade."""
    released = Path(__file__).parents[1] / "database" / "released" / "schema-6.sql"
    with closing(sqlite3.connect(tmp_path / "old.db")) as old:
        old.executescript(released.read_text(encoding="utf-8"))
    await VoteStore(database).cast(7001, "whiplash-2014", 100, Choice.UP, 1)
    await Records(database, database.path.parent / "backups").erase_person(100)
    name = (await database.read("SELECT name FROM origin"))[0][0]
    await database.close()
    assert "at the next start" in restore(tmp_path / "old.db", database.path)
    with closing(connect_to_read(database.path)) as connection:
        assert schema_of(connection) == 6
    await database.open()
    ((kept, restored_at),) = await database.read("SELECT name, restored_at FROM origin")
    assert kept == name and restored_at > 0
    assert await database.read("SELECT * FROM memo WHERE name IN ('origin', 'restored')") == []
    await Records(database, database.path.parent / "backups").erase_again()
    assert 100 not in await people_in(database)


# --- links ---


async def test_a_restore_through_a_link_leaves_the_link(busy: SqliteDatabase, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.db"
    link.symlink_to(busy.path)
    back_up(link, tmp_path / "kept.db")
    expected = rows_of(busy.path)
    with pytest.raises(StartError, match="Stop it"):
        restore(tmp_path / "kept.db", link)
    await busy.write("DELETE FROM vote")
    await busy.close()
    restore(tmp_path / "kept.db", link)
    assert link.is_symlink() and rows_of(busy.path) == expected
    assert [file.name for file in link.parent.iterdir()] == ["link.db"]


async def test_what_a_restore_leaves_is_for_its_owner_alone(busy: SqliteDatabase, tmp_path: Path) -> None:
    back_up(busy.path, tmp_path / "kept.db")
    await busy.close()
    busy.path.chmod(0o644)
    restore(tmp_path / "kept.db", busy.path)
    assert [file.name for file in tmp_path.iterdir() if file.stat().st_mode & 0o077] == []
    assert not list(tmp_path.glob("*restored*"))
