"""PostgreSQL: a pool of connections to a database that many processes may share."""

import asyncio
import random
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, TypeAlias
from weakref import WeakValueDictionary

import asyncpg
import structlog

from bot.database.database import Row, SqlValue, Transaction, for_postgresql
from bot.database.migrations import scripts
from bot.database.parameters import positional
from bot.database.postgresql_trouble import COLLISIONS, FAILURES, is_lost, is_unsure, trouble_of_server
from bot.database.trouble import CANNOT_READ, CANNOT_TELL, CANNOT_WRITE, DatabaseError
from bot.errors import StartError
from bot.settings import PostgresAddress

if TYPE_CHECKING:  # at run time these are no generics
    _Connection: TypeAlias = asyncpg.Connection[asyncpg.Record] | asyncpg.pool.PoolConnectionProxy[asyncpg.Record]
    _Pool: TypeAlias = asyncpg.Pool[asyncpg.Record]

log = structlog.get_logger(__name__)

OLDEST = 15
# Connections of one process, and how many of them transactions may have, which wait for each other.
CONNECTIONS, _TRANSACTIONS = 10, 5
# Seconds: until a connection stands, until a statement is done.
_CONNECTING, _ANSWERING = 5.0, 15.0
# How often a statement is run that got into another's way.
_TRIES = 5

# Advisory locks, by two numbers: of this bot, and what for. A server's transactions share the lock of all and have
# one of their own, under a name that its id gives.
_ALL, _MIGRATING = "7161, 1", "7161, 2"
# A process that was stopped in the middle lets the others wait no longer than this.
_BEGIN = "BEGIN; SET LOCAL idle_in_transaction_session_timeout = 10000; SELECT pg_advisory_xact_lock({});".format
_BEGIN_ALL = _BEGIN(_ALL)
_BEGIN_OF_SERVER = (
    "BEGIN; SET LOCAL idle_in_transaction_session_timeout = 10000; "
    f"SELECT pg_advisory_xact_lock_shared({_ALL}); SELECT pg_advisory_xact_lock({{}});"
).format


class _PostgresTransaction:
    """See `bot.database.Transaction`."""

    def __init__(self, connection: "_Connection") -> None:
        self._connection = connection

    async def run(self, sql: str, **values: SqlValue) -> list[Row]:
        """The rows that `sql` returns (RETURNING or SELECT); none for a plain write."""
        return await _fetch(self._connection, sql, values)


