"""What somebody typed and has not sent for good: kept, so that nothing typed is ever lost."""

from typing import NamedTuple

from bot.clock import DAY
from bot.database import Database, Transaction
from bot.suggestions.entry import Typed

_TAKE = "DELETE FROM draft WHERE id = :id AND author_id = :author RETURNING id"


class Draft(NamedTuple):
    """What was typed into which form; `argument` is what that form carries."""

    typed: Typed
    form: str
    argument: str


class DraftStore:
    """One row per form that has something to mend or to answer; gone after a day."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, guild_id: int, author_id: int, draft: Draft, at: int) -> int:
        """Keep it; returns its number."""
        ((identity,),) = await self._database.write(
            """
            INSERT INTO draft
                (guild_id, author_id, film, year, scene, why, discipline, form, argument, created_at)
            VALUES (:guild_id, :author, :film, :year, :scene, :why, :discipline, :form, :argument, :at)
            RETURNING id
            """,
            guild_id=guild_id,
            author=author_id,
            form=draft.form,
            argument=draft.argument,
            at=at,
            **draft.typed._asdict(),
        )
        return int(identity)

    async def get(self, guild_id: int, author_id: int, identity: int) -> Draft | None:
        """A person's own draft."""
        rows = await self._database.read(
            """
            SELECT film, year, scene, why, discipline, form, argument FROM draft
            WHERE id = :id AND guild_id = :guild_id AND author_id = :author
            """,
            id=identity,
            guild_id=guild_id,
            author=author_id,
        )
        return Draft(Typed(*rows[0][:5]), rows[0]["form"], rows[0]["argument"]) if rows else None

    async def tidy(self, at: int) -> None:
        """Drafts older than a day go."""
        await self._database.write("DELETE FROM draft WHERE created_at < :old", old=at - DAY)

    async def drop(self, author_id: int, identity: int) -> None:
        """It has been sent for good."""
        await self._database.write(_TAKE, id=identity, author=author_id)


async def take_draft(transaction: Transaction, author_id: int, identity: int) -> bool:
    """The same, in the transaction that sends it; False where it is gone already."""
    return bool(await transaction.run(_TAKE, id=identity, author=author_id))
