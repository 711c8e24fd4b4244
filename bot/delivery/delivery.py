"""Making what is due, each thing exactly once: claim it, look whether it stands already, send it, note it down.

What is posted, and how it is kept, is the feature's: it gives a `Delivery` its store and says how one is made.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, NamedTuple, ParamSpec, Protocol, TypeVar

import structlog

from bot import clock
from bot.aliases import Coro
from bot.delivery.store import J, JobStore, L, LastingJob, LastingStore
from bot.errors import logged
from bot.languages import Said, now_said
from bot.pacing import RequestPacer
from bot.shards import NotServingError, Slot

log = structlog.get_logger(__name__)
P = ParamSpec("P")
T = TypeVar("T")
L_contra = TypeVar("L_contra", bound=LastingJob, contravariant=True)

# Discord allows the bot 50 requests a second; half of them are for what it posts by itself, all kinds and
# all processes together.
REQUESTS_PER_SECOND = 25
# Read at a time, and under way at a time: whoever writes meanwhile waits for these at most, not for the crowd.
_BATCH = 500
AT_ONCE = 20
# Discord remembers a nonce for "a few minutes": within this a repeated request can't become a second post.
_NONCE_KNOWN = 2 * clock.MINUTE
_REQUEST_SECONDS = 30
SOON = clock.MINUTE
LATER = clock.HOUR
GIVE_UP_AFTER = 3 * clock.DAY
# How long to rest when nothing is due sooner: whoever sets the computer's clock is noticed within a minute.
_REST_SECONDS = 60.0
LONG_REST_SECONDS = 24 * 3600.0


class RefusedError(Exception):
    """Nothing was posted, and trying again helps only once somebody mends what the message says."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


class LaterError(Exception):
    """It is not known whether anything was posted, or nothing can be now: try again after `wait` milliseconds."""

    def __init__(self, said: str, wait: int = SOON) -> None:
        super().__init__(said)
        self.said, self.wait = said, wait


def bare(problem: str | None) -> str:
    """A problem in the language that is being spoken, without a full stop: it stands inside a sentence."""
    return now_said(problem or "").rstrip(".。।")


def tripped(reference: str) -> Said:
    """What is said of something unforeseen, which the log has under that reference."""
    return Said(
        "something in me tripped, and whoever runs me finds it under the reference **{reference}**",
        reference=reference,
    )


class Claim(NamedTuple):
    """The right to make one post. `fresh`: nobody has tried before. `message_id`: it stands already."""

    fresh: bool
    claimed_at: int
    message_id: int | None = None


class FailureNotifier(Protocol[L_contra]):
    """How the moderators hear of it. Both raise RefusedError or LaterError."""

    async def warn(self, job: L_contra, problem: str, /) -> None:
        """Tell the moderators that it failed for a reason of the bot's own, where that can be done."""

    async def gave_up(self, job: L_contra, problem: str, /) -> None:
        """Tell the moderators, where that can be done."""


