"""Publishing to followers, at Discord's pace: ten an hour a channel, which people's own publications count toward.

Only what no longer changes is published, for Discord takes three changes of a published message an hour.
"""

import asyncio
from collections.abc import Awaitable, Callable

import discord
import structlog

from bot import clock
from bot.languages import Said
from bot.publishing.store import Publication, PublicationStore
from bot.refusals import TROUBLE, explain, is_passing
from bot.routine import Routine

log = structlog.get_logger(__name__)

AN_HOUR = 10  # publications of a channel
_ALREADY = 40033
# Seconds between two looks while something waits, and otherwise.
_REST, _LONG_REST = 60.0, 86_400.0
# Where people publish as well, Discord makes the bot wait up to an hour: the others need not.
_PATIENCE = 20.0


class Publications:
    """Takes what is to be published, and publishes it when the channel has room."""

    def __init__(self, client: discord.Client, store: PublicationStore) -> None:
        self._client, self._store = client, store
        # Told of what was refused for good: the server, and a sentence for its moderators.
        self.refused: list[Callable[[int, Said], Awaitable[None]]] = []
        self.routine = Routine("publications", self._turn)

    async def ask(self, guild_id: int, channel_id: int, message_id: int) -> None:
        """Publish a message, if its channel is an announcement channel; otherwise nothing happens."""
        guild = self._client.get_guild(guild_id)
        channel = guild.get_channel(channel_id) if guild else None
        if isinstance(channel, discord.TextChannel) and channel.is_news():
            await self._store.ask(Publication(message_id, channel_id, guild_id), clock.now())
            self.routine.wake()

    async def _turn(self) -> float:
        await self._store.forget(clock.now() - clock.HOUR)
        full: set[int] = set()
        left = 0
        for publication in await self._store.waiting():
            channel_id = publication.channel_id
            room = channel_id not in full and await self._has_room(channel_id)
            if not room or not await self._publish(publication):
                full.add(channel_id)
                left += 1
        return _REST if left else _LONG_REST

    async def _has_room(self, channel_id: int) -> bool:
        return await self._store.published_since(channel_id, clock.now() - clock.HOUR) < AN_HOUR

    async def _publish(self, publication: Publication) -> bool:
        """False where another try may help."""
        channel = self._client.get_partial_messageable(publication.channel_id, guild_id=publication.guild_id)
        try:
            async with asyncio.timeout(_PATIENCE):
                await channel.get_partial_message(publication.message_id).publish()
        except TimeoutError:
            return False
        except TROUBLE as problem:
            if is_passing(problem):
                return False
            if not (isinstance(problem, discord.HTTPException) and problem.code == _ALREADY):
                await self._refuse(publication, problem)
                return True
        await self._store.published(publication.message_id, clock.now())
        return True

    async def _refuse(self, publication: Publication, problem: Exception) -> None:
        log.info("not published", problem=str(problem), **publication._asdict())
        await self._store.drop(publication.message_id)
        where = f"<#{publication.channel_id}>"
        for tell in self.refused:
            await tell(
                publication.guild_id,
                Said("I could not publish a message in {where}. {why}", where=where, why=explain(problem, where)),
            )
