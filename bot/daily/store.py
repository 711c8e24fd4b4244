"""The daily montage in the database: what was picked, who wants it posted, what was posted."""

from dataclasses import dataclass
from datetime import date

from bot import clock
from bot.catalogue import Filters
from bot.catalogue.stored_filters import UnreadableFilters, decode_filters, encode_filters
from bot.daily.rhythm import EVERY_DAY, EveryDays, Plan, Rhythm, Weekdays
from bot.daily.schedule import Due
from bot.database import Row, SqlValue, Transaction
from bot.delivery import Claim, LastingStore
from bot.errors import UserError
from bot.languages import _, kept, said_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily:
    """A server's daily post. `minute` is of the wall clock in `timezone`; `due_at` None: it was given up.

    `filters` None: what was stored cannot be read, so nothing may be posted.
    """

    guild_id: int
    channel_id: int
    minute: int
    timezone: str
    filters: Filters | None
    role_id: int | None = None
    thread: bool = False
    rhythm: Rhythm = EVERY_DAY
    resumes: date | None = None
    skipped: frozenset[date] = frozenset()
    day: date
    due_at: int | None
    failing_since: int | None = None
    problem: str | None = None

    @property
    def plan(self) -> Plan:
        """On which days there is a post."""
        return Plan(self.rhythm, self.resumes, self.skipped)

    @property
    def readable_filters(self) -> Filters:
        """The filters. Raises UserError where they cannot be read: anything might be shown without them."""
        if self.filters is None:
            raise UserError(
                _(
                    "I can't read any more which montages this server's daily post should pick from. Somebody who "
                    "manages the server can start it again with `/daily start`."
                )
            )
        return self.filters


def _daily(row: Row) -> Daily:
    return Daily(
        guild_id=row["guild_id"],
        channel_id=row["channel_id"],
        minute=row["minute"],
        timezone=row["timezone"],
        filters=_filters(row["filters"]),
        role_id=row["role_id"],
        thread=bool(row["thread"]),
        rhythm=_rhythm(row),
        resumes=_date(row["resumes"]),
        skipped=frozenset(map(date.fromisoformat, row["skipped"].split())),
        day=date.fromisoformat(row["day"]),
        due_at=row["due_at"],
        failing_since=row["failing_since"],
        problem=said_of(row["problem"]),
    )


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _rhythm(row: Row) -> Rhythm:
    if row["every_days"] is not None:
        return EveryDays(row["every_days"], _date(row["anchor"]))
    return Weekdays(frozenset(day for day in range(7) if row["weekdays"] >> day & 1))


def _rhythm_values(rhythm: Rhythm) -> dict[str, SqlValue]:
    if isinstance(rhythm, EveryDays):
        return {"weekdays": 127, "every": rhythm.number, "anchor": _iso(rhythm.anchor)}
    return {"weekdays": sum(1 << day for day in rhythm.days), "every": None, "anchor": None}


def _filters(text: str) -> Filters | None:
    try:
        return decode_filters(text)
    except UnreadableFilters:
        return None


