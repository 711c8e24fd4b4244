"""Posting the week in montages: each week exactly one, claimed before it is sent and noted after it."""

from datetime import date, timedelta
from functools import partial
from typing import Protocol

import structlog

from bot import clock
from bot.daily.schedule import outstanding
from bot.daily.store import Daily, DailyStore
from bot.daily.week_store import WeekPost, WeekStore
from bot.daily.zones import UnknownZoneError, zone_of
from bot.delivery import LATER, Claim, Delivery, RefusedError
from bot.languages import Said
from bot.pacing import RequestPacer
from bot.routine import Routine
from bot.shards import Slot

log = structlog.get_logger(__name__)
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


class WeekDelivery(Delivery[WeekPost]):
    """Finds what is due and has it posted; what can't be posted on its day waits for the next week."""

    def __init__(
        self,
        store: WeekStore,
        dailies: DailyStore,
        poster: WeekPoster,
        pacer: RequestPacer,
        slot: Slot | None = None,
    ) -> None:
        super().__init__("week in montages", store, pacer, slot)
        self._store, self._dailies, self._poster = store, dailies, poster
        self.routine = Routine("weeks in montages", self.turn)

    async def _failed(self, job: WeekPost, problem: str, *, unforeseen: bool) -> None:
        """`/daily status` says why; that its day ends is all the giving up there is."""
        log.info("a post failed", what=self._what, guild=job.guild_id, problem=problem)
        # An earlier try may have been cut short, and nobody knows whether it posted.
        sure = not unforeseen and job.claimed_at is None
        await self._store.failed(job, problem, self._now() + LATER, nothing_posted=sure)

    async def _make(self, job: WeekPost) -> None:
        daily = await self._dailies.get(job.guild_id)
        if daily is None:
            await self._store.end(job.guild_id)
            return
        try:
            now, zone, plan = clock.moment(clock.now()), zone_of(daily.timezone), job.plan(daily)
        except UnknownZoneError:
            raise RefusedError(Said("its time zone is in no table of mine any more")) from None
        due = outstanding(now, daily.minute, zone, job.day - _DAY, plan)
        due_at = clock.milliseconds(due.at)
        if due.day != job.day or due.at > now:  # its day has passed; the next one may be due in this very turn
            await self._store.move(job, due.day, due_at)
            return
        following = outstanding(now, daily.minute, zone, due.day, plan)
        await self._slot.require()
        tried_at = await self._tried_at(job, due_at)
        if not await self._store.claim(job, clock.now()):
            return
        await self._once(
            Claim(fresh=tried_at is None, claimed_at=tried_at or clock.now()),
            partial(self._poster.find_week, daily, due.day),
            partial(self._poster.post_week, daily, due.day, week_nonce(daily.guild_id, due.day)),
        )
        await self._store.done(job, following.day, clock.milliseconds(following.at))

    async def _tried_at(self, week: WeekPost, due_at: int) -> int | None:
        """Since when it may have been posted: by a try that was cut short, or before a backup was restored."""
        if week.claimed_at is not None:
            return week.claimed_at
        return due_at if await self._posted_before_a_restore(due_at) else None
