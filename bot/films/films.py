"""What is known of the catalogue's films: kept up to date in the background, and in memory for the cards."""

import asyncio
from collections.abc import Iterator
from typing import NamedTuple

from bot import clock
from bot.catalogue import Catalogue, Montage
from bot.films.answers import (
    Details,
    Identity,
    Wanted,
    details_in,
    fitting,
    found_by_id,
    source_of,
    the_only,
    wanted_film,
)
from bot.films.client import TMDBClient, TMDBUnavailableError
from bot.films.store import Film, FilmStore, KnownOffers
from bot.guilds import GuildSettingsService
from bot.routine import Routine

# How long an answer holds, by what it was.
POSTER_HOLDS = 30 * clock.DAY
OFFERS_HOLD = clock.DAY
NOT_FOUND_HOLDS = 7 * clock.DAY
# TMDB's terms: nothing is kept longer than six months. Offers this old help nobody, even while TMDB is silent.
_KEPT = 180 * clock.DAY
_OFFERS_KEPT = 7 * clock.DAY
# A film that could not be asked about waits for so long, and does not keep the others waiting.
_LATER = clock.HOUR
_REST_SECONDS = 3600.0
# How many films of members' suggestions may wait to be asked about.
_WAITING_AT_MOST = 1_000
# Seconds that somebody who wants to watch a film waits for the answer.
_PATIENCE = 6.0
# 185 points wide: a thumbnail is shown smaller than that on every screen.
_PICTURES = "https://image.tmdb.org/t/p/w185"
_VIDEOS = "https://www.youtube.com/watch?v="


class FilmLinks(NamedTuple):
    """What a card shows of its film; None where there is none. That it can be watched somewhere is tried out."""

    poster: str | None
    trailer: str | None


