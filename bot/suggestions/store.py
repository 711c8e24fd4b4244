"""What was suggested, in the database, and where its cards stand. What changes a suggestion is in `changes`."""

from collections.abc import AsyncIterator
from typing import get_args

from bot.clock import MINUTE
from bot.database import Database, SqlValue
from bot.guilds import GuildSettings
from bot.languages import kept
from bot.shards import EVERY_SHARD, Shards
from bot.suggestions.drafts import take_draft
from bot.suggestions.entry import Entry
from bot.suggestions.lifecycle import State, end_of_vote
from bot.suggestions.limits import MemberUsage
from bot.suggestions.rows import event_from, snapshot, suggestion_from, suggestions_where, text_of
from bot.suggestions.suggestion import Event, Suggestion, suggestion_number
from bot.suggestions.traces import Traces

# Rows read at a time where all of a server's are wanted: some milliseconds of work.
_PORTION = 500

# What a member has used up of a server's limits, also before they were erased (`bot.suggestions.traces`).
_OPEN_OF_MEMBER = """
    SELECT count(*) FROM suggestion
    WHERE guild_id = :guild_id AND state IN ('waiting', 'open') AND imported = 0
        AND (author_id = :author OR id IN (
            SELECT suggestion_id FROM erased_trace
            WHERE guild_id = :guild_id AND trace = :trace AND what = 'suggested'))"""
_LATEST_OF_MEMBER = """
    SELECT max(at) FROM (
        SELECT created_at AS at FROM suggestion
        WHERE author_id = :author AND guild_id = :guild_id AND imported = 0
        UNION ALL
        SELECT at FROM erased_trace WHERE guild_id = :guild_id AND trace = :trace AND what = 'suggested') AS made"""
_BLOCKED = """(
    EXISTS (SELECT 1 FROM blocked WHERE guild_id = :guild_id AND user_id = :author)
    OR EXISTS (SELECT 1 FROM blocked_trace WHERE guild_id = :guild_id AND trace = :trace))"""
_ADD = f"""
    INSERT INTO suggestion
        (guild_id, author_id, film, year, scene, why, discipline, link, state, anonymous, created_at, channel_id,
         closes_at, voting_days)
    SELECT :guild_id, :author, :film, :year, :scene, :why, :discipline, :link, :state, :anonymous, :at, :channel,
           :closes, :days
    WHERE ({_OPEN_OF_MEMBER}) < :at_once
        AND coalesce(({_LATEST_OF_MEMBER}), :rested) <= :rested
        AND NOT {_BLOCKED}
    RETURNING *"""


class LimitsUsedUp(Exception):
    """The member may not suggest at the moment; a draft is kept."""


