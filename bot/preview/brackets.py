"""The make-believe club's brackets: one that was fought weeks ago, one that is under way, and who votes in them."""

import asyncio
from collections.abc import Mapping
from typing import NamedTuple

from bot import clock
from bot.bracket import RoundStore
from bot.bracket.course import Bracket
from bot.bracket.rules import Match, decide, first_round, size_for
from bot.catalogue import Filters
from bot.client import MontageBot
from bot.preview.members import AGE, ClubIds, MemberTastes
from bot.voting import rank


class _Plan(NamedTuple):
    """A bracket that begins on that day of the club; each of its rounds takes `hours`."""

    day: float
    size: int
    hours: int
    filters: Filters = Filters()


# One after the other. The semi-finals of the second open two hours before somebody first sees the club: above the
# welcome, whose reader may vote in them for two days.
_PLANS = (
    _Plan(day=AGE - 41.3, size=16, hours=24),
    _Plan(day=AGE - 2.08, size=8, hours=48, filters=Filters(decade=1980)),
)
# What is noted of a round's post that stands nowhere.
_NOWHERE = 0


class ClubBrackets:
    """What the members do about brackets until `now`; the club began at `founded` (both in milliseconds)."""

    def __init__(self, bot: MontageBot, club: ClubIds, taste: MemberTastes, founded: int, now: int) -> None:
        self._bot, self._club, self._taste, self._founded, self._now = bot, club, taste, founded, now
        self._store, self._rounds = bot.services.bracket_store, RoundStore(bot.database)

    async def hold(self) -> None:
        """Begin and play what is planned, seeded by all votes; what an interrupted start has begun goes on."""
        held = len(await self._store.over(self._club.guild_id))
        for plan in _PLANS[held:]:
            running = await self._store.running(self._club.guild_id)
            await self._play(running or await self._begin(plan))
        await self._bot.services.champions.open()

    async def vote(self) -> None:
        """In the round that is open, whoever has begun it: each at a moment of their own, if that has come."""
        guild_id = self._club.guild_id
        bracket = await self._store.running(guild_id)
        post = await self._store.post(bracket) if bracket else None
        if bracket is None or post is None:
            return
        course = await self._store.course(bracket)
        names, opened = course.names(self._bot.catalogue), post.claim.claimed_at
        matches = [
            (match, first, second)
            for match in course.of_round(bracket.round)
            if (first := names.get(match.first)) and (second := names.get(match.second or 0))
        ]
        pairs = [(first, second) for _, first, second in matches]
        votes = []
        for side in self._taste.sides(pairs, (opened - self._founded) // clock.DAY):
            match, at = matches[side.pair][0], opened + int(side.after * (post.ends_at - opened))
            seed, member = match.seeds[side.lower], self._club.members[side.member]
            if at <= self._now:
                votes.append((guild_id, bracket.id, bracket.round, match.position, seed, member, at))
        await asyncio.gather(*(self._bot.services.bracket_votes.vote(*vote) for vote in votes))

    async def _begin(self, plan: _Plan) -> Bracket:
        """Seeded by the ranking, as `/bracket start` does it; without what members suggested, some of it later."""
        guild_id, at = self._club.guild_id, self._founded + int(plan.day * clock.DAY)
        montages = plan.filters.apply(self._bot.catalogue.shipped_visible_to(guild_id))
        tallies = await self._bot.services.votes.tallies(guild_id)
        entrants = [one.key for one in rank([montage.id for montage in montages], tallies)[: plan.size]]
        planned = Bracket(
            id=0,
            guild_id=guild_id,
            channel_id=self._club.channel_id,
            size=size_for(len(entrants)),
            source="top",
            filters=plan.filters,
            hours=plan.hours,
            started_at=at,
            due_at=at,
        )
        await self._store.start(planned, entrants, first_round(len(entrants)))
        begun = await self._store.running(guild_id)
        if begun is None:
            raise RuntimeError("the club's bracket has not begun")
        return begun

    async def _play(self, bracket: Bracket | None) -> None:
        """Round after round at its own time, until one is open now or there is a champion."""
        while bracket is not None and self._is_due(bracket):
            await self._rounds.claim(bracket, bracket.due_at or self._now)
            bracket = await self._rounds.done(bracket, _NOWHERE)
            if bracket is not None and self._is_due(bracket):
                await self.vote()
                bracket = await self._rounds.close(bracket, _decided, _is_here)

    def _is_due(self, bracket: Bracket) -> bool:
        return bracket.due_at is not None and bracket.due_at <= self._now


def _decided(match: Match, votes: Mapping[int, int]) -> Match:
    return decide(match, votes, _is_here)


def _is_here(_seed: int) -> bool:
    """Nothing is hidden from the club yet."""
    return True
