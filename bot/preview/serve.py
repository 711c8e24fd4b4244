"""`python -m bot preview`."""

import asyncio
import webbrowser
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from functools import partial
from importlib.resources import files
from pathlib import Path

import discord
import simcord

from bot.app import create_bot
from bot.catalogue import Catalogue
from bot.client import MontageBot
from bot.errors import StartError
from bot.films import TMDBClient
from bot.languages import language_for, speaking
from bot.make_believe import mark, page_key, prepare
from bot.pacing import RequestPacer
from bot.preview.film_database import FilmDatabase, made_up_films
from bot.preview.opening import open_club
from bot.preview.page_files import changed
from bot.preview.posters import draw_poster
from bot.preview.simulation import (
    PreviewClock,
    change_files,
    keep_address,
    name_commands,
    rests_end_by_its_clock,
    serve_pictures,
    set_bot_profile,
    speak,
    tell_whole_commands,
)
from bot.preview.welcome import CardButton, CommandButton
from bot.preview.world import World
from bot.settings import Address, Settings
from bot.signals import set_by_ending_signals

_NAME = "Montage"
_MADE_UP = "made-up"


async def preview(
    database: Path,
    *,
    port: int,
    fresh: bool,
    empty: bool,
    open_browser: bool,
    served: Address,
    pictures: bool = False,
    locale: str = "en-US",
) -> None:
    """Serve the page until SIGINT, SIGTERM or its own "End preview session".

    `port` 0 takes a free one; `fresh` forgets earlier previews; `empty` begins with a blank club instead of one
    that lives; `served` is the database that `run` uses, which is never touched; `pictures`: with a make-believe
    TMDB, so that cards have posters; `locale`: what Discord says that people and their server speak. Raises
    StartError, also for a database that no preview has made.
    """
    if locale not in {known.value for known in discord.Locale}:
        raise StartError(
            f"Discord has no language {locale!r}. It has: {', '.join(k.value for k in discord.Locale)}."
        )
    prepare(database, served, fresh=fresh)
    bot = create_bot(Settings(database=database, tmdb_token=_MADE_UP if pictures else None))
    bot.services.films.client = None  # that of the real one, which nobody is to ask
    bot.add_opening(lambda: mark(bot.database))
    bot.add_dynamic_items(CommandButton, CardButton)
    stop = set_by_ending_signals()
    try:
        async with AsyncExitStack() as stack:
            speak(bot, locale)
            stack.enter_context(rests_end_by_its_clock())
            env = await stack.enter_async_context(simcord.run(bot, check_errors=False))
            tell_whole_commands(env, bot, locale)
            tmdb = await _films_of_ones_own(bot, stack) if pictures else None
            world = await open_club(env, bot, empty=empty, locale=locale)
            page = await _page_of(env, bot, world, port=port, locale=locale)
            if tmdb is not None:
                serve_pictures(page, partial(_poster, tmdb, bot.catalogue))
            await _serve(page, PreviewClock(env, page), stop, open_browser=open_browser)
    except (OSError, simcord.SetupError) as problem:
        raise StartError(
            f"The page cannot have port {port}: {problem}. Is a preview running already? "
            "Otherwise choose another with --port."
        ) from None
    finally:
        await bot.close()
    print("Ended. Votes, suggestions and settings are kept for next time.")


async def _page_of(env: simcord.Env, bot: MontageBot, world: World, *, port: int, locale: str) -> simcord.Preview:
    """The page on which the club is seen, not served yet."""
    page = env.preview(
        world.channel,
        viewers=world.viewers,
        layout="channel",
        assets=set_bot_profile(env, bot, _NAME, (files(__package__) / "face.png").read_bytes()),
        port=port or None,
        locale=locale,
        timezone=zone_of_offset(datetime.now().astimezone().utcoffset()),
    )
    change_files(page, partial(_changed, language_for(locale)))
    name_commands(page, locale)
    keep_address(page, await page_key(bot.database))
    return page


async def _serve(page: simcord.Preview, clock: PreviewClock, stop: asyncio.Event, *, open_browser: bool) -> None:
    """Until `stop` is set, which its own "End preview session" does as well."""
    async with page:
        print(f"The bot is at {page.url}\nOpen that address in a browser. Ctrl-C ends it.", flush=True)
        if open_browser:
            webbrowser.open(page.url)
        closed = asyncio.create_task(page.wait_closed())
        closed.add_done_callback(lambda _: stop.set())
        while not stop.is_set():
            await clock.tick()
            await _pause(stop)


def _changed(language: str, name: str, text: str) -> str:
    with speaking(language):
        return changed(name, text)


def zone_of_offset(offset: timedelta | None) -> str:
    """The zone that shows a computer's own time on the page, where that is whole hours from UTC; else UTC."""
    hours = (offset or timedelta()) / timedelta(hours=1)
    return f"Etc/GMT{-int(hours):+d}" if hours == int(hours) else "UTC"  # these are named the wrong way round


async def _films_of_ones_own(bot: MontageBot, stack: AsyncExitStack) -> FilmDatabase:
    """A TMDB for as long as the preview runs, which the bot asks."""
    tmdb = await stack.enter_async_context(FilmDatabase(made_up_films(bot.catalogue.shipped), inventing=True))
    bot.services.films.client = TMDBClient(_MADE_UP, tmdb.address, RequestPacer(10_000))
    stack.push_async_callback(bot.services.films.close)
    return tmdb


def _poster(tmdb: FilmDatabase, catalogue: Catalogue, address: str) -> tuple[str, bytes] | None:
    """The (name, content) of a made-up poster; None for any other picture."""
    name = address.rpartition("/")[2]
    film = next((film for film in tmdb.films if film.poster == f"/{name}"), None)
    if film is None or "//image.tmdb.org/" not in address:
        return None
    montage = catalogue.get(0, name.removesuffix(".png"))
    return name, draw_poster(film.title, film.year, montage.family if montage else "")


async def _pause(stop: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(stop.wait(), 1)
    except TimeoutError:
        return
