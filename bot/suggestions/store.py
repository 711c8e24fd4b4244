"""Suggestions and their history in the database. One conditional UPDATE decides each change."""

import json
from collections.abc import AsyncIterator, Mapping
from typing import get_args

from bot.clock import DAY, MINUTE
from bot.database import Database, Row, SqlValue, Transaction
from bot.guilds import GuildSettings
from bot.languages import Said, kept
from bot.shards import EVERY_SHARD, Shards
from bot.suggestions.entry import Entry
from bot.suggestions.lifecycle import TRANSITIONS, Action, Actor, State, end_of_vote, moved_end
from bot.suggestions.limits import MemberUsage
from bot.suggestions.suggestion import Change, Event, Suggestion
from bot.suggestions.traces import Traces
from bot.voting import is_ahead, others_have_voted, reaches_threshold

_NOTHING_CHOSEN = GuildSettings()
_UNDECIDED = "('waiting', 'open')"
# Rows read at a time where all of a server's are wanted: some milliseconds of work.
_PORTION = 500

# The threshold, counted at this very moment; and what a moderator took back from the votes once is the
# moderators' to decide.
_WON = f"""{reaches_threshold(":guild_id", ":montage")}
    AND NOT EXISTS (
        SELECT 1 FROM suggestion_event
        WHERE suggestion_id = :id AND what = 'accepted' AND part = 'votes' AND undone_at IS NOT NULL)"""

# What has to hold besides the state, as part of the one UPDATE, so that nothing can slip in between.
_HOLDS: dict[tuple[Action, Actor], str] = {
    # Nobody else has voted yet, and no moderator has let it through: they said yes to what they read.
    ("edited", "author"): f"""author_id = :by
        AND NOT {others_have_voted(":guild_id", ":montage", ":by")}
        AND NOT EXISTS (
            SELECT 1 FROM suggestion_event WHERE suggestion_id = :id AND what = 'posted' AND undone_at IS NULL)
        AND NOT EXISTS (SELECT 1 FROM blocked WHERE blocked.guild_id = :guild_id AND user_id = :by)""",
    ("withdrawn", "author"): "author_id = :by",
    ("accepted", "votes"): _WON,
    ("declined", "votes"): f"closes_at <= :at AND NOT ({_WON})",
}


# What a member has used up of a server's limits, also before they were erased (`bot.suggestions.traces`).
_OPEN_OF_MEMBER = f"""
    SELECT count(*) FROM suggestion
    WHERE guild_id = :guild_id AND state IN {_UNDECIDED} AND imported = 0 AND (author_id = :author OR id IN (
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


# Its card is to be redrawn in the background (`bot.suggestions.card_cleanup`).
_REDRAW_CARD = """
    INSERT INTO leftover_card (message_id, channel_id, guild_id, suggestion_id)
    SELECT message_id, channel_id, guild_id, id FROM suggestion
    WHERE id = :id AND channel_id IS NOT NULL AND message_id IS NOT NULL
    ON CONFLICT (message_id) DO NOTHING
