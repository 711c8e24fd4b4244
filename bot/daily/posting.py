"""The daily post on Discord: sending it, finding it again, the thread, and whom to tell when it can't be."""

import re
from datetime import date
from functools import partial

import discord

from bot.catalogue import Montage
from bot.daily.cards import day_thread_name, failing, gave_up, post_heading, with_heading
from bot.daily.delivery import Found
from bot.daily.store import Daily
from bot.delivery import as_results, own_messages, send_once, tell_moderators, text_channel
from bot.films import Films
from bot.guilds import GuildSettingsService
from bot.languages import languages, speaking
from bot.montages import ChampionSince, montage_card
from bot.ui.client import UIClient
from bot.ui.speaking import in_server
from bot.voting import Tally, VoteStore, hide_tally, vote_buttons

_VOTE = re.compile(r"vote:([a-z0-9-]+):up")


def _heading_in(day: date, language: str) -> str:
    with speaking(language):
        return post_heading(day, None)


class DiscordPoster:
    """See `delivery.Poster`."""

    def __init__(
        self,
        client: UIClient,
        votes: VoteStore,
        settings: GuildSettingsService,
        films: Films,
        champion_since: ChampionSince,
    ) -> None:
        self._client, self._votes, self._settings, self._films = client, votes, settings, films
        self._champion_since = champion_since

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
        won = self._champion_since(guild_id, montage.id)
        with await in_server(self._client, guild_id):
            card = montage_card(montage, tally, film=self._films.links(guild_id, montage), champion_since=won)
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
        """The same, known by its heading, in whichever language the server had chosen then."""
        headings = set(map(partial(_heading_in, day), languages()))
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
        message = channel.get_partial_message(message_id)
        with await in_server(self._client, daily.guild_id), as_results(f"<#{daily.channel_id}>"):
            await message.create_thread(name=day_thread_name(day))

    async def warn(self, daily: Daily, problem: str) -> None:
        """See `delivery.Poster`."""
        await tell_moderators(self._client, self._settings, daily.guild_id, partial(failing, daily, problem))

    async def gave_up(self, daily: Daily, problem: str) -> None:
        """See `delivery.Poster`."""
        await tell_moderators(self._client, self._settings, daily.guild_id, partial(gave_up, daily, problem))

    def _channel(self, daily: Daily) -> discord.TextChannel:
        return text_channel(self._client, daily.guild_id, daily.channel_id)


def _custom_ids(message: discord.Message) -> set[str | None]:
    view = discord.ui.LayoutView.from_message(message, timeout=None)
    view.stop()
    return {item.custom_id for item in view.walk_children() if isinstance(item, discord.ui.Button)}
