"""The preview never touches a database with real people in it, and deletes nothing but what it made."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.database import SqliteDatabase, lock_of
from bot.errors import ACT, AGAIN, StartError
from bot.make_believe import mark, page_key, prepare, unmark
from tests.backups.whole import rows_of
from tests.test_command_line import bot

pytestmark = pytest.mark.sqlite

VOTE = "INSERT INTO vote VALUES (1, 'rocky-1976', 2, 1, 3)"
ELSEWHERE = Path("elsewhere.db")


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


async def played(database: SqliteDatabase) -> None:
    """As a preview leaves it."""
    await mark(database)
    await database.write(VOTE)
    await database.close()


async def test_fresh_deletes_what_a_preview_made_and_nothing_beside_it(database: SqliteDatabase) -> None:
    await played(database)
    for beside in ("montage.db-copy-of-monday", "montage.db-2026", "other.db"):
        (database.path.parent / beside).write_text("keep me")
    for journal in ("montage.db-wal", "montage.db-shm"):
        (database.path.parent / journal).write_text("left by a kill")
    prepare(database.path, ELSEWHERE, fresh=True)
    assert names(database.path.parent) == [
        "montage.db-2026",
        "montage.db-copy-of-monday",
        "montage.db.lock",
        "other.db",
    ]


@pytest.mark.parametrize("fresh", [False, True])
@pytest.mark.parametrize("whose", ["a bot's", "a bot's that took it over", "another program's", "a text"])
async def test_what_no_preview_made_is_left_alone(database: SqliteDatabase, whose: str, fresh: bool) -> None:
    if whose == "a bot's that took it over":
        await mark(database)
        await unmark(database)
    await database.write(VOTE)
    await database.close()
    if whose == "another program's":
        database.path.unlink()
        with closing(sqlite3.connect(database.path)) as other:
            other.execute("CREATE TABLE bookmark (address TEXT)")
    elif whose == "a text":
        database.path.write_text("Dear diary " * 900)
    before = database.path.read_bytes(), lock_of(database.path).path.read_text()
    with pytest.raises(StartError, match="not made by the preview") as refused:
        prepare(database.path, ELSEWHERE, fresh=fresh)
    assert refused.value.status == ACT
    assert (database.path.read_bytes(), lock_of(database.path).path.read_text()) == before


async def test_what_is_in_use_is_left_alone(database: SqliteDatabase) -> None:
    await mark(database)
    await database.write(VOTE)
    before = rows_of(database.path)
    with pytest.raises(StartError, match="in use") as refused:
        prepare(database.path, ELSEWHERE, fresh=True)
    assert refused.value.status == AGAIN and rows_of(database.path) == before


@pytest.mark.parametrize("fresh", [False, True])
async def test_the_database_that_run_uses_is_refused_by_any_name(
    database: SqliteDatabase, tmp_path: Path, fresh: bool
) -> None:
    await played(database)
    link = tmp_path / "link.db"
    link.symlink_to(database.path)
    for name, served in ((database.path, database.path), (link, database.path), (database.path, link)):
        with pytest.raises(StartError, match="`run` uses"):
            prepare(name, served, fresh=fresh)
    assert len(rows_of(database.path)["vote"]) == 1


async def test_one_that_is_new_or_empty_is_taken(path: Path, database: SqliteDatabase) -> None:
    prepare(path.with_name("new.db"), ELSEWHERE, fresh=True)
    path.with_name("empty.db").touch()
    prepare(path.with_name("empty.db"), ELSEWHERE, fresh=False)
    await database.close()  # made and closed before anything was in it
    prepare(path, ELSEWHERE, fresh=False)


async def test_its_address_stays_the_same(database: SqliteDatabase) -> None:
    assert await page_key(database) == await page_key(database)


async def test_the_command(database: SqliteDatabase, tmp_path: Path) -> None:
    await database.write(VOTE)
    (tmp_path / "montage.db-copy-of-monday").write_text("keep me")
    arguments = ("preview", "--fresh", "--port", "0", "--database", str(database.path))
    for environment, status in (({}, AGAIN), ({"MONTAGE_DATABASE": str(database.path)}, ACT)):
        ended = bot(*arguments, cwd=tmp_path, **environment)
        assert ended.returncode == status and "Traceback" not in ended.stderr, ended.stderr
    assert await database.read("SELECT count(*) FROM vote") and "montage.db-copy-of-monday" in names(tmp_path)
