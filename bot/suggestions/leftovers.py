"""Cards in channels of suggestions whose author was forgotten: redrawn without a name, or taken down."""

from collections.abc import Iterable

import aiohttp
import discord
import structlog

from bot.database import DatabaseError
from bot.routine import Routine
from bot.suggestions.noticeboard import Noticeboard
from bot.suggestions.store import SuggestionStore
from bot.suggestions.suggestion import PostedCard

log = structlog.get_logger(__name__)

# Seconds until the next look: while Discord or the database could not do some, and otherwise.
_SOON, _LATER = 60.0, 86_400.0
_TOO_MANY_REQUESTS = 429


class Leftovers:
    """Does them one after the other in the background, as fast as discord.py lets requests through.

    They are known in memory only: what a stop leaves undone is logged, and stays as it is.
    """

    def __init__(self, store: SuggestionStore, board: Noticeboard) -> None:
        self._store, self._board = store, board
        self._cards: list[PostedCard] = []
        self._routine = Routine("cards of people forgotten", self._turn)

    def add(self, cards: Iterable[PostedCard]) -> None:
        """Begin with these; nobody waits for them."""
        self._cards.extend(cards)
        self._routine.wake()

    async def start(self) -> None:
        """See `Routine.start`."""
        await self._routine.start()

    async def stop(self) -> None:
        """Leave the rest as it is. Safe to call twice."""
        await self._routine.stop()
        for card in self._cards:
            log.warning("a card of somebody forgotten stays as it is", **card._asdict())
        self._cards.clear()

    async def _turn(self) -> float:
        for card in [*self._cards]:
            if await self._is_done(card):
                self._cards.remove(card)
        return _SOON if self._cards else _LATER

    async def _is_done(self, card: PostedCard) -> bool:
        """Make the card what its suggestion is now. False where another try may help."""
        try:
            suggestion = await self._store.get(card.place, card.suggestion_id)
            if suggestion is None:
                await self._board.take_down(card)
            else:
                await self._board.draw(suggestion)
        except discord.HTTPException as problem:
            passing = problem.status >= 500 or problem.status == _TOO_MANY_REQUESTS
            log.info("a leftover card was refused", problem=str(problem), again=passing, **card._asdict())
            return not passing
        except (aiohttp.ClientError, OSError, DatabaseError) as problem:
            log.info("a leftover card is late", problem=str(problem), **card._asdict())
            return False
        except Exception:
            log.exception("a leftover card failed", **card._asdict())
        return True
