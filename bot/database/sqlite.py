"""SQLite: one file, one connection that everything shares, and one lock that every write passes."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import aiosqlite
import structlog

from bot.database.database import Row, SqlValue, Transaction
from bot.database.lock import lock_of
from bot.database.migrations import migrate_file, refuse_newer, version
from bot.database.private import private_database, private_folder
from bot.database.trouble import CANNOT_READ, CANNOT_WRITE, DAMAGED, LOCKED, DatabaseError, trouble_of
from bot.errors import AGAIN, StartError

log = structlog.get_logger(__name__)

# An acknowledged vote survives a power cut (WAL with FULL), and foreign keys mean what they say.
# Nobody else writes the file, so a lock is somebody's database shell: while the one connection waits for it,
# everybody waits, so not for long. What is deleted is written over, whatever this SQLite was built to do.
_PRAGMAS = """
PRAGMA secure_delete = ON;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON;
PRAGMA busy_timeout = 1000;
"""


class _Write(NamedTuple):
    """A statement that is committed by itself, and a SELECT that is read after it (empty for none)."""

    sql: str
    then: str
    values: dict[str, SqlValue]


# The rows of a write's RETURNING, and of the SELECT after it.
_Rows = tuple[list[Row], list[Row]]


class _SqliteTransaction:
    """See `bot.database.Transaction`."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def run(self, sql: str, **values: SqlValue) -> list[Row]:
        """The rows that `sql` returns (RETURNING or SELECT); none for a plain write."""
        return list(await self._connection.execute_fetchall(sql, values))


