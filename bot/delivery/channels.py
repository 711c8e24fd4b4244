"""The channels that the bot posts in by itself: what Discord says there, in the terms of `delivery`."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager

import discord

from bot import clock
from bot.delivery.delivery import LATER, LaterError, RefusedError
from bot.guilds import TO_POST, GuildSettingsService, lacking
from bot.languages import Said
from bot.refusals import TROUBLE, explain, is_passing
from bot.ui.client import UIClient
from bot.ui.speaking import in_server

# Discord's clock and this computer's need not agree to the second.
_SKEW = clock.MINUTE
_UNKNOWN_CHANNEL = 10003


def text_channel(
    client: discord.Client, guild_id: int, channel_id: int, needed: Sequence[str] = TO_POST
) -> discord.TextChannel:
    """The channel, in which the bot has the permissions `needed`: to post and to read back, where nothing is said.

    Raises RefusedError and LaterError.
    """
    guild = client.get_guild(guild_id)
    if guild is None:
        raise LaterError(Said("not in that server any more"), LATER)
    if guild.unavailable:
        raise LaterError(Said("Discord has an outage there"))
    channel = guild.get_channel(channel_id)
    if not isinstance(channel, discord.TextChannel):
        raise RefusedError(Said("the channel is gone"))
    if missing := lacking(channel, *needed):
        raise RefusedError(Said("in {channel} I have not got {missing}", channel=channel.mention, missing=missing))
    return channel


async def send_once(
    channel: discord.TextChannel,
    view: discord.ui.LayoutView,
    nonce: str,
    *,
    calling: discord.Role | None = None,
    files: Sequence[discord.File] = (),
) -> int:
    """Send it, calling that role and nobody else; the message's id, 0 where it is deleted again already.

    discord.py sends `enforce_nonce` with it: a repeated request is answered with the first message.
    Raises RefusedError and LaterError.
    """
    view.stop()
    with as_results(channel.mention):
        try:
            message = await channel.send(
                view=view,
                nonce=nonce,
                files=list(files),
                allowed_mentions=discord.AllowedMentions(
                    everyone=False, users=False, roles=[calling] if calling else False
                ),
            )
        except discord.NotFound as gone:
            if gone.code == _UNKNOWN_CHANNEL:
                raise
            return 0  # it was posted moments ago, and a moderator has removed it since
    return message.id


async def own_messages(channel: discord.TextChannel, since: int) -> AsyncIterator[discord.Message]:
    """The latest messages there that the bot has posted by itself, from that time on."""
    with as_results(channel.mention):
        async for message in channel.history(after=clock.moment(since - _SKEW), limit=200):
            if message.author == channel.guild.me and message.interaction_metadata is None:
                yield message


async def tell_moderators(
    client: UIClient,
    settings: GuildSettingsService,
    guild_id: int,
    words: Callable[[discord.Guild], discord.ui.LayoutView],
) -> None:
    """In the moderators' channel, else where Discord itself writes to them, else where it greets newcomers."""
    guild = client.get_guild(guild_id)
    if guild is None:
        return
    with await in_server(client, guild_id):
        view = words(guild)
    view.stop()
    chosen = guild.get_channel((await settings.get(guild_id)).moderator_channel_id or 0)
    for channel in (chosen, guild.public_updates_channel, guild.system_channel):
        if isinstance(channel, discord.TextChannel) and not lacking(channel, "view_channel", "send_messages"):
            with as_results(channel.mention):
                await channel.send(view=view)
            return


@contextmanager
def as_results(where: str) -> Iterator[None]:
    """Discord's answers in the terms of `delivery`; `where` is the channel's mention."""
    try:
        yield
    except TROUBLE as problem:
        if is_passing(problem):
            raise LaterError(Said("Discord did not take it: {problem}", problem=str(problem))) from problem
        raise RefusedError(explain(problem, where)) from problem
