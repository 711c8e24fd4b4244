"""Making the posts that are due: each day exactly one, whatever happens on the way."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple, Protocol

import structlog

from bot import clock
from bot.catalogue import Montage
from bot.daily.schedule import Due, outstanding
from bot.daily.store import Daily, DailyStore
from bot.daily.today import Today
from bot.daily.zones import UnknownZoneError, zone_of, zone_words
from bot.delivery import FailureNotifier, LastingDelivery, LaterError, RefusedError
from bot.languages import Said
from bot.pacing import RequestPacer
from bot.routine import Routine
from bot.shards import Slot
from bot.ui.text import escape

log = structlog.get_logger(__name__)

_TIDY_SECONDS = 24 * 3600.0
# Well past any day that could be posted again.
_POSTS_KEPT = 30 * clock.DAY


class Found(NamedTuple):
    """A daily post that stands in a channel already."""

    message_id: int
    montage_id: str


class Poster(FailureNotifier[Daily], Protocol):
    """Where posts go. Every method raises RefusedError or LaterError."""

    async def post(self, daily: Daily, montage: Montage, day: date, nonce: str) -> int:
        """Send it; the message's id. The same nonce within minutes gives the same message."""

    async def find(self, daily: Daily, montage: Montage, since: int) -> int | None:
        """The id of a post that was made already, at or after `since`."""

    async def find_any(self, daily: Daily, day: date, since: int) -> Found | None:
        """That day's post whatever it shows, for a database that does not know any more what was picked."""

    async def open_thread(self, daily: Daily, message_id: int, day: date) -> None:
        """Open the thread under a post."""


def nonce_of(guild_id: int, day: date) -> str:
    """The same for the same post, another for any other; Discord takes 25 characters."""
    return f"{guild_id:x}-{day.toordinal():x}"


class DailyDelivery(LastingDelivery[Daily]):
    """Finds what is due and has it posted."""

    def __init__(
        self, store: DailyStore, today: Today, poster: Poster, pacer: RequestPacer, slot: Slot | None = None
    ) -> None:
        super().__init__("daily post", store, poster, pacer, slot)
        self._store = store
        self._today = today
        self._poster = poster
        self.routine = Routine("daily posts", self.turn)
        self.tidying = Routine("old daily posts", self._tidy)

    async def _tidy(self) -> float:
        await self._store.forget_posts(clock.now() - _POSTS_KEPT)
        return _TIDY_SECONDS

    async def _make(self, job: Daily) -> None:
        now = clock.moment(clock.now())
        try:
            zone = zone_of(job.timezone)
        except UnknownZoneError:
            raise RefusedError(
                Said(
                    "its time zone, “{zone}”, is in no table of mine any more",
                    zone=escape(zone_words(job.timezone)),
                )
            ) from None
        due = outstanding(now, job.minute, zone, job.day - timedelta(days=1), job.plan)
        if due.at > now:  # its day has passed while nobody could post it
            await self._store.move(job, due.day, clock.milliseconds(due.at))
            return
        try:
            message, is_new = await self._post_of_the_day(job, due)
        except RefusedError as refusal:
            await self._failed(replace(job, day=due.day), refusal.said, unforeseen=False)
            return
        following = outstanding(now, job.minute, zone, due.day, job.plan)
        await self._store.done(job, due.day, message, following)
        if job.thread and is_new and message:
            await self._thread(job, message, due.day)

    async def _post_of_the_day(self, daily: Daily, due: Due) -> tuple[int, bool]:
        """(the id of that day's post, whether it stands only now)"""
        if daily.filters is None:
            raise RefusedError(Said("I can't read the filters that it was started with any more"))
        found = await self._found_after_a_restore(daily, due)
        montage = await self._today.pick_for(daily.guild_id, due.day, daily.filters)
        if montage is None:
            if not daily.filters.active:
                raise RefusedError(Said("nothing in the catalogue is allowed here any more"))
            asked = escape(str(daily.filters))
            raise RefusedError(Said("nothing in the catalogue is {filters} any more", filters=asked))
        await self._slot.require()
        claim = await self._store.claim(daily.guild_id, due.day, clock.now())
        if found is not None:
            return found.message_id, False
        message = await self._once(
            claim,
            partial(self._poster.find, daily, montage),
            partial(self._poster.post, daily, montage, due.day, nonce_of(daily.guild_id, due.day)),
        )
        return message, claim.message_id is None

    async def _found_after_a_restore(self, daily: Daily, due: Due) -> Found | None:
        """The day's post, if it was made by the database that a backup has taken the place of.

        Where nobody can look, nothing is posted: that is shown like any other refusal.
        """
        at = clock.milliseconds(due.at)
        if not await self._posted_before_a_restore(at) or await self._store.posted(daily.guild_id, due.day):
            return None
        found = await self._in_turn(self._poster.find_any, daily, due.day, at)
        if found is not None:
            await self._store.remember(daily, due.day, found.montage_id)
        return found

    async def _thread(self, daily: Daily, message_id: int, day: date) -> None:
        try:
            await self._in_turn(self._poster.open_thread, daily, message_id, day)
        except (RefusedError, LaterError) as problem:
            log.info("no thread for a daily post", guild=daily.guild_id, problem=str(problem))
            await self._store.thread_failed(daily.guild_id, problem.said)
