"""The rounds of a bracket on Discord: sending them, finding them again, and whom to tell when that can't be."""

import asyncio
import re
from collections.abc import Callable

import discord

from bot import clock
from bot.bracket import cards
from bot.bracket.buttons import BallotButton, WholeButton
from bot.bracket.delivery import FoundRound
from bot.bracket.rules import winners_code
from bot.bracket.store import Bracket, BracketStore, Course
from bot.delivery import own_messages, send_once, tell_moderators, text_channel
from bot.films import Films
from bot.guilds import GuildSettingsService, lacking
from bot.montages import montage_card
from bot.stats import ChartRenderer, Knockout
from bot.ui.client import UIClient
from bot.ui.components import attachment
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
        channel = text_channel(self._client, bracket.guild_id, bracket.channel_id)
        course = await self._store.course(bracket)
        names = {
            seed: self._client.catalogue.get(bracket.guild_id, montage_id)
            for seed, montage_id in course.entrants.items()
        }
        drawn, files = None, []
        if not lacking(channel, "attach_files"):
            drawn = cards.chart(course, names, f"The bracket of {channel.guild.name}")
            files = [attachment(await self._draw(drawn), cards.FILE)]
        whole = _whole_button(course)
        if not bracket.is_played:
            ballot = BallotButton(str(bracket.id), str(bracket.round))
            view = cards.round_card(course, names, ends_at, drawn, ballot, whole)
        else:
            day, champion = clock.moment(claimed_at).date(), names.get(bracket.champion_seed or 0)
            card = None
            if champion is not None:
                tally = await self._votes.tally(bracket.guild_id, champion.id)
                card = montage_card(
                    champion, tally, film=self._films.links(bracket.guild_id, champion), champion_since=day
                )
            view = cards.champion_card(course, names, channel.guild.name, day, drawn, card, whole)
        return await send_once(channel, view, nonce, files=files)

    async def _draw(self, drawn: Knockout) -> bytes:
        async with self._drawing:
            return await self._charts.render(drawn)

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
        await self._tell(bracket, problem, cards.failing)

    async def gave_up(self, bracket: Bracket, problem: str) -> None:
        """See `delivery.RoundPoster`."""
        await self._tell(bracket, problem, cards.gave_up)

    async def _tell(
        self, bracket: Bracket, problem: str, words: Callable[[Bracket, str, discord.Guild], discord.ui.LayoutView]
    ) -> None:
        guild = self._client.get_guild(bracket.guild_id)
        if guild is not None:
            await tell_moderators(guild, self._settings, words(bracket, problem, guild))


def _whole_button(course: Course) -> WholeButton:
    bracket = course.bracket
    winners = winners_code(course.of_round(bracket.round - 1))
    return WholeButton(str(bracket.id), str(bracket.round), winners)
