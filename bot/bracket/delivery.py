"""The rounds of a bracket: each ends and is followed by the next exactly once, whatever happens on the way."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import NamedTuple, Protocol

import structlog

from bot.bracket.champions import Champions
from bot.bracket.course import Bracket, RoundPost
from bot.bracket.round_store import RoundStore
from bot.bracket.rules import Match, decide, won_by_code
from bot.bracket.store import BracketStore
from bot.catalogue import Catalogue
from bot.delivery import FailureNotifier, LastingDelivery
from bot.pacing import RequestPacer
from bot.routine import Routine
from bot.shards import Slot

log = structlog.get_logger(__name__)


class FoundRound(NamedTuple):
    """A round's post that stands in a channel already, made at that time; who had won the round before (see
    `rules.winners_code`).
    """

    message_id: int
    at: int
    winners: str


class RoundPoster(FailureNotifier[Bracket], Protocol):
    """Where rounds are posted. Every method raises RefusedError or LaterError."""

    async def post(self, bracket: Bracket, claimed_at: int, ends_at: int, nonce: str) -> int:
        """Send the post of its round; the message's id. The same nonce within minutes gives the same message."""

    async def find(self, bracket: Bracket, since: int) -> FoundRound | None:
        """The post of its round, if it was made already, at or after `since`."""

    async def show_stopped(self, bracket: Bracket, message_id: int) -> None:
        """Have a post say that the bracket was stopped, and offer no vote."""


def nonce_of(bracket: Bracket) -> str:
    """The same for the same round of the same bracket, another for any other post; Discord takes 25 characters."""
    return f"b{bracket.id:x}-{bracket.round}"


class BracketDelivery(LastingDelivery[Bracket]):
    """Ends the rounds whose time is over, and has the next ones posted."""

    def __init__(
        self,
        store: BracketStore,
        rounds: RoundStore,
        catalogue: Catalogue,
        poster: RoundPoster,
        champions: Champions,
        pacer: RequestPacer,
        now: Callable[[], int],
        slot: Slot | None = None,
    ) -> None:
        super().__init__("bracket", rounds, poster, pacer, slot, now)
        self._store, self._rounds, self._catalogue = store, rounds, catalogue
        self._poster, self._champions = poster, champions
        self.routine = Routine("brackets", self.turn)

    async def _failed(self, job: Bracket, problem: str, *, unforeseen: bool) -> None:
        if job.ended_at is None:
            await super()._failed(job, problem, unforeseen=unforeseen)
        else:  # a stopped one's post that can't be changed stays as it is, and its button says that all is over
            log.info("a stopped bracket's post stays", guild=job.guild_id, problem=problem)
            await self._rounds.postpone(job, None)

    async def _make(self, job: Bracket) -> None:
        if job.ended_at is not None:
            await self._show_stopped(job)
            return
        bracket: Bracket | None = job
        post = await self._store.post(job)
        found = None
        if post is not None and post.claim.message_id is not None:  # the round is open
            if post.ends_at > self._now():  # the clock was set back
                await self._rounds.postpone(job, post.ends_at)
                return
            found = await self._found_after_a_restore(replace(job, round=job.round + 1), post.ends_at)
            bracket = await self._end_round(job, found)
        elif post is None:
            before = await self._store.post(replace(job, round=job.round - 1))
            found = await self._found_after_a_restore(job, before.ends_at if before else job.started_at)
        if bracket is not None:
            await self._open_round(bracket, found)

    async def _found_after_a_restore(self, bracket: Bracket, since: int) -> FoundRound | None:
        """The round's post, if it was made (it was due at `since`) by the database that a backup has replaced.

        Where nobody can look, nothing is posted: that is shown like any other refusal.
        """
        if not await self._posted_before_a_restore(since):
            return None
        return await self._in_turn(self._poster.find, bracket, since)

    async def _show_stopped(self, stopped: Bracket) -> None:
        """Nothing can be voted on any more, so the latest post that stands offers no vote either."""
        await self._slot.require()
        posts = (await self._store.course(stopped)).posts
        for number in sorted(posts, reverse=True):
            claim = posts[number].claim
            message_id = claim.message_id
            if not message_id:  # somebody may have sent it and not noted it down, or nobody could look for it
                message_id = await self._in_turn(self._find, replace(stopped, round=number), claim.claimed_at)
            if message_id:
                await self._in_turn(self._poster.show_stopped, stopped, message_id)
                break
        await self._rounds.postpone(stopped, None)

    async def _end_round(self, bracket: Bracket, found: FoundRound | None) -> Bracket | None:
        """Decide its matches, as everybody has read them already where their post was found."""
        await self._slot.require()
        course = await self._store.course(bracket)

        def is_here(seed: int) -> bool:
            return self._catalogue.get(bracket.guild_id, course.entrants.get(seed, "")) is not None

        def decide_match(match: Match, votes: Mapping[int, int]) -> Match:
            if found is not None and found.winners:
                return won_by_code(match, found.winners)
            return decide(match, votes, is_here)

        return await self._rounds.close(bracket, decide_match, is_here)

    async def _open_round(self, bracket: Bracket, found: FoundRound | None) -> None:
        await self._slot.require()
        post = await self._rounds.claim(bracket, self._now() if found is None else found.at)
        if found is not None:
            message = found.message_id
        else:
            message = await self._once(post.claim, partial(self._find, bracket), partial(self._post, bracket, post))
        done = await self._rounds.done(bracket, message)
        if done is not None and done.ended_at is not None and done.champion_seed is not None:
            entrants = (await self._store.course(done)).entrants
            self._champions.crown(done.guild_id, entrants.get(done.champion_seed, ""), done.ended_at)

    async def _find(self, bracket: Bracket, since: int) -> int | None:
        found = await self._poster.find(bracket, since)
        return None if found is None else found.message_id

    async def _post(self, bracket: Bracket, post: RoundPost) -> int:
        if not post.claim.fresh:  # an earlier try has not made it: people get the whole of their time
            post = await self._rounds.renew(bracket, self._now())
        return await self._poster.post(bracket, post.claim.claimed_at, post.ends_at, nonce_of(bracket))
