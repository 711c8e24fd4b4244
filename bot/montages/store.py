"""What was shown where, in the database."""

from dataclasses import dataclass

from bot.database import Database


@dataclass(frozen=True, slots=True)
class Showing:
    """How often a montage was shown in a scope, and when last."""

    montage_id: str
    times: int
    shown_at: int


class ShowingStore:
    """A scope is a server, or outside servers a person."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, scope: int) -> list[Showing]:
        """Everything that was shown there, the latest first."""
        rows = await self._database.read(
            "SELECT montage_id, times, shown_at FROM showing WHERE scope_id = :scope ORDER BY shown_at DESC",
            scope=scope,
        )
        return [Showing(*row) for row in rows]

    async def record(self, scope: int, showing: Showing) -> None:
        """Remember that it was shown."""
        await self._database.write(
            """
            INSERT INTO showing (scope_id, montage_id, times, shown_at) VALUES (:scope, :montage, :times, :at)
            ON CONFLICT (scope_id, montage_id) DO UPDATE
            SET times = max(times, excluded.times), shown_at = max(shown_at, excluded.shown_at)
            """,
            scope=scope,
            montage=showing.montage_id,
            times=showing.times,
            at=showing.shown_at,
        )

    async def arrivals(self, montage_ids: list[str], at: int) -> dict[str, int]:
        """When each shipped montage was first seen by this database; those never seen arrive now."""
        known = {row[0]: row[1] for row in await self._database.read("SELECT montage_id, arrived_at FROM arrival")}
        fresh = [identity for identity in montage_ids if identity not in known]
        if fresh:
            async with self._database.transaction() as transaction:
                for identity in fresh:
                    await transaction.run(
                        "INSERT INTO arrival (montage_id, arrived_at) VALUES (:id, :at)", id=identity, at=at
                    )
        return {**known, **dict.fromkeys(fresh, at)}