class SqliteDatabase:
    """See `bot.database.Database`: one file. Reads go straight through; every write holds the same lock.

    On a shared connection another coroutine's commit would make a half-done transaction permanent,
    and a lone write would fall inside somebody's transaction: so both take the lock.

    When the file fails (disk full, read-only, locked …) every method raises DatabaseError, a sentence for the
    person; nothing is half written, and the next try may work again.
    """

    def __init__(self, path: Path) -> None:
        # The file itself: under another name (a link) it would have another lock.
        self.path = path.resolve()
        # What is wrong with the file at the moment, in a word; None while it can be written.
        self.trouble: str | None = None
        self._lock = asyncio.Lock()
        self._waiting: list[tuple[_Write, asyncio.Future[_Rows]]] = []
        self._writer: asyncio.Task[None] | None = None
        self._file_lock = lock_of(self.path)
        self._open: aiosqlite.Connection | None = None

    async def open(self) -> None:
        """Open the file, make it if it is missing, and bring it to the newest schema.

        Nothing happens when it is open already: a client that logs in again keeps its connection.
        Raises StartError with a sentence for the operator: in use, unreadable, damaged, too new.
        """
        if self._open is not None:
            return
        if self.path.is_dir():
            raise StartError(f"The database {self.path} is a folder. Set MONTAGE_DATABASE to a file in it.")
        try:
            private_folder(self.path.parent)
            private_database(self.path)
            self._file_lock.take()
        except BlockingIOError:
            raise StartError(
                f"The database {self.path} is in use by another bot process. Stop that one first, "
                "or set MONTAGE_DATABASE to another file.",
                AGAIN,
            ) from None
        except OSError as problem:
            raise self._cannot_start(problem) from problem
        connection = None
        left = _as_left(self.path)
        connecting = aiosqlite.connect(self.path, isolation_level=None)
        try:
            connection = await connecting
            connection.row_factory = sqlite3.Row
            await _prepare(connection, self.path, check=self._file_lock.note != left)
            await migrate_file(connection, self.path)
        except BaseException as problem:
            if connection is not None:
                await connection.close()
            else:
                connecting._thread.join()  # it is about to end, and must not outlive the event loop
            self._file_lock.release()
            if isinstance(problem, sqlite3.Error):
                raise self._cannot_start(problem) from problem
            raise
        self._open = connection

    def _cannot_start(self, problem: sqlite3.Error | OSError) -> StartError:
        trouble = trouble_of(problem)
        if trouble is None:
            return StartError(f"The database {self.path} cannot be opened: {problem}.")
        return trouble.start_error(self.path)

    @property
    def is_open(self) -> bool:
        """Whether the connection stands."""
        return self._open is not None

    @property
    def _connection(self) -> aiosqlite.Connection:
        if self._open is None:
            raise RuntimeError("the database is not open")
        return self._open

    async def read(self, sql: str, **values: SqlValue) -> list[Row]:
        """All rows of a SELECT."""
        try:
            return list(await self._connection.execute_fetchall(sql, values))
        except sqlite3.Error as error:
            self._complain(error, CANNOT_READ)
            raise

    async def write(self, sql: str, **values: SqlValue) -> list[Row]:
        """One statement, committed (on disk) when this returns; the rows of its RETURNING.

        Those that have to wait for the lock are committed together: a disk syncs so many times a second.
        """
        return (await self.write_then_read(sql, "", **values))[0]

    async def write_then_read(self, sql: str, then: str, **values: SqlValue) -> tuple[list[Row], list[Row]]:
        """The same, and the rows of a SELECT that runs right after it, in one trip to the database.

        Both may use the same values.
        """
        try:
            rows = await self._written(_Write(sql, then, values))
        except sqlite3.Error as error:
            self._complain(error, CANNOT_WRITE)
            raise
        self._wrote()
        return rows

    async def _written(self, write: _Write) -> _Rows:
        if not self._lock.locked() and not self._waiting:
            async with self._lock:
                (outcome,) = await self._run_each([write])
                if isinstance(outcome, BaseException):
                    raise outcome
                return outcome
        waiting = asyncio.get_running_loop().create_future()
        self._waiting.append((write, waiting))
        if len(self._waiting) == 1:
            self._writer = asyncio.create_task(self._write_waiting())
        rows: _Rows = await waiting
        return rows

    async def _write_waiting(self) -> None:
        async with self._lock:
            together, self._waiting = self._waiting, []
            outcomes: Sequence[_Rows | BaseException]
            try:
                outcomes = await self._commit_together([write for write, _ in together])
            except Exception as problem:  # whatever it is, somebody waits to hear of it
                outcomes = [problem] * len(together)
        for (_, waiting), outcome in zip(together, outcomes, strict=True):
            if waiting.done():  # they were cancelled while they waited
                continue
            if isinstance(outcome, BaseException):
                waiting.set_exception(outcome)
            else:
                waiting.set_result(outcome)

    async def _commit_together(self, writes: list[_Write]) -> Sequence[_Rows | BaseException]:
        """Each statement's rows, all of them committed at once; where one fails, each is tried on its own.

        Pays for itself in the benchmark's row "vote, 32 at once": one sync of the disk for all, not one for each.
        """
        try:
            await self._connection.execute("BEGIN IMMEDIATE")
            outcomes = await self._run_each(writes)
            if not any(isinstance(outcome, BaseException) for outcome in outcomes):
                await self._connection.commit()
                return outcomes
        except sqlite3.Error as problem:
            # After a lock each try would wait as long again, and everybody with it.
            if trouble_of(problem) is LOCKED:
                return [problem] * len(writes)
        await self._connection.rollback()
        return await self._run_each(writes)

    async def _run_each(self, writes: list[_Write]) -> Sequence[_Rows | BaseException]:
        """The rows or the failure of each; all are handed to the connection's thread without waiting in between."""
        run = self._connection.execute_fetchall
        statements = [run(sql, write.values) for write in writes for sql in (write.sql, write.then) if sql]
        outcomes = iter(await asyncio.gather(*statements, return_exceptions=True))
        return [_rows(next(outcomes), next(outcomes) if write.then else ()) for write in writes]

    @asynccontextmanager
    async def while_nobody_writes(self) -> AsyncIterator[Transaction]:
        """Statements between which nothing is written; for reading, and for temporary tables. Not a transaction.

        Everybody who wants to write waits for it, so read for a few milliseconds at most.
        """
        async with self._lock:
            try:
                yield _SqliteTransaction(self._connection)
            except sqlite3.Error as error:
                self._complain(error, CANNOT_READ)
                raise

    @asynccontextmanager
    async def transaction(self, server: int | None = None) -> AsyncIterator[Transaction]:
        """Several statements, all or none. Await nothing but the transaction inside: everybody waits for it."""
        async with self._lock:
            try:
                # Begin and commit are inside, too: whichever of them fails or is cancelled, nothing stays open.
                await self._connection.execute("BEGIN IMMEDIATE")
                yield _SqliteTransaction(self._connection)
                await self._connection.commit()
            except BaseException as error:
                await self._connection.rollback()
                if isinstance(error, sqlite3.Error):
                    self._complain(error, CANNOT_WRITE)
                raise
            self._wrote()

    def _complain(self, error: sqlite3.Error, sentence: str) -> None:
        """Raises DatabaseError where the file fails; does nothing where the statement is at fault."""
        trouble = trouble_of(error)
        if trouble is None:
            return
        if self.trouble != trouble.name:
            self.trouble = trouble.name
            log.error("database in trouble", trouble=trouble.name, problem=str(error), file=str(self.path))
        raise DatabaseError(sentence) from error

    def _wrote(self) -> None:
        if self.trouble is not None:
            log.warning("database can be written again", trouble=self.trouble)
            self.trouble = None

    async def empty_journal(self) -> None:
        """Leave nothing of what was deleted in the journal either, where it stands until that is written anew.

        While somebody reads (a backup is made), that is left to the next time, or to the end.
        """
        async with self._lock:
            with suppress(sqlite3.Error):  # what was written is safe, and whatever is wrong will be said elsewhere
                await self._connection.executescript(
                    "PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA busy_timeout = 1000;"
                )

    async def close(self) -> None:
        """Finish the writes under way, fold the journal into the file and let go of it. Safe to call twice."""
        if self._writer is not None:
            await asyncio.wait({self._writer})
        async with self._lock:
            connection, self._open = self._open, None
            if connection is not None:
                await connection.close()
                self._file_lock.release(_as_left(self.path))
            else:
                self._file_lock.release()


def _as_left(path: Path) -> str:
    """Changes with every change to the file; empty when there is none."""
    with suppress(OSError):
        found = path.stat()
        return f"{found.st_size} {found.st_mtime_ns}"
    return ""


async def _prepare(connection: aiosqlite.Connection, path: Path, *, check: bool) -> None:
    """Set the connection up, and find out now rather than at the first vote whether the file will do.

    `check` is for a file that somebody else may have touched since it was last closed in good order.
    """
    await refuse_newer(connection, path)
    await connection.executescript(_PRAGMAS)
    current = await version(connection)
    await connection.execute("BEGIN IMMEDIATE")  # fails where somebody holds the file …
    await connection.execute(f"PRAGMA user_version = {current}")  # … and this where it may not be written
    await connection.rollback()
    if check:
        (found, *_) = await connection.execute_fetchall("PRAGMA quick_check(1)")  # 0.7 s for a million votes
        if found[0] != "ok":
            raise DAMAGED.start_error(path)


def _rows(written: Iterable[Row] | BaseException, read: Iterable[Row] | BaseException) -> _Rows | BaseException:
    """What came of a write and of the SELECT after it."""
    if isinstance(written, BaseException):
        return written
    return read if isinstance(read, BaseException) else (list(written), list(read))