"""


class LimitsUsedUp(Exception):
    """The member may not suggest at the moment; a draft is kept."""


class SuggestionStore:
    """One row per suggestion, one per thing that happened to it."""

    def __init__(self, database: Database, traces: Traces, shards: Shards = EVERY_SHARD) -> None:
        self._database, self._traces = database, traces
        # Whoever looks for what was left undone, or for everything at a start, looks in its own shards.
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
        async with self._database.transaction(guild_id) as transaction:
            if draft:
                sent = await transaction.run(
                    "DELETE FROM draft WHERE id = :draft AND author_id = :author RETURNING id",
                    draft=draft,
                    author=author_id,
                )
                if not sent:
                    return None
            rows = await transaction.run(
                f"""
                INSERT INTO suggestion
                    (guild_id, author_id, film, year, scene, why, discipline, link, state, anonymous, created_at,
                     channel_id, closes_at, voting_days)
                SELECT :guild_id, :author, :film, :year, :scene, :why, :discipline, :link, :state, :anonymous, :at,
                       :channel, :closes, :days
                WHERE ({_OPEN_OF_MEMBER}) < :at_once
                    AND coalesce(({_LATEST_OF_MEMBER}), :rested) <= :rested
                    AND NOT {_BLOCKED}
                RETURNING *
                """,
                guild_id=guild_id,
                author=author_id,
                trace=trace,
                state="waiting" if settings.review_first else "open",
                anonymous=int(settings.anonymous),
                at=at,
                channel=channel_id,
                closes=None if settings.review_first else end_of_vote(at, settings.voting_days),
                days=0 if settings.review_first else settings.voting_days,
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
        rows = await self._database.read(
            "SELECT * FROM suggestion WHERE id = :id AND guild_id = :guild_id", id=identity, guild_id=guild_id
        )
        return suggestion_from(rows[0]) if rows else None

    async def at_message(self, guild_id: int, message_id: int) -> Suggestion | None:
        """The suggestion whose card that message is."""
        rows = await self._database.read(
            "SELECT * FROM suggestion WHERE guild_id = :guild_id AND message_id = :message",
            guild_id=guild_id,
            message=message_id,
        )
        return suggestion_from(rows[0]) if rows else None

    async def in_states(self, guild_id: int, *states: State) -> list[Suggestion]:
        """All of a server in these states (any, when none is named), oldest first."""
        rows = await self._database.read(
            "SELECT * FROM suggestion WHERE guild_id = :guild_id ORDER BY id", guild_id=guild_id
        )
        return [suggestion_from(row) for row in rows if not states or row["state"] in states]

    async def newest(self, guild_id: int, since: int, most: int) -> tuple[list[Suggestion], int]:
        """(the latest few of a server that are open and were made since then, how many there are of those)"""
        where = "FROM suggestion WHERE guild_id = :guild_id AND state = 'open' AND created_at >= :since"
        rows = await self._database.read(
            f"SELECT * {where} ORDER BY id DESC LIMIT :most",
            guild_id=guild_id,
            since=since,
            most=most,
        )
        ((total,),) = await self._database.read(
            f"SELECT count(*) {where}",
            guild_id=guild_id,
            since=since,
        )
        return list(map(suggestion_from, rows)), int(total)

    async def in_portions(
        self, guild_id: int, *states: State, size: int = _PORTION
    ) -> AsyncIterator[list[Suggestion]]:
        """The same a portion at a time, state after state, for whoever must not keep the event loop waiting.

        Each is as it is when it is read: one that changes meanwhile may come twice, or not at all.
        """
        for state in states or get_args(State):
            rows: list[Row] = []
            while not rows or len(rows) == size:
                rows = await self._database.read(  # in the order of an index, so that no portion reads the others
                    """
                    SELECT * FROM suggestion WHERE guild_id = :guild_id AND state = :state AND id > :last
                    ORDER BY id LIMIT :size
                    """,
                    guild_id=guild_id,
                    state=state,
                    last=rows[-1]["id"] if rows else 0,
                    size=size,
                )
                if not rows:
                    break
                yield [suggestion_from(row) for row in rows]

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

    # --- changes ---

    async def change(
        self,
        suggestion: Suggestion,
        action: Action,
        actor: Actor,
        *,
        by: int | None,
        at: int,
        why: str = "",
        entry: Entry | None = None,
        settings: GuildSettings = _NOTHING_CHOSEN,
    ) -> Change | None:
        """Do it, if it may still be done; None when somebody was quicker or something forbids it.

        A moderator's change is made to what they saw (`suggestion.version`), an author's and the votes' to
        what stands now. `entry` replaces the text.
        """
        move = TRANSITIONS[action, actor]
        opened: dict[str, SqlValue] = {}
        if move.to == "open":
            days = settings.voting_days
            opened = {"closes_at": end_of_vote(at, days), "voting_days": days}
        async with self._database.transaction(suggestion.guild_id) as transaction:
            before = await transaction.run(
                "SELECT * FROM suggestion WHERE id = :id AND guild_id = :guild_id",
                id=suggestion.id,
                guild_id=suggestion.guild_id,
            )
            if not before:
                return None
            text = (entry._asdict() if entry else {}) | opened
            rows = await transaction.run(
                f"""
                UPDATE suggestion SET version = version + 1, state = coalesce(:to, state)
                    {"".join(f", {name} = :{name}" for name in text)}
                WHERE id = :id AND guild_id = :guild_id
                    AND state IN ({", ".join(f"'{state}'" for state in move.since)})
                    AND {"version = :version" if actor == "moderator" else _HOLDS[action, actor]}
                RETURNING *
                """,
                id=suggestion.id,
                guild_id=suggestion.guild_id,
                montage=suggestion.montage_id,
                to=move.to,
                by=by,
                at=at,
                version=suggestion.version,
                margin=max(settings.margin, 1),
                share_percent=settings.share_percent,
                **text,
            )
            if not rows:
                return None
            (event,) = await transaction.run(
                """
                INSERT INTO suggestion_event (suggestion_id, what, part, by_id, at, why, before)
                VALUES (:id, :action, :actor, :by, :at, :why, :before) RETURNING *
                """,
                id=suggestion.id,
                action=action,
                actor=actor,
                by=by,
                at=at,
                why=why,
                before=snapshot(before[0]),
            )
        return Change(suggestion_from(rows[0]), _event(event))

    async def undo(
        self, suggestion: Suggestion, *, by: int, at: int, settings: GuildSettings = _NOTHING_CHOSEN
    ) -> Change | None:
        """Take back the latest change that still holds; None when there is none or somebody was quicker.

        A vote that is open again and whose time is over begins anew.
        """
        days, closes_at = settings.voting_days, suggestion.closes_at
        if not days or closes_at is None or closes_at <= at:
            closes_at = end_of_vote(at, days)
        async with self._database.transaction(suggestion.guild_id) as transaction:
            last = await transaction.run(
                """
                SELECT * FROM suggestion_event
                WHERE suggestion_id = :id AND undone_at IS NULL ORDER BY id DESC LIMIT 1
                """,
                id=suggestion.id,
            )
            if not last:
                return None
            rows = await self._restore(transaction, suggestion, json.loads(last[0]["before"]))
            if not rows:
                return None
            if rows[0]["state"] == "open":
                rows = await transaction.run(
                    "UPDATE suggestion SET closes_at = :closes, voting_days = :days WHERE id = :id RETURNING *",
                    closes=closes_at,
                    days=days,
                    id=suggestion.id,
                )
            (event,) = await transaction.run(
                """
                UPDATE suggestion_event SET undone_at = :at, undone_by = :by, told = 0, steps = 0
                WHERE id = :id RETURNING *
                """,
                at=at,
                by=by,
                id=last[0]["id"],
            )
            await transaction.run(
                """
                UPDATE report SET settled_at = NULL, settled_by = NULL, settled_with = NULL
                WHERE suggestion_id = :suggestion AND settled_with = :event
                """,
                suggestion=suggestion.id,
                event=last[0]["id"],
            )
        return Change(suggestion_from(rows[0]), _event(event))

    @staticmethod
    async def _restore(
        transaction: Transaction, suggestion: Suggestion, before: Mapping[str, SqlValue]
    ) -> list[Row]:
        return await transaction.run(
            """
            UPDATE suggestion
            SET version = version + 1, state = :state, film = :film, year = :year, scene = :scene, why = :why,
                discipline = :discipline, link = :link
            WHERE id = :id AND guild_id = :guild_id AND version = :version
            RETURNING *
            """,
            id=suggestion.id,
            guild_id=suggestion.guild_id,
            version=suggestion.version,
            **before,
        )

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
            _event(row)._replace(reworded=_text_of(row["before"]) != _text_of(then) and not row["undone_at"])
            for row, then in zip(rows, after, strict=False)
        ]

    # --- what has to follow ---

    async def step_done(self, event: Event, step: int) -> None:
        """One of the things that follow from this event has been done."""
        await self._database.write(
            """
            UPDATE suggestion_event SET steps = steps | :step
            WHERE id = :id AND coalesce(undone_at, 0) = :undone
            """,
            step=step,
            id=event.id,
            undone=event.undone_at or 0,
        )

    async def told(self, event: Event) -> None:
        """Everything that had to follow from this event has been done."""
        await self._database.write(
            "UPDATE suggestion_event SET told = 1 WHERE id = :id AND coalesce(undone_at, 0) = :undone",
            id=event.id,
            undone=event.undone_at or 0,
        )

    async def without_card(self) -> list[Suggestion]:
        """Open ones that have no card, and nothing is known that keeps it from being posted.

        What came with a list is posted by `bot.suggestions.bulk.posting`.
        """
        rows = await self._database.read(
            f"""
            SELECT * FROM suggestion
            WHERE state = 'open' AND message_id IS NULL AND trouble = '' AND imported = 0 AND {self._own}
            ORDER BY id LIMIT 100
            """
        )
        return [suggestion_from(row) for row in rows]

    async def untold(self, at: int) -> list[Change]:
        """Changes of the last day that nothing has followed yet."""
        events = await self._database.read(
            f"""
            SELECT suggestion_event.* FROM suggestion_event JOIN suggestion ON suggestion.id = suggestion_id
            WHERE told = 0 AND coalesce(undone_at, at) > :day AND {self._own}
            ORDER BY suggestion_event.id LIMIT 100
            """,
            day=at - DAY,
        )
        changes = []
        for row in events:
            (suggestion,) = await self._database.read(
                "SELECT * FROM suggestion WHERE id = :id", id=row["suggestion_id"]
            )
            changes.append(Change(suggestion_from(suggestion), _event(row)))
        return changes

    async def ahead(self) -> list[Suggestion]:
        """Every open one, of every server, that has more votes for it than against it."""
        ahead = is_ahead("suggestion.guild_id", "'s' || suggestion.id")
        rows = await self._database.read(
            f"SELECT * FROM suggestion WHERE state = 'open' AND {self._own} AND {ahead} ORDER BY id"
        )
        return [suggestion_from(row) for row in rows]

    async def over(self, now: int) -> list[Suggestion]:
        """Open ones of every server whose vote is over, the first to end first; a hundred at most."""
        rows = await self._database.read(
            f"""
            SELECT * FROM suggestion WHERE state = 'open' AND closes_at <= :now AND {self._own}
            ORDER BY closes_at, id LIMIT 100
            """,
            now=now,
        )
        return [suggestion_from(row) for row in rows]

    async def next_end(self) -> int | None:
        """When the next vote ends."""
        ((at,),) = await self._database.read(
            f"SELECT min(closes_at) FROM suggestion WHERE state = 'open' AND {self._own}"
        )
        return at if at is None else int(at)

    async def guilds_with_ends(self) -> list[int]:
        """The servers where a vote is open that ends."""
        rows = await self._database.read(
            f"""
            SELECT DISTINCT guild_id FROM suggestion
            WHERE state = 'open' AND closes_at IS NOT NULL AND {self._own}
            """
        )
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
                await transaction.run(_REDRAW_CARD, id=row["id"])
        return len(rows)

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


def snapshot(row: Row, **other: str) -> str:
    """What `undo` restores, as it is kept with an event; `other` is what was different before."""
    kept = ("state", "film", "year", "scene", "why", "discipline", "link")
    return json.dumps({name: row[name] for name in kept} | other, ensure_ascii=False)


def _text_of(snapshot: str) -> dict[str, SqlValue]:
    return {name: value for name, value in json.loads(snapshot).items() if name != "state"}


def suggestion_from(row: Row) -> Suggestion:
    """A row of the table."""
    return Suggestion(
        id=row["id"],
        guild_id=row["guild_id"],
        author_id=row["author_id"],
        entry=Entry(row["film"], row["year"], row["scene"], row["why"], row["discipline"], row["link"]),
        state=row["state"],
        created_at=row["created_at"],
        channel_id=row["channel_id"],
        message_id=row["message_id"],
        version=row["version"],
        anonymous=bool(row["anonymous"]),
        trouble=Said.read(row["trouble"]),
        closes_at=row["closes_at"],
        imported=bool(row["imported"]),
        is_post=bool(row["is_post"]),
    )


def _event(row: Row) -> Event:
    return Event(
        id=row["id"],
        suggestion_id=row["suggestion_id"],
        action=row["what"],
        actor=row["part"],
        by=row["by_id"],
        at=row["at"],
        why=row["why"],
        undone_at=row["undone_at"],
        undone_by=row["undone_by"],
        steps=row["steps"],
    )
