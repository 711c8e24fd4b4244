"""Votes that end: each is decided once, by what stands when its time is over."""

from collections.abc import Callable

import structlog

from bot import clock
from bot.database import Database
from bot.guilds import GuildSettingsService
from bot.routine import Routine
from bot.shards import EVERY_SHARD, NotServingError, Shards
from bot.suggestions.card_cleanup import leave_cards
from bot.suggestions.decisions import Decisions
from bot.suggestions.lifecycle import moved_end
from bot.suggestions.rows import suggestions_where
from bot.suggestions.suggestion import Suggestion

log = structlog.get_logger(__name__)

# Seconds until the next look at most: whoever sets the computer's clock is noticed within a minute.
_REST, _LONG_REST = 60.0, 86_400.0


class DeadlineStore:
    """When the open votes of one's own servers end."""

    def __init__(self, database: Database, shards: Shards = EVERY_SHARD) -> None:
        self._database = database
        self._ending = f"state = 'open' AND closes_at IS NOT NULL AND {shards.owned('suggestion.guild_id')}"

    async def over(self, now: int) -> list[Suggestion]:
        """Those whose vote is over, the first to end first; a hundred at most."""
        return await suggestions_where(
            self._database, f"{self._ending} AND closes_at <= :now ORDER BY closes_at, id LIMIT 100", now=now
        )

    async def next_end(self) -> int | None:
        """When the next vote ends."""
        ((at,),) = await self._database.read(f"SELECT min(closes_at) FROM suggestion WHERE {self._ending}")
        return at if at is None else int(at)

    async def guilds_with_ends(self) -> list[int]:
        """The servers where a vote is open that ends."""
        rows = await self._database.read(f"SELECT DISTINCT guild_id FROM suggestion WHERE {self._ending}")
        return [row["guild_id"] for row in rows]

    async def move_ends(self, guild_id: int, days: int, at: int) -> int:
        """Let the open votes of a server end after so many days, if they do not yet: how many that were.

        Their cards are noted to be redrawn.
        """
        other = """
            SELECT id, closes_at, voting_days FROM suggestion
            WHERE guild_id = :guild_id AND state = 'open' AND voting_days <> :days
        """
        if not await self._database.read(other, guild_id=guild_id, days=days):
            return 0  # at the start every server that has chosen is asked about
        async with self._database.transaction(guild_id) as transaction:
            rows = await transaction.run(other, guild_id=guild_id, days=days)
            for row in rows:
                await transaction.run(
                    "UPDATE suggestion SET closes_at = :closes, voting_days = :days WHERE id = :id",
                    closes=moved_end(row["closes_at"], days, row["voting_days"], at),
                    days=days,
                    id=row["id"],
                )
                await leave_cards(transaction, "id = :id", id=row["id"])
        return len(rows)


class Deadlines:
    """Closes votes when their time has come, and moves that time when a server chooses another.

    `now` is the time at Discord: nothing is closed too early because this machine's clock is wrong.
    """

    def __init__(
        self,
        store: DeadlineStore,
        decisions: Decisions,
        settings: GuildSettingsService,
        redrawing: Routine,
        now: Callable[[], int],
    ) -> None:
        self._store, self._decisions, self._settings = store, decisions, settings
        self._redrawing, self._now = redrawing, now
        # Servers that have just chosen; at the start any, for the bot may have been killed before it followed.
        self._chosen: set[int] = set()
        self._began = False
        self.routine = Routine("votes that end", self._turn)

    def changed(self, guild_id: int) -> None:
        """A server has chosen how long votes are open."""
        self._chosen.add(guild_id)
        self.routine.wake()

    async def _turn(self) -> float:
        await self._move_ends()
        while over := await self._store.over(self._now()):
            decided = [await self._end(suggestion) for suggestion in over]
            if not any(decided):  # none of them can be: not again at once
                return _REST
        following = await self._store.next_end()
        if following is None:
            return _LONG_REST
        return min(_REST, max(0.0, (following - self._now()) / clock.SECOND))

    async def _move_ends(self) -> None:
        if not self._began:
            self._chosen.update(await self._settings.choosing("voting_days"), await self._store.guilds_with_ends())
            self._began = True
        moved = 0
        while self._chosen:
            guild_id = self._chosen.pop()
            try:
                settings = await self._settings.get(guild_id)
                moved += await self._store.move_ends(guild_id, settings.voting_days, clock.now())
            except Exception:
                self._chosen.add(guild_id)
                raise
        if moved:
            self._redrawing.wake()

    async def _end(self, suggestion: Suggestion) -> bool:
        try:
            change = await self._decisions.end_vote(suggestion, self._now())
            if change is not None:
                await self._decisions.follow(change)
        except NotServingError:  # whoever serves the server now does it
            return False
        except Exception:  # an error with one keeps none of the others waiting
            log.exception("a vote could not be ended", suggestion=suggestion.id)
            return False
        return change is not None
