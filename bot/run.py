"""The bot on Discord: start, stop, and what to say when it cannot."""

import asyncio
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

# Commands work without any of these; posts of its own (suggestions in a channel, the daily one) need them.
PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    read_message_history=True,
    create_public_threads=True,
    send_messages_in_threads=True,
)

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
    bot.add_opening(lambda: _say_how_to_invite(bot))
    _close_on_signals(bot)
    try:
        async with bot:
            await bot.start(settings.token)
            if bot.closing is not None:  # the connection ends before the rest is closed
                await bot.closing
    except discord.LoginFailure:
        raise StartError(f"Discord refused the DISCORD_TOKEN: it was reset, or mistyped. {_HOW}", REFUSED) from None
    except (aiohttp.ClientConnectionError, discord.GatewayNotFound, discord.DiscordServerError) as problem:
        raise StartError(f"Discord cannot be reached: {problem}. Is the network up?", UNREACHABLE) from problem


async def _say_how_to_invite(bot: MontageBot) -> None:
    log.info("logged in", invite=invitation(bot.application_id or 0))


def invitation(application_id: int) -> str:
    """The address that adds the bot to a server, with what it needs and nothing more."""
    return discord.utils.oauth_url(application_id, permissions=PERMISSIONS, scopes=("bot", "applications.commands"))


def _close_on_signals(bot: MontageBot) -> None:
    """SIGTERM alone would end the process at once, with answers half given."""
    loop = asyncio.get_running_loop()

    def close() -> None:
        log.info("stopping")
        bot.closing = bot.closing or loop.create_task(bot.close())

    for number in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(number, close)
        except NotImplementedError:  # Windows: Ctrl-C arrives as KeyboardInterrupt, and `async with` closes
            return
