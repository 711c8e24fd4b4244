"""The bot on Discord: start, stop, and what to say when it cannot."""

import asyncio
import gc
import re
import signal

import aiohttp
import discord
import structlog

from bot.app import create_bot
from bot.client import MontageBot
from bot.errors import StartError
from bot.settings import Settings

log = structlog.get_logger(__name__)

# Exit statuses: a service manager must not restart on the first, and may on the second.
REFUSED = 2
UNREACHABLE = 75

_TOKEN = re.compile(r"[\w-]{18,}\.[\w-]{4,}\.[\w-]{20,}", re.ASCII)
_HOW = (
    "Make a bot on Discord's developer portal, copy its token (Bot, Reset Token) and put the line "
    "DISCORD_TOKEN=… into the file .env. To try the bot with no account at all: python -m bot preview"
)


async def run(settings: Settings) -> None:
    """Serve until SIGTERM, SIGINT or the end of the connection. Raises StartError."""
    if not settings.token:
        raise StartError(f"There is no DISCORD_TOKEN, so there is nobody to log in as. {_HOW}", REFUSED)
    if not _TOKEN.fullmatch(settings.token):
        raise StartError(
            f"DISCORD_TOKEN does not look like a bot token (three parts with dots between). {_HOW}", REFUSED
        )
    bot = create_bot(settings)
    _close_on_signals(bot)
    try:
        async with bot:
            spare_what_stays()
            await bot.start(settings.token)
    except discord.LoginFailure:
        raise StartError(f"Discord refused the DISCORD_TOKEN: it was reset, or mistyped. {_HOW}", REFUSED) from None
    except (aiohttp.ClientConnectionError, discord.GatewayNotFound, discord.DiscordServerError) as problem:
        raise StartError(f"Discord cannot be reached: {problem}. Is the network up?", UNREACHABLE) from problem


def spare_what_stays() -> None:
    """Keep Python from looking through all that was loaded for good whenever it collects garbage.

    That took 20 to 40 ms each time, in which everybody waited.
    """
    gc.collect()
    gc.freeze()


def _close_on_signals(bot: MontageBot) -> None:
    """SIGTERM alone would end the process at once, with answers half given."""
    loop = asyncio.get_running_loop()

    def close() -> None:
        log.info("stopping")
        bot.closing = loop.create_task(bot.close())

    for number in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(number, close)
        except NotImplementedError:  # Windows: Ctrl-C arrives as KeyboardInterrupt, and `async with` closes
            return
