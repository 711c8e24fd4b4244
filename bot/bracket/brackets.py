"""A server's brackets: begun, voted in, stopped. Everything is checked before it is kept."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple

import discord

from bot.bracket.course import Bracket, Course, Names, Source
from bot.bracket.rules import FEWEST, first_round, size_for
from bot.bracket.store import BracketStore
from bot.bracket.vote_store import BallotLine, BracketVoteStore
from bot.catalogue import Catalogue, Filters, Montage
from bot.client import Interaction
from bot.errors import UserError
from bot.guilds import TO_POST, require
from bot.languages import N_, _
from bot.routine import Routine
from bot.ui.context import guild_id_of
from bot.ui.filters import nothing_matches
from bot.voting import VoteStore, rank

# Raises UserError where the person may not vote in this server.
MayVote = Callable[[Interaction], Awaitable[None]]

_NOT_HERE = N_("That bracket is not held here, or not any more.")


async def everybody_may(interaction: Interaction) -> None:
    """The rule of a server that has none."""


class Ballot(NamedTuple):
    """A person's ballot in the round that is open."""

    lines: list[BallotLine]
    names: Names


class Brackets:
    """The one way to begin one, to vote and to stop."""

    def __init__(
        self,
        store: BracketStore,
        ballots: BracketVoteStore,
        catalogue: Catalogue,
        votes: VoteStore,
        routine: Routine,
        now: Callable[[], int],
        may_vote: MayVote = everybody_may,
    ) -> None:
        self._store, self._ballots, self._catalogue, self._votes = store, ballots, catalogue, votes
        self._routine, self._now, self._may_vote = routine, now, may_vote

    async def running(self, guild_id: int) -> Course:
        """The one that is running. Raises UserError where none is."""
        bracket = await self._store.running(guild_id)
        if bracket is None:
            raise UserError(_("No bracket is running here. `/bracket start` begins one."))
        return await self._store.course(bracket)

    async def course(self, guild_id: int, bracket_id: int) -> Course:
        """One of that server's. Raises UserError where it is not."""
        bracket = await self._store.get(guild_id, bracket_id)
        if bracket is None:
            raise UserError(_(_NOT_HERE))
        return await self._store.course(bracket)

    async def start(
        self,
        guild: discord.Guild,
        *,
        channel_id: int,
        size: int,
        source: Source,
        filters: Filters,
        hours: int,
    ) -> Course:
        """Begin one, seeded by the server's ranking; its first round is posted by itself. Raises UserError."""
        channel = guild.get_channel(channel_id)
        if not isinstance(channel, discord.TextChannel):
            raise UserError(_("That is no text channel of this server, or not any more. Pick another, please."))
        require(channel, *TO_POST)
        entrants = await self._seeds(guild.id, size, source, filters)
        at = self._now()
        bracket = Bracket(
            id=0,
            guild_id=guild.id,
            channel_id=channel.id,
            size=size_for(len(entrants)),
            source=source,
            filters=filters,
            hours=hours,
            started_at=at,
            due_at=at,
        )
        number = await self._store.start(bracket, entrants, first_round(len(entrants)))
        if number is None:
            raise UserError(
                _(
                    "One bracket at a time, and one is running here: `/bracket status` shows it, `/bracket stop` "
                    "ends it."
                )
            )
        self._routine.wake()
        return await self.course(guild.id, number)

    async def _seeds(self, guild_id: int, size: int, source: Source, filters: Filters) -> list[str]:
        """The best of the server's ranking, in its order."""
        everything: list[Montage] = list(self._catalogue.visible_to(guild_id))
        if source == "suggested":
            shipped = {montage.id for montage in self._catalogue.shipped_visible_to(guild_id)}
            everything = [montage for montage in everything if montage.id not in shipped]
            if len(everything) < FEWEST:
                raise UserError(
                    _(
                        "It takes two to fight, and fewer than two suggestions have been accepted here so far. "
                        "Leave `from` out, and the whole ranking takes part."
                    )
                )
        montages = filters.apply(everything)
        if not montages:
            raise nothing_matches(filters, everything)
        if len(montages) < FEWEST:
            raise UserError(_("It takes two to fight, and only one montage passes these filters. Ask for less."))
        ranked = rank([montage.id for montage in montages], await self._votes.tallies(guild_id))
        return [ranked_one.key for ranked_one in ranked[:size]]

    async def stop(self, guild_id: int, bracket_id: int) -> None:
        """End it without a champion; its post says so by itself. Raises UserError where it is not running."""
        if not await self._store.stop(guild_id, bracket_id, self._now()):
            raise UserError(_("That bracket is over already."))
        self._routine.wake()

    async def go_on(self, guild: discord.Guild, bracket_id: int, channel_id: int) -> None:
        """Try again what has failed, in that channel. Raises UserError."""
        channel = guild.get_channel(channel_id)
        if not isinstance(channel, discord.TextChannel):
            raise UserError(_("Here I can't post a bracket. Press the button in a text channel, please."))
        require(channel, *TO_POST)
        if not await self._store.go_on(guild.id, bracket_id, channel.id, self._now()):
            raise UserError(_("It goes on already: nothing has to be mended."))
        self._routine.wake()

    async def ballot(self, interaction: Interaction, bracket_id: int, number: int) -> Ballot:
        """What the person has chosen in that round, and what not. Raises UserError where it is not open to them."""
        guild_id = guild_id_of(interaction)
        await self._may_vote(interaction)
        lines = await self._ballots.ballot(guild_id, bracket_id, number, interaction.user.id)
        if not lines or not await self._is_open(guild_id, bracket_id, number):
            raise UserError(await self._why_not(guild_id, bracket_id, number))
        return Ballot(lines, self._names(guild_id, lines))

    async def vote(
        self, interaction: Interaction, bracket_id: int, number: int, position: int, seed: int
    ) -> Ballot:
        """Choose a side, or change one's mind; the ballot as it is then. Raises UserError where that can't be."""
        guild_id = guild_id_of(interaction)
        await self._may_vote(interaction)
        counted, lines = await self._ballots.vote(
            guild_id, bracket_id, number, position, seed, interaction.user.id, self._now()
        )
        if not counted:
            raise UserError(await self._why_not(guild_id, bracket_id, number))
        return Ballot(lines, self._names(guild_id, lines))

    def _names(self, guild_id: int, lines: list[BallotLine]) -> Names:
        names: dict[int, Montage | None] = {}
        for line in lines:
            names[line.match.first] = self._catalogue.get(guild_id, line.first_id)
            if line.match.second is not None:
                names[line.match.second] = self._catalogue.get(guild_id, line.second_id)
        return names

    async def _is_open(self, guild_id: int, bracket_id: int, number: int) -> bool:
        bracket = await self._store.get(guild_id, bracket_id)
        if bracket is None or bracket.ended_at is not None or bracket.round != number:
            return False
        post = await self._store.post(bracket)
        return post is not None and post.ends_at > self._now()

    async def _why_not(self, guild_id: int, bracket_id: int, number: int) -> str:
        """Why nobody can vote in that round."""
        bracket = await self._store.get(guild_id, bracket_id)
        if bracket is None:
            return _(_NOT_HERE)
        if bracket.ended_at is not None:
            return _("That bracket is over, so it takes no votes. Well fought.")
        post = await self._store.post(bracket)
        if bracket.round > number and post is not None and post.claim.message_id:
            address = bracket.address_of(post.claim.message_id)
            return _("That round is over. [Here is how it goes on.]({address})", address=address)
        return _("That round is over. How it goes on comes by itself, in a moment.")