class Delivery(ABC, Generic[J]):
    """Finds what is due and has it made, at a pace that leaves room for everything else."""

    def __init__(
        self,
        what: str,
        jobs: JobStore[J],
        pacer: RequestPacer,
        slot: Slot | None = None,
        now: Callable[[], int] = clock.now,
    ) -> None:
        """`what` it is, for the log; `now` says what time it is, in milliseconds since 1970."""
        self._what = what
        self._jobs = jobs
        self._pacer = pacer
        self._slot = slot or Slot()
        self._now = now

    # --- what the feature says ---

    @abstractmethod
    async def _make(self, job: J) -> None:
        """Post what is due of this one, and note it down. Raises RefusedError and LaterError."""

    @abstractmethod
    async def _failed(self, job: J, problem: str, *, unforeseen: bool) -> None:
        """Note why there is no post, and when it is tried again.

        `unforeseen`: nobody knows whether anything was posted, so the next try has to look first.
        """

    # --- what is the same for all ---

    async def turn(self) -> float:
        """Post everything that is due; returns the seconds until it is worth looking again."""
        free = asyncio.Semaphore(AT_ONCE)
        while self._slot.holds and (batch := await self._jobs.due(self._now(), _BATCH)):
            async with asyncio.TaskGroup() as group:
                for job in batch:
                    await free.acquire()
                    group.create_task(self._deliver(job)).add_done_callback(lambda _: free.release())
        following = await self._jobs.next_due() if self._slot.holds else None
        if following is None:
            return LONG_REST_SECONDS
        return min(_REST_SECONDS, max(0.0, (following - self._now()) / clock.SECOND))

    async def _deliver(self, job: J) -> None:
        try:
            await self._make(job)
        except NotServingError:  # nothing of it may be written down either: whoever serves the server does it
            log.info("a post is left to another process", what=self._what, guild=job.guild_id)
        except LaterError as problem:
            log.info("a post is delayed", what=self._what, guild=job.guild_id, problem=str(problem))
            await self._jobs.postpone(job, self._now() + problem.wait)
        except RefusedError as refusal:
            await self._failed(job, refusal.said, unforeseen=False)
        except Exception as error:  # an error with one keeps no other server waiting
            reference = logged(error, guild=job.guild_id, what=self._what)
            await self._failed(job, tripped(reference), unforeseen=True)

    async def _once(
        self, claim: Claim, find: Callable[[int], Coro[int | None]], post: Callable[[], Coro[int]]
    ) -> int:
        """The id of the message that stands: made now, unless an earlier try made it; 0 when that can't be known.

        `find` looks for one that was made at or after a time.
        """
        if claim.message_id is not None:
            return claim.message_id
        if not claim.fresh and (found := await self._found(find, claim.claimed_at)) is not None:
            return found
        return await self._in_turn(post)

    async def _found(self, find: Callable[[int], Coro[int | None]], tried_at: int) -> int | None:
        try:
            return await self._in_turn(find, tried_at)
        except RefusedError:
            # Nobody can look. Discord itself still knows a nonce that is fresh; after that a post too few
            # is better than one too many.
            return None if self._now() - tried_at < _NONCE_KNOWN else 0

    async def _posted_before_a_restore(self, due_at: int) -> bool:
        """Whether what was due then may have been posted by the database that a backup has taken the place of."""
        restored_at = await self._jobs.restored_at()
        return restored_at is not None and due_at <= restored_at

    async def _in_turn(self, request: Callable[P, Coro[T]], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the request answers; it leaves when its turn has come, if this process still serves."""
        await self._pacer.turn()
        await self._slot.require()
        try:
            async with asyncio.timeout(_REQUEST_SECONDS):
                return await request(*args, **kwargs)
        except TimeoutError as slow:
            raise LaterError(Said("Discord took too long")) from slow


class LastingDelivery(Delivery[L]):
    """What can't be posted is tried for three days and then given up; the moderators are told."""

    def __init__(
        self,
        what: str,
        jobs: LastingStore[L],
        notifier: FailureNotifier[L],
        pacer: RequestPacer,
        slot: Slot | None = None,
        now: Callable[[], int] = clock.now,
    ) -> None:
        super().__init__(what, jobs, pacer, slot, now)
        self._lasting, self._notifier = jobs, notifier

    async def _failed(self, job: L, problem: str, *, unforeseen: bool) -> None:
        """Note why there is no post, try again in an hour, and give up after three days.

        `unforeseen`: nobody knows whether anything was posted, so the next try looks first; and moderators, who
        can do nothing about it, hear of it at once.
        """
        now = self._now()
        giving_up = job.failing_since is not None and now - job.failing_since >= GIVE_UP_AFTER
        log.info("a post failed", what=self._what, guild=job.guild_id, problem=problem, giving_up=giving_up)
        await self._lasting.failed(job, now, problem, now + LATER, nothing_posted=not unforeseen)
        if unforeseen and job.failing_since is None:
            with suppress(RefusedError, LaterError):
                await self._in_turn(self._notifier.warn, job, problem)
        if giving_up:
            with suppress(LaterError):  # whether they were told is not known: both are tried again
                with suppress(RefusedError):  # they can't be told
                    await self._in_turn(self._notifier.gave_up, job, problem)
                await self._lasting.give_up(job, now + LATER)
