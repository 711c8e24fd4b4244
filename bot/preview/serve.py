"""`python -m bot preview`."""

import asyncio
import webbrowser
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path

import simcord
import structlog

from bot.app import create_bot
from bot.errors import StartError
from bot.make_believe import key_of, mark, prepare
from bot.preview.opening import open_club
from bot.preview.page_files import changed
from bot.preview.simulation import PreviewClock, change_files, keep_address, set_bot_profile
from bot.preview.welcome import CardButton, CommandButton
from bot.settings import Address, Settings
from bot.signals import ending_signals

log = structlog.get_logger(__name__)
_NAME = "Montage"


async def preview(
    database: Path, *, port: int, fresh: bool, empty: bool, open_browser: bool, served: Address
) -> None:
    """Serve the page until SIGINT, SIGTERM or its own "End preview session".

    `port` 0 takes a free one; `fresh` forgets earlier previews; `empty` begins with a blank club instead of one
    that lives; `served` is the database that `run` uses, which is never touched. Raises StartError, also for a
    database that no preview has made.
    """
    prepare(database, served, fresh=fresh)
    bot = create_bot(Settings(database=database))
    bot.add_opening(lambda: mark(bot.database))
    bot.add_dynamic_items(CommandButton, CardButton)
    stop = _stop_on_signals()
    try:
        async with simcord.run(bot, check_errors=False) as env:
            world = await open_club(env, bot, empty=empty)
            assets = set_bot_profile(env, bot, _NAME, (files(__package__) / "face.png").read_bytes())
            page = env.preview(
                world.channel,
                viewers=world.viewers,
                layout="channel",
                assets=assets,
                port=port or None,
                timezone=zone_of_offset(datetime.now().astimezone().utcoffset()),
            )
            change_files(page, changed)
            keep_address(page, await key_of(bot.database))
            heart = PreviewClock(env, page)
            async with page:
                print(f"The bot is at {page.url}\nOpen that address in a browser. Ctrl-C ends it.", flush=True)
                if open_browser:
                    webbrowser.open(page.url)
                closed = asyncio.create_task(page.wait_closed())
                closed.add_done_callback(lambda _: stop.set())
                while not stop.is_set():
                    await heart.tick()
                    await _pause(stop)
    except (OSError, simcord.SetupError) as problem:
        raise StartError(
            f"The page cannot have port {port}: {problem}. Is a preview running already? "
            "Otherwise choose another with --port."
        ) from None
    finally:
        await bot.close()
    print("Ended. Votes, suggestions and settings are kept for next time.")


def zone_of_offset(offset: timedelta | None) -> str:
    """The zone that shows a computer's own time on the page, where that is whole hours from UTC; else UTC."""
    hours = (offset or timedelta()) / timedelta(hours=1)
    return f"Etc/GMT{-int(hours):+d}" if hours == int(hours) else "UTC"  # these are named the wrong way round


def _stop_on_signals() -> asyncio.Event:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in ending_signals():
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows: Ctrl-C arrives as KeyboardInterrupt
            break
    return stop


async def _pause(stop: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(stop.wait(), 1)
    except TimeoutError:
        return
