"""The bot on Discord: start, wait out an outage, stop; and what to say when it cannot."""

import asyncio
import gc
import signal
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack
from functools import partial

import aiohttp
import discord
import structlog

from bot.app import create_bot
from bot.backups import add_backups
from bot.catalogue import Catalogue, load_catalogue
from bot.client import MontageBot
from bot.errors import AGAIN, StartError
from bot.gateway import CLOSED_FOR_GOOD, where
from bot.make_believe import unmark
from bot.privacy import add_control
from bot.settings import Settings, shared_address, token_problem
from bot.shards import Slot
from bot.signals import ending_signals, set_by_ending_signals
from bot.slots import Layout, Waiting, take_slot
from bot.ui.rate_limit import COMPLETIONS_TO_A_PRESS, RateLimiter

log = structlog.get_logger(__name__)

# Commands work without any of these; posts of its own (suggestions in a channel, the daily one) need them.
PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    attach_files=True,
    read_message_history=True,
    create_public_threads=True,
    send_messages_in_threads=True,
)

# What waiting mends: no connection, no answer in time, Discord's own errors.
_PASSING = (
    aiohttp.ClientError,
    OSError,
    TimeoutError,
    discord.GatewayNotFound,
    discord.DiscordServerError,
    discord.RateLimited,
)
_REFUSED_LOGIN = (
    "Discord refused the DISCORD_TOKEN: it was reset, or mistyped. Copy it again from the developer portal "
    "(Bot, Reset Token) into the file .env."
)


async def run(settings: Settings) -> None:
    """Serve until asked to end; where Discord cannot be reached, wait and try again. Raises StartError."""
    if (problem := token_problem(settings.token)) is not None:
        raise StartError(problem)
    catalogue = load_catalogue()
    stopped = set_by_ending_signals()
    slot = await _slot(settings, stopped)
    if slot is not None:
        try:
            await _serve_slot(settings, catalogue, slot, stopped)
        finally:
            await slot.release()


async def _slot(settings: Settings, stopped: asyncio.Event) -> Slot | None:
    """What this process serves: everything, or what it has taken; None when it is asked to end before."""
    address = shared_address(settings)
    if address is None:
        return Slot()
    slots = settings.slots or 1
    layout = Layout(int(settings.shards) if slots > 1 else 1, slots)
    waiting, pages = Waiting(), AsyncExitStack()
    async with pages:
        if settings.metrics_port is not None:
            from bot.monitoring import waiting_pages  # noqa: PLC0415 - a web server: for those who want one

            await pages.enter_async_context(waiting_pages(settings.metrics_port, waiting))
        return await take_slot(address, layout, stopped, strict=settings.slots is not None, waiting=waiting)


async def _serve_slot(settings: Settings, catalogue: Catalogue, slot: Slot, stopped: asyncio.Event) -> None:
    for pause in _pauses():
        bot = create_bot(settings, catalogue, slot)
        bot.rate_limiter = RateLimiter(settings.presses_per_minute)
        bot.completion_limiter = RateLimiter(settings.presses_per_minute * COMPLETIONS_TO_A_PRESS)
        add_backups(bot)
        add_control(bot)
        if (address := shared_address(settings)) is not None:
            bot.add_opening(partial(bot.messages.open, address))
            bot.add_closing(bot.messages.close)
        if settings.metrics_port is not None:
            from bot.monitoring import add_monitoring  # noqa: PLC0415 - a web server: for those who want one

            add_monitoring(bot)
        bot.add_opening(partial(unmark, bot.database))
        bot.add_opening(partial(_say_how_to_invite, bot))
        bot.add_opening(freeze_garbage_collector)
        unreachable = await _serve(bot, stopped)
        _is_still_held(slot)
        if stopped.is_set() or unreachable is None:
            return
        gc.unfreeze()  # what this try has made is garbage now
        gc.enable()
        log.warning("Discord cannot be reached", problem=unreachable, seconds_until_next_try=pause)
        if await _is_set_within(stopped, pause):
            return
        _is_still_held(slot)


def _is_still_held(slot: Slot) -> None:
    """Raises StartError where the shards may be somebody else's by now."""
    if slot.lost.is_set():
        raise StartError(
            f"Slot {slot.number} (shards {slot.shards}) is lost: PostgreSQL did not confirm that it is still this "
            "process's, so another serves it now. Start this one again, and it takes what is free.",
            AGAIN,
        )


def _pauses() -> Iterator[float]:
    """Seconds between tries: soon at first, then every five minutes, for as long as it takes."""
    pause = 5.0
    while True:
        yield pause
        pause = min(pause * 2, 300.0)


async def _serve(bot: MontageBot, stopped: asyncio.Event) -> str | None:
    """Serve until the end; returns why Discord could not be reached, if it could not."""
    serving = asyncio.create_task(bot.start(bot.settings.token or ""))
    stopping = asyncio.create_task(stopped.wait())
    losing = asyncio.create_task(bot.slot.lost.wait())
    try:
        await asyncio.wait((serving, stopping, losing), return_when=asyncio.FIRST_COMPLETED)
        if serving.done():
            serving.result()
    except discord.LoginFailure:
        raise StartError(_REFUSED_LOGIN) from None
    except discord.ConnectionClosed as closed:
        says = CLOSED_FOR_GOOD.get(closed.code, f"Discord closed the connection for good (code {closed.code}).")
        raise StartError(says) from closed
    except StartError:
        raise
    except Exception as problem:
        return _waits_for(problem, logged_in=bot.logged_in)
    finally:
        stopping.cancel()
        losing.cancel()
        await bot.close()
        serving.cancel()
        await asyncio.gather(serving, stopping, losing, return_exceptions=True)
    return None


def _waits_for(problem: Exception, *, logged_in: bool) -> str:
    """What is waited for where the bot ended with this; raises where waiting mends nothing."""
    if isinstance(problem, discord.HTTPException) and 400 <= problem.status < 500 and problem.status != 429:
        if problem.status == 401:
            raise StartError(_REFUSED_LOGIN) from problem
        raise StartError(
            f"Discord refused the start ({problem.status}, code {problem.code}): {problem.text or problem}"
        ) from problem
    if isinstance(problem, (*_PASSING, discord.HTTPException)):
        return f"{type(problem).__name__}: {problem}"
    if logged_in:
        raise problem
    # Something answered that is not Discord as it should be, such as the page of a hotel's network.
    return f"the answer to the login cannot be read ({type(problem).__name__} in {where(problem)})"


async def freeze_garbage_collector() -> None:
    """Keep Python from looking through all that was loaded for good whenever it collects garbage.

    That took 20 to 40 ms each time, in which everybody waited. Nothing is collected before it, either: among
    what a start loads there is next to no garbage. What is loaded later, tallies mostly, takes 10 ms to look
    through and is garbage as seldom: that is done a tenth as often as Python would.
    """
    gc.freeze()
    gc.set_threshold(700, 10, 100)
    gc.enable()


async def _say_how_to_invite(bot: MontageBot) -> None:
    log.info("logged in", invite=invitation(bot.application_id or 0))


def invitation(application_id: int) -> str:
    """The address that adds the bot to a server, with what it needs and nothing more."""
    return discord.utils.oauth_url(application_id, permissions=PERMISSIONS, scopes=("bot", "applications.commands"))


def wait_for_the_end() -> None:
    """Return when the process is asked to end, and not before."""
    numbers = ending_signals()
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
        signal.sigwait(numbers)


async def _is_set_within(event: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    return True
