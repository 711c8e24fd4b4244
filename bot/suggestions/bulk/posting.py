"""The cards of what came with a list: posted one after the other, so that nobody drowns in them."""

import structlog

from bot.languages import Said
from bot.refusals import TROUBLE
from bot.routine import Routine
from bot.suggestions.bulk.store import ImportStore
from bot.suggestions.publisher import CardPublisher
from bot.suggestions.suggestion import Suggestion

log = structlog.get_logger(__name__)

# Seconds from one card of a server to its next; after trouble that passes; and while nothing is waiting.
PACE = 6.0
_AFTER_TROUBLE, _NOTHING = 60.0, 86_400.0


class ImportPosting:
    """Posts one card of each server a turn. What is left is in the database, so a restart goes on where it was."""

    def __init__(self, store: ImportStore, publisher: CardPublisher) -> None:
        self._store, self._publisher = store, publisher
        self._release: set[int] = set()
        self.routine = Routine("cards of lists", self._turn)

    def channel_chosen(self, guild_id: int) -> None:
        """The server has chosen another channel: what was refused in the old one may go now."""
        self._release.add(guild_id)
        self.routine.wake()

    async def _turn(self) -> float:
        while self._release:
            await self._store.release(self._release.pop())
        waiting = await self._store.to_post()
        passing = [await self._post(suggestion) for suggestion in waiting]
        if not waiting:
            return _NOTHING
        return _AFTER_TROUBLE if any(passing) else PACE

    async def _post(self, suggestion: Suggestion) -> bool:
        """Post its card; True where Discord is not taking any just now."""
        try:
            # The nonce: posted again within minutes, because nobody could note the first, it is the same message.
            posted, trouble = await self._publisher.post(suggestion, nonce=f"card-{suggestion.id}")
        except TROUBLE as problem:
            log.info("a card of a list is late", suggestion=suggestion.id, problem=str(problem))
            return True
        if posted.message_id is None:
            await self._store.hold(suggestion.guild_id, trouble)
            said = Said(
                "The cards of your list have stopped at suggestion {id}: {trouble}",
                id=suggestion.id,
                trouble=trouble,
            )
            await self._publisher.tell_moderators(suggestion.guild_id, said)
        return False
