"""A club whose bot has a token, and a make-believe TMDB that it asks; for tests."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import simcord

from bot.app import create_bot
from bot.catalogue import Catalogue, Montage
from bot.films import TMDBClient
from bot.pacing import RequestPacer
from bot.preview.film_database import FilmDatabase, MadeUpFilm, made_up_films
from bot.settings import Settings
from tests.club import Club, shipped_montages

TOKEN = "a-token-that-reads"  # noqa: S105 - of nobody's account
FILMS = ("rocky-iv-1985", "cool-runnings-1993", "kill-bill-vol-2-2004", "haikyu-2014")


def few() -> list[Montage]:
    """Three films that have an IMDb id, and a series that has none."""
    return [montage for montage in shipped_montages() if montage.id in FILMS]


def in_a_hurry(address: str) -> TMDBClient:
    """A client that asks as fast as it can."""
    return TMDBClient(TOKEN, address, RequestPacer(1e6))


@asynccontextmanager
async def open_cinema(
    database: Path, films: Sequence[MadeUpFilm] | None = None
) -> AsyncIterator[tuple[Club, FilmDatabase]]:
    """The club once everything is known of `films` (those of its four montages); to be opened inside the test."""
    async with FilmDatabase(made_up_films(few()) if films is None else films) as tmdb:
        bot = create_bot(Settings(database=database, tmdb_token=TOKEN), Catalogue(few()))
        bot.services.films.client = in_a_hurry(tmdb.address)
        # simcord waits for every timer that is due within this; a connection that rests is closed after 15 seconds.
        async with simcord.run(bot, settle_timeout=10) as env:
            club = Club(env, bot)
            await bot.services.films.turn()  # the world has just become most of a year older
            tmdb.requests.clear()
            try:
                yield club, tmdb
            finally:
                await club.bot.close()
            assert not club.contract_violations()
