"""A backup holds every row, is made while people vote, and can be brought back."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.backups import back_up, restore
from bot.database import Database, connect_to_read, newest_schema, problems_of
from bot.duels.store import DuelStore
from bot.errors import AGAIN, StartError
from bot.guilds import GuildSettings
from bot.suggestions.drafts import Draft, DraftStore
from bot.suggestions.entry import Entry, Typed
from bot.suggestions.store import SuggestionStore
from bot.voting.store import Choice, Tally, VoteStore
from tests.backups.whole import rows_of

ENTRY = Entry("Whisper of the Heart", 1995, "A violin by lamplight", "Wood shavings and patience.", "violin")


@pytest.fixture
async def busy(database: Database) -> Database:
    """An open database with something of everything that people make."""
    votes, suggestions = VoteStore(database), SuggestionStore(database)
    for person in range(40):
        await votes.cast(7, f"m{person % 3}", person, Choice.UP if person % 4 else Choice.DOWN, person)
    await suggestions.add(7, 1, ENTRY, 1, settings=GuildSettings())
    await DraftStore(database).keep(7, 2, Draft(Typed(film="Half"), "suggest", "0"), 1)
    await database.write("INSERT INTO showing VALUES (7, 'm1', 2, 3)")
    await database.write("INSERT INTO guild_settings VALUES (7, 'margin', '3')")
    return database


async def test_a_restored_backup_has_every_row(busy: Database, tmp_path: Path) -> None:
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
    reopened = Database(busy.path)
    await reopened.open()
    assert (await VoteStore(reopened).cast(7, "m1", 500, Choice.UP, 100)).tally.votes == 14
    await reopened.close()


async def test_a_backup_made_in_the_middle_of_voting_is_one_moment(busy: Database, tmp_path: Path) -> None:
    store = VoteStore(busy)

    async def vote() -> None:
        for person in range(1000, 1600):
            await store.cast(7, "m9", person, Choice.UP, 1)

    voting = asyncio.create_task(vote())
    await asyncio.sleep(0.02)
    await asyncio.to_thread(back_up, busy.path, tmp_path / "kept.db")
    during = not voting.done()
    await voting
    assert during, "the voting was over before the copy was"
    with closing(connect_to_read(tmp_path / "kept.db")) as copy:
        ((counted,),) = copy.execute("SELECT up FROM tally WHERE montage_id = 'm9'").fetchall()
        assert 0 < counted < 600
        assert problems_of(copy, newest_schema()) == []
    assert await store.tally(7, "m9") == Tally(600, 0)


@pytest.mark.posix
async def test_a_backup_is_one_file_that_others_cannot_read(busy: Database, tmp_path: Path) -> None:
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


async def test_restoring_is_refused_while_a_bot_runs(busy: Database, tmp_path: Path) -> None:
    back_up(busy.path, tmp_path / "kept.db")
    with pytest.raises(StartError, match="Stop it") as refused:
        restore(tmp_path / "kept.db", busy.path)
    assert refused.value.status == AGAIN
    assert (await VoteStore(busy).cast(7, "m1", 900, Choice.UP, 1)).choice is Choice.UP


@pytest.mark.parametrize("harm", ["text", "damage", "newer", "drift", "another program's"])
async def test_a_bad_backup_is_refused_and_nothing_moves(busy: Database, tmp_path: Path, harm: str) -> None:
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
            copy.execute(
                f"PRAGMA user_version = {newest_schema() + 1}"
                if harm == "newer"
                else "UPDATE tally SET up = up + 1"
            )
            copy.commit()
    with pytest.raises(StartError):
        restore(kept, busy.path)
    assert rows_of(busy.path) == before
    assert not [file for file in tmp_path.iterdir() if "restored" in file.name or "replaced" in file.name]


async def test_a_damaged_database_is_replaced_and_kept(busy: Database, tmp_path: Path) -> None:
    back_up(busy.path, tmp_path / "kept.db")
    before = rows_of(busy.path)
    await busy.close()
    busy.path.write_bytes(b"\x00\xff" * 9000)
    restore(tmp_path / "kept.db", busy.path)
    assert rows_of(busy.path) == before
    (replaced,) = tmp_path.glob("*.replaced-*.db")
    assert replaced.read_bytes() == b"\x00\xff" * 9000


async def test_what_a_killed_bot_left_in_its_journal_is_kept_with_the_old_database(
    busy: Database, tmp_path: Path
) -> None:
    back_up(busy.path, tmp_path / "kept.db")
    for ending in ("", "-wal"):  # as a kill leaves them: the newest votes are in the journal alone
        source = busy.path.with_name(busy.path.name + ending)
        (tmp_path / f"killed.db{ending}").write_bytes(source.read_bytes())
    expected = rows_of(busy.path)
    restore(tmp_path / "kept.db", tmp_path / "killed.db")
    (replaced,) = tmp_path.glob("killed.replaced-*.db")
    assert rows_of(replaced) == expected


async def test_numbers_given_since_the_backup_are_not_given_again(busy: Database, tmp_path: Path) -> None:
    back_up(busy.path, tmp_path / "kept.db")
    later = await SuggestionStore(busy).add(7, 2, ENTRY, 1, settings=GuildSettings())
    duel = await DuelStore(busy).open(7, "m1", "m2", 1)
    await busy.close()
    restore(tmp_path / "kept.db", busy.path)
    await busy.open()
    # The cards of both still stand on Discord, with buttons that carry these numbers.
    new = await SuggestionStore(busy).add(7, 3, ENTRY, 1, settings=GuildSettings())
    assert later and new and (later.id, new.id) == (2, 3)
    assert (await DuelStore(busy).open(7, "m1", "m2", 1)).id == duel.id + 1


async def test_a_restore_where_there_was_nothing(busy: Database, tmp_path: Path) -> None:
    back_up(busy.path, tmp_path / "kept.db")
    restore(tmp_path / "kept.db", tmp_path / "new" / "montage.db")
    assert rows_of(tmp_path / "new" / "montage.db") == rows_of(busy.path)


async def test_the_commands(
    busy: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
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
