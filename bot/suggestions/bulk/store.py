"""Lists in the database: what was read waits for a yes, and becomes suggestions in one transaction."""

from collections.abc import Sequence
from typing import Literal

from bot.database import Database, Row, Transaction
from bot.guilds import GuildSettings
from bot.languages import kept
from bot.shards import EVERY_SHARD, Shards
from bot.suggestions.bulk.sifting import Understood
from bot.suggestions.lifecycle import end_of_vote
from bot.suggestions.rows import add_event, snapshot, suggestion_from, suggestions_where
from bot.suggestions.suggestion import Suggestion

# What rows may become.
Becoming = Literal["open", "accepted"]

_TAKE = """
    INSERT INTO suggestion
        (guild_id, author_id, film, year, scene, why, discipline, link, state, anonymous, created_at, channel_id,
         closes_at, voting_days, imported)
    SELECT :guild_id, author_id, film, year, scene, why, discipline, link, :state, :anonymous, :at, :channel,
           :closes, :days, 1
    FROM import_row JOIN import_list ON import_list.id = list_id
    WHERE list_id = :list AND guild_id = :guild_id AND user_id = :user AND near <= :near
    ORDER BY number
    RETURNING *
"""


class _TakenAlready(Exception):
    """Somebody else has just said yes to that list."""


class ImportStore:
    """A list and its rows, for a day at most."""

    def __init__(self, database: Database, shards: Shards = EVERY_SHARD) -> None:
        self._database = database
        self._own = shards.owned("guild_id")

    async def keep(self, guild_id: int, user_id: int, rows: Sequence[Understood], at: int) -> int:
        """Keep a list until it is decided; its number. The person's earlier ones in that server are dropped."""
        async with self._database.transaction(guild_id) as transaction:
            await transaction.run(
                "DELETE FROM import_list WHERE guild_id = :guild_id AND user_id = :user",
                guild_id=guild_id,
                user=user_id,
            )
            (made,) = await transaction.run(
                """
                INSERT INTO import_list (guild_id, user_id, created_at) VALUES (:guild_id, :user, :at) RETURNING id
                """,
                guild_id=guild_id,
                user=user_id,
                at=at,
            )
            for row in rows:
                await transaction.run(
                    """
                    INSERT INTO import_row
                        (list_id, number, author_id, film, year, scene, why, discipline, link, near)
                    VALUES (:list, :number, :author, :film, :year, :scene, :why, :discipline, :link, :near)
                    """,
                    list=made["id"],
                    number=row.number,
                    author=row.author_id,
                    near=int(row.near is not None),
                    **row.entry._asdict(),
                )
        return int(made["id"])

    async def take(
        self,
        guild_id: int,
        user_id: int,
        list_id: int,
        at: int,
        *,
        becoming: Becoming,
        near_too: bool,
        channel_id: int | None,
        settings: GuildSettings,
    ) -> list[Suggestion] | None:
        """Make suggestions of its rows, all of them or none; None where that list is not there (any more).

        The person must be the one who brought it. However often they press, it becomes suggestions once.
        """
        days = settings.voting_days if becoming == "open" else 0
        try:
            async with self._database.transaction(guild_id) as transaction:
                rows = await transaction.run(
                    _TAKE,
                    guild_id=guild_id,
                    user=user_id,
                    list=list_id,
                    near=int(near_too),
                    state=becoming,
                    anonymous=int(settings.anonymous),
                    at=at,
                    channel=channel_id,
                    closes=end_of_vote(at, days),
                    days=days,
                )
                if not await self._drop(transaction, guild_id, user_id, list_id):
                    raise _TakenAlready  # rolls back
                if becoming == "accepted":
                    await _note_accepted(transaction, rows, user_id, at)
        except _TakenAlready:
            return None
        return list(map(suggestion_from, rows))

    async def drop(self, guild_id: int, user_id: int, list_id: int) -> None:
        """Nothing shall become of it."""
        async with self._database.transaction(guild_id) as transaction:
            await self._drop(transaction, guild_id, user_id, list_id)

    @staticmethod
    async def _drop(transaction: Transaction, guild_id: int, user_id: int, list_id: int) -> bool:
        gone = await transaction.run(
            "DELETE FROM import_list WHERE id = :list AND guild_id = :guild_id AND user_id = :user RETURNING id",
            list=list_id,
            guild_id=guild_id,
            user=user_id,
        )
        return bool(gone)

    async def tidy(self, before: int) -> None:
        """Lists that nobody decided go."""
        await self._database.write("DELETE FROM import_list WHERE created_at < :before", before=before)

    async def to_post(self) -> list[Suggestion]:
        """Of each of one's own servers the oldest that came with a list, is open, and has no card yet."""
        return await suggestions_where(
            self._database,
            f"""id IN (
                SELECT min(id) FROM suggestion
                WHERE imported = 1 AND state = 'open' AND message_id IS NULL AND trouble = '' AND {self._own}
                GROUP BY guild_id)
            ORDER BY id""",  # noqa: S608 - a condition of numbers
        )

    async def hold(self, guild_id: int, trouble: str) -> None:
        """What keeps one of them from being posted keeps the others, too: they wait for whoever can mend it."""
        await self._database.write(
            """
            UPDATE suggestion SET trouble = :trouble
            WHERE guild_id = :guild_id AND imported = 1 AND state = 'open' AND message_id IS NULL
            """,
            guild_id=guild_id,
            trouble=kept(trouble),
        )

    async def release(self, guild_id: int) -> None:
        """The server has changed what may have kept them."""
        await self.hold(guild_id, "")


async def _note_accepted(transaction: Transaction, rows: Sequence[Row], by: int, at: int) -> None:
    for row in rows:
        before = snapshot(row, state="open")
        await add_event(transaction, row["id"], "accepted", "moderator", by=by, at=at, before=before, told=True)
