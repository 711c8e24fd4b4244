"""Changes of suggestions in the database, and what has yet to follow from them.

One conditional UPDATE decides each change. All of them go through `bot.suggestions.decisions`.
"""

from collections.abc import Mapping

from bot.clock import DAY
from bot.database import Database, SqlValue, Transaction
from bot.guilds import GuildSettings
from bot.shards import EVERY_SHARD, Shards
from bot.suggestions.entry import Entry
from bot.suggestions.lifecycle import TRANSITIONS, Action, Actor, end_of_vote, reopened_end
from bot.suggestions.rows import add_event, event_from, restored, snapshot, suggestion_from, suggestions_where
from bot.suggestions.suggestion import Change, Event, Suggestion
from bot.voting import is_ahead, others_have_voted, reaches_threshold

_NOTHING_CHOSEN = GuildSettings()

# The threshold, counted at this very moment; and what a moderator took back from the votes once is the
# moderators' to decide.
_WON = f"""{reaches_threshold(":guild_id", ":montage")}
    AND NOT EXISTS (
        SELECT 1 FROM suggestion_event
        WHERE suggestion_id = :id AND what = 'accepted' AND part = 'votes' AND undone_at IS NOT NULL)"""

# A moderator decides what they have seen.
_AS_SEEN = "version = :version"

# What has to hold for the others besides the state, as part of the one UPDATE, so that nothing can slip in between.
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


class ChangeStore:
    """Does and undoes changes; one row of history for each."""

    def __init__(self, database: Database, shards: Shards = EVERY_SHARD) -> None:
        self._database = database
        # Whoever looks for what was left undone looks in its own shards.
        self._own = shards.owned("suggestion.guild_id")

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
        to = TRANSITIONS[action, actor].to
        values: dict[str, SqlValue] = (entry._asdict() if entry else {}) | ({"state": to} if to else {})
        if to == "open":
            values |= _ends(end_of_vote(at, settings.voting_days), settings)
        async with self._database.transaction(suggestion.guild_id) as transaction:
            before = await transaction.run("SELECT * FROM suggestion WHERE id = :id", id=suggestion.id)
            changed = await _update(
                transaction,
                suggestion,
                values,
                _condition(action, actor),
                montage=suggestion.montage_id,
                by=by,
                at=at,
                margin=max(settings.margin, 1),
                share_percent=settings.share_percent,
            )
            if changed is None:
                return None
            event = await add_event(
                transaction, changed.id, action, actor, by=by, at=at, why=why, before=snapshot(before[0])
            )
        return Change(changed, event)

    async def undo(
        self, suggestion: Suggestion, *, by: int, at: int, settings: GuildSettings = _NOTHING_CHOSEN
    ) -> Change | None:
        """Take back the latest change that still holds; None when there is none or somebody was quicker.

        A vote that is open again and whose time is over begins anew.
        """
        async with self._database.transaction(suggestion.guild_id) as transaction:
            last = await transaction.run(
                """
                SELECT id, before FROM suggestion_event
                WHERE suggestion_id = :id AND undone_at IS NULL ORDER BY id DESC LIMIT 1
                """,
                id=suggestion.id,
            )
            if not last:
                return None
            values = restored(last[0]["before"])
            if values["state"] == "open":
                values |= _ends(reopened_end(suggestion.closes_at, settings.voting_days, at), settings)
            changed = await _update(transaction, suggestion, values, _AS_SEEN)
            if changed is None:
                return None
            return Change(changed, await _undone(transaction, last[0]["id"], by, at))

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
            (suggestion,) = await suggestions_where(self._database, "id = :id", id=row["suggestion_id"])
            changes.append(Change(suggestion, event_from(row)))
        return changes

    async def without_card(self) -> list[Suggestion]:
        """Open ones that have no card, and nothing is known that keeps it from being posted.

        What came with a list is posted by `bot.suggestions.bulk.posting`.
        """
        return await suggestions_where(
            self._database,
            f"""state = 'open' AND message_id IS NULL AND trouble = '' AND imported = 0 AND {self._own}
            ORDER BY id LIMIT 100""",
        )

    async def ahead(self) -> list[Suggestion]:
        """Every open one, of every server, that has more votes for it than against it."""
        ahead = is_ahead("suggestion.guild_id", "'s' || suggestion.id")
        return await suggestions_where(
            self._database, f"state = 'open' AND {self._own} AND {ahead} ORDER BY suggestion.id"
        )


def _condition(action: Action, actor: Actor) -> str:
    """When it may be done."""
    since = ", ".join(f"'{state}'" for state in TRANSITIONS[action, actor].since)
    return f"state IN ({since}) AND {_AS_SEEN if actor == 'moderator' else _HOLDS[action, actor]}"


async def _update(
    transaction: Transaction,
    suggestion: Suggestion,
    values: Mapping[str, SqlValue],
    condition: str,
    **parameters: SqlValue,
) -> Suggestion | None:
    """Give its columns these values, where the condition holds at this very moment; None where it does not."""
    rows = await transaction.run(
        f"""
        UPDATE suggestion SET version = version + 1{"".join(f", {name} = :{name}" for name in values)}
        WHERE id = :id AND guild_id = :guild_id AND {condition}
        RETURNING *
        """,
        id=suggestion.id,
        guild_id=suggestion.guild_id,
        version=suggestion.version,
        **values,
        **parameters,
    )
    return suggestion_from(rows[0]) if rows else None


def _ends(closes_at: int | None, settings: GuildSettings) -> dict[str, SqlValue]:
    """The columns that say when an open vote ends."""
    return {"closes_at": closes_at, "voting_days": settings.voting_days}


async def _undone(transaction: Transaction, event_id: int, by: int, at: int) -> Event:
    """Note that an event does not hold any more, and open the reports again that were settled with it."""
    (event,) = await transaction.run(
        """
        UPDATE suggestion_event SET undone_at = :at, undone_by = :by, told = 0, steps = 0
        WHERE id = :id RETURNING *
        """,
        at=at,
        by=by,
        id=event_id,
    )
    await transaction.run(
        """
        UPDATE report SET settled_at = NULL, settled_by = NULL, settled_with = NULL
        WHERE suggestion_id = :suggestion AND settled_with = :event
        """,
        suggestion=event["suggestion_id"],
        event=event_id,
    )
    return event_from(event)
