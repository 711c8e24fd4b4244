"""The week in montages in the database: which servers want it, when it is due, and what was posted."""

from datetime import date
from typing import NamedTuple

from bot.daily.rhythm import Plan, Weekdays
from bot.daily.store import Daily
from bot.database import Row
from bot.delivery import JobStore
from bot.languages import kept, said_of


class WeekPost(NamedTuple):
    """When a server's week is due; `due_at` None: not wanted now. `latest`: the date of the last one posted."""

    guild_id: int
    weekday: int
    day: date
    due_at: int | None
    claimed_at: int | None = None
    latest: date | None = None
    problem: str | None = None

    @property
    def wanted(self) -> bool:
        """Whether there is one every week."""
        return self.due_at is not None

    def plan(self, daily: Daily) -> Plan:
        """On which days it comes: a pause of the daily post is one of this, too."""
        return Plan(Weekdays(frozenset((self.weekday,))), daily.resumes)


def _week_post(row: Row) -> WeekPost:
    return WeekPost(
        row["guild_id"],
        row["weekday"],
        date.fromisoformat(row["day"]),
        row["due_at"],
        row["claimed_at"],
        date.fromisoformat(row["latest"]) if row["latest"] else None,
        said_of(row["problem"]),
    )


class WeekStore(JobStore[WeekPost]):
    """Days are the server's own dates."""

    table = "week_post"

    def _job(self, row: Row) -> WeekPost:
        return _week_post(row)

    async def get(self, guild_id: int) -> WeekPost | None:
        """What the server wants; None where it never wanted one."""
        rows = await self._database.read("SELECT * FROM week_post WHERE guild_id = :guild_id", guild_id=guild_id)
        return _week_post(rows[0]) if rows else None

    async def put(self, week: WeekPost) -> None:
        """Want it, from that day on. What was claimed for another day will not be sent any more."""
        await self._database.write(
            """
            INSERT INTO week_post (guild_id, weekday, day, due_at) VALUES (:guild_id, :weekday, :day, :due)
            ON CONFLICT (guild_id) DO UPDATE
            SET claimed_at = CASE WHEN week_post.day = excluded.day THEN week_post.claimed_at END,
                weekday = excluded.weekday, day = excluded.day, due_at = excluded.due_at, problem = NULL
            """,
            guild_id=week.guild_id,
            weekday=week.weekday,
            day=week.day.isoformat(),
            due=week.due_at,
        )

    async def end(self, guild_id: int) -> None:
        """Want it no more; what was posted stays known, so that wanting it again repeats nothing."""
        await self._database.write(
            "UPDATE week_post SET due_at = NULL, problem = NULL WHERE guild_id = :guild_id", guild_id=guild_id
        )

    async def claim(self, week: WeekPost, at: int) -> bool:
        """Take the right to post it; False where somebody has changed what is wanted meanwhile."""
        rows = await self._database.write(
            """
            UPDATE week_post SET claimed_at = coalesce(claimed_at, :at)
            WHERE guild_id = :guild_id AND day = :day AND due_at = :was RETURNING guild_id
            """,
            at=at,
            day=week.day.isoformat(),
            guild_id=week.guild_id,
            was=week.due_at,
        )
        return bool(rows)

    async def done(self, week: WeekPost, next_day: date, due_at: int) -> None:
        """It stands; the following one is due then, unless what is wanted has changed meanwhile."""
        async with self._database.transaction(week.guild_id) as transaction:
            await transaction.run(
                "UPDATE week_post SET latest = :day, claimed_at = NULL WHERE guild_id = :guild_id",
                day=week.day.isoformat(),
                guild_id=week.guild_id,
            )
            await transaction.run(
                """
                UPDATE week_post SET day = :next, due_at = :due, problem = NULL
                WHERE guild_id = :guild_id AND due_at = :was
                """,
                next=next_day.isoformat(),
                due=due_at,
                guild_id=week.guild_id,
                was=week.due_at,
            )

    async def move(self, week: WeekPost, day: date, due_at: int) -> None:
        """It is due then, on another day; what was claimed before is over."""
        await self._database.write(
            """
            UPDATE week_post SET day = :day, due_at = :due, claimed_at = NULL
            WHERE guild_id = :guild_id AND due_at = :was
            """,
            day=day.isoformat(),
            due=due_at,
            guild_id=week.guild_id,
            was=week.due_at,
        )

    async def failed(self, week: WeekPost, problem: str, again_at: int, *, nothing_posted: bool) -> None:
        """Why there is none yet; tried again then. `nothing_posted`: that is sure, so nobody need look."""
        await self._database.write(
            """
            UPDATE week_post
            SET due_at = :again, problem = :problem, claimed_at = CASE WHEN :sure = 1 THEN NULL ELSE claimed_at END
            WHERE guild_id = :guild_id AND due_at = :was
            """,
            again=again_at,
            problem=kept(problem),
            sure=int(nothing_posted),
            guild_id=week.guild_id,
            was=week.due_at,
        )
