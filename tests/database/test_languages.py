"""A server that had chosen a language for its dates is spoken to in it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.database.migrations import scripts

pytestmark = pytest.mark.sqlite


def test_the_language_of_dates_becomes_the_servers(tmp_path: Path) -> None:
    (script,) = [text for number, text in scripts("sqlite") if number == 13]
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        connection.execute("CREATE TABLE guild_settings (guild_id INTEGER, name TEXT, value TEXT)")
        rows = [(1, "date_language", '"de"'), (2, "date_language", '"pt"'), (3, "margin", "5")]
        connection.executemany("INSERT INTO guild_settings VALUES (?, ?, ?)", rows)
        connection.executescript(script)
        kept = connection.execute("SELECT * FROM guild_settings ORDER BY guild_id").fetchall()
    assert kept == [(1, "language", '"de"'), (2, "language", '"pt_BR"'), (3, "margin", "5")]
