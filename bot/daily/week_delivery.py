"""Posting the week in montages: each week exactly one, claimed before it is sent and noted after it."""

import asyncio
from collections.abc import Callable
from datetime import date, timedelta
from typing import ParamSpec, Protocol, TypeVar

import structlog

from bot import clock
from bot.aliases import Coro
from bot.daily.schedule import Due, outstanding
from bot.daily.store import Daily, DailyStore
from bot.daily.week_store import WeekPost, WeekStore
from bot.daily.zones import UnknownZoneError, zone_of
from bot.delivery import LATER, LaterError, RefusedError
from bot.errors import logged
from bot.pacing import RequestPacer
from bot.routine import Routine
from bot.shards import NotServingError, Slot

log = structlog.get_logger(__name__)
P = ParamSpec("P")
T = TypeVar("T")

# Five requests a second in all processes together, for the daily posts go first; read, and under way, so many at a
# time.
WEEKS_PER_SECOND = 5
_BATCH, _AT_ONCE = 200, 10
# As for the daily post: how long Discord surely knows a nonce, how long a request may take, how long to rest.
_NONCE_KNOWN = 2 * clock.MINUTE
_REQUEST_SECONDS = 30
_REST_SECONDS, _LONG_REST_SECONDS = 60.0, 24 * 3600.0
_DAY = timedelta(days=1)


class WeekPoster(Protocol):
    """Where it goes. Every method raises RefusedError or LaterError."""

    async def post_week(self, daily: Daily, day: date, nonce: str) -> int:
        """Send the card of the week up to that day; its id. The same nonce within minutes: the same message."""

    async def find_week(self, daily: Daily, day: date, since: int) -> int | None:
        """The id of that card, if it stands there already, posted at or after `since`."""


def week_nonce(guild_id: int, day: date) -> str:
    """The same for the same week, another for anything else; Discord takes 25 characters."""
    return f"{guild_id:x}-w{day.toordinal():x}"


class WeekDelivery:
    """Finds what is due and has it posted; what can't be posted on its day waits for the next week."""

    def __init__(
        self,
        store: WeekStore,
        dailies: DailyStore,
        poster: WeekPoster,
        pacer: RequestPacer | None = None,
        slot: Slot | None = None,
    ) -> None:
        self._store, self._dailies, self._poster = store, dailies, poster
        self._pacer = pacer or RequestPacer(WEEKS_PER_SECOND)
        self._slot = slot or Slot()
        self.routine = Routine("weeks in montages", self.turn)

    async def turn(self) -> float:
        """Post everything that is due; returns the seconds until it is worth looking again."""
        free = asyncio.Semaphore(_AT_ONCE)
        while self._slot.holds and (batch := await self._store.due(clock.now(), _BATCH)):
            async with asyncio.TaskGroup() as group:
                for week in batch:
                    await free.acquire()
                    group.create_task(self._deliver(week)).add_done_callback(lambda _: free.release())
        following = await self._store.next_due() if self._slot.holds else None
        if following is None:
            return _LONG_REST_SECONDS
        return min(_REST_SECONDS, max(0.0, (following - clock.now()) / clock.SECOND))

    async def _deliver(self, week: WeekPost) -> None:
        daily = await self._dailies.get(week.guild_id)
        if daily is None:
            await self._store.end(week.guild_id)
            return
        try:
            now, zone, plan = clock.moment(clock.now()), zone_of(daily.timezone), week.plan(daily)
            due = outstanding(now, daily.minute, zone, week.day - _DAY, plan)
            if due.at > now:  # its day has passed while nobody could post it
                await self._store.move(week, due.day, clock.milliseconds(due.at))
                return
            if week.day != due.day:
                week = week._replace(day=due.day, claimed_at=None)
            following = outstanding(now, daily.minute, zone, due.day, plan)
            await self._post(week, daily, due, following)
        except NotServingError:  # nothing of it may be written down either: whoever serves the server does it
            log.info("week in montages left to another process", guild=week.guild_id)
        except LaterError as problem:
            log.info("week in montages delayed", guild=week.guild_id, problem=str(problem))
            await self._store.postpone(week, clock.now() + problem.wait)
        except RefusedError as refusal:  # a try before this one may still have ended in the dark
            await self._failed(week, str(refusal), nothing_posted=week.claimed_at is None)
        except UnknownZoneError:
            await self._failed(week, "its time zone is in no table of mine any more", nothing_posted=True)
        except Exception as error:  # an error with one keeps no other server waiting
            reference = logged(error, guild=week.guild_id, what="week in montages")
            said = f"something in me tripped, and whoever runs me finds it under the reference **{reference}**"
            await self._failed(week, said, nothing_posted=False)

    async def _failed(self, week: WeekPost, problem: str, *, nothing_posted: bool) -> None:
        log.info("week in montages failed", guild=week.guild_id, problem=problem)
        await self._store.failed(week, problem, clock.now() + LATER, nothing_posted=nothing_posted)

    async def _post(self, week: WeekPost, daily: Daily, due: Due, following: Due) -> None:
        await self._slot.require()
        tried_at = await self._tried_at(week, due)
        if not await self._store.claim(week, clock.now()):
            return
        if tried_at is None or not await self._stands(daily, due.day, tried_at):
            nonce = week_nonce(daily.guild_id, due.day)
            await self._in_turn(self._poster.post_week, daily, due.day, nonce)
        await self._store.done(week, following.day, clock.milliseconds(following.at))

    async def _tried_at(self, week: WeekPost, due: Due) -> int | None:
        """Since when it may have been posted: by a try that ended in the dark, or before a backup was restored."""
        if week.claimed_at is not None:
            return week.claimed_at
        at, restored_at = clock.milliseconds(due.at), await self._dailies.restored_at()
        return at if restored_at is not None and at <= restored_at else None

    async def _stands(self, daily: Daily, day: date, tried_at: int) -> bool:
        try:
            return await self._in_turn(self._poster.find_week, daily, day, tried_at) is not None
        except RefusedError:
            # Nobody can look. Discord itself still knows a nonce that is fresh; after that a post too few is
            # better than one too many.
            return clock.now() - tried_at >= _NONCE_KNOWN

    async def _in_turn(self, request: Callable[P, Coro[T]], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the request answers; it leaves when its turn has come."""
        await self._pacer.turn()
        await self._slot.require()
        try:
            async with asyncio.timeout(_REQUEST_SECONDS):
                return await request(*args, **kwargs)
        except TimeoutError as slow:
            raise LaterError("Discord took too long") from slow
