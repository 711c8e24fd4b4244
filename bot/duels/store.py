"""Duels and what people chose in them, in the database."""

from collections import Counter
from typing import NamedTuple

from bot.database import Database, Row, either

_COUNTS = """
    SELECT duel.id, first_id, second_id,
           count(*) FILTER (WHERE value = 1), count(*) FILTER (WHERE value = -1), count(*) FILTER (WHERE value = 0)
    FROM duel LEFT JOIN duel_choice ON duel_id = duel.id
    WHERE duel.id = :duel AND guild_id = :guild_id
    GROUP BY duel.id
"""
# SQLite takes the tables in this order where it is told to; by another it would sort.
_CHOICES_OF = """
    SELECT duel.id, user_id, first_id, second_id, value, chosen_at
    FROM duel {join} duel_choice ON duel_id = duel.id
    WHERE duel.id >= :duel AND (duel.id, user_id) > (:duel, :user) {here}
    ORDER BY duel.id, user_id LIMIT :most
"""
_CHOICES, _CHOICES_OF_SERVER = (
    either(_CHOICES_OF.format(join="CROSS JOIN", here=here), _CHOICES_OF.format(join="JOIN", here=here))
    for here in ("", "AND guild_id = :guild_id")
)


class Duel(NamedTuple):
    """Two montages head to head, and how many people chose which."""

    id: int
    first_id: str
    second_id: str
    first: int = 0
    second: int = 0
    neither: int = 0


class DuelStore:
    """One row per duel, one per choice."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # Choices written since the start, by server.
        self._written: Counter[int] = Counter()

    async def open(self, guild_id: int, first_id: str, second_id: str, at: int) -> Duel:
        """Put two montages head to head."""
        ((number,),) = await self._database.write(
            """
            INSERT INTO duel (guild_id, first_id, second_id, opened_at) VALUES (:guild_id, :first, :second, :at)
            RETURNING id
            """,
            guild_id=guild_id,
            first=first_id,
            second=second_id,
            at=at,
        )
        return Duel(number, first_id, second_id)

    async def get(self, guild_id: int, duel: int) -> Duel | None:
        """A duel of that server, as it stands."""
        rows = await self._database.read(_COUNTS, guild_id=guild_id, duel=duel)
        return Duel(*rows[0]) if rows else None

    async def choose(self, guild_id: int, duel: int, user_id: int, value: int, at: int) -> tuple[Duel, bool] | None:
        """Choose: 1 the first, -1 the second, 0 neither. Gives the duel as it stands then, and whether the
        choice counted: each person has one. None for a duel that is not there.
        """
        counted, found = await self._database.write_then_read(
            """
            INSERT INTO duel_choice (duel_id, user_id, value, chosen_at)
            SELECT id, :user, :value, :at FROM duel WHERE id = :duel AND guild_id = :guild_id
            ON CONFLICT (duel_id, user_id) DO NOTHING RETURNING value
            """,
            _COUNTS,
            guild_id=guild_id,
            duel=duel,
            user=user_id,
            value=value,
            at=at,
        )
        self._written[guild_id] += len(counted)
        return (Duel(*found[0]), bool(counted)) if found else None

    def changes(self, guild_id: int | None) -> int:
        """How many choices were made since the start in a server, or in all of them when None."""
        return self._written.total() if guild_id is None else self._written[guild_id]

    async def choices(self, guild_id: int | None, after: tuple[int, int], most: int) -> list[Row]:
        """The next `most` choices (duel, user_id, first_id, second_id, value, chosen_at) of a server, or of all
        places when None, after the one whose first two these are.
        """
        return await self._database.read(
            _CHOICES if guild_id is None else _CHOICES_OF_SERVER,
            duel=after[0],
            user=after[1],
            most=most,
            **({} if guild_id is None else {"guild_id": guild_id}),
        )
