"""Both engines have the same tables, and each migration has its file in both folders."""

import asyncio
import re
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import asyncpg

from bot.database import Database, database_at
from bot.database.migrations import scripts
from bot.settings import PostgresAddress
from tests.databases import an_address

# PostgreSQL came when there were so many.
_FIRST = 8
_TYPES = {"INTEGER": "bigint", "TEXT": "text", "REAL": "double precision", "BLOB": "bytea"}
Schema = dict[str, Any]


def test_each_migration_is_in_both_folders() -> None:
    numbers = {engine: [number for number, _ in scripts(engine)] for engine in ("sqlite", "postgresql")}
    assert numbers["sqlite"][:_FIRST] == list(range(1, _FIRST + 1))
    assert numbers["postgresql"] == numbers["sqlite"][_FIRST - 1 :], "each migration has a file for each engine"


def _plain(expression: str | None) -> str | None:
    """A default or a condition without what an engine adds to it."""
    if expression is None:
        return None
    text = re.sub(r"::\w+|[()]", "", " ".join(expression.split()))
    return re.sub(r"^'(-?\d+)'$", r"\1", text)


def of_sqlite(path: Path) -> Schema:
    with closing(sqlite3.connect(path)) as connection:

        def rows(sql: str, *values: object) -> list[Any]:
            return connection.execute(sql, values).fetchall()

        schema: Schema = {}
        made = rows("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        texts = dict(rows("SELECT name, sql FROM sqlite_master"))
        for table, sql in made:
            columns = rows('SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?)', table)
            own = rows("SELECT name, \"unique\" FROM pragma_index_list(?) WHERE origin = 'c'", table)
            schema[table] = {
                "columns": [
                    (name, _TYPES[kind], bool(notnull or pk), _plain(default))
                    for name, kind, notnull, default, pk in columns
                ],
                "key": [name for _, name in sorted((pk, name) for name, *_, pk in columns if pk)],
                "counts on": "AUTOINCREMENT" in sql,
                "checks": sql.count("CHECK ("),
                "references": sorted(
                    rows('SELECT "from", "table", "to", on_delete FROM pragma_foreign_key_list(?)', table)
                ),
                "indexes": {
                    index: (
                        bool(unique),
                        [name for (name,) in rows("SELECT name FROM pragma_index_info(?) ORDER BY seqno", index)],
                        _plain(texts[index].partition(" WHERE ")[2] or None),
                    )
                    for index, unique in own
                },
            }
        return schema


async def of_postgresql(address: PostgresAddress) -> Schema:
    connection = await asyncpg.connect(address.url)
    rows: Callable[..., Awaitable[list[Any]]] = connection.fetch
    schema: Schema = {}
    tables = await rows(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )
    for (table,) in tables:
        columns = await rows(
            """
            SELECT column_name, data_type, is_nullable = 'NO', column_default, is_identity, collation_name
            FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1
            ORDER BY ordinal_position
            """,
            table,
        )
        assert {collation for *_, kind, collation in ((c[1], c[5]) for c in columns) if kind == "text"} <= {"C"}, (
            table
        )
        constraints = await rows(
            """
            SELECT contype, ARRAY(
                SELECT attname::text FROM unnest(conkey) WITH ORDINALITY AS k (number, place)
                JOIN pg_attribute ON attrelid = conrelid AND attnum = number ORDER BY place
            ), confrelid::regclass::text, ARRAY(
                SELECT attname::text FROM unnest(confkey) WITH ORDINALITY AS k (number, place)
                JOIN pg_attribute ON attrelid = confrelid AND attnum = number ORDER BY place
            ), confdeltype
            FROM pg_constraint WHERE conrelid = $1::regclass
            """,
            table,
        )
        indexes = await rows(
            """
            SELECT indexrelid::regclass::text, indisunique, ARRAY(
                SELECT attname::text FROM unnest(indkey::int2[]) WITH ORDINALITY AS k (number, place)
                JOIN pg_attribute ON attrelid = indrelid AND attnum = number ORDER BY place
            ), pg_get_expr(indpred, indrelid)
            FROM pg_index WHERE indrelid = $1::regclass AND NOT indisprimary
            """,
            table,
        )
        schema[table] = {
            "columns": [(name, kind, notnull, _plain(default)) for name, kind, notnull, default, *_ in columns],
            "key": next((key for kind, key, *_ in constraints if kind == b"p"), []),
            "counts on": any(column[4] == "YES" for column in columns),
            "checks": sum(kind == b"c" for kind, *_ in constraints),
            "references": sorted(
                (column, parent, of, {b"c": "CASCADE", b"a": "NO ACTION"}[doing])
                for kind, own, parent, others, doing in constraints
                if kind == b"f"
                for column, of in zip(own, others, strict=True)
            ),
            "indexes": {name: (unique, names, _plain(where)) for name, unique, names, where in indexes},
        }
    await connection.close()
    return schema


def test_both_engines_have_the_same_tables(tmp_path: Path) -> None:
    async def schemas(server: PostgresAddress) -> tuple[Schema, Schema]:
        database = database_at(tmp_path / "montage.db")
        await database.open()
        await database.close()
        return of_sqlite(tmp_path / "montage.db"), await of_postgresql(server)

    with an_address("postgresql", tmp_path) as server:
        assert isinstance(server, PostgresAddress)
        sqlite, postgresql = asyncio.run(schemas(server))
    assert postgresql.pop("schema_version")["columns"] == [("version", "bigint", True, None)]
    assert postgresql.keys() == sqlite.keys(), "a table is made for one engine alone"
    for table, made in sqlite.items():
        assert postgresql[table] == made, table


async def test_no_number_of_what_people_see_ever_returns(database: Database) -> None:
    insert = "INSERT INTO duel (guild_id, first_id, second_id, opened_at) VALUES (1, 'a', 'b', 1) RETURNING id"
    given = [(await database.write(insert))[0]["id"] for _ in range(2)]
    await database.write("DELETE FROM duel")
    given.append((await database.write(insert))[0]["id"])
    assert given == [1, 2, 3]
