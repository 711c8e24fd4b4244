"""The daily post on Discord: sending it, finding it again, the thread, and whom to tell when it can't be."""

import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from datetime import date

import discord

from bot import clock
from bot.catalogue import Montage
from bot.daily.cards import failing, gave_up, post_heading, thread_name, with_heading
from bot.daily.delivery import LATER, Found, LaterError, RefusedError
from bot.daily.store import Daily
from bot.films import Films
from bot.guilds import TO_POST, GuildSettingsService, lacking
from bot.montages import montage_card
from bot.refusals import TROUBLE, explain, is_passing
from bot.ui.dates import LANGUAGES
from bot.voting import Tally, VoteStore, hide_tally, vote_buttons

# Discord's clock and this computer's need not agree to the second.
_SKEW = clock.MINUTE
_UNKNOWN_CHANNEL = 10003
_VOTE = re.compile(r"vote:([a-z0-9-]+):up")


class DiscordPoster:
    """See `delivery.Poster`."""

    def __init__(
        self, client: discord.Client, votes: VoteStore, settings: GuildSettingsService, films: Films
    ) -> None:
        self._client, self._votes, self._settings, self._films = client, votes, settings, films

    async def post(self, daily: Daily, montage: Montage, day: date, nonce: str) -> int:
        """Send it, calling the role that was chosen and nobody else."""
        channel = self._channel(daily)
        role = channel.guild.get_role(daily.role_id) if daily.role_id else None
        view = await self.post_view(daily.guild_id, montage, day, role.id if role else None)
        return await send_once(channel, view, nonce, calling=role)

    async def post_view(
        self, guild_id: int, montage: Montage, day: date, role_id: int | None
    ) -> discord.ui.LayoutView:
        """The post as it looks."""
        tally = await self._votes.tally(guild_id, montage.id)
        settings = await self._settings.get(guild_id)
        card = montage_card(montage, tally, film=self._films.links(guild_id, montage))
        view = with_heading(card, post_heading(day, role_id))
        if settings.publish_daily:  # what is published does not change with each vote
            hide_tally(view, montage.id)
        view.stop()
        return view

    async def find(self, daily: Daily, montage: Montage, since: int) -> int | None:
        """Among the latest messages there, the bot's own with that montage that nobody's command asked for."""
        vote = vote_buttons(montage.id, Tally())[0].custom_id
        async for message in own_messages(self._channel(daily), since):
            if vote in _custom_ids(message):
                return message.id
        return None

    async def find_any(self, daily: Daily, day: date, since: int) -> Found | None:
        """The same, known by its heading, whose date may be in the language that the server had chosen once."""
        headings = {post_heading(day, None, language) for language, _ in LANGUAGES}
        async for message in own_messages(self._channel(daily), since):
            first = next(iter(discord.ui.LayoutView.from_message(message, timeout=None).children), None)
            heading = first.content.partition("\n")[0] if isinstance(first, discord.ui.TextDisplay) else ""
            shown = next(
                (name[1] for name in map(_VOTE.fullmatch, filter(None, _custom_ids(message))) if name), None
            )
            if heading in headings and shown is not None:
                return Found(message.id, shown)
        return None

    async def open_thread(self, daily: Daily, message_id: int, day: date) -> None:
        """For talking about it."""
        channel = self._channel(daily)
        with as_results(f"<#{daily.channel_id}>"):
            await channel.get_partial_message(message_id).create_thread(name=thread_name(day))

    async def warn(self, daily: Daily, problem: str) -> None:
        """See `delivery.Poster`."""
        await self._tell_moderators(daily, problem, failing)

    async def gave_up(self, daily: Daily, problem: str) -> None:
        """See `delivery.Poster`."""
        await self._tell_moderators(daily, problem, gave_up)

    async def _tell_moderators(
        self, daily: Daily, problem: str, words: Callable[[Daily, str, discord.Guild], discord.ui.LayoutView]
    ) -> None:
        """In the moderators' channel, else where Discord itself writes to them, else where it greets newcomers."""
        guild = self._client.get_guild(daily.guild_id)
        if guild is None:
            return
        view = words(daily, problem, guild)
        view.stop()
        chosen = guild.get_channel((await self._settings.get(guild.id)).moderator_channel_id or 0)
        for channel in (chosen, guild.public_updates_channel, guild.system_channel):
            if isinstance(channel, discord.TextChannel) and not lacking(channel, "view_channel", "send_messages"):
                with as_results(f"<#{daily.channel_id}>"):
                    await channel.send(view=view)
                return

    def _channel(self, daily: Daily) -> discord.TextChannel:
        return text_channel(self._client, daily.guild_id, daily.channel_id)


def _custom_ids(message: discord.Message) -> set[str | None]:
    view = discord.ui.LayoutView.from_message(message, timeout=None)
    view.stop()
    return {item.custom_id for item in view.walk_children() if isinstance(item, discord.ui.Button)}


def text_channel(client: discord.Client, guild_id: int, channel_id: int) -> discord.TextChannel:
    """The channel, in which the bot may post and read back. Raises RefusedError and LaterError."""
    guild = client.get_guild(guild_id)
    if guild is None:
        raise LaterError("not in that server any more", LATER)
    if guild.unavailable:
        raise LaterError("Discord has an outage there")
    channel = guild.get_channel(channel_id)
    if not isinstance(channel, discord.TextChannel):
        raise RefusedError("the channel is gone")
    if missing := lacking(channel, *TO_POST):
        raise RefusedError(f"in {channel.mention} I have not got {missing}")
    return channel


async def send_once(
    channel: discord.TextChannel, view: discord.ui.LayoutView, nonce: str, *, calling: discord.Role | None = None
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


@contextmanager
def as_results(where: str) -> Iterator[None]:
    """Discord's answers in the terms of `delivery`; `where` is the channel's mention."""
    try:
        yield
    except TROUBLE as problem:
        if is_passing(problem):
            raise LaterError(f"Discord did not take it: {problem}") from problem
        raise RefusedError(explain(problem, where).rstrip(".")) from problem
