"""Backups by the clock: made when due, checked, told apart from those of others, and only so many kept."""

import asyncio
from pathlib import Path

import pytest

from bot import clock
from bot.app import create_bot
from bot.backups.making import back_up, backups_of, database_name, file_for
from bot.backups.schedule import Backups, add_backups
from bot.database import SqliteDatabase
from bot.settings import Settings
from bot.voting.store import Choice, VoteStore
from tests.backups.whole import rows_of

pytestmark = pytest.mark.sqlite

DAY = clock.DAY
NOW = 1_795_000_000_000


class Watch:
    """The clock on the wall, in milliseconds, as the test sets it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr(clock, "now", watch)
    return watch


@pytest.fixture
def backups(database: SqliteDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, watch: Watch) -> Backups:
    """One a day, three kept; made in this process, so that they are made by the test's clock."""

    async def make(database: Path, file: Path, number: int) -> tuple[bool, str]:
        return True, back_up(database, file, number)

    monkeypatch.setattr("bot.backups.schedule._back_up_in_another_process", make)
    return Backups(database.path, tmp_path / "backups", hours=24, kept=3)


async def made_at(backups: Backups, watch: Watch, *days: float) -> list[Path]:
    """Backups as the clock made them when it showed so many days from now; then it is right again."""
    files = []
    for day in days:
        watch.now = NOW + int(day * DAY)
        file = await backups.make_if_due()
        assert file is not None
        files.append(file)
    watch.now = NOW
    return files


def kept(backups: Backups) -> list[Path]:
    return [backup.file for backup in backups_of(backups.database, backups.folder)]


async def test_one_is_due_when_there_is_none_or_the_newest_is_old_enough(backups: Backups, watch: Watch) -> None:
    assert backups.due()
    await made_at(backups, watch, -2.5, -1.01)
    assert backups.due()
    watch.now -= int(0.02 * DAY)
    assert not backups.due()


async def test_a_backup_is_made_and_the_oldest_go(database: SqliteDatabase, tmp_path: Path) -> None:
    """By the very command, in a process of its own."""
    backups = Backups(database.path, tmp_path / "backups", hours=24, kept=1)
    await VoteStore(database).cast(7, "rocky-1976", 1, Choice.UP, 1)
    first = await backups.make_if_due()
    assert first is not None and rows_of(first) == rows_of(database.path)
    assert await backups.make_if_due() is None
    own = backups.folder / "montage-before-the-move.db"
    own.write_text("somebody's own copy")
    left_over = first.with_name(first.name + ".part")
    left_over.write_text("half")
    await asyncio.sleep(1)  # the names of two backups differ by a second
    backups.hours = 0
    second = await backups.make_if_due()
    assert second is not None and kept(backups) == [second]
    assert own.exists() and not first.exists() and not left_over.exists()


@pytest.mark.parametrize("count", [1, 3])
async def test_backups_from_the_future_do_not_push_out_new_ones(backups: Backups, watch: Watch, count: int) -> None:
    """The clock was ahead for a while, as on a board without a battery."""
    backups.kept = count
    ahead = await made_at(backups, watch, *(400 * (n + 1) for n in range(count)))
    (new,) = await made_at(backups, watch, 0)
    assert new.exists() and kept(backups) == [*ahead[1:], new]
    assert not backups.due()


async def test_a_clock_set_back_stops_nothing_and_makes_no_crowd(backups: Backups, watch: Watch) -> None:
    await made_at(backups, watch, 0, 1, 2)
    watch.now = NOW + 2 * DAY - 3 * clock.HOUR
    assert await backups.make_if_due() is not None
    assert await backups.make_if_due() is None


async def test_an_older_versions_backups_go_first_and_count(backups: Backups, watch: Watch) -> None:
    backups.folder.mkdir()
    old = [backups.folder / f"montage-{date}-000000.db" for date in ("20261001", "20261101", "20401101")]
    for file in old:
        file.write_text("a backup without a number")
    assert kept(backups) == [old[2], old[0], old[1]], "one from the future was made under a wrong clock"
    (new,) = await made_at(backups, watch, 0)
    assert kept(backups) == [old[0], old[1], new]


@pytest.mark.parametrize("date", ["20260231-000000", "20261301-000000", "20260101-250000", "00000000-000000"])
async def test_a_file_with_an_impossible_date_is_nobodys(backups: Backups, watch: Watch, date: str) -> None:
    backups.folder.mkdir()
    files = [backups.folder / f"montage-{name}{date}.db" for name in ("", f"{database_name(backups.database)}-")]
    for file in files:
        file.write_text("x")
    backups.kept = 1
    (made,) = await made_at(backups, watch, 0)
    assert kept(backups) == [made] and all(file.exists() for file in files)


async def test_two_bots_in_one_folder_do_not_starve_each_other(
    backups: Backups, watch: Watch, tmp_path: Path
) -> None:
    others = []
    for path in (tmp_path / "other" / "montage.db", tmp_path / "copy.db"):
        database = SqliteDatabase(path)
        await database.open()
        if path.name == "copy.db":  # taken from the first: it has its name in it
            await database.write("UPDATE origin SET name = :name", name=database_name(backups.database))
        await database.close()
        others.append(Backups(path, backups.folder, hours=24, kept=1))
    backups.kept = 1
    for day in range(3):
        watch.now = NOW + day * DAY
        made = [await one.make_if_due() for one in (backups, *others)]
        assert all(made) and [kept(one) for one in (backups, *others)] == [[file] for file in made]


async def test_a_half_made_backup_of_another_bot_is_left_alone(backups: Backups, watch: Watch) -> None:
    backups.folder.mkdir()
    under_way = backups.folder / "montage-0123abcd-20261124-120000.db.part"
    under_way.write_text("half")
    await made_at(backups, watch, 0)
    assert under_way.exists()


async def test_a_backup_that_fails_takes_no_old_one_with_it(backups: Backups, watch: Watch, tmp_path: Path) -> None:
    files = await made_at(backups, watch, -3, -2, -1)
    backups.database.unlink()
    backups.kept = 1
    assert await backups.make_if_due() is None
    assert all(file.exists() for file in files)


async def test_what_does_not_add_up_is_backed_up_all_the_same(
    database: SqliteDatabase, backups: Backups, watch: Watch
) -> None:
    await database.write("INSERT INTO tally VALUES (77, 'ghost', 3, 0)")
    (made,) = await made_at(backups, watch, 0)
    assert rows_of(made) == rows_of(database.path)


async def test_no_schedule_is_left_running_when_the_bot_is_closed(path: Path) -> None:
    """As at each try while Discord cannot be reached: a bot is made, opened and closed."""

    def running() -> int:
        return sum(task.get_name() == "backups" for task in asyncio.all_tasks())

    for _ in range(3):
        bot = create_bot(Settings(database=path))
        before = len(bot._openings)
        add_backups(bot)
        await bot.database.open()
        for opening in bot._openings[before:]:
            await opening()
        assert running() == 1
        await bot.close()
        assert running() == 0


async def test_the_folder_and_the_file_are_for_their_owner_alone(backups: Backups, watch: Watch) -> None:
    (made,) = await made_at(backups, watch, 0)
    assert (backups.folder.stat().st_mode & 0o077, made.stat().st_mode & 0o077) == (0, 0)


def test_the_name_says_what_it_is_a_backup_of(backups: Backups) -> None:
    file = file_for(backups.database, backups.folder)
    assert file.name == f"montage-{database_name(backups.database)}-20261118-{file.name[-9:-3]}.db"
