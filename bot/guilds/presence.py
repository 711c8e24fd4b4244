"""Which servers have the bot. One that removed it is kept for thirty days, and comes back to everything."""

from collections.abc import Iterable

from bot import clock
from bot.database import Database
from bot.shards import EVERY_SHARD, Shards

KEPT_AFTER_LEAVING = 30 * clock.DAY
# Rows written before somebody else gets a turn.
_AT_ONCE = 500

_NOTE = """
    INSERT INTO server (guild_id, left_at) VALUES (:guild_id, :left)
    ON CONFLICT (guild_id) DO UPDATE SET left_at = excluded.left_at
"""


class Presence:
    """Who is here, and who left when; judged for one's own shards alone, for the others' servers one cannot see."""

    def __init__(self, database: Database, shards: Shards = EVERY_SHARD) -> None:
        self._database = database
        self._own = shards.owned("guild_id")

    async def here(self, guild_id: int) -> bool:
        """The server has the bot; whether it had left and comes back."""
        back = await self._database.write(
            "UPDATE server SET left_at = NULL WHERE guild_id = :guild_id AND left_at IS NOT NULL RETURNING 1",
            guild_id=guild_id,
        )
        if not back:
            await self._database.write(
                "INSERT INTO server (guild_id) VALUES (:guild_id) ON CONFLICT (guild_id) DO NOTHING",
                guild_id=guild_id,
            )
        return bool(back)

    async def left(self, guild_id: int, at: int) -> None:
        """The server has removed the bot."""
        await self._database.write(_NOTE, guild_id=guild_id, left=at)

    async def compare(self, guild_ids: Iterable[int], at: int) -> None:
        """These have the bot and no other of these shards: whoever is missing was lost while the bot was off.

        A server with an outage must be among them, for it has not left.
        """
        now = set(guild_ids)
        rows = await self._database.read(f"SELECT guild_id, left_at FROM server WHERE {self._own}")  # noqa: S608
        known = {row["guild_id"]: row["left_at"] for row in rows}
        changes: list[tuple[int, int | None]] = [
            (guild_id, None) for guild_id in now if guild_id not in known or known[guild_id] is not None
        ]
        changes += [
            (guild_id, at) for guild_id, left_at in known.items() if guild_id not in now and left_at is None
        ]
        for start in range(0, len(changes), _AT_ONCE):
            async with self._database.transaction() as transaction:
                for guild_id, left_at in changes[start : start + _AT_ONCE]:
                    await transaction.run(_NOTE, guild_id=guild_id, left=left_at)

    async def gone_for_good(self, now: int) -> list[int]:
        """The servers whose thirty days are over."""
        rows = await self._database.read(
            f"SELECT guild_id FROM server WHERE left_at <= :then AND {self._own} ORDER BY left_at",  # noqa: S608
            then=now - KEPT_AFTER_LEAVING,
        )
        return [row["guild_id"] for row in rows]
