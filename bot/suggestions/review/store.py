"""What moderators work with, in the database: the queue, reports, blocked members; and who wants notices."""

from typing import TypeAlias

from bot.database import Database
from bot.languages import Said, kept
from bot.suggestions.suggestion import Blocked, Report, Suggestion
from bot.suggestions.traces import Traces

# A member by their id, or somebody who was erased by their trace: nobody knows who that is.
Person: TypeAlias = int | str


def _blocked_in(person: Person) -> tuple[str, str]:
    """(the table of those who are blocked, the column that says who)"""
    return ("blocked", "user_id") if isinstance(person, int) else ("blocked_trace", "trace")


class ModerationStore:
    """Reports and blocks, and the order in which things wait for a moderator."""

    def __init__(self, database: Database, traces: Traces) -> None:
        self._database, self._traces = database, traces

    async def queue(self, guild_id: int) -> list[int]:
        """Numbers of everything that a moderator may want to look at: what is reported first, then what waits
        for review, then cards in trouble, then what is open; the oldest first.
        """
        rows = await self._database.read(
            """
            WITH urgent AS (
                SELECT id, CASE
                    WHEN EXISTS (
                        SELECT 1 FROM report WHERE suggestion_id = suggestion.id AND settled_at IS NULL
                    ) THEN 0
                    WHEN state = 'waiting' THEN 1
                    WHEN trouble <> '' THEN 2
                    WHEN state = 'open' THEN 3
                END AS urgency
                FROM suggestion WHERE guild_id = :guild_id
            )
            SELECT id FROM urgent WHERE urgency IS NOT NULL ORDER BY urgency, id
            """,
            guild_id=guild_id,
        )
        return [row["id"] for row in rows]

    async def report(self, suggestion: Suggestion, user_id: int, why: str, at: int) -> bool:
        """Keep a report; False where this person has reported it before."""
        if await self._traces.reported(suggestion.guild_id, user_id, suggestion.id):
            return False
        rows = await self._database.write(
            """
            INSERT INTO report (suggestion_id, user_id, why, at) VALUES (:suggestion, :user, :why, :at)
            ON CONFLICT (suggestion_id, user_id) DO NOTHING RETURNING 1
            """,
            suggestion=suggestion.id,
            user=user_id,
            why=why,
            at=at,
        )
        return bool(rows)

    async def reported(self, guild_id: int) -> int:
        """How many suggestions have reports that nobody has dealt with."""
        ((number,),) = await self._database.read(
            """
            SELECT count(DISTINCT suggestion_id) FROM report
            JOIN suggestion ON suggestion.id = suggestion_id
            WHERE guild_id = :guild_id AND settled_at IS NULL
            """,
            guild_id=guild_id,
        )
        return int(number)

    async def settle(self, suggestion_id: int, by: int, at: int, event_id: int | None = None) -> None:
        """A moderator has dealt with the reports on it, by hand or with the decision that this event is."""
        await self._database.write(
            """
            UPDATE report SET settled_at = :at, settled_by = :by, settled_with = :event
            WHERE suggestion_id = :suggestion AND settled_at IS NULL
            """,
            suggestion=suggestion_id,
            by=by,
            at=at,
            event=event_id,
        )

    async def reports(self, suggestion_id: int) -> list[Report]:
        """Every report that was ever made, settled or not, the oldest first."""
        rows = await self._database.read(
            """
            SELECT user_id, why, at, settled_at, settled_by FROM report
            WHERE suggestion_id = :suggestion ORDER BY at, user_id
            """,
            suggestion=suggestion_id,
        )
        return [Report(*row) for row in rows]

    async def author_of(self, suggestion: Suggestion) -> Person | None:
        """Who made it; None where nobody knows (any more)."""
        if suggestion.author_id is not None:
            return suggestion.author_id
        return await self._traces.author_of(suggestion.id)

    async def block(self, guild_id: int, person: Person, by: int, why: str, at: int) -> None:
        """They may not suggest or report here any more."""
        table, column = _blocked_in(person)
        await self._database.write(
            f"""
            INSERT INTO {table} (guild_id, {column}, by_id, why, at) VALUES (:guild_id, :person, :by, :why, :at)
            ON CONFLICT (guild_id, {column}) DO UPDATE
            SET by_id = excluded.by_id, why = excluded.why, at = excluded.at
            """,
            guild_id=guild_id,
            person=person,
            by=by,
            why=kept(why),
            at=at,
        )

    async def unblock(self, guild_id: int, person: Person) -> bool:
        """They may again; False where they were not blocked. A member's trace is freed with them."""
        table, column = _blocked_in(person)
        rows = await self._database.write(
            f"DELETE FROM {table} WHERE guild_id = :guild_id AND {column} = :person RETURNING 1",
            guild_id=guild_id,
            person=person,
        )
        by_trace = isinstance(person, int) and await self.unblock(
            guild_id, await self._traces.trace(guild_id, person)
        )
        return bool(rows) or by_trace

    async def is_blocked(self, guild_id: int, person: Person) -> bool:
        """Whether they may not suggest or report here; a member also by the trace that they have left."""
        table, column = _blocked_in(person)
        rows = await self._database.read(
            f"SELECT 1 FROM {table} WHERE guild_id = :guild_id AND {column} = :person",
            guild_id=guild_id,
            person=person,
        )
        if rows or not isinstance(person, int):
            return bool(rows)
        return await self.is_blocked(guild_id, await self._traces.trace(guild_id, person))

    async def blocked(self, guild_id: int) -> list[Blocked]:
        """Everybody who is blocked, the latest first."""
        rows = await self._database.read(
            """
            SELECT user_id, NULL AS trace, why, at FROM blocked WHERE guild_id = :guild_id
            UNION ALL
            SELECT NULL, trace, why, at FROM blocked_trace WHERE guild_id = :guild_id
            ORDER BY at DESC
            """,
            guild_id=guild_id,
        )
        return [Blocked(row["user_id"], row["trace"], Said.read(row["why"])) for row in rows]


class NoticeStore:
    """Who wants a direct message when their suggestion is decided: nobody who has not asked for it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def set(self, user_id: int, wanted: bool) -> None:
        """Keep what the person chose, for all servers."""
        if wanted:
            await self._database.write(
                "INSERT INTO notice_wanted (user_id) VALUES (:user) ON CONFLICT DO NOTHING", user=user_id
            )
        else:
            await self._database.write("DELETE FROM notice_wanted WHERE user_id = :user", user=user_id)

    async def wanted(self, user_id: int) -> bool:
        """Whether they asked for it."""
        return bool(await self._database.read("SELECT 1 FROM notice_wanted WHERE user_id = :user", user=user_id))
