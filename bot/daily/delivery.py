"""Making the posts that are due: each day exactly one, whatever happens on the way."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple, ParamSpec, Protocol, TypeVar

import structlog

from bot import clock
from bot.aliases import Coro
from bot.catalogue import Montage
from bot.daily.schedule import Due, outstanding
from bot.daily.store import Daily, DailyStore
from bot.daily.today import Today
from bot.daily.zones import UnknownZoneError, zone_of, zone_words
from bot.errors import logged
from bot.pacing import RequestPacer
from bot.routine import Routine
from bot.shards import NotServingError, Slot
from bot.ui.text import escape

log = structlog.get_logger(__name__)
P = ParamSpec("P")
T = TypeVar("T")

# Discord allows the bot 50 requests a second; half of them are for these posts and their threads, in all processes
# together.
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
_LONG_REST_SECONDS = 24 * 3600.0
# Well past any day that could be posted again.
_POSTS_KEPT = 30 * clock.DAY


class RefusedError(Exception):
    """Nothing was posted, and trying again helps only once somebody mends what the message says."""


class LaterError(Exception):
    """It is not known whether anything was posted, or nothing can be now: try again after `wait` milliseconds."""

    def __init__(self, problem: str, wait: int = SOON) -> None:
        super().__init__(problem)
        self.wait = wait


class Found(NamedTuple):
    """A daily post that stands in a channel already."""

    message_id: int
    montage_id: str


class Poster(Protocol):
    """Where posts go. Every method raises RefusedError or LaterError."""

    async def post(self, daily: Daily, montage: Montage, day: date, nonce: str) -> int:
        """Send it; the message's id. The same nonce within minutes gives the same message."""

    async def find(self, daily: Daily, montage: Montage, since: int) -> int | None:
        """The id of a post that was made already, at or after `since`."""

    async def find_any(self, daily: Daily, day: date, since: int) -> Found | None:
        """That day's post whatever it shows, for a database that does not know any more what was picked."""

    async def open_thread(self, daily: Daily, message_id: int, day: date) -> None:
        """Open the thread under a post."""

    async def warn(self, daily: Daily, problem: str) -> None:
        """Tell the moderators that it failed for a reason of the bot's own, where that can be done."""

    async def gave_up(self, daily: Daily, problem: str) -> None:
        """Tell the moderators, where that can be done."""


def nonce_of(guild_id: int, day: date) -> str:
    """The same for the same post, another for any other; Discord takes 25 characters."""
    return f"{guild_id:x}-{day.toordinal():x}"


