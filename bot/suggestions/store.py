"""Suggestions and drafts in the database."""

from dataclasses import asdict, dataclass
from typing import Literal

from bot.catalogue import Montage
from bot.database import Database, Row
from bot.suggestions.entry import Entry, Typed

State = Literal["open", "accepted", "declined", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A member's montage and its fate. `author_id` is None once the person asked to be forgotten."""

    id: int
    place: int
    author_id: int | None
    entry: Entry
    state: State
    created_at: int
    channel_id: int | None = None
    message_id: int | None = None

    @property
    def montage_id(self) -> str:
        """Its id wherever montages are voted on or shown."""
        return f"s{self.id}"

    def as_montage(self, family: str) -> Montage:
        """The montage that it is once accepted; `family` is that of its discipline, or empty."""
        entry = self.entry
        return Montage(
            id=self.montage_id,
            film=entry.film,
            year=entry.year,
            scene=entry.scene,
            blurb=entry.why,
            discipline=entry.discipline,
            family=family,
        )


def suggestion_number(montage_id: str) -> int | None:
    """12 for `s12`; None for a shipped montage's id."""
    digits = montage_id[1:]
    return int(digits) if montage_id.startswith("s") and digits.isascii() and digits.isdigit() else None


def _suggestion(row: Row) -> Suggestion:
    return Suggestion(
        id=row["id"],
        place=row["guild_id"],
        author_id=row["author_id"],
        entry=Entry(row["film"], row["year"], row["scene"], row["why"], row["discipline"]),
        state=row["state"],
        created_at=row["created_at"],
        channel_id=row["channel_id"],
        message_id=row["message_id"],
    )


class SuggestionStore:
    """One row per suggestion; drafts are what somebody typed and still has to mend."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, place: int, author_id: int, entry: Entry, at: int) -> Suggestion:
        """A new open suggestion."""
        (row,) = await self._database.write(
            """
            INSERT INTO suggestion (guild_id, author_id, film, year, scene, why, discipline, created_at)
            VALUES (:place, :author, :film, :year, :scene, :why, :discipline, :at)
            RETURNING *
            """,
            place=place,
            author=author_id,
            at=at,
            **asdict(entry),
        )
        return _suggestion(row)

    async def get(self, place: int, identity: int) -> Suggestion | None:
        """The suggestion of that number, if it belongs to the place."""
        rows = await self._database.read(
            "SELECT * FROM suggestion WHERE id = :id AND guild_id = :place", id=identity, place=place
        )
        return _suggestion(rows[0]) if rows else None

    async def of(self, place: int, state: State) -> list[Suggestion]:
        """All of a place in that state, oldest first."""
        rows = await self._database.read(
            "SELECT * FROM suggestion WHERE guild_id = :place AND state = :state ORDER BY id",
            place=place,
            state=state,
        )
        return [_suggestion(row) for row in rows]

    async def posted(self, identity: int, channel_id: int, message_id: int) -> None:
        """Where its card stands."""
        await self._database.write(
            "UPDATE suggestion SET channel_id = :channel, message_id = :message WHERE id = :id",
            id=identity,
            channel=channel_id,
            message=message_id,
        )

    async def keep_draft(self, place: int, author_id: int, typed: Typed, at: int) -> int:
        """Keep what was typed; returns its number. Drafts older than a day go."""
        await self._database.write("DELETE FROM draft WHERE created_at < :old", old=at - 24 * 60 * 60 * 1000)
        ((identity,),) = await self._database.write(
            """
            INSERT INTO draft (guild_id, author_id, film, year, scene, why, discipline, created_at)
            VALUES (:place, :author, :film, :year, :scene, :why, :discipline, :at)
            RETURNING id
            """,
            place=place,
            author=author_id,
            at=at,
            **asdict(typed),
        )
        return int(identity)

    async def draft(self, place: int, author_id: int, identity: int) -> Typed | None:
        """A person's own draft."""
        rows = await self._database.read(
            """
            SELECT film, year, scene, why, discipline FROM draft
            WHERE id = :id AND guild_id = :place AND author_id = :author
            """,
            id=identity,
            place=place,
            author=author_id,
        )
        return Typed(*rows[0]) if rows else None

    async def drop_draft(self, author_id: int, identity: int) -> None:
        """A person's own draft became a suggestion; somebody else's stays."""
        await self._database.write(
            "DELETE FROM draft WHERE id = :id AND author_id = :author", id=identity, author=author_id
        )
