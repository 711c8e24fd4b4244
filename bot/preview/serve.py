"""`python -m bot preview`."""

import asyncio
import webbrowser
from importlib.resources import files
from pathlib import Path

import simcord
import structlog

from bot.app import create_bot
from bot.errors import StartError
from bot.make_believe import key_of, mark, prepare
from bot.preview.simulation import PreviewClock, keep_address, move_clock_to_now, set_bot_profile
from bot.preview.world import make_world, settle_in, welcome
from bot.settings import Address, Settings
from bot.signals import ending_signals

log = structlog.get_logger(__name__)
_NAME = "Montage"


async def preview(database: Path, *, port: int, fresh: bool, open_browser: bool, served: Address) -> None:
    """Serve the page until SIGINT, SIGTERM or its own "End preview session".

    `port` 0 takes a free one; `fresh` forgets earlier previews; `served` is the database that `run` uses, which is
    never touched. Raises StartError, also for a database that no preview has made.
    """
    prepare(database, served, fresh=fresh)
    bot = create_bot(Settings(database=database))
    bot.add_opening(lambda: mark(bot.database))
    stop = _stop_on_signals()
    try:
        async with simcord.run(bot, check_errors=False) as env:
            world = make_world(env)
            move_clock_to_now(env)
            assets = set_bot_profile(env, bot, _NAME, (files(__package__) / "face.png").read_bytes())
            await settle_in(bot.services.guild_settings, world.guild_id)
            channel = bot.get_partial_messageable(world.channel.id)
            await channel.send(view=welcome())
            page = env.preview(
                world.channel, viewers=world.viewers, layout="channel", assets=assets, port=port or None
            )
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
    print("Ended. The votes are kept for next time.")


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