class DailyDelivery:
    """Finds what is due and has it posted, at a pace that leaves room for everything else."""

    def __init__(
        self,
        store: DailyStore,
        today: Today,
        poster: Poster,
        pacer: RequestPacer | None = None,
        slot: Slot | None = None,
    ) -> None:
        self._store = store
        self._today = today
        self._poster = poster
        self._pacer = pacer or RequestPacer(REQUESTS_PER_SECOND)
        self._slot = slot or Slot()
        self.routine = Routine("daily posts", self.turn)
        self.tidying = Routine("old daily posts", self._tidy)

    async def turn(self) -> float:
        """Post everything that is due; returns the seconds until it is worth looking again."""
        free = asyncio.Semaphore(AT_ONCE)
        while self._slot.holds and (batch := await self._store.due(clock.now(), _BATCH)):
            async with asyncio.TaskGroup() as group:
                for daily in batch:
                    await free.acquire()
                    group.create_task(self._deliver(daily)).add_done_callback(lambda _: free.release())
        following = await self._store.next_due() if self._slot.holds else None
        if following is None:
            return _LONG_REST_SECONDS
        return min(_REST_SECONDS, max(0.0, (following - clock.now()) / clock.SECOND))

    async def _tidy(self) -> float:
        await self._store.forget_posts(clock.now() - _POSTS_KEPT)
        return _LONG_REST_SECONDS

    async def _deliver(self, daily: Daily) -> None:
        try:
            await self._post_of_the_day(daily)
        except NotServingError:  # nothing of it may be written down either: whoever serves the server does it
            log.info("daily post left to another process", guild=daily.guild_id)
        except LaterError as problem:
            log.info("daily post delayed", guild=daily.guild_id, problem=str(problem))
            await self._store.move(daily, daily.day, clock.now() + problem.wait)
        except UnknownZoneError:
            said = f"its time zone, “{escape(zone_words(daily.timezone))}”, is in no table of mine any more"
            await self._failed(daily, daily.day, said, unforeseen=False)
        except Exception as error:  # an error with one keeps no other server waiting
            reference = logged(error, guild=daily.guild_id, what="daily post")
            said = f"something in me tripped, and whoever runs me finds it under the reference **{reference}**"
            await self._failed(daily, daily.day, said, unforeseen=True)

    async def _post_of_the_day(self, daily: Daily) -> None:
        now, zone = clock.moment(clock.now()), zone_of(daily.timezone)
        due = outstanding(now, daily.minute, zone, daily.day - timedelta(days=1), daily.plan)
        if due.at > now:  # its day has passed while nobody could post it
            await self._store.move(daily, due.day, clock.milliseconds(due.at))
            return
        try:
            if daily.filters is None:
                raise RefusedError("I can't read the filters that it was started with any more")
            found = await self._posted_before_a_restore(daily, due)
            montage = await self._today.pick_for(daily.guild_id, due.day, daily.filters)
            if montage is None:
                raise RefusedError(
                    f"nothing in the catalogue is {escape(str(daily.filters)) or 'allowed here'} any more"
                )
            await self._slot.require()
            claim = await self._store.claim(daily.guild_id, due.day, clock.now())
            message = claim.message_id if found is None else found.message_id
            if message is None:
                message = await self._send(daily, montage, due.day, None if claim.fresh else claim.claimed_at)
        except RefusedError as refusal:
            await self._failed(daily, due.day, str(refusal), unforeseen=False)
            return
        following = outstanding(now, daily.minute, zone, due.day, daily.plan)
        await self._store.done(daily, due.day, message, following)
        if daily.thread and claim.message_id is None and found is None and message:
            await self._thread(daily, message, due.day)

    async def _posted_before_a_restore(self, daily: Daily, due: Due) -> Found | None:
        """The day's post, if it was made by the database that a backup has taken the place of.

        Where nobody can look, nothing is posted: that is shown like any other refusal.
        """
        at, restored_at = clock.milliseconds(due.at), await self._store.restored_at()
        if restored_at is None or at > restored_at or await self._store.posted(daily.guild_id, due.day):
            return None
        found = await self._in_turn(self._poster.find_any, daily, due.day, at)
        if found is not None:
            await self._store.remember(daily, due.day, found.montage_id)
        return found

    async def _send(self, daily: Daily, montage: Montage, day: date, tried_at: int | None) -> int:
        """Post it, unless a try that ended in the dark has done so; 0 when that can't be known."""
        if tried_at is not None and (found := await self._found(daily, montage, tried_at)) is not None:
            return found
        return await self._in_turn(self._poster.post, daily, montage, day, nonce_of(daily.guild_id, day))

    async def _found(self, daily: Daily, montage: Montage, tried_at: int) -> int | None:
        try:
            return await self._in_turn(self._poster.find, daily, montage, tried_at)
        except RefusedError:
            # Nobody can look. Discord itself still knows a nonce that is fresh; after that a post too few
            # is better than one too many.
            return None if clock.now() - tried_at < _NONCE_KNOWN else 0

    async def _failed(self, daily: Daily, day: date, problem: str, *, unforeseen: bool) -> None:
        """Note why there is no post, try again in an hour, and give up after three days.

        `unforeseen`: nobody knows whether anything was posted, so the next try looks first; and moderators, who
        can do nothing about it, hear of it at once.
        """
        now = clock.now()
        giving_up = daily.failing_since is not None and now - daily.failing_since >= GIVE_UP_AFTER
        log.info("daily post failed", guild=daily.guild_id, problem=problem, giving_up=giving_up)
        again = now + LATER
        await self._store.failed(daily, day, now, problem, again, nothing_posted=not unforeseen)
        if unforeseen and daily.failing_since is None:
            with suppress(RefusedError, LaterError):
                await self._in_turn(self._poster.warn, daily, problem)
        if giving_up:
            with suppress(RefusedError):  # they can't be told; if that is not known, both are tried again
                await self._in_turn(self._poster.gave_up, daily, problem)
            await self._store.failed(replace(daily, due_at=again), day, now, problem, None)

    async def _thread(self, daily: Daily, message_id: int, day: date) -> None:
        try:
            await self._in_turn(self._poster.open_thread, daily, message_id, day)
        except (RefusedError, LaterError) as problem:
            log.info("no thread for a daily post", guild=daily.guild_id, problem=str(problem))
            await self._store.thread_failed(daily.guild_id, str(problem))

    async def _in_turn(self, request: Callable[P, Coro[T]], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the request answers; it leaves when its turn has come, if this process still serves."""
        await self._pacer.turn()
        await self._slot.require()
        try:
            async with asyncio.timeout(_REQUEST_SECONDS):
                return await request(*args, **kwargs)
        except TimeoutError as slow:
            raise LaterError("Discord took too long") from slow