class SuggestionStore:
    """One row per suggestion, and the history of each."""

    def __init__(self, database: Database, traces: Traces, shards: Shards = EVERY_SHARD) -> None:
        self._database, self._traces = database, traces
        self._own = shards.owned("suggestion.guild_id")

    async def add(
        self,
        guild_id: int,
        author_id: int,
        entry: Entry,
        at: int,
        *,
        settings: GuildSettings,
        channel_id: int | None = None,
        draft: int = 0,
    ) -> Suggestion | None:
        """A new suggestion; None where the draft was sent already. Raises LimitsUsedUp.

        The limits are part of the statement, and the draft goes in the same transaction: however often
        somebody sends at one moment, it becomes one suggestion.
        """
        trace = await self._traces.trace(guild_id, author_id)
        days = 0 if settings.review_first else settings.voting_days
        async with self._database.transaction(guild_id) as transaction:
            if draft and not await take_draft(transaction, author_id, draft):
                return None
            rows = await transaction.run(
                _ADD,
                guild_id=guild_id,
                author=author_id,
                trace=trace,
                state="waiting" if settings.review_first else "open",
                anonymous=int(settings.anonymous),
                at=at,
                channel=channel_id,
                closes=end_of_vote(at, days),
                days=days,
                at_once=settings.open_per_member,
                rested=at - settings.cooldown_minutes * MINUTE,
                **entry._asdict(),
            )
            if not rows:
                raise LimitsUsedUp  # rolls back, so the draft stays
        return suggestion_from(rows[0])

    async def usage(self, guild_id: int, author_id: int) -> MemberUsage:
        """How much of the server's limits a member has used up."""
        ((undecided, last_at, blocked),) = await self._database.read(
            f"SELECT ({_OPEN_OF_MEMBER}), ({_LATEST_OF_MEMBER}), {_BLOCKED}",
            guild_id=guild_id,
            author=author_id,
            trace=await self._traces.trace(guild_id, author_id),
        )
        return MemberUsage(bool(blocked), undecided, last_at)

    async def get(self, guild_id: int, identity: int) -> Suggestion | None:
        """The suggestion of that number, if it belongs to the server."""
        return await self._one("id = :id AND guild_id = :guild_id", id=identity, guild_id=guild_id)

    async def of_montage(self, guild_id: int, montage_id: str) -> Suggestion | None:
        """The one that this montage is; None for a shipped montage, too."""
        number = suggestion_number(montage_id)
        return None if number is None else await self.get(guild_id, number)

    async def at_message(self, guild_id: int, message_id: int) -> Suggestion | None:
        """The suggestion whose card that message is."""
        return await self._one(
            "guild_id = :guild_id AND message_id = :message", guild_id=guild_id, message=message_id
        )

    async def _one(self, condition: str, **values: SqlValue) -> Suggestion | None:
        found = await suggestions_where(self._database, condition, **values)
        return found[0] if found else None

    async def in_states(self, guild_id: int, *states: State) -> list[Suggestion]:
        """All of a server in these states (any, when none is named), oldest first."""
        found = await suggestions_where(self._database, "guild_id = :guild_id ORDER BY id", guild_id=guild_id)
        return [suggestion for suggestion in found if not states or suggestion.state in states]

    async def newest(self, guild_id: int, since: int, most: int) -> tuple[list[Suggestion], int]:
        """(the latest few of a server that are open and were made since then, how many there are of those)"""
        new = "guild_id = :guild_id AND state = 'open' AND created_at >= :since"
        found = await suggestions_where(
            self._database, f"{new} ORDER BY id DESC LIMIT :most", guild_id=guild_id, since=since, most=most
        )
        ((total,),) = await self._database.read(
            f"SELECT count(*) FROM suggestion WHERE {new}", guild_id=guild_id, since=since
        )
        return found, int(total)

    async def in_portions(
        self, guild_id: int, *states: State, size: int = _PORTION
    ) -> AsyncIterator[list[Suggestion]]:
        """The same a portion at a time, state after state, for whoever must not keep the event loop waiting.

        Each is as it is when it is read: one that changes meanwhile may come twice, or not at all.
        """
        for state in states or get_args(State):
            last = 0
            # In the order of an index, so that no portion reads the others.
            where = "guild_id = :guild_id AND state = :state AND id > :last ORDER BY id LIMIT :size"
            values = {"guild_id": guild_id, "state": state, "size": size}
            while found := await suggestions_where(self._database, where, last=last, **values):
                yield found
                if len(found) < size:
                    break
                last = found[-1].id

    async def accepted(self) -> list[tuple[Suggestion, int]]:
        """Every accepted one of every server, with the time it was accepted."""
        rows = await self._database.read(
            f"""
            SELECT suggestion.*, coalesce((
                SELECT max(at) FROM suggestion_event
                WHERE suggestion_id = suggestion.id AND what = 'accepted' AND undone_at IS NULL
            ), created_at) AS accepted_at
            FROM suggestion WHERE state = 'accepted' AND {self._own} ORDER BY id
            """
        )
        return [(suggestion_from(row), row["accepted_at"]) for row in rows]

    async def history(self, identity: int) -> list[Event]:
        """Everything that happened to a suggestion, the latest first."""
        rows = await self._database.read(
            "SELECT * FROM suggestion_event WHERE suggestion_id = :id ORDER BY id DESC", id=identity
        )
        if not rows:
            return []
        now = await self._database.read("SELECT * FROM suggestion WHERE id = :id", id=identity)
        # How the text was after each event is how it was before the next one.
        after = [snapshot(now[0]) if now else rows[0]["before"], *(row["before"] for row in rows)]
        return [
            event_from(row)._replace(reworded=text_of(row["before"]) != text_of(then) and not row["undone_at"])
            for row, then in zip(rows, after, strict=False)
        ]

    async def posted(
        self, identity: int, channel_id: int, message_id: int | None, *, is_post: bool = False
    ) -> None:
        """Where its card stands; without a message it has none any more."""
        await self._database.write(
            """
            UPDATE suggestion SET channel_id = :channel, message_id = :message, is_post = :is_post WHERE id = :id
            """,
            id=identity,
            channel=channel_id,
            message=message_id,
            is_post=int(is_post),
        )

    async def trouble(self, identity: int, trouble: str) -> None:
        """What keeps its card from being right; empty once nothing does."""
        await self._database.write(
            "UPDATE suggestion SET trouble = :trouble WHERE id = :id AND trouble <> :trouble",
            id=identity,
            trouble=kept(trouble),
        )
