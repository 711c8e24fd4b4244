"""Messages that wait to be published, and those of the last hour, for Discord counts them."""

from typing import NamedTuple

from bot.database import Database
from bot.shards import EVERY_SHARD, Shards


class Publication(NamedTuple):
    """A message in an announcement channel."""

    message_id: int
    channel_id: int
    guild_id: int


class PublicationStore:
    """One row a message."""

    def __init__(self, database: Database, shards: Shards = EVERY_SHARD) -> None:
        self._database = database
        self._own = shards.owned("guild_id")

    async def ask(self, publication: Publication, at: int) -> None:
        """It is to be published, once, however often this is asked."""
        await self._database.write(
            """
            INSERT INTO publication (message_id, channel_id, guild_id, asked_at)
            VALUES (:message, :channel, :guild_id, :at) ON CONFLICT (message_id) DO NOTHING
            """,
            message=publication.message_id,
            channel=publication.channel_id,
            guild_id=publication.guild_id,
            at=at,
        )

    async def waiting(self) -> list[Publication]:
        """All of one's own shards that wait, the first asked for first."""
        rows = await self._database.read(
            f"""
            SELECT message_id, channel_id, guild_id FROM publication
            WHERE published_at IS NULL AND {self._own} ORDER BY asked_at, message_id
            """  # noqa: S608 - a condition of numbers
        )
        return [Publication(*row) for row in rows]

    async def published_since(self, channel_id: int, since: int) -> int:
        """How many of a channel's were published after that."""
        ((number,),) = await self._database.read(
            "SELECT count(*) FROM publication WHERE channel_id = :channel AND published_at > :since",
            channel=channel_id,
            since=since,
        )
        return int(number)

    async def published(self, message_id: int, at: int) -> None:
        """It is out."""
        await self._database.write(
            "UPDATE publication SET published_at = :at WHERE message_id = :message", at=at, message=message_id
        )

    async def drop(self, message_id: int) -> None:
        """It can't be published."""
        await self._database.write("DELETE FROM publication WHERE message_id = :message", message=message_id)

    async def forget(self, before: int) -> None:
        """Those that count no more."""
        await self._database.write("DELETE FROM publication WHERE published_at <= :before", before=before)