class PostgresDatabase:
    """See `bot.database.Database`. Lone statements commit by themselves, beside each other.

    A transaction reads what was committed last, and no other that may touch the same rows runs meanwhile, in any
    process: so whatever it has read still holds when it writes, and it need not be tried again.
    """

    def __init__(self, address: PostgresAddress) -> None:
        self.address = address
        self.trouble: str | None = None
        self._pool: _Pool | None = None
        self._transacting = asyncio.Semaphore(_TRANSACTIONS)
        self._under_way: set[object] = set()
        self._at_rest = asyncio.Event()
        self._turns: WeakValueDictionary[tuple[str, tuple[SqlValue, ...]], asyncio.Lock] = WeakValueDictionary()

    async def open(self) -> None:
        """See `bot.database.Database.open`. However many processes open it at once, one of them upgrades it."""
        if self._pool is not None:
            return
        pool = None
        try:
            pool = asyncpg.create_pool(
                self.address.url,
                min_size=0,
                max_size=CONNECTIONS,
                timeout=_CONNECTING,
                command_timeout=_ANSWERING,
                init=_set_up,
                reset=_leave,
                server_settings={"application_name": "montage-bot"},
            )
            await pool
            async with pool.acquire() as connection:
                await _prepare(connection, self.address)
        except BaseException as problem:
            if pool is not None:
                pool.terminate()
            if isinstance(problem, FAILURES):
                raise self._cannot_start(problem) from problem
            raise
        self._pool = pool

    def _cannot_start(self, problem: BaseException) -> StartError:
        if (trouble := trouble_of_server(problem)) is not None:
            return trouble.start_error(self.address)
        return StartError(f"The database {self.address} cannot be used: {problem}.")

    @property
    def is_open(self) -> bool:
        """Whether there is a pool; single connections come and go."""
        return self._pool is not None

    async def read(self, sql: str, **values: SqlValue) -> list[Row]:
        """All rows of a SELECT."""
        async with self._connection(CANNOT_READ, CANNOT_READ) as connection:
            return await _fetch(connection, sql, values)

    async def write(self, sql: str, **values: SqlValue) -> list[Row]:
        """See `bot.database.Database.write`."""
        return (await self._written(sql, "", values))[0]

    async def write_then_read(self, sql: str, then: str, **values: SqlValue) -> tuple[list[Row], list[Row]]:
        """See `bot.database.Database.write_then_read`.

        Whoever reads the same waits here: the engine would let them wait for the row, each with a connection.
        """
        key = then, tuple(values[name] for name in positional(then)[1])
        turn = self._turns.setdefault(key, asyncio.Lock())
        async with turn:
            return await self._written(sql, then, values)

    async def _written(self, sql: str, then: str, values: Mapping[str, SqlValue]) -> tuple[list[Row], list[Row]]:
        for tries_left in reversed(range(_TRIES)):
            with suppress(*(COLLISIONS if tries_left else ())):
                async with self._connection(CANNOT_WRITE, CANNOT_TELL, passing=bool(tries_left)) as connection:
                    written = await _fetch(connection, sql, values)
                    rows = written, await _fetch(connection, then, values) if for_postgresql(then) else []
                self._wrote()
                return rows
            await asyncio.sleep(random.uniform(0, 0.05))  # noqa: S311 - so that they do not meet again
        raise AssertionError

    @asynccontextmanager
    async def transaction(self, server: int | None = None) -> AsyncIterator[Transaction]:
        """See `bot.database.Database.transaction`."""
        async with self._transacting, self._connection(CANNOT_WRITE, CANNOT_WRITE) as connection:
            try:
                await connection.execute(_BEGIN_ALL if server is None else _BEGIN_OF_SERVER(server))
                yield _PostgresTransaction(connection)
            except BaseException:
                await _roll_back(connection)
                raise
            await self._commit(connection)
        self._wrote()

    async def _commit(self, connection: "_Connection") -> None:
        try:
            done = await connection.execute("COMMIT")
        except BaseException as error:
            await _roll_back(connection)
            if isinstance(error, FAILURES) and is_unsure(error):
                await self._lose(connection)
                self._complain(error, CANNOT_TELL)
            raise
        if done != "COMMIT":  # a statement failed, and whoever ran it went on all the same
            raise RuntimeError("nothing was committed: a statement had failed before")

    @asynccontextmanager
    async def _connection(
        self, sentence: str, unsure: str, *, passing: bool = False
    ) -> AsyncIterator["_Connection"]:
        """One of the pool. Raises DatabaseError with `sentence` where the server fails, with `unsure` where it may
        have done what was asked. `passing`: whoever asked tries again after a collision.
        """
        if self._pool is None:
            raise RuntimeError("the database is not open")
        use = object()
        self._under_way.add(use)
        try:
            # Not by the pool's own limit: before Python 3.12 that takes a task, 7% of what a vote takes here.
            async with asyncio.timeout(_CONNECTING):
                connection = await self._pool.acquire()
        except BaseException as error:
            self._ended(use)
            if isinstance(error, FAILURES):
                self._complain(error, sentence)
            raise
        try:
            yield connection
        except FAILURES as error:
            if passing and isinstance(error, COLLISIONS):
                raise
            if is_lost(error):
                await self._lose(connection)
            self._complain(error, unsure if is_unsure(error) else sentence)
            raise
        finally:
            try:
                with suppress(*FAILURES):  # one that is lost is thrown away by this
                    await self._pool.release(connection, timeout=_CONNECTING)
            finally:
                self._ended(use)

    def _ended(self, use: object) -> None:
        self._under_way.discard(use)
        if not self._under_way:
            self._at_rest.set()

    async def _lose(self, connection: "_Connection") -> None:
        """This connection is no good any more, and the others are probably as old: all are made anew."""
        with suppress(asyncpg.InterfaceError):  # the pool has thrown it away
            connection.terminate()
        if self._pool is not None:
            await self._pool.expire_connections()

    def _complain(self, error: BaseException, sentence: str) -> None:
        """Raises DatabaseError where the server fails; does nothing where the statement is at fault."""
        trouble = trouble_of_server(error)
        if trouble is None:
            return
        if self.trouble != trouble.name:
            self.trouble = trouble.name
            log.error("database in trouble", trouble=trouble.name, problem=str(error), database=str(self.address))
        raise DatabaseError(sentence) from error

    def _wrote(self) -> None:
        if self.trouble is not None:
            log.warning("database can be written again", trouble=self.trouble)
            self.trouble = None

    async def empty_journal(self) -> None:
        """Nothing can be done here: how long the server keeps its journal is its operator's to say."""

    async def close(self) -> None:
        """Finish the statements under way and disconnect. Safe to call twice."""
        pool = self._pool
        if pool is None:
            return
        try:
            async with asyncio.timeout(_ANSWERING):
                while self._under_way:
                    self._at_rest.clear()
                    await self._at_rest.wait()
                await pool.close()
        except FAILURES:
            pool.terminate()
        finally:
            self._pool = None


