"""Everything in a database file, to be compared with another."""

from contextlib import closing
from pathlib import Path
from typing import Any

from bot.database import connect_to_read

Rows = dict[str, list[dict[str, Any]]]


def rows_of(path: Path) -> Rows:
    """Every row of every table, but for `origin`, which says whether a file is a backup."""
    with closing(connect_to_read(path)) as connection:
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'origin' ORDER BY name"
        return {
            name: sorted((dict(row) for row in connection.execute(f'SELECT * FROM "{name}"')), key=repr)  # noqa: S608
            for (name,) in connection.execute(tables).fetchall()
        }