class DailyStore(LastingStore[Daily]):
    """Days are the server's own dates."""

    table = "daily"

    def _job(self, row: Row) -> Daily:
        return _daily(row)

    # --- the montage of the day ---

    async def picks(self, guild_id: int) -> dict[str, date]:
        """When each montage had its day there, the latest first."""
        rows = await self._database.read(
            "SELECT montage_id, day FROM daily_pick WHERE guild_id = :guild_id ORDER BY day DESC", guild_id=guild_id
        )
        return {row["montage_id"]: date.fromisoformat(row["day"]) for row in rows}

    async def pick(self, guild_id: int, day: date, montage_id: str) -> str:
        """Make it the montage of that day; returns the one that is, for somebody may have been faster."""
        async with self._database.transaction(guild_id) as transaction:
            taken = await transaction.run(
                "SELECT montage_id FROM daily_pick WHERE guild_id = :guild_id AND day = :day",
                guild_id=guild_id,
                day=day.isoformat(),
            )
            if taken:
                return str(taken[0]["montage_id"])
            await transaction.run(
                """
                INSERT INTO daily_pick (guild_id, montage_id, day) VALUES (:guild_id, :montage, :day)
                ON CONFLICT (guild_id, montage_id) DO UPDATE SET day = excluded.day
                """,
                guild_id=guild_id,
                montage=montage_id,
                day=day.isoformat(),
            )
        return montage_id

    async def drop_pick(self, guild_id: int, montage_id: str) -> None:
        """It cannot be shown there any more, so it has had no day."""
        await self._database.write(
            "DELETE FROM daily_pick WHERE guild_id = :guild_id AND montage_id = :montage",
            guild_id=guild_id,
            montage=montage_id,
        )

    # --- who wants it posted ---

    async def get(self, guild_id: int) -> Daily | None:
        """What the server asked for."""
        rows = await self._database.read("SELECT * FROM daily WHERE guild_id = :guild_id", guild_id=guild_id)
        return _daily(rows[0]) if rows else None

    async def put(self, daily: Daily) -> None:
        """Begin, or change what was asked for before."""
        await self._database.write(
            """
            INSERT INTO daily (
                guild_id, channel_id, minute, timezone, filters, role_id, thread, day, due_at,
                weekdays, every_days, anchor, resumes, skipped
            )
            VALUES (
                :guild_id, :channel, :minute, :timezone, :filters, :role, :thread, :day, :due,
                :weekdays, :every, :anchor, :resumes, :skipped
            )
            ON CONFLICT (guild_id) DO UPDATE
            SET channel_id = excluded.channel_id, minute = excluded.minute, timezone = excluded.timezone,
                filters = excluded.filters, role_id = excluded.role_id, thread = excluded.thread,
                day = excluded.day, due_at = excluded.due_at, failing_since = NULL, problem = NULL,
                weekdays = excluded.weekdays, every_days = excluded.every_days, anchor = excluded.anchor,
                resumes = excluded.resumes, skipped = excluded.skipped
            """,
            guild_id=daily.guild_id,
            channel=daily.channel_id,
            minute=daily.minute,
            timezone=daily.timezone,
            filters=encode_filters(daily.readable_filters),
            role=daily.role_id,
            thread=int(daily.thread),
            resumes=_iso(daily.resumes),
            skipped=" ".join(sorted(day.isoformat() for day in daily.skipped)),
            day=daily.day.isoformat(),
            due=daily.due_at,
            **_rhythm_values(daily.rhythm),
        )

    async def remove(self, guild_id: int) -> None:
        """No post any more."""
        await self._database.write("DELETE FROM daily WHERE guild_id = :guild_id", guild_id=guild_id)

    # --- what was posted ---

    async def posted(self, guild_id: int, day: date) -> bool:
        """Whether that day has its post, or may have it."""
        rows = await self._database.read(
            "SELECT 1 FROM daily_post WHERE guild_id = :guild_id AND day = :day",
            guild_id=guild_id,
            day=day.isoformat(),
        )
        return bool(rows)

    async def claim(self, guild_id: int, day: date, at: int) -> Claim:
        """Take the right to post that day; tells whether an earlier try has taken it before."""
        values: dict[str, SqlValue] = {"guild_id": guild_id, "day": day.isoformat()}
        fresh = await self._database.write(
            """
            INSERT INTO daily_post (guild_id, day, claimed_at) VALUES (:guild_id, :day, :at)
            ON CONFLICT (guild_id, day) DO NOTHING RETURNING claimed_at
            """,
            **values,
            at=at,
        )
        if fresh:
            return Claim(True, at)
        (row,) = await self._database.read(
            "SELECT claimed_at, message_id FROM daily_post WHERE guild_id = :guild_id AND day = :day", **values
        )
        return Claim(False, row["claimed_at"], row["message_id"])

    async def done(self, daily: Daily, day: date, message_id: int, following: Due) -> None:
        """The post stands (0: under an id that is not known), and this is when the following one is due."""
        async with self._database.transaction(daily.guild_id) as transaction:
            await transaction.run(
                "UPDATE daily_post SET message_id = :message WHERE guild_id = :guild_id AND day = :day",
                message=message_id,
                guild_id=daily.guild_id,
                day=day.isoformat(),
            )
            await transaction.run(
                """
                UPDATE daily SET day = :day, due_at = :due, failing_since = NULL, problem = NULL
                WHERE guild_id = :guild_id AND due_at = :was
                """,
                day=following.day.isoformat(),
                due=clock.milliseconds(following.at),
                guild_id=daily.guild_id,
                was=daily.due_at,
            )

    async def _forget_claim(self, transaction: Transaction, job: Daily) -> None:
        await transaction.run(
            "DELETE FROM daily_post WHERE guild_id = :guild_id AND day = :day AND message_id IS NULL",
            guild_id=job.guild_id,
            day=job.day.isoformat(),
        )

    async def thread_failed(self, guild_id: int, problem: str) -> None:
        """The latest post stands, but not its thread; shown until the next post."""
        await self._database.write(
            "UPDATE daily SET problem = :problem WHERE guild_id = :guild_id AND failing_since IS NULL",
            problem=kept(problem),
            guild_id=guild_id,
        )

    async def move(self, daily: Daily, day: date, due_at: int) -> None:
        """Try again then, for that day; nothing happens when a moderator has changed it meanwhile."""
        await self._database.write(
            """
            UPDATE daily SET day = :day, due_at = :due WHERE guild_id = :guild_id AND due_at = :was
            """,
            day=day.isoformat(),
            due=due_at,
            guild_id=daily.guild_id,
            was=daily.due_at,
        )

    async def remember(self, daily: Daily, day: date, montage_id: str) -> None:
        """That day's post was found, with that montage; nothing else is known of it any more."""
        async with self._database.transaction(daily.guild_id) as transaction:
            values: dict[str, SqlValue] = {
                "guild_id": daily.guild_id,
                "day": day.isoformat(),
                "montage": montage_id,
            }
            await transaction.run("DELETE FROM daily_pick WHERE guild_id = :guild_id AND day = :day", **values)
            await transaction.run(
                """
                INSERT INTO daily_pick (guild_id, montage_id, day) VALUES (:guild_id, :montage, :day)
                ON CONFLICT (guild_id, montage_id) DO UPDATE SET day = excluded.day
                """,
                **values,
            )

    async def forget_posts(self, before: int) -> None:
        """Posts of long ago, whose days can't come again."""
        await self._database.write("DELETE FROM daily_post WHERE claimed_at < :before", before=before)
