"""One backup, and which there are."""

import re
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bot import clock
from bot.database import connect_to_read, copy_database, newest_schema
from bot.errors import StartError
from bot.ui.text import count

_NAME = re.compile(r"montage-(\d{8}-\d{6})\.db")
_TIME = "%Y%m%d-%H%M%S"


def back_up(database: Path, file: Path) -> str:
    """Copy the database, which may be in use, to `file`; returns what is in it, in words.

    Raises StartError when there is nothing to copy, something is wrong with it, or `file` is there already.
    """
    if not database.is_file():
        raise StartError(f"There is no database {database} to back up.", status=1)
    if file.exists():
        raise StartError(f"{file} is there already. Choose another name: a backup is never written over.", status=1)
    copy_database(database, file, newest_schema())
    return f"{contents_of(file)}, checked, in {file}"


def contents_of(file: Path) -> str:
    """`1,204 votes and 3 suggestions (0.4 MB)`."""
    with closing(connect_to_read(file)) as copy:
        votes, suggestions = (
            copy.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - two fixed names
            for table in ("vote", "suggestion")
        )
    size = file.stat().st_size / 1_000_000
    return f"{count(votes, 'vote')} and {count(suggestions, 'suggestion')} ({size:,.1f} MB)"


def name_at(milliseconds: int) -> str:
    """The name of a backup made at that time."""
    return f"montage-{clock.moment(milliseconds).strftime(_TIME)}.db"


def backups_in(folder: Path) -> list[tuple[int, Path]]:
    """(made at, file) of the backups made by the clock, oldest first; a file with another name is not one."""
    named = [(_NAME.fullmatch(file.name), file) for file in folder.glob("montage-*.db")]
    return sorted((_made_at(match[1]), file) for match, file in named if match)


def _made_at(text: str) -> int:
    return int(datetime.strptime(text, _TIME).replace(tzinfo=UTC).timestamp() * 1000)
