"""Making a database add up again, in one transaction: orphans go, tallies are counted anew."""

import sqlite3
from itertools import groupby

from bot.database.checking import drifted_tallies, oddities_of

_RECOUNTED = {
    "tally": """
        INSERT INTO tally (guild_id, montage_id, up, down)
        SELECT guild_id, montage_id, sum(value = 1), sum(value = -1) FROM vote GROUP BY guild_id, montage_id
    """,
    "tally_of_day": """
        INSERT INTO tally_of_day (guild_id, montage_id, day, up, down)
        SELECT guild_id, montage_id, cast_at / 86400000, sum(value = 1), sum(value = -1)
        FROM vote WHERE value <> 0 GROUP BY guild_id, montage_id, cast_at / 86400000
    """,
}


def mend(connection: sqlite3.Connection) -> list[str]:
    """Mend everything that `oddities_of` finds, all of it or nothing; returns what was found.

    `connection` is the only one that writes, and in no transaction. Raises sqlite3.Error where it cannot be done.
    """
    found = oddities_of(connection)
    if not found:
        return []
    connection.execute("PRAGMA foreign_keys = ON")  # whatever hangs on an orphan goes with it
    connection.execute("BEGIN IMMEDIATE")
    try:
        for table in _tables_with_orphans(connection):
            _remove_orphans(connection, table)
        if drifted_tallies(connection):
            _count_anew(connection)
        if left := oddities_of(connection):
            raise sqlite3.IntegrityError(f"after mending there is still something: {'; '.join(left)}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return found


def _tables_with_orphans(connection: sqlite3.Connection) -> list[str]:
    return sorted({row[0] for row in connection.execute("PRAGMA foreign_key_check")})


def _remove_orphans(connection: sqlite3.Connection, table: str) -> None:
    """Do now what should have been done when the row they refer to went: every reference here says CASCADE."""
    keys = connection.execute(
        'SELECT id, "table", "from", coalesce("to", "from") FROM pragma_foreign_key_list(?) ORDER BY id', (table,)
    ).fetchall()
    for _, columns in groupby(keys, key=lambda key: key[0]):
        parts = list(columns)
        parent = parts[0][1]
        given = " AND ".join(f'"{table}"."{child}" IS NOT NULL' for _, _, child, _ in parts)
        same = " AND ".join(f'"{parent}"."{of}" = "{table}"."{child}"' for _, _, child, of in parts)
        connection.execute(
            f'DELETE FROM "{table}" WHERE {given} AND NOT EXISTS (SELECT 1 FROM "{parent}" WHERE {same})'  # noqa: S608
        )


def _count_anew(connection: sqlite3.Connection) -> None:
    there = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table, recounted in _RECOUNTED.items():
        if table in there:
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 - two fixed names
            connection.execute(recounted)