class Films:
    """Everything that TMDB says of films. Without a client nothing is asked, shown or kept.

    A card is drawn with what is in memory, and never waits: about 570 bytes a film, 0.23 MB for the 402 of
    the catalogue, read in 5 ms at the start. Looking one up takes 0.8 µs and no trip to the database.
    """

    def __init__(
        self,
        store: FilmStore,
        client: TMDBClient | None,
        catalogue: Catalogue,
        settings: GuildSettingsService,
    ) -> None:
        self.client = client
        self._store, self._catalogue, self._settings = store, catalogue, settings
        self._known: dict[str, Film] = {}
        self._later: dict[str, int] = {}  # films that could not be asked about, and until when they wait
        self._waiting: dict[str, Wanted] = {}  # those of suggestions, which were drawn without being known
        self._asking = asyncio.Lock()
        self.routine = Routine("films", self.turn)

    async def open(self) -> None:
        """Read what is known; what an operator's token has brought goes when the token does."""
        if self.client is None:
            await self._store.erase()
            return
        await self._read()

    async def close(self) -> None:
        """Let go of the connection."""
        if self.client is not None:
            await self.client.close()

    def links(self, guild_id: int, montage: Montage) -> FilmLinks | None:
        """What the card of a montage shows of its film in this server; None for nothing at all."""
        if self.client is None or not self._catalogue.allows(guild_id, montage):
            return None
        source = source_of(montage)
        film = self._known.get(source)
        if montage.suggested and self._is_due(source) and len(self._waiting) < _WAITING_AT_MOST:
            self._waiting[source] = wanted_film(montage)
            self.routine.wake()
        if film is None or not film.kind:
            return None
        poster = film.poster if self._settings.shows_posters(guild_id) else ""
        return FilmLinks(
            f"{_PICTURES}{poster}" if poster else None, f"{_VIDEOS}{film.trailer}" if film.trailer else None
        )

    def page(self, montage: Montage, region: str) -> str | None:
        """TMDB's own page about where to watch it there."""
        film = self._known.get(source_of(montage))
        if film is None or not film.kind:
            return None
        return f"https://www.themoviedb.org/{film.kind}/{film.number}/watch?locale={region}"

    async def offers(self, montage: Montage) -> KnownOffers | None:
        """Where it can be watched: as of today, or else as it was lately. None where nobody can say.

        This is asked for by a person who waits for it, so it does wait for TMDB, for some seconds.
        """
        source = source_of(montage)
        try:
            async with asyncio.timeout(_PATIENCE), self._asking:
                known = await self._store.offers(source)
                film = self._known.get(source)
                fresh = known is not None and clock.within(OFFERS_HOLD, known.checked_at)
                if self.client is None or fresh or film is None or not film.kind:
                    return known
                details = await self._details(self.client, Identity(film.kind, film.number), offers=True)
                if details is not None:
                    known = KnownOffers(details.offers, clock.now())
                    await self._keep(source, Identity(film.kind, film.number), details)
                    await self._store.put_offers(source, known)
                return known
        except (TMDBUnavailableError, TimeoutError):
            return await self._store.offers(source)

    # --- in the background ---

    async def turn(self) -> float:
        """Ask about every film that is not known, or not lately; returns the seconds until the next try."""
        if self.client is None:
            return _REST_SECONDS
        await self._read()
        try:
            for wanted in self._due():
                await self._look_up(self.client, wanted)
        except TMDBUnavailableError as trouble:
            return trouble.seconds
        return _REST_SECONDS

    def _due(self) -> Iterator[Wanted]:
        """Each film as its turn comes; those of suggestions, whose cards are being looked at, before all others."""
        for montage in self._catalogue.shipped:
            while self._waiting:
                wanted = self._waiting.pop(next(iter(self._waiting)))
                if self._is_due(wanted.source):
                    yield wanted
            if self._is_due(source_of(montage)):
                yield wanted_film(montage)

    def _is_due(self, source: str) -> bool:
        if clock.now() < self._later.get(source, 0):
            return False
        film = self._known.get(source)
        return film is None or not clock.within(POSTER_HOLDS if film.kind else NOT_FOUND_HOLDS, film.checked_at)

    async def _look_up(self, client: TMDBClient, wanted: Wanted) -> None:
        try:
            film = self._known.get(wanted.source)
            identity = Identity(film.kind, film.number) if film is not None and film.kind else None
            details = await self._details(client, identity) if identity else None
            if details is None:  # not known yet, or gone from where it was
                identity = await _identify(client, wanted)
                details = await self._details(client, identity) if identity else None
            await self._keep(wanted.source, identity, details)
        except TMDBUnavailableError:
            self._later[wanted.source] = clock.now() + _LATER
            raise

    async def _details(self, client: TMDBClient, identity: Identity, *, offers: bool = False) -> Details | None:
        """What there is of a film; `offers` too only for somebody who waits for them: they are a hundred kB."""
        appended = "videos,watch/providers" if offers else "videos"
        answer = await client.get(f"{identity.kind}/{identity.number}", append_to_response=appended)
        return None if answer is None else details_in(answer)

    async def _keep(self, source: str, identity: Identity | None, details: Details | None) -> None:
        film = Film(source, "", 0, "", "", clock.now())
        if identity is not None and details is not None:
            film = Film(source, identity.kind, identity.number, details.poster, details.trailer, clock.now())
        await self._store.put(film)
        self._known[source] = film
        self._later.pop(source, None)

    async def _read(self) -> None:
        """Take in what the database has, for another process may have asked; what is too old goes from both."""
        before = clock.now() - _KEPT
        await self._store.forget(films_before=before, offers_before=clock.now() - _OFFERS_KEPT)
        for film in await self._store.films():
            known = self._known.get(film.source)
            if known is None or known.checked_at < film.checked_at:
                self._known[film.source] = film
        self._known = {source: film for source, film in self._known.items() if film.checked_at >= before}
        self._later = {source: until for source, until in self._later.items() if until > clock.now()}


async def _identify(client: TMDBClient, wanted: Wanted) -> Identity | None:
    """Which film at TMDB it is; None where it knows none, or several that fit."""
    if wanted.imdb is not None:
        found = await client.get(f"find/{wanted.imdb}", external_source="imdb_id")
        return None if found is None else found_by_id(found)
    fits: list[Identity] = []
    for kind in wanted.kinds:
        year = "year" if kind == "movie" else "first_air_date_year"
        answer = await client.get(
            f"search/{kind}", query=wanted.query, include_adult="false", **{year: str(wanted.year)}
        )
        fits += fitting(wanted, kind, answer or {})
    return the_only(fits)
