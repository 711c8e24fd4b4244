"""Databases and catalogues of a stated size, the same each time."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

import asyncpg

from bot.catalogue import Catalogue, Montage, load_catalogue
from bot.clock import DAY
from bot.database import SqliteDatabase
from tests.standin.payloads import GUILD

# Besides the server that is measured: the votes of nine in ten are spread over these.
_OTHER_SERVERS = 999


def montages(number: int) -> list[Montage]:
    """The first `number` of the shipped montages, and beyond those mixtures of their words."""
    shipped = list(load_catalogue().shipped)
    random = Random(number)
    words = [word for montage in shipped for word in montage.blurb.split()]
    while len(shipped) < number:
        model = random.choice(shipped)
        shipped.append(
            replace(
                model,
                id=f"made-up-{len(shipped)}",
                film=" ".join(random.choice(words).strip(".,:;|“”").title() for _ in range(3)),
                year=random.randint(1920, 2026),
                blurb=" ".join(random.choice(words) for _ in model.blurb.split()).replace("||", ""),
                editors_rank=None,
            )
        )
    return shipped[:number]


def catalogue(number: int) -> Catalogue:
    """A catalogue of `number` montages."""
    return Catalogue(montages(number))


async def votes(path: Path, number: int, keys: list[str]) -> None:
    """A database of `number` votes on `keys`, a tenth of them in the server that is measured."""
    database = SqliteDatabase(path)
    await database.open()
    await database.close()
    sized = {"day": DAY, "keys": len(keys), "here": GUILD, "servers": _OTHER_SERVERS}
    # Voter n // keys votes on montage n % keys, so that nobody votes twice.
    give = """
        WITH RECURSIVE given(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM given WHERE n + 1 < :number)
        INSERT INTO vote
        SELECT :here + given.n % :servers, key.id, 1000000 + given.n / :keys,
            CASE WHEN (given.n * 2654435761) % 97 < 30 + (given.n % :keys) % 60 THEN 1 ELSE -1 END,
            :day * (20000 - given.n % 60) + given.n
        FROM given JOIN key ON key.n = given.n % :keys
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as connection, in_bulk(connection, keys):
        connection.execute(give, {**sized, "number": number // 10, "servers": 1})
        connection.execute(give, {**sized, "number": number - number // 10, "here": GUILD + 1})


async def votes_on_postgresql(url: str, number: int, keys: list[str]) -> None:
    """The same votes in a database of PostgreSQL's with the newest schema, which has no votes yet."""
    give = """
        INSERT INTO vote
        SELECT $1 + n % $2, ($3::text[])[1 + n % $4], 1000000 + n / $4,
            CASE WHEN (n * 2654435761) % 97 < 30 + (n % $4) % 60 THEN 1 ELSE -1 END, $5 * (20000 - n % 60) + n
        FROM generate_series(0::bigint, $6 - 1) AS n
    """
    connection = await asyncpg.connect(url)
    await connection.execute("SET session_replication_role = replica")  # no triggers
    for first, servers, some in ((GUILD, 1, number // 10), (GUILD + 1, _OTHER_SERVERS, number - number // 10)):
        await connection.execute(give, first, servers, keys, len(keys), DAY, some, timeout=600)
    for table, day, columns in (("tally", "", "1, 2"), ("tally_of_day", f"cast_at / {DAY},", "1, 2, 3")):
        await connection.execute(
            f"INSERT INTO {table} SELECT guild_id, montage_id, {day} count(*) FILTER (WHERE value = 1), "  # noqa: S608
            f"count(*) FILTER (WHERE value = -1) FROM vote GROUP BY {columns}",
            timeout=600,
        )
    await connection.execute("VACUUM ANALYZE", timeout=600)
    await connection.execute("CHECKPOINT", timeout=600)
    await connection.close()


@contextmanager
def in_bulk(connection: sqlite3.Connection, keys: Sequence[str]) -> Iterator[None]:
    """For many votes at once: what is kept by triggers and the index is made afterwards, in one go. Inside, the
    table `key` has the montages' ids by number.
    """
    connection.executescript(
        "PRAGMA synchronous = OFF; BEGIN; CREATE TEMP TABLE key (n INTEGER PRIMARY KEY, id TEXT)"
    )
    connection.executemany("INSERT INTO key VALUES (?, ?)", enumerate(keys))
    made_later = connection.execute(
        "SELECT type, name, sql FROM sqlite_master "
        "WHERE tbl_name = 'vote' AND type IN ('trigger', 'index') AND sql IS NOT NULL"
    ).fetchall()
    for kind, name, _ in made_later:
        connection.execute(f"DROP {kind} {name}")
    yield
    connection.execute(
        "INSERT INTO tally SELECT guild_id, montage_id, sum(value = 1), sum(value = -1) FROM vote GROUP BY 1, 2"
    )
    connection.execute(
        "INSERT INTO tally_of_day "
        "SELECT guild_id, montage_id, cast_at / :day, sum(value = 1), sum(value = -1) FROM vote GROUP BY 1, 2, 3",
        {"day": DAY},
    )
    for _, _, sql in made_later:
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
