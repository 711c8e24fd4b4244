"""What is known of films: asked about once, kept for as long as it holds, and gone when the token is."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import NamedTuple

import pytest
from aiohttp import web

from bot import clock
from bot.catalogue import Catalogue, Montage
from bot.database import SqliteDatabase
from bot.films import Films, FilmStore
from bot.films.films import FilmLinks
from bot.guilds import GuildSettingsService, GuildSettingsStore
from bot.preview.film_database import FilmDatabase, MadeUpFilm, made_up_films
from tests.films.cinema import few, in_a_hurry

ROCKY = next(montage for montage in few() if montage.id == "rocky-iv-1985")
HAIKYU = next(montage for montage in few() if montage.id == "haikyu-2014")
YENTL = Montage(id="s1", film="Yentl", year=1983, scene="By candlelight", discipline="study", blurb="x")
GUILD = 7


class Cinema(NamedTuple):
    """What knows films, and whom it asks."""

    films: Films
    tmdb: FilmDatabase
    settings: GuildSettingsService
    catalogue: Catalogue


class Calendar:
    """Days that pass when they are told to."""

    now = 1_800_000_000_000

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    calendar = Calendar()
    monkeypatch.setattr(clock, "now", calendar)
    return calendar


@asynccontextmanager
async def opened(path: Path, *more: MadeUpFilm, token: bool = True) -> AsyncIterator[Cinema]:
    """As after a start, on a database that may be there already."""
    database = SqliteDatabase(path)
    await database.open()
    catalogue = Catalogue(few())
    settings = GuildSettingsService(GuildSettingsStore(database), catalogue)
    async with FilmDatabase([*made_up_films(few()), *more]) as tmdb:
        client = in_a_hurry(tmdb.address) if token else None
        films = Films(FilmStore(database), client, catalogue, settings)
        try:
            await settings.open()
            await films.open()
            yield Cinema(films, tmdb, settings, catalogue)
        finally:
            await films.routine.stop()
            await films.close()
            await database.close()


@pytest.fixture
async def cinema(path: Path, calendar: Calendar) -> AsyncIterator[Cinema]:
    yentl = MadeUpFilm(900, "movie", "Yentl", 1983, None, "/yentl.jpg", None, {})
    async with opened(path, yentl) as cinema:
        yield cinema


def asked(cinema: Cinema) -> list[str]:
    """What was asked since the last time."""
    paths = [path.removeprefix("/3/") for path, _ in cinema.tmdb.requests]
    cinema.tmdb.requests.clear()
    return paths


def rows(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608


async def nothing(request: web.Request) -> web.Response:
    return web.json_response({"status_code": 34}, status=404)


async def broken(request: web.Request) -> web.Response:
    return web.Response(status=500)


async def test_every_shipped_film_is_found_by_its_id_or_by_title_and_year(cinema: Cinema) -> None:
    assert cinema.films.links(GUILD, ROCKY) is None, "a card does not wait"
    assert await cinema.films.turn() == 3600
    assert cinema.films.links(GUILD, ROCKY) == FilmLinks(
        "https://image.tmdb.org/t/p/w185/rocky-iv-1985.png", "https://www.youtube.com/watch?v=made-up-001"
    )
    searched = [query for path, query in cinema.tmdb.requests if "search" in path]
    assert searched == [{"query": HAIKYU.film, "include_adult": "false", "first_air_date_year": "2014"}]
    assert cinema.films.links(GUILD, HAIKYU)
    paths = asked(cinema)
    assert f"find/{ROCKY.imdb}" in paths and "movie/1" in paths and len(paths) == 8


async def test_an_answer_holds_for_a_month_and_for_a_week_where_nothing_was_found(
    cinema: Cinema, calendar: Calendar
) -> None:
    cinema.tmdb.films = [film for film in cinema.tmdb.films if film.imdb != ROCKY.imdb]
    await cinema.films.turn()
    asked(cinema)
    calendar.now += 7 * clock.DAY - 1
    await cinema.films.turn()
    assert asked(cinema) == []
    calendar.now += 1
    await cinema.films.turn()
    assert asked(cinema) == [f"find/{ROCKY.imdb}"] and cinema.films.links(GUILD, ROCKY) is None
    calendar.now += 23 * clock.DAY
    await cinema.films.turn()
    refreshed = asked(cinema)
    assert len(refreshed) == 4 and not any("search" in path for path in refreshed), "by the number that is known"


async def test_a_film_that_has_moved_is_found_again_and_one_that_is_gone_is_forgotten(
    cinema: Cinema, calendar: Calendar
) -> None:
    await cinema.films.turn()
    rocky, *others = cinema.tmdb.films
    cinema.tmdb.films = [rocky._replace(number=77, poster="/new.jpg"), *others]
    calendar.now += 31 * clock.DAY
    await cinema.films.turn()
    links = cinema.films.links(GUILD, ROCKY)
    assert links and links.poster == "https://image.tmdb.org/t/p/w185/new.jpg"
    cinema.tmdb.trouble = nothing
    calendar.now += 31 * clock.DAY
    await cinema.films.turn()
    assert cinema.films.links(GUILD, ROCKY) is None


async def test_nothing_is_kept_longer_than_six_months_even_when_nobody_answers(
    cinema: Cinema, calendar: Calendar, path: Path
) -> None:
    await cinema.films.turn()
    await cinema.films.offers(ROCKY)
    cinema.tmdb.trouble = broken
    calendar.now += 179 * clock.DAY
    await cinema.films.turn()
    assert cinema.films.links(GUILD, ROCKY), "drawn with what is known"
    calendar.now += 2 * clock.DAY
    await cinema.films.turn()
    assert cinema.films.links(GUILD, ROCKY) is None
    assert rows(path, "film") == rows(path, "film_offers") == 0


async def test_one_film_that_makes_trouble_does_not_keep_the_others_waiting(
    cinema: Cinema, calendar: Calendar
) -> None:
    async def only_rocky(request: web.Request) -> web.Response | None:
        return web.Response(text="{") if ROCKY.imdb and ROCKY.imdb in request.path else None

    cinema.tmdb.trouble = only_rocky
    assert await cinema.films.turn() == 2, "it rests as long as the client says"
    cinema.films.client = in_a_hurry(cinema.tmdb.address)
    assert await cinema.films.turn() == 3600
    assert cinema.films.links(GUILD, HAIKYU) and cinema.films.links(GUILD, ROCKY) is None
    cinema.tmdb.trouble = None
    asked(cinema)
    calendar.now += clock.HOUR
    await cinema.films.turn()
    assert cinema.films.links(GUILD, ROCKY)


async def test_what_is_known_is_known_after_a_restart_without_asking(path: Path, calendar: Calendar) -> None:
    async with opened(path) as cinema:
        await cinema.films.turn()
        links = cinema.films.links(GUILD, ROCKY)
    async with opened(path) as cinema:
        assert cinema.films.links(GUILD, ROCKY) == links
        await cinema.films.turn()
        assert asked(cinema) == []


async def test_what_another_process_has_asked_is_not_asked_again(cinema: Cinema, calendar: Calendar) -> None:
    store, client = cinema.films._store, cinema.films.client
    other = Films(store, client, cinema.catalogue, cinema.settings)
    await other.open()
    await cinema.films.turn()
    asked(cinema)
    await other.turn()
    assert asked(cinema) == [] and other.links(GUILD, ROCKY) == cinema.films.links(GUILD, ROCKY)


async def test_in_the_background_nobody_asks_where_to_watch(cinema: Cinema) -> None:
    await cinema.films.turn()
    appended = {query["append_to_response"] for _, query in cinema.tmdb.requests if "append_to_response" in query}
    assert appended == {"videos"}


async def test_without_the_token_everything_goes_and_nothing_is_asked(path: Path, calendar: Calendar) -> None:
    async with opened(path) as cinema:
        await cinema.films.turn()
        await cinema.films.offers(ROCKY)
        assert rows(path, "film") == 4 and rows(path, "film_offers") == 1
    async with opened(path, token=False) as cinema:
        assert rows(path, "film") == rows(path, "film_offers") == 0
        assert cinema.films.links(GUILD, ROCKY) is None and await cinema.films.offers(ROCKY) is None
        await cinema.films.turn()
        assert cinema.tmdb.requests == []


async def test_a_suggested_film_is_asked_about_when_its_card_is_first_drawn(cinema: Cinema) -> None:
    await cinema.films.turn()
    asked(cinema)
    assert cinema.films.links(GUILD, YENTL) is None
    await cinema.films.turn()
    assert cinema.films.links(GUILD, YENTL) == FilmLinks("https://image.tmdb.org/t/p/w185/yentl.jpg", None)
    assert asked(cinema) == ["search/movie", "search/tv", "movie/900"]
    await cinema.films.turn()
    assert asked(cinema) == []


async def test_a_suggested_film_of_which_there_are_two_has_no_picture(cinema: Cinema) -> None:
    cinema.tmdb.films.append(MadeUpFilm(901, "tv", "Yentl", 1983, None, "/other.jpg", None, {}))
    cinema.films.links(GUILD, YENTL)
    await cinema.films.turn()
    assert cinema.films.links(GUILD, YENTL) is None


async def test_what_is_for_adults_only_is_never_found(cinema: Cinema) -> None:
    cinema.tmdb.films = [film._replace(adult=True) for film in cinema.tmdb.films]
    cinema.films.links(GUILD, YENTL)
    await cinema.films.turn()
    assert cinema.films.links(GUILD, YENTL) is None and cinema.films.links(GUILD, ROCKY) is None
    assert not any(path.startswith("movie/") for path in asked(cinema))


async def test_a_server_sees_no_picture_of_what_it_hides_and_none_at_all_if_it_likes(cinema: Cinema) -> None:
    cinema.films.links(GUILD, YENTL)
    await cinema.films.turn()
    await cinema.settings.change(GUILD, hidden_notes=("violence",))
    assert cinema.films.links(GUILD, ROCKY) is None and cinema.films.links(8, ROCKY)
    await cinema.settings.change(GUILD, hidden_notes=(), family_friendly_only=True)
    assert cinema.films.links(GUILD, YENTL) is None, "nobody knows from what age it suits"
    await cinema.settings.change(GUILD, family_friendly_only=False, posters=False)
    links = cinema.films.links(GUILD, ROCKY)
    assert links and links.poster is None and links.trailer
    cinema.settings.forget(GUILD)
    links = cinema.films.links(GUILD, ROCKY)
    assert links and links.poster


async def test_what_a_server_hides_is_not_asked_about_either(cinema: Cinema) -> None:
    await cinema.settings.change(GUILD, family_friendly_only=True)
    cinema.films.links(GUILD, YENTL)
    await cinema.films.turn()
    assert not any("search/movie" in path for path in asked(cinema))


async def test_the_choice_of_no_posters_outlives_a_restart(path: Path, calendar: Calendar) -> None:
    async with opened(path) as cinema:
        await cinema.films.turn()
        await cinema.settings.change(GUILD, posters=False)
    async with opened(path) as cinema:
        links = cinema.films.links(GUILD, ROCKY)
        assert links and links.poster is None


async def test_where_to_watch_is_asked_once_a_day_however_many_want_to_know(
    cinema: Cinema, calendar: Calendar
) -> None:
    await cinema.films.turn()
    asked(cinema)
    answers = await asyncio.gather(*(cinema.films.offers(ROCKY) for _ in range(20)))
    assert len(set(map(str, answers))) == 1 and answers[0] and answers[0].offers
    assert asked(cinema) == ["movie/1"]
    calendar.now += clock.DAY - 1
    assert await cinema.films.offers(ROCKY) == answers[0] and asked(cinema) == []
    calendar.now += 1
    later = await cinema.films.offers(ROCKY)
    assert later and later.checked_at == calendar.now and asked(cinema) == ["movie/1"]


async def test_where_to_watch_is_as_of_lately_while_nobody_answers_and_then_not_known(
    cinema: Cinema, calendar: Calendar
) -> None:
    await cinema.films.turn()
    known = await cinema.films.offers(ROCKY)
    cinema.tmdb.trouble = broken
    calendar.now += 3 * clock.DAY
    assert known and await cinema.films.offers(ROCKY) == known
    calendar.now += 5 * clock.DAY
    await cinema.films.turn()
    assert await cinema.films.offers(ROCKY) is None


async def test_who_asks_where_to_watch_waits_for_seconds_and_not_longer(
    cinema: Cinema, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slowly(request: web.Request) -> None:
        await asyncio.sleep(0.3)

    await cinema.films.turn()
    monkeypatch.setattr("bot.films.films._PATIENCE", 0.05)
    cinema.tmdb.trouble = slowly
    async with asyncio.timeout(0.25):
        assert await cinema.films.offers(ROCKY) is None


async def test_the_routine_asks_by_itself_and_is_woken_by_a_new_suggestion(cinema: Cinema) -> None:
    last_one, yentl = asyncio.Event(), asyncio.Event()

    async def watch(request: web.Request) -> None:
        last_one.set() if request.path.startswith("/3/tv/") else None
        yentl.set() if request.path == "/3/movie/900" else None

    cinema.tmdb.trouble = watch
    await cinema.films.routine.start()
    async with asyncio.timeout(5):
        await last_one.wait()
        cinema.films.links(GUILD, YENTL)
        await yentl.wait()
