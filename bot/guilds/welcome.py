"""One message to a server that has just added the bot: where newcomers are greeted, or nowhere."""

import discord
import structlog

from bot.client import MontageBot
from bot.guilds.permissions import lacking
from bot.languages import _
from bot.ui.answers import notice
from bot.ui.speaking import in_server
from bot.ui.theme import GOLD

log = structlog.get_logger(__name__)


async def welcome(bot: MontageBot, guild: discord.Guild, *, again: bool) -> None:
    """Say hello in the system channel, if there is one and the bot may write there. Nobody is messaged directly."""
    channel = guild.system_channel
    if channel is None or lacking(channel, "view_channel", "send_messages"):
        return
    with await in_server(bot, guild.id):
        view = _words(bot, again=again)
    view.stop()
    try:
        await channel.send(view=view)
    except discord.HTTPException as refusal:
        log.info("no welcome", guild=guild.id, problem=str(refusal))


def _words(bot: MontageBot, *, again: bool) -> discord.ui.LayoutView:
    hello = (
        _("## The comeback montage\nGood to see you again. Votes, suggestions and settings are as you left them.")
        if again
        else _("## Cue the music\nI know a great many training montages, and I have seen every one too often.")
    )
    return notice(
        hello,
        _(
            "- {random} shows one, {today} the one of the day\n"
            "- {top} is the ranking that this server votes\n"
            "- {suggest} puts your own favourite to the vote\n"
            "- {help} has all the rest",
            random=bot.mention("montage random"),
            today=bot.mention("montage today"),
            top=bot.mention("montage top"),
            suggest=bot.mention("suggest"),
            help=bot.mention("help"),
        ),
        _(
            "-# For whoever manages the server: {settings} and {daily}. "
            "What I keep about people, and how they get rid of it: {policy}.",
            settings=bot.mention("settings"),
            daily=bot.mention("daily start"),
            policy=bot.mention("privacy policy"),
        ),
        accent=GOLD,
    )
