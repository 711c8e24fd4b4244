"""One process per file, by whatever name it is called; and nobody else can read it."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.database import SqliteDatabase, lock_of
from bot.errors import AGAIN, StartError
from tests.docs import ROOT

pytestmark = pytest.mark.sqlite

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere only names are told apart")


class Several:
    """Databases of one test."""

    def __init__(self) -> None:
        self._made: list[SqliteDatabase] = []

    def __call__(self, path: Path) -> SqliteDatabase:
        self._made.append(SqliteDatabase(path))
        return self._made[-1]

    async def close(self) -> None:
        for database in self._made:
            await database.close()


@pytest.fixture
async def second() -> AsyncIterator[Several]:
    """Closed whatever happens."""
    several = Several()
    yield several
    await several.close()


@pytest.fixture
def umask() -> Iterator[None]:
    """Everybody may read what is made, as on most machines."""
    before = os.umask(0o022)
    yield
    os.umask(before)


async def test_a_link_is_the_file_it_leads_to(path: Path, tmp_path: Path, second: Several) -> None:
    (tmp_path / "elsewhere").mkdir()
    link, chain = tmp_path / "elsewhere" / "link.db", tmp_path / "chain.db"
    link.symlink_to(path)
    chain.symlink_to(link)
    for first, other in ((path, link), (link, path), (chain, path), (link, chain)):
        await second(first).open()
        with pytest.raises(StartError, match="in use") as refused:
            await second(other).open()
        assert refused.value.status == AGAIN
        assert lock_of(first).path == lock_of(other).path
        await second.close()
    assert sorted(file.name for file in link.parent.iterdir()) == ["link.db"]


async def test_a_link_to_a_folder_too(path: Path, tmp_path: Path, second: Several) -> None:
    (tmp_path / "folder").symlink_to(path.parent, target_is_directory=True)
    await second(path).open()
    with pytest.raises(StartError, match="in use"):
        await second(tmp_path / "folder" / path.name).open()


@ON_LINUX
async def test_a_second_name_of_the_same_file_is_no_second_file(
    path: Path, tmp_path: Path, second: Several
) -> None:
    """A hard link, or a container that was given the file alone: the lock beside it is another one there."""
    await second(path).open()
    await second.close()
    (tmp_path / "elsewhere").mkdir()
    other = tmp_path / "elsewhere" / "montage.db"
    other.hardlink_to(path)
    script = "import asyncio, sys; from pathlib import Path; from bot.database import SqliteDatabase\n"
    script += "asyncio.run(SqliteDatabase(Path(sys.argv[1])).open())"
    await second(path).open()
    refused = subprocess.run(  # noqa: ASYNC221 - nothing else is to happen meanwhile
        [sys.executable, "-c", script, str(other)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "in use by another bot process" in refused.stderr


def test_a_lock_can_be_taken_again_after_it_was_released_and_only_then(path: Path) -> None:
    path.touch()
    first, other = lock_of(path), lock_of(path)
    first.take()
    with pytest.raises(BlockingIOError):
        other.take()
    first.release("all is well")
    other.take()
    assert other.note == "all is well"
    other.release()


@pytest.mark.usefixtures("umask")
async def test_everything_it_makes_is_for_its_owner_alone(tmp_path: Path, second: Several) -> None:
    path = tmp_path / "a" / "new" / "montage.db"
    database = second(path)
    await database.open()
    await database.write("INSERT INTO memo VALUES ('a', 'b')")
    modes = {file.name: oct(file.stat().st_mode & 0o777) for file in (path.parent, *path.parent.iterdir())}
    assert modes == {
        "new": "0o700",
        "montage.db": "0o600",
        "montage.db-wal": "0o600",
        "montage.db-shm": "0o600",
        "montage.db.lock": "0o600",
    }
    assert path.parent.parent.stat().st_mode & 0o077 == 0


@pytest.mark.usefixtures("umask")
async def test_what_an_older_version_left_open_to_all_is_closed(path: Path, second: Several) -> None:
    for name in ("montage.db", "montage.db.lock"):
        (path.parent / name).touch(0o644)
    path.parent.chmod(0o755)
    database = second(path)
    await database.open()
    await database.write("INSERT INTO memo VALUES ('a', 'b')")
    assert [file.name for file in path.parent.iterdir() if file.stat().st_mode & 0o077] == []
    assert path.parent.stat().st_mode & 0o777 == 0o755, "a folder that was there is somebody's choice"


async def test_what_is_deleted_is_written_over(database: SqliteDatabase) -> None:
    assert (await database.read("PRAGMA secure_delete"))[0][0] == 1
