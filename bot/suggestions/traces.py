"""What stays of a person who was erased: that a server's limits had been used up, under a hash, for thirty days.

Otherwise an erase would lift every limit: the pause between suggestions, how many may be open, one report each, no
vote for one's own. The hash is keyed with a secret of this database and covers server and person; it tells that the
same person is back, and not who that is, nor what they do in another server. Traces are made by an erase alone:
about people who are not erased nothing more is kept.
"""

import hmac
import secrets

from bot.clock import DAY
from bot.database import Database, Transaction

KEPT = 30 * DAY  # longer than the longest pause that a server can choose, seven days
_KEY = "trace key"


class Traces:
    """Finds out whether somebody is a person who was erased."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._key: bytes | None = None

    async def trace(self, guild_id: int, user_id: int) -> str:
        """The trace of a person in a server; it is compared, and kept by an erase alone."""
        if self._key is None:
            rows = await self._database.write(_KEY_SQL, name=_KEY, fresh=secrets.token_hex(32))
            self._key = bytes.fromhex(rows[0]["value"])
        return _trace(self._key, guild_id, user_id)

    async def made(self, guild_id: int, user_id: int, suggestion_id: int) -> bool:
        """Whether that suggestion is this person's own, made before they were erased."""
        return await self._knows(guild_id, user_id, "suggested", suggestion_id)

    async def reported(self, guild_id: int, user_id: int, suggestion_id: int) -> bool:
        """Whether this person has reported it, before they were erased."""
        return await self._knows(guild_id, user_id, "reported", suggestion_id)

    async def author_of(self, suggestion_id: int) -> str | None:
        """The trace of an erased author; None where nothing is known (any more)."""
        rows = await self._database.read(
            "SELECT trace FROM erased_trace WHERE suggestion_id = :id AND what = 'suggested'", id=suggestion_id
        )
        return str(rows[0]["trace"]) if rows else None

    async def tidy(self, now: int) -> None:
        """Traces of long ago go."""
        await self._database.write("DELETE FROM erased_trace WHERE at < :old", old=now - KEPT)

    async def _knows(self, guild_id: int, user_id: int, what: str, suggestion_id: int) -> bool:
        return bool(
            await self._database.read(
                """
                SELECT 1 FROM erased_trace
                WHERE guild_id = :guild_id AND trace = :trace AND what = :what AND suggestion_id = :id
                """,
                guild_id=guild_id,
                trace=await self.trace(guild_id, user_id),
                what=what,
                id=suggestion_id,
            )
        )


_KEY_SQL = """
    INSERT INTO memo (name, value) VALUES (:name, :fresh)
    ON CONFLICT (name) DO UPDATE SET value = memo.value RETURNING value
"""


async def leave_traces(transaction: Transaction, user_id: int, now: int) -> None:
    """Part of an erase, and before it: note what this person has used up of servers' limits of late."""
    rows = await transaction.run(_KEY_SQL, name=_KEY, fresh=secrets.token_hex(32))
    key = bytes.fromhex(rows[0]["value"])
    used_up = await transaction.run(
        """
        SELECT guild_id, 'suggested' AS what, id AS suggestion_id, created_at AS at FROM suggestion
        WHERE author_id = :user AND created_at >= :since
        UNION ALL
        SELECT suggestion.guild_id, 'reported', suggestion_id, report.at FROM report
        JOIN suggestion ON suggestion.id = suggestion_id
        WHERE user_id = :user AND report.at >= :since
        """,
        user=user_id,
        since=now - KEPT,
    )
    for row in used_up:
        await transaction.run(
            """
            INSERT INTO erased_trace (guild_id, trace, what, suggestion_id, at)
            VALUES (:guild_id, :trace, :what, :id, :at)
            ON CONFLICT (guild_id, trace, what, suggestion_id) DO NOTHING
            """,
            guild_id=row["guild_id"],
            trace=_trace(key, row["guild_id"], user_id),
            what=row["what"],
            id=row["suggestion_id"],
            at=row["at"],
        )


def _trace(key: bytes, guild_id: int, user_id: int) -> str:
    return hmac.digest(key, f"{guild_id} {user_id}".encode(), "sha256").hex()[:32]
