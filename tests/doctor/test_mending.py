"""What somebody did by hand in a database: it stops nothing, and `doctor --mend` puts it right."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.backups import back_up
from bot.database import SqliteDatabase, connect_to_read, lock_of, mend, oddities_of
from bot.doctor import mend_database
from bot.errors import AGAIN, StartError
from bot.guilds import GuildSettings
from bot.suggestions.entry import Entry
from bot.suggestions.store import SuggestionStore
from bot.suggestions.traces import Traces
from bot.voting.store import Choice, VoteStore
from tests.backups.whole import rows_of

pytestmark = pytest.mark.sqlite

ENTRY = Entry("Whisper of the Heart", 1995, "A violin by lamplight", "Wood shavings and patience.", "violin")
# What a database shell does, where foreign keys mean nothing unless they are asked for.
BY_HAND = {
    "an orphan": ["INSERT INTO report (suggestion_id, user_id, why, at) VALUES (999, 1, 'x', 1)"],
    "a deleted parent": ["DELETE FROM suggestion", "DELETE FROM duel"],
    "a tally too high": ["UPDATE tally SET up = up + 1"],
    "a tally of nothing": ["INSERT INTO tally VALUES (77, 'ghost', 3, 0)"],
    "a tally that is gone": ["DELETE FROM tally", "DELETE FROM tally_of_day"],
    "votes without their triggers": ["DROP TRIGGER vote_given", "INSERT INTO vote VALUES (7, 'm9', 9, 1, 5)"],
    "everything at once": [
        "DELETE FROM suggestion",
        "UPDATE tally_of_day SET down = down + 1",
        "INSERT INTO suggestion_event (suggestion_id, what, part, at, before) VALUES (5, 'posted', 'author', 1, '{}')",  # noqa: E501
    ],
}


def by_hand(path: Path, statements: list[str]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as shell:
        for statement in statements:
            shell.execute(statement)


def oddities(path: Path) -> list[str]:
    with closing(connect_to_read(path)) as connection:
        return oddities_of(connection)


@pytest.fixture
async def kept(database: SqliteDatabase) -> Path:
    """A closed database with votes, a suggestion that was reported, and a duel."""
    votes = VoteStore(database)
    for person in range(9):
        await votes.cast(7, f"m{person % 2}", person, Choice.UP if person % 3 else Choice.DOWN, person)
    await SuggestionStore(database, Traces(database)).add(7, 1, ENTRY, 1, settings=GuildSettings())
    await database.write("INSERT INTO report (suggestion_id, user_id, why, at) VALUES (1, 2, 'seen it', 1)")
    await database.write("INSERT INTO duel (guild_id, first_id, second_id, opened_at) VALUES (7, 'm0', 'm1', 1)")
    await database.write("INSERT INTO duel_choice VALUES (1, 2, 1, 1)")
    await database.close()
    return database.path


@pytest.mark.parametrize("statements", BY_HAND.values(), ids=list(BY_HAND))
async def test_a_backup_is_made_and_says_so_and_mending_puts_it_right(
    kept: Path, tmp_path: Path, statements: list[str]
) -> None:
    votes = rows_of(kept)["vote"]
    by_hand(kept, statements)
    before = rows_of(kept)
    assert oddities(kept)
    said = back_up(kept, tmp_path / "backup.db")
    assert "doctor --mend" in said and oddities(tmp_path / "backup.db") == oddities(kept)
    said = mend_database(kept)
    assert oddities(kept) == []
    (copy,) = tmp_path.glob("*.before-mending-*.db")
    assert str(copy) in said and rows_of(copy) == before
    assert [vote for vote in rows_of(kept)["vote"] if vote["user_id"] != 9] == votes
    mended = rows_of(kept)
    assert (len(mended["suggestion"]), len(mended["report"])) == (len(before["suggestion"]),) * 2


def test_only_what_hangs_on_nothing_goes(kept: Path) -> None:
    by_hand(kept, ["INSERT INTO report (suggestion_id, user_id, why, at) VALUES (999, 1, 'x', 1)"])
    mend_database(kept)
    rows = rows_of(kept)
    assert [row["suggestion_id"] for row in rows["report"]] == [1] and len(rows["duel_choice"]) == 1


def test_nothing_to_mend_leaves_no_copy(kept: Path, tmp_path: Path) -> None:
    before = rows_of(kept)
    assert "nothing to mend" in mend_database(kept)
    assert rows_of(kept) == before and not list(tmp_path.glob("*mending*"))


async def test_it_is_refused_while_a_bot_runs_and_where_it_is_damaged(kept: Path, tmp_path: Path) -> None:
    lock = lock_of(kept)
    lock.take()
    with pytest.raises(StartError, match="Stop it") as refused:
        mend_database(kept)
    assert refused.value.status == AGAIN
    lock.release()
    kept.write_text("Dear diary " * 900)
    with pytest.raises(StartError, match="cannot be copied"):
        mend_database(kept)
    with pytest.raises(StartError, match="no database"):
        mend_database(tmp_path / "none.db")


def test_mending_that_fails_changes_nothing(kept: Path) -> None:
    by_hand(kept, ["DELETE FROM suggestion", "UPDATE tally SET up = up + 1"])
    before = rows_of(kept)
    with closing(sqlite3.connect(kept, isolation_level=None)) as connection:
        connection.execute(
            "CREATE TEMP TRIGGER broken BEFORE DELETE ON main.tally BEGIN SELECT raise(ABORT, 'no'); END"
        )
        with pytest.raises(sqlite3.Error):
            mend(connection)
    assert rows_of(kept) == before


def test_the_command(kept: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("MONTAGE_DATABASE", str(kept))
    by_hand(kept, BY_HAND["everything at once"])
    assert main(["doctor"]) == 1
    assert "doctor --mend" in capsys.readouterr().out
    assert main(["doctor", "--mend"]) == 0
    assert "adds up again" in capsys.readouterr().out
