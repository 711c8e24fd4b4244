"""Posted cards that have to follow what was changed behind them, such as an erased author or the end of many votes:
redrawn, or taken down.
"""

import structlog

from bot.database import Database, SqlValue, Transaction
from bot.refusals import TROUBLE, is_passing
from bot.routine import Routine
from bot.shards import EVERY_SHARD, Shards
from bot.suggestions.publisher import CardPublisher
from bot.suggestions.store import SuggestionStore
from bot.suggestions.suggestion import PostedCard

log = structlog.get_logger(__name__)

# Seconds until the next look: while Discord could not do some, and otherwise.
_SOON, _LATER = 60.0, 86_400.0
_AT_ONCE = 100


class CardCleanupStore:
    """Which cards are left. What makes them wrong puts them there itself (`leave_cards`), so that none is lost."""

    def __init__(self, database: Database, shards: Shards = EVERY_SHARD) -> None:
        self._database = database
        self._own = shards.owned("guild_id")

    async def some(self) -> list[PostedCard]:
        """A hundred at most, the oldest messages first."""
        rows = await self._database.read(
            f"""
            SELECT suggestion_id, guild_id, channel_id, message_id FROM leftover_card
            WHERE {self._own} ORDER BY message_id LIMIT :most
            """,  # noqa: S608 - a condition of numbers
            most=_AT_ONCE,
        )
        return [PostedCard(*row) for row in rows]

    async def done(self, card: PostedCard) -> None:
        """Nothing is left to do about this one."""
        await self._database.write("DELETE FROM leftover_card WHERE message_id = :message", message=card.message_id)


async def leave_cards(transaction: Transaction, condition: str, **values: SqlValue) -> int:
    """Have the cards follow of all suggestions for which a condition of our own holds; how many are new here."""
    rows = await transaction.run(
        f"""
        INSERT INTO leftover_card (message_id, channel_id, guild_id, suggestion_id)
        SELECT message_id, channel_id, guild_id, id FROM suggestion
        WHERE {condition} AND channel_id IS NOT NULL AND message_id IS NOT NULL
        ON CONFLICT (message_id) DO NOTHING RETURNING 1
        """,  # noqa: S608 - see above
        **values,
    )
    return len(rows)


class CardCleanup:
    """Does them one after the other in the background, as fast as discord.py lets requests through."""

    def __init__(self, cards: CardCleanupStore, suggestions: SuggestionStore, publisher: CardPublisher) -> None:
        self._cards, self._suggestions, self._publisher = cards, suggestions, publisher
        self.routine = Routine("cards of people forgotten", self._turn)

    async def _turn(self) -> float:
        cards = await self._cards.some()
        late = 0
        for card in cards:
            if await self._is_done(card):
                await self._cards.done(card)
            else:
                late += 1
        if late:
            return _SOON
        return 0.0 if len(cards) == _AT_ONCE else _LATER

    async def _is_done(self, card: PostedCard) -> bool:
        """Make the card what its suggestion is now. False where another try may help."""
        try:
            suggestion = await self._suggestions.get(card.guild_id, card.suggestion_id)
            if suggestion is None:
                await self._publisher.delete_card(card)
            else:
                await self._publisher.edit_card(suggestion)
        except TROUBLE as problem:
            log.info(
                "a leftover card was refused", problem=str(problem), again=is_passing(problem), **card._asdict()
            )
            return not is_passing(problem)
        return True