async def _fetch(connection: "_Connection", sql: str, values: Mapping[str, SqlValue]) -> list[Row]:
    text, names = positional(for_postgresql(sql))
    rows: list[Row] = [*await connection.fetch(text, *[values[name] for name in names])]
    return rows


async def _roll_back(connection: "_Connection") -> None:
    with suppress(asyncpg.InterfaceError):  # one that was cut has been thrown away by the pool
        try:
            await connection.execute("ROLLBACK")
        except FAILURES:
            connection.terminate()


async def _set_up(connection: "_Connection") -> None:
    """Make a new connection ready: sums are numbers of the kind that SQLite gives, and a dead line is noticed."""
    await connection.set_type_codec("numeric", schema="pg_catalog", encoder=str, decoder=_number, format="text")
    line = getattr(getattr(connection, "_transport", None), "get_extra_info", lambda name: None)("socket")
    if line is None or line.family == getattr(socket, "AF_UNIX", None):
        return
    line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, seconds in (("TCP_KEEPIDLE", 15), ("TCP_KEEPINTVL", 5), ("TCP_KEEPCNT", 3)):
        if hasattr(socket, option):
            line.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), seconds)


async def _leave(connection: "_Connection") -> None:
    """Nothing has to be put right when a connection goes back: nobody sets anything that outlasts a transaction."""


def _number(text: str) -> int | float:
    return float(text) if "." in text or "N" in text else int(text)


async def _prepare(connection: "_Connection", address: PostgresAddress) -> None:
    """Find out now rather than at the first vote whether the database will do, and upgrade it."""
    if (major := connection.get_server_version().major) < OLDEST:
        raise StartError(f"The database {address} is PostgreSQL {major}; the bot needs {OLDEST} or later.")
    if (encoding := await connection.fetchval("SHOW server_encoding")) != "UTF8":
        raise StartError(
            f"The database {address} keeps text as {encoding}, which cannot hold what people write. Make one with "
            "UTF8: createdb --encoding=UTF8 --template=template0 NAME"
        )
    await migrate_server(connection, address)


async def migrate_server(connection: "_Connection", address: PostgresAddress) -> None:
    """Bring the database to the newest schema, in one transaction that no two processes run at once.

    Raises StartError where a newer version of the bot has written it; then nothing is touched.
    """
    steps = scripts("postgresql")
    newest = steps[-1][0]
    if await schema_of_server(connection) == newest:
        return
    async with connection.transaction():
        await connection.execute(f"SELECT pg_advisory_xact_lock({_MIGRATING})", timeout=600)
        before = await schema_of_server(connection)
        if before > newest:
            raise StartError(
                f"The database {address} was written by a newer version of the bot (schema {before}; this one "
                f"knows up to {newest}). Update the bot, or bring back a backup made before the update."
            )
        if not before:
            await connection.execute("CREATE TABLE schema_version (version BIGINT NOT NULL)")
            await connection.execute("INSERT INTO schema_version (version) VALUES (0)")
        for number, script in steps:
            if number > before:
                await connection.execute(script, timeout=3600)
                await connection.execute("UPDATE schema_version SET version = $1", number)
    if before < newest:
        log.info("database upgraded" if before else "database made", before=before, now=newest)


async def schema_of_server(connection: "_Connection") -> int:
    """The schema version; 0 where there is nothing of the bot's yet."""
    # Not by `to_regclass`, which in a transaction may not know yet what another has made since it was asked first.
    there = await connection.fetchval(
        "SELECT 1 FROM pg_catalog.pg_class WHERE relname = 'schema_version' AND relnamespace = "
        "current_schema()::regnamespace"
    )
    if there is None:
        return 0
    return int(await connection.fetchval("SELECT version FROM schema_version"))
