"""The rounds of a bracket on Discord: sending them, finding them again, and whom to tell when that can't be."""

import asyncio
import re
from datetime import date
from functools import partial

import discord

from bot import clock
from bot.bracket import post_cards
from bot.bracket.buttons import BallotButton, WholeButton, picture_of
from bot.bracket.course import Bracket, Course
from bot.bracket.delivery import FoundRound
from bot.bracket.picture import FILE
from bot.bracket.rules import winners_code
from bot.bracket.store import BracketStore
from bot.delivery import as_results, own_messages, send_once, tell_moderators, text_channel
from bot.films import Films
from bot.guilds import GuildSettingsService, lacking
from bot.montages import montage_card
from bot.stats import ChartRenderer, Knockout
from bot.ui.client import UIClient
from bot.ui.components import attachment
from bot.ui.speaking import in_server
from bot.voting import VoteStore


class BracketPoster:
    """See `delivery.RoundPoster`."""

    def __init__(
        self,
        client: UIClient,
        store: BracketStore,
        votes: VoteStore,
        charts: ChartRenderer,
        settings: GuildSettingsService,
        films: Films,
    ) -> None:
        self._client, self._store, self._films = client, store, films
        self._votes, self._charts, self._settings = votes, charts, settings
        # One picture of a post's at a time: people who ask for one wait behind this, not behind a crowd of rounds.
        self._drawing = asyncio.Lock()

    async def post(self, bracket: Bracket, claimed_at: int, ends_at: int, nonce: str) -> int:
        """Send it, with the picture where the bot may attach one."""
        with await in_server(self._client, bracket.guild_id):
            return await self._post(bracket, claimed_at, ends_at, nonce)

    async def _post(self, bracket: Bracket, claimed_at: int, ends_at: int, nonce: str) -> int:
        channel = text_channel(self._client, bracket.guild_id, bracket.channel_id)
        course = await self._store.course(bracket)
        drawn, files = await self._picture(channel, course)
        if bracket.is_played:
            view = await self._champion_card(course, channel.guild.name, clock.moment(claimed_at).date(), drawn)
        else:
            ballot = BallotButton(str(bracket.id), str(bracket.round))
            names = course.names(self._client.catalogue)
            view = post_cards.round_card(course, names, ends_at, drawn, ballot, _whole_button(course))
        return await send_once(channel, view, nonce, files=files)

    async def _champion_card(
        self, course: Course, server: str, day: date, drawn: Knockout | None
    ) -> discord.ui.LayoutView:
        guild_id, names = course.bracket.guild_id, course.names(self._client.catalogue)
        champion, card = names.get(course.bracket.champion_seed or 0), None
        if champion is not None:
            tally = await self._votes.tally(guild_id, champion.id)
            card = montage_card(champion, tally, film=self._films.links(guild_id, champion), champion_since=day)
        return post_cards.champion_card(course, names, server, day, drawn, card, _whole_button(course))

    async def _picture(
        self, channel: discord.TextChannel, course: Course
    ) -> tuple[Knockout | None, list[discord.File]]:
        """What is drawn, and the file of it; neither where the bot may not attach one."""
        if lacking(channel, "attach_files"):
            return None, []
        drawn = picture_of(self._client, course)
        return drawn, [attachment(await self._draw(drawn), FILE)]

    async def _draw(self, drawn: Knockout) -> bytes:
        async with self._drawing:
            return await self._charts.render(drawn)

    async def show_stopped(self, bracket: Bracket, message_id: int) -> None:
        """See `delivery.RoundPoster`."""
        channel = text_channel(self._client, bracket.guild_id, bracket.channel_id, ("view_channel",))
        course = await self._store.course(bracket)
        with await in_server(self._client, bracket.guild_id):
            drawn, files = await self._picture(channel, course)
            names = course.names(self._client.catalogue)
            view = post_cards.stopped_card(course, names, drawn, _whole_button(course))
        view.stop()
        with as_results(channel.mention):
            await channel.get_partial_message(message_id).edit(view=view, attachments=files)

    async def find(self, bracket: Bracket, since: int) -> FoundRound | None:
        """Among the latest messages there, the bot's own with that round's button."""
        whole = re.compile(rf"bracket-all:{bracket.id}:{bracket.round}:([0-9a-f]*)")
        channel = text_channel(self._client, bracket.guild_id, bracket.channel_id)
        async for message in own_messages(channel, since):
            view = discord.ui.LayoutView.from_message(message, timeout=None)
            view.stop()
            for item in view.walk_children():
                custom_id = item.custom_id if isinstance(item, discord.ui.Button) else None
                if custom_id and (match := whole.fullmatch(custom_id)):
                    return FoundRound(message.id, clock.milliseconds(message.created_at), match[1])
        return None

    async def warn(self, bracket: Bracket, problem: str) -> None:
        """See `delivery.RoundPoster`."""
        words = partial(post_cards.failing, bracket, problem)
        await tell_moderators(self._client, self._settings, bracket.guild_id, words)

    async def gave_up(self, bracket: Bracket, problem: str) -> None:
        """See `delivery.RoundPoster`."""
        words = partial(post_cards.gave_up, bracket, problem)
        await tell_moderators(self._client, self._settings, bracket.guild_id, words)


def _whole_button(course: Course) -> WholeButton:
    bracket = course.bracket
    winners = winners_code(course.of_round(bracket.round - 1))
    return WholeButton(str(bracket.id), str(bracket.round), winners)
