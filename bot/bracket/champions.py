"""Which montages have won a server's bracket: a line on their cards there from then on."""

from datetime import date

from bot import clock
from bot.bracket.store import BracketStore


class Champions:
    """All of them in memory, about 200 bytes each: every card that is shown asks, as it asks for its counts, and
    the row "random" of the benchmark has no room for another read.
    """

    def __init__(self, store: BracketStore) -> None:
        self._store = store
        self._won: dict[int, dict[str, int]] = {}

    async def open(self) -> None:
        """Read who has won."""
        for guild_id, montage_id, at in await self._store.champions():
            self.crown(guild_id, montage_id, at)

    def crown(self, guild_id: int, montage_id: str, at: int) -> None:
        """A bracket is over; of several that it has won the latest counts."""
        self._won.setdefault(guild_id, {})[montage_id] = at

    def since(self, guild_id: int, montage_id: str) -> date | None:
        """When it became the champion of that server; None for one that never did."""
        at = self._won.get(guild_id, {}).get(montage_id)
        return None if at is None else clock.moment(at).date()

    def latest(self, guild_id: int, since: int) -> str | None:
        """Who has become champion there at or after `since`, the latest; None for nobody."""
        won = self._won.get(guild_id, {})
        return max((m for m, at in won.items() if at >= since), key=won.__getitem__, default=None)

    def forget(self, guild_id: int) -> None:
        """Everything of that server was deleted."""
        self._won.pop(guild_id, None)
