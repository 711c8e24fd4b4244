"""Backups by the clock: made when due, checked, and only so many kept."""

from pathlib import Path

import pytest

from bot import clock
from bot.backups.making import backups_in, name_at
from bot.backups.schedule import Backups
from bot.database import Database
from bot.voting.store import Choice, VoteStore
from tests.backups.whole import rows_of

HOUR = 3600 * clock.SECOND


@pytest.fixture
def backups(database: Database, tmp_path: Path) -> Backups:
    """One a day, three kept."""
    return Backups(database.path, tmp_path / "backups", hours=24, kept=3)


def made_before(backups: Backups, *hours: float) -> list[Path]:
    """Files that stand for backups made that many hours ago."""
    backups.folder.mkdir(exist_ok=True)
    files = [backups.folder / name_at(clock.now() - int(ago * HOUR)) for ago in hours]
    for file in files:
        file.write_text("a backup")
    return files


def test_one_is_due_when_there_is_none_or_the_newest_is_old_enough(backups: Backups) -> None:
    assert backups.due()
    made_before(backups, 30, 24.1)
    assert backups.due()
    made_before(backups, 23.9)
    assert not backups.due()


def test_a_clock_that_went_back_does_not_stop_the_backups(backups: Backups) -> None:
    made_before(backups, -24 * 300)
    assert backups.due()


async def test_a_backup_is_made_and_the_oldest_go(database: Database, backups: Backups) -> None:
    await VoteStore(database).cast(7, "rocky-1976", 1, Choice.UP, 1)
    oldest, *others = made_before(backups, 90, 60, 40)
    own = backups.folder / "montage-before-the-move.db"
    own.write_text("somebody's own copy")
    left_over = backups.folder / "montage-20260101-000000.db.part"
    left_over.write_text("half")
    file = await backups.make_if_due()
    assert file is not None and rows_of(file) == rows_of(database.path)
    assert [kept for _, kept in backups_in(backups.folder)] == [*others, file]
    assert own.exists() and not oldest.exists() and not left_over.exists()
    assert await backups.make_if_due() is None


async def test_a_backup_that_fails_takes_no_old_one_with_it(backups: Backups, tmp_path: Path) -> None:
    files = made_before(backups, 120, 90, 60, 40)
    failing = Backups(tmp_path / "not there.db", backups.folder, hours=24, kept=1)
    assert await failing.make_if_due() is None
    assert all(file.exists() for file in files)
