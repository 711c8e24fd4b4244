"""What TMDB has said of films, in the database."""

import json
from typing import NamedTuple

from bot.database import Database
from bot.films.offers import Offers


class Film(NamedTuple):
    """What is known of one film; no `kind`: TMDB knows none, or more than one."""

    source: str
    kind: str
    number: int
    poster: str
    trailer: str
    checked_at: int


class KnownOffers(NamedTuple):
    """Where a film can be watched, and when that was so."""

    offers: Offers
    checked_at: int


class FilmStore:
    """One row a film, and one more for those that somebody wanted to watch."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def films(self) -> list[Film]:
        """All of them."""
        rows = await self._database.read("SELECT source, kind, number, poster, trailer, checked_at FROM film")
        return [Film(*row) for row in rows]

    async def put(self, film: Film) -> None:
        """Keep what is known of a film, in the place of what was known."""
        await self._database.write(
            """
            INSERT INTO film (source, kind, number, poster, trailer, checked_at)
            VALUES (:source, :kind, :number, :poster, :trailer, :checked_at)
            ON CONFLICT (source) DO UPDATE SET kind = excluded.kind, number = excluded.number,
                poster = excluded.poster, trailer = excluded.trailer, checked_at = excluded.checked_at
            """,
            **film._asdict(),
        )

    async def offers(self, source: str) -> KnownOffers | None:
        """Where this film can be watched, as far as that is known."""
        rows = await self._database.read(
            "SELECT offers, checked_at FROM film_offers WHERE source = :source", source=source
        )
        return KnownOffers(json.loads(rows[0]["offers"]), rows[0]["checked_at"]) if rows else None

    async def put_offers(self, source: str, known: KnownOffers) -> None:
        """Keep where a known film can be watched."""
        await self._database.write(
            """
            INSERT INTO film_offers (source, offers, checked_at) VALUES (:source, :offers, :checked_at)
            ON CONFLICT (source) DO UPDATE SET offers = excluded.offers, checked_at = excluded.checked_at
            """,
            source=source,
            offers=json.dumps(known.offers, separators=(",", ":")),
            checked_at=known.checked_at,
        )

    async def forget(self, *, films_before: int, offers_before: int) -> None:
        """Delete what is older than these times."""
        await self._database.write("DELETE FROM film_offers WHERE checked_at < :before", before=offers_before)
        await self._database.write("DELETE FROM film WHERE checked_at < :before", before=films_before)

    async def erase(self) -> None:
        """Delete everything; nothing is written where there is nothing."""
        if await self._database.read("SELECT 1 FROM film LIMIT 1"):
            await self._database.write("DELETE FROM film")
