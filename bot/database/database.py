"""What a database can do, whichever engine it is: SQLite (`sqlite.py`) or PostgreSQL (`postgresql.py`)."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, overload

# What a parameter of a statement may be.
SqlValue = str | bytes | int | float | None


class Row(Protocol):
    """A row of an answer: values by column's name or by number."""

    @overload
    def __getitem__(self, key: str, /) -> Any: ...
    @overload
    def __getitem__(self, key: int, /) -> Any: ...
    @overload
    def __getitem__(self, key: slice, /) -> tuple[Any, ...]: ...
    def __iter__(self) -> Iterator[Any]: ...
    def __len__(self) -> int: ...
    def keys(self) -> Iterable[str]: ...


class Transaction(Protocol):
    """The statements of one transaction; given out by `Database.transaction` and useless after it."""

    async def run(self, sql: str, **values: SqlValue) -> list[Row]:
        """The rows that `sql` returns (RETURNING or SELECT); none for a plain write."""


class Database(Protocol):
    """Statements with parameters like `:name`, and transactions.

    While the database cannot be reached or written every method raises DatabaseError, a sentence for the person;
    nothing is half written, and the next try may work again.
    """

    # What is wrong at the moment, in a word; None while all is well.
    trouble: str | None

    async def open(self) -> None:
        """Connect, and bring the database to the newest schema. Nothing happens when it is open already.

        Raises StartError with a sentence for the operator.
        """

    @property
    def is_open(self) -> bool:
        """Whether `open` was called, and not yet `close`."""

    async def read(self, sql: str, **values: SqlValue) -> list[Row]:
        """All rows of a SELECT."""

    async def write(self, sql: str, **values: SqlValue) -> list[Row]:
        """One statement, committed (on disk) when this returns; the rows of its RETURNING."""

    async def write_then_read(self, sql: str, then: str, **values: SqlValue) -> tuple[list[Row], list[Row]]:
        """The same, and the rows of a SELECT that runs right after it; both may use the same values.

        Of several at a time that read the same, each sees its own write, and what was read last returns last. Where
        `sql` gives all of it on one engine, `then` is empty for that one.
        """

    def transaction(self, server: int | None = None) -> AbstractAsyncContextManager[Transaction]:
        """Several statements, all or none, one transaction after the other. Await nothing else inside.

        `server`: the one whose rows alone are read and written inside, so that those of others need not wait.
        """

    async def empty_journal(self) -> None:
        """Leave nothing of what was deleted where the engine keeps what it will write, if that can be done here."""

    async def close(self) -> None:
        """Finish the writes under way and disconnect. Safe to call twice."""


class _Either(str):
    """A statement, as SQLite takes it; `postgresql` is the same for PostgreSQL."""

    __slots__ = ("postgresql",)
    postgresql: str


def either(sqlite: str, postgresql: str) -> str:
    """One statement in two texts, where no text is understood by both engines."""
    both = _Either(sqlite)
    both.postgresql = postgresql
    return both


def for_postgresql(sql: str) -> str:
    """The text that PostgreSQL takes."""
    return sql.postgresql if isinstance(sql, _Either) else sql


async def restored_at(database: Database) -> int | None:
    """When this database took the place of a newer one, in milliseconds since 1970; None where it never did.

    What was due before may have been posted already, by that one.
    """
    ((at,),) = await database.read("SELECT restored_at FROM origin")
    return at if at is None else int(at)
