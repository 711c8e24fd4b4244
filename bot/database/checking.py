"""Whether a database file is sound: its structure, its schema, its counts."""

import sqlite3
from pathlib import Path

# Votes and tallies laid over each other, by table: what does not come to nothing has drifted. For either engine.
DRIFTED = {
    "tally": """
        SELECT guild_id, montage_id FROM (
            SELECT guild_id, montage_id, CASE WHEN value = 1 THEN 1 ELSE 0 END AS up,
                   CASE WHEN value = -1 THEN 1 ELSE 0 END AS down
            FROM vote
            UNION ALL
            SELECT guild_id, montage_id, -up, -down FROM tally
        ) AS laid_over
        GROUP BY guild_id, montage_id
        HAVING sum(up) <> 0 OR sum(down) <> 0
    """,
    "tally_of_day": """
        SELECT guild_id, montage_id, day FROM (
            SELECT guild_id, montage_id, cast_at / 86400000 AS day, CASE WHEN value = 1 THEN 1 ELSE 0 END AS up,
                   CASE WHEN value = -1 THEN 1 ELSE 0 END AS down
            FROM vote
            UNION ALL
            SELECT guild_id, montage_id, day, -up, -down FROM tally_of_day
        ) AS laid_over
        GROUP BY guild_id, montage_id, day
        HAVING sum(up) <> 0 OR sum(down) <> 0
    """,
}


def connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection that can change nothing, beside that of a running bot.

    A second connection is safe even with SQLite before 3.51.3, which may damage a file when two connections
    write or checkpoint at the same moment: one that was opened read-only does neither. It commits nothing,
    so it never starts a checkpoint; and when it closes it cannot take the lock that a last checkpoint needs.
    The bot goes on writing meanwhile; this one sees the moment at which its reading began.
    """
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA busy_timeout = 5000")
    return connection


def schema_of(connection: sqlite3.Connection) -> int:
    """The schema version of the file; 0 for one that is empty or not the bot's."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def drifted_tallies(connection: sqlite3.Connection) -> int:
    """How many tallies differ from a recount of the votes; 0 in a sound database of any schema."""
    return sum(
        len(connection.execute(drifted).fetchall())
        for table, drifted in DRIFTED.items()
        if has_table(connection, table)
    )


def has_table(connection: sqlite3.Connection, table: str) -> bool:
    """Whether there is a table of that name."""
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,))
    return found.fetchone() is not None


def damage_of(connection: sqlite3.Connection, newest: int) -> list[str]:
    """Why it cannot be used at all; empty where it can."""
    version = schema_of(connection)
    if version > newest:
        return [f"it was written by a newer version of the bot (schema {version}; this one knows up to {newest})"]
    structure = [row[0] for row in connection.execute("PRAGMA integrity_check(5)")]
    if structure != ["ok"]:
        return [f"it is damaged: {' / '.join(' '.join(line.split()) for line in structure)}"]
    if not has_table(connection, "vote"):
        return ["it is not a database of this bot"]
    return []


def oddities_of(connection: sqlite3.Connection) -> list[str]:
    """What does not add up in a database that can be used: somebody has changed it by hand. It can be mended."""
    oddities = []
    if orphans := connection.execute("PRAGMA foreign_key_check").fetchall():
        oddities.append(f"{len(orphans)} rows refer to something that is not there")
    if drifted := drifted_tallies(connection):
        oddities.append(f"{drifted} of the tallies differ from a recount of their votes")
    return oddities
