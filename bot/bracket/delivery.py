"""The rounds of a bracket: each ends and is followed by the next exactly once, whatever happens on the way."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import NamedTuple, Protocol

from bot.bracket.champions import Champions
from bot.bracket.rules import Match, decide, won_by_code
from bot.bracket.store import Bracket, BracketStore, RoundPost
from bot.catalogue import Catalogue
from bot.delivery import Claim, LastingDelivery
from bot.pacing import RequestPacer
from bot.routine import Routine
from bot.shards import Slot


class FoundRound(NamedTuple):
    """A round's post that stands in a channel already, made at that time; who had won the round before (see
    `rules.winners_code`).
    """

    message_id: int
    at: int
    winners: str


class RoundPoster(Protocol):
    """Where rounds are posted. Every method raises RefusedError or LaterError."""

    async def post(self, bracket: Bracket, claimed_at: int, ends_at: int, nonce: str) -> int:
        """Send the post of its round; the message's id. The same nonce within minutes gives the same message."""

    async def find(self, bracket: Bracket, since: int) -> FoundRound | None:
        """The post of its round, if it was made already, at or after `since`."""

    async def warn(self, bracket: Bracket, problem: str) -> None:
        """Tell the moderators that it failed for a reason of the bot's own, where that can be done."""

    async def gave_up(self, bracket: Bracket, problem: str) -> None:
        """Tell the moderators, where that can be done."""


def nonce_of(bracket: Bracket) -> str:
    """The same for the same round of the same bracket, another for any other post; Discord takes 25 characters."""
    return f"b{bracket.id:x}-{bracket.round}"


class BracketDelivery(LastingDelivery[Bracket]):
    """Ends the rounds whose time is over, and has the next ones posted."""

    def __init__(
        self,
        store: BracketStore,
        catalogue: Catalogue,
        poster: RoundPoster,
        champions: Champions,
        pacer: RequestPacer,
        now: Callable[[], int],
        slot: Slot | None = None,
    ) -> None:
        super().__init__("bracket", pacer, slot, now)
        self._store, self._catalogue, self._poster, self._champions = store, catalogue, poster, champions
        self.routine = Routine("brackets", self.turn)

    async def _due(self, now: int, most: int) -> list[Bracket]:
        return await self._store.due(now, most)

    async def _next_due(self) -> int | None:
        return await self._store.next_due()

    async def _postpone(self, job: Bracket, until: int) -> None:
        await self._store.move(job, until)

    async def _note_failure(
        self, job: Bracket, at: int, problem: str, again_at: int | None, *, nothing_posted: bool
    ) -> Bracket:
        await self._store.failed(job, at, problem, again_at, nothing_posted=nothing_posted)
        return replace(job, due_at=again_at)

    async def _warn(self, job: Bracket, problem: str) -> None:
        await self._poster.warn(job, problem)

    async def _tell_given_up(self, job: Bracket, problem: str) -> None:
        await self._poster.gave_up(job, problem)

    async def _make(self, job: Bracket) -> None:
        bracket: Bracket | None = job
        post = await self._store.post(job)
        found = None
        if post is not None and post.claim.message_id is not None:  # the round is open
            if post.ends_at > self._now():  # the clock was set back
                await self._store.move(job, post.ends_at)
                return
            found = await self._posted_before_a_restore(replace(job, round=job.round + 1), post.ends_at)
            bracket = await self._end_round(job, found)
        elif post is None:
            before = await self._store.post(replace(job, round=job.round - 1))
            found = await self._posted_before_a_restore(job, before.ends_at if before else job.started_at)
        if bracket is not None:
            await self._open_round(bracket, found)

    async def _posted_before_a_restore(self, bracket: Bracket, since: int) -> FoundRound | None:
        """The round's post, if it was made (it was due at `since`) by the database that a backup has replaced.

        Where nobody can look, nothing is posted: that is shown like any other refusal.
        """
        restored_at = await self._store.restored_at()
        if restored_at is None or since > restored_at:
            return None
        return await self._in_turn(self._poster.find, bracket, since)

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

        return await self._store.close(bracket, decide_match, is_here)

    async def _open_round(self, bracket: Bracket, found: FoundRound | None) -> None:
        await self._slot.require()
        post = await self._store.claim(bracket, self._now() if found is None else found.at)
        if found is not None:
            message = found.message_id
        else:
            message = await self._once(post.claim, partial(self._find, bracket), partial(self._post, bracket, post))
        done = await self._store.done(bracket, message)
        if done is not None and done.ended_at is not None and done.champion_seed is not None:
            entrants = (await self._store.course(done)).entrants
            self._champions.crown(done.guild_id, entrants.get(done.champion_seed, ""), done.ended_at)

    async def _find(self, bracket: Bracket, since: int) -> int | None:
        found = await self._poster.find(bracket, since)
        return None if found is None else found.message_id

    async def _post(self, bracket: Bracket, post: RoundPost) -> int:
        claim: Claim = post.claim
        if not claim.fresh:  # an earlier try has not made it: people get the whole of their time
            post = await self._store.renew(bracket, self._now())
        return await self._poster.post(bracket, post.claim.claimed_at, post.ends_at, nonce_of(bracket))
