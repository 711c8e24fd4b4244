"""Rows of the tables of suggestions and of what happened to them, and what the bot makes of a row."""

import json

from bot.database import Database, Row, SqlValue, Transaction
from bot.languages import Said
from bot.suggestions.entry import Entry
from bot.suggestions.lifecycle import Action, Actor
from bot.suggestions.suggestion import Event, Suggestion

# What an event keeps of the suggestion as it was before: the columns that an undo restores.
_RESTORED = ("state", "film", "year", "scene", "why", "discipline", "link")


async def suggestions_where(database: Database, condition: str, **values: SqlValue) -> list[Suggestion]:
    """Those for which a condition of our own holds; an ORDER BY may follow it."""
    return list(map(suggestion_from, await database.read(f"SELECT * FROM suggestion WHERE {condition}", **values)))


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


async def add_event(
    transaction: Transaction,
    suggestion_id: int,
    action: Action,
    actor: Actor,
    *,
    by: int | None,
    at: int,
    before: str,
    why: str = "",
    told: bool = False,
) -> Event:
    """Note what has happened to a suggestion; `told`: nothing has to follow from it."""
    (row,) = await transaction.run(
        """
        INSERT INTO suggestion_event (suggestion_id, what, part, by_id, at, why, before, told)
        VALUES (:id, :action, :actor, :by, :at, :why, :before, :told) RETURNING *
        """,
        id=suggestion_id,
        action=action,
        actor=actor,
        by=by,
        at=at,
        why=why,
        before=before,
        told=int(told),
    )
    return event_from(row)


def event_from(row: Row) -> Event:
    """A row of the table."""
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


def snapshot(row: Row, **other: str) -> str:
    """What an undo restores, as it is kept with an event; `other` is what was different before."""
    return json.dumps({name: row[name] for name in _RESTORED} | other, ensure_ascii=False)


def restored(snapshot: str) -> dict[str, SqlValue]:
    """What `snapshot` was given: the value of each column."""
    kept = json.loads(snapshot)
    return {name: kept[name] for name in _RESTORED}


def text_of(snapshot: str) -> dict[str, SqlValue]:
    """The same without the state."""
    return {name: value for name, value in restored(snapshot).items() if name != "state"}
