"""A member's own list in the database."""

from typing import Literal, NamedTuple

from bot.database import Database, Row
from bot.errors import UserError
from bot.languages import _, numeral

# Far more than anybody looks through; less than a script could fill a disk with.
ENTRIES_AT_MOST = 1_000
Mark = Literal["saved", "seen"]


class ShelfEntry(NamedTuple):
    """One montage on a list: since when it is saved, and since when seen; None: it is not."""

    montage_id: str
    saved_at: int | None = None
    seen_at: int | None = None

    def marked_at(self, mark: Mark) -> int | None:
        """Since when it has that mark."""
        return self.saved_at if mark == "saved" else self.seen_at


def _entry(row: Row) -> ShelfEntry:
    return ShelfEntry(row["montage_id"], row["saved_at"], row["seen_at"])


class ShelfStore:
    """An entry is there for as long as it has one of the marks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_person(self, user_id: int) -> list[ShelfEntry]:
        """Everything on a person's list."""
        rows = await self._database.read(
            "SELECT montage_id, saved_at, seen_at FROM shelf WHERE user_id = :user", user=user_id
        )
        return list(map(_entry, rows))

    async def get(self, user_id: int, montage_id: str) -> ShelfEntry:
        """How a montage stands on a person's list."""
        rows = await self._database.read(
            "SELECT montage_id, saved_at, seen_at FROM shelf WHERE user_id = :user AND montage_id = :montage",
            user=user_id,
            montage=montage_id,
        )
        return _entry(rows[0]) if rows else ShelfEntry(montage_id)

    async def mark(self, user_id: int, montage_id: str, guild_id: int, mark: Mark, at: int) -> ShelfEntry:
        """Give it the mark; one that it has stays as old as it is. `guild_id`: the server whose own it is, or 0.

        Raises UserError where the list is full.
        """
        rows = await self._database.write(
            """
            INSERT INTO shelf (user_id, montage_id, guild_id, saved_at, seen_at)
            SELECT :user, :montage, :guild_id, :saved, :seen
            WHERE (SELECT count(*) FROM shelf WHERE user_id = :user) < :most
               OR EXISTS (SELECT 1 FROM shelf WHERE user_id = :user AND montage_id = :montage)
            ON CONFLICT (user_id, montage_id) DO UPDATE
            SET saved_at = coalesce(shelf.saved_at, excluded.saved_at),
                seen_at = coalesce(shelf.seen_at, excluded.seen_at)
            RETURNING montage_id, saved_at, seen_at
            """,
            user=user_id,
            montage=montage_id,
            guild_id=guild_id,
            saved=at if mark == "saved" else None,
            seen=at if mark == "seen" else None,
            most=ENTRIES_AT_MOST,
        )
        if not rows:
            raise UserError(
                _(
                    "Your list holds {entries_at_most}, and there I stop carrying. Take something off first: "
                    "`/montage saved`.",
                    entries_at_most=numeral(ENTRIES_AT_MOST),
                )
            )
        return _entry(rows[0])

    async def unmark(self, user_id: int, montage_id: str, mark: Mark) -> ShelfEntry:
        """Take the mark away; nothing is kept of what has none left.

        Whether there is another mark is asked in each statement, so they need not be one transaction.
        """
        mine, other = ("saved_at", "seen_at") if mark == "saved" else ("seen_at", "saved_at")
        which = "user_id = :user AND montage_id = :montage"
        for statement in (
            f"DELETE FROM shelf WHERE {which} AND {other} IS NULL",  # noqa: S608
            f"UPDATE shelf SET {mine} = NULL WHERE {which} AND {other} IS NOT NULL",  # noqa: S608
        ):
            await self._database.write(statement, user=user_id, montage=montage_id)
        return await self.get(user_id, montage_id)
