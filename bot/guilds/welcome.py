"""One message to a server that has just added the bot: where newcomers are greeted, or nowhere."""

import discord
import structlog

from bot.client import MontageBot
from bot.guilds.permissions import lacking
from bot.ui.answers import notice
from bot.ui.theme import GOLD

log = structlog.get_logger(__name__)


async def welcome(bot: MontageBot, guild: discord.Guild, *, again: bool) -> None:
    """Say hello in the system channel, if there is one and the bot may write there. Nobody is messaged directly."""
    channel = guild.system_channel
    if channel is None or lacking(channel, "view_channel", "send_messages"):
        return
    view = _words(bot, again=again)
    view.stop()
    try:
        await channel.send(view=view)
    except discord.HTTPException as refusal:
        log.info("no welcome", guild=guild.id, problem=str(refusal))


def _words(bot: MontageBot, *, again: bool) -> discord.ui.LayoutView:
    hello = (
        "## The comeback montage\nGood to see you again. Votes, suggestions and settings are as you left them."
        if again
        else "## Cue the music\nI know a great many training montages, and I have seen every one too often."
    )
    return notice(
        hello,
        f"- {bot.mention('montage random')} shows one, {bot.mention('montage today')} the one of the day\n"
        f"- {bot.mention('montage top')} is the ranking that this server votes\n"
        f"- {bot.mention('suggest')} puts your own favourite to the vote\n"
        f"- {bot.mention('help')} has all the rest",
        f"-# For whoever manages the server: {bot.mention('settings')} and {bot.mention('daily start')}. "
        f"What I keep about people, and how they get rid of it: {bot.mention('privacy policy')}.",
        accent=GOLD,
    )
