"""What was shown where, in the database."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from bot.database import Database, either

_RECORD_OF = """
    INSERT INTO showing (scope_id, montage_id, times, shown_at)
    SELECT {rows} WHERE true
    ON CONFLICT (scope_id, montage_id) DO UPDATE
    SET times = CASE WHEN showing.times < excluded.times THEN excluded.times ELSE showing.times END,
        shown_at = CASE WHEN showing.shown_at < excluded.shown_at THEN excluded.shown_at ELSE showing.shown_at END
"""
_RECORD = either(
    _RECORD_OF.format(rows="value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(:shown)"),
    _RECORD_OF.format(
        rows="CAST(value ->> 0 AS BIGINT), value ->> 1, CAST(value ->> 2 AS BIGINT), CAST(value ->> 3 AS BIGINT) "
        "FROM json_array_elements(CAST(:shown AS json))"
    ),
)


class Showing(NamedTuple):
    """How often a montage was shown in a scope, and when last."""

    montage_id: str
    times: int
    shown_at: int


class ShowingStore:
    """A scope is a server, or outside servers a person."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def shown_in(self, scope: int) -> list[Showing]:
        """Everything that was shown there, the latest first."""
        rows = await self._database.read(
            "SELECT montage_id, times, shown_at FROM showing WHERE scope_id = :scope ORDER BY shown_at DESC",
            scope=scope,
        )
        return [Showing(*row) for row in rows]

    async def record(self, shown: Iterable[tuple[int, Showing]]) -> None:
        """Remember what was shown, each with its scope; one statement, however many they are."""
        await self._database.write(
            _RECORD,
            # In one order, so that those who write the same rows at the same moment wait for each other.
            shown=json.dumps(sorted((scope, s.montage_id, s.times, s.shown_at) for scope, s in shown)),
        )

    async def arrivals(self, montage_ids: list[str], at: int) -> dict[str, int]:
        """When each shipped montage was first seen by this database; those never seen arrive now."""
        known = {row[0]: row[1] for row in await self._database.read("SELECT montage_id, arrived_at FROM arrival")}
        fresh = [identity for identity in montage_ids if identity not in known]
        if fresh:
            async with self._database.transaction() as transaction:
                for identity in fresh:
                    await transaction.run(
                        """
                        INSERT INTO arrival (montage_id, arrived_at) VALUES (:id, :at)
                        ON CONFLICT (montage_id) DO NOTHING
                        """,
                        id=identity,
                        at=at,
                    )
        return {**known, **dict.fromkeys(fresh, at)}
