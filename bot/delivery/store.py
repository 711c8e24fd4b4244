"""What is posted at a time, in the database: what is due, and what is noted when it fails."""

from abc import ABC, abstractmethod
from typing import ClassVar, Generic, Protocol, TypeVar

from bot.database import Database, Row, Transaction, restored_at
from bot.languages import kept
from bot.shards import EVERY_SHARD, Shards


class Job(Protocol):
    """What a server wants posted, again and again."""

    @property
    def guild_id(self) -> int: ...

    @property
    def due_at(self) -> int | None:
        """When something is to be done; None: nothing is, or it was given up."""


class LastingJob(Job, Protocol):
    """One that is tried again for days."""

    @property
    def failing_since(self) -> int | None:
        """When the next post failed for the first time; None while all is well."""


J = TypeVar("J", bound=Job)
L = TypeVar("L", bound=LastingJob)


class JobStore(ABC, Generic[J]):
    """A table of jobs, with the columns `guild_id` and `due_at`. Times are milliseconds since 1970.

    A change counts only while nobody has made another since the job was read.
    """

    table: ClassVar[str]

    def __init__(self, database: Database, shards: Shards = EVERY_SHARD) -> None:
        self._database = database
        self._own = shards.owned("guild_id")

    @abstractmethod
    def _job(self, row: Row) -> J:
        """The job that stands in a row of the table."""

    def _key(self, job: J) -> tuple[str, int]:
        """(column, value) that a job is known by."""
        return "guild_id", job.guild_id

    async def due(self, now: int, most: int) -> list[J]:
        """Those whose time has come, in the servers of one's own shards; the longest due first."""
        rows = await self._database.read(
            f"SELECT * FROM {self.table} WHERE due_at <= :now AND {self._own} ORDER BY due_at LIMIT :most",  # noqa: S608 - a table and a condition of our own
            now=now,
            most=most,
        )
        return list(map(self._job, rows))

    async def next_due(self) -> int | None:
        """When the next one's time comes; None when nobody waits for any."""
        ((at,),) = await self._database.read(
            f"SELECT min(due_at) FROM {self.table} WHERE due_at IS NOT NULL AND {self._own}"  # noqa: S608 - a table and a condition of our own
        )
        return at if at is None else int(at)

    async def postpone(self, job: J, until: int | None) -> None:
        """Look again then, or never; what is claimed stays claimed."""
        await self._move(job, job.due_at, until)

    async def _move(self, job: J, was: int | None, due_at: int | None) -> None:
        column, key = self._key(job)
        await self._database.write(
            f"UPDATE {self.table} SET due_at = :due WHERE {column} = :key AND due_at = :was",  # noqa: S608 - names of our own
            due=due_at,
            key=key,
            was=was,
        )

    async def restored_at(self) -> int | None:
        """See `bot.database.restored_at`."""
        return await restored_at(self._database)


class LastingStore(JobStore[L]):
    """The same with the columns `failing_since` and `problem`."""

    @abstractmethod
    async def _forget_claim(self, transaction: Transaction, job: L) -> None:
        """Nothing was posted by whoever has claimed the job's post."""

    async def failed(self, job: L, at: int, problem: str, again_at: int, *, nothing_posted: bool) -> None:
        """Why there is no post; tried again then. `nothing_posted`: that is sure, so nobody need look."""
        column, key = self._key(job)
        async with self._database.transaction(job.guild_id) as transaction:
            if nothing_posted:
                await self._forget_claim(transaction, job)
            await transaction.run(
                f"""
                UPDATE {self.table}
                SET due_at = :again, failing_since = coalesce(failing_since, :at), problem = :problem
                WHERE {column} = :key AND due_at = :was
                """,  # noqa: S608 - names of our own
                again=again_at,
                at=at,
                problem=kept(problem),
                key=key,
                was=job.due_at,
            )

    async def give_up(self, job: L, again_at: int) -> None:
        """Try it no more, after a failure that would have been tried again then."""
        await self._move(job, again_at, None)
