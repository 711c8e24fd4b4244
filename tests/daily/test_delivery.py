"""Each day exactly one post, whatever happens on the way: a real database, a Discord that breaks to order."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import clock
from bot.catalogue import Catalogue, Filters, Montage
from bot.daily.delivery import DailyDelivery, Found, nonce_of
from bot.daily.rhythm import EveryDays, Plan, Weekdays
from bot.daily.schedule import upcoming
from bot.daily.store import Daily, DailyStore
from bot.daily.today import Today
from bot.database import Database
from bot.delivery import GIVE_UP_AFTER, LaterError, RefusedError
from bot.pacing import RequestPacer
from tests.databases import Engine, throwaway

GUILD_ID = 7
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SIX = 18 * 60


class Killed(BaseException):
    """The process ends at this very point."""


class Watch:
    """The time, as the test wants it."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def to(self, hours: float) -> None:
        """So many hours after noon of the first day."""
        self.now = NOON + timedelta(hours=hours)


class Channel:
    """Discord, as far as a post is concerned. `break_with` breaks the next request before or after it is served."""

    def __init__(self, watch: Watch) -> None:
        self.messages: list[tuple[date, str, datetime]] = []
        self.nonces: dict[str, tuple[datetime, int]] = {}
        self.threads: list[int] = []
        self.told: list[str] = []
        self.warned: list[str] = []
        self.before: list[BaseException] = []
        self.before_telling: list[BaseException] = []
        self.after: list[BaseException] = []
        self.can_look = True
        self.looked = 0
        self._watch = watch

    async def post(self, daily: Daily, montage: Montage, day: date, nonce: str) -> int:
        await asyncio.sleep(0)
        if self.before:
            raise self.before.pop(0)
        at, message = self.nonces.get(nonce, (datetime.min.replace(tzinfo=UTC), 0))
        if self._watch.now - at > timedelta(minutes=3):
            self.messages.append((day, montage.id, self._watch.now))
            message = len(self.messages)
            self.nonces[nonce] = (self._watch.now, message)
        if self.after:
            raise self.after.pop(0)
        return message

    async def find(self, daily: Daily, montage: Montage, since: int) -> int | None:
        if not self.can_look:
            raise RefusedError("no permission to read")
        for number, (_, shown, at) in enumerate(self.messages, 1):
            if shown == montage.id and clock.milliseconds(at) >= since:
                return number
        return None

    async def find_any(self, daily: Daily, day: date, since: int) -> Found | None:
        if not self.can_look:
            raise RefusedError("no permission to read")
        self.looked += 1
        for number, (posted, shown, at) in enumerate(self.messages, 1):
            if posted == day and clock.milliseconds(at) >= since:
                return Found(number, shown)
        return None

    async def open_thread(self, daily: Daily, message_id: int, day: date) -> None:
        self.threads.append(message_id)

    async def warn(self, daily: Daily, problem: str) -> None:
        self.warned.append(problem)

    async def gave_up(self, daily: Daily, problem: str) -> None:
        if self.before_telling:
            raise self.before_telling.pop(0)
        self.told.append(problem)


class World:
    """One server with a daily post at six in the evening, UTC."""

    def __init__(self, database: Database, catalogue: Catalogue, watch: Watch) -> None:
        self.watch, self.channel = watch, Channel(watch)
        self.store = DailyStore(database)
        self.today = Today(self.store, catalogue, Random(5))
        self.delivery = self.restarted()

    def restarted(self) -> DailyDelivery:
        """As a new process would begin."""
        self.delivery = DailyDelivery(self.store, self.today, self.channel, RequestPacer(10_000))
        return self.delivery

    async def start(self, **changes: Any) -> None:
        due = upcoming(self.watch.now, SIX, ZoneInfo("UTC"))
        daily = Daily(
            guild_id=GUILD_ID,
            channel_id=1,
            minute=SIX,
            timezone="UTC",
            filters=Filters(),
            day=due.day,
            due_at=clock.milliseconds(due.at),
        )
        await self.store.put(replace(daily, **changes))

    async def turn(self, hours: float) -> float:
        self.watch.to(hours)
        return await self.delivery.turn()

    @property
    def days(self) -> list[int]:
        """The days of November that were posted."""
        return [day.day for day, _, _ in self.channel.messages]


class Frozen:
    """The bot's clock in the test's hands."""

    def __enter__(self) -> Watch:
        self._patch = pytest.MonkeyPatch()
        watch = Watch()
        self._patch.setattr(clock, "utcnow", watch)
        return watch

    def __exit__(self, *_: object) -> None:
        self._patch.undo()


@pytest.fixture
def watch() -> Iterator[Watch]:
    with Frozen() as watch:
        yield watch


@pytest.fixture
async def world(database: Database, catalogue: Catalogue, watch: Watch) -> World:
    world = World(database, catalogue, watch)
    await world.start()
    return world


async def test_one_post_a_day_at_the_chosen_time(world: World) -> None:
    for hour in range(72):
        await world.turn(hour)
    assert world.days == [24, 25, 26]
    assert [at.hour for _, _, at in world.channel.messages] == [18, 18, 18]
    assert len({montage for _, montage, _ in world.channel.messages}) == 3


async def test_it_rests_until_the_next_one_but_looks_at_the_clock_every_minute(world: World) -> None:
    assert await world.turn(0) == 60
    assert await world.turn(6 - 10 / 3600) == 10
    assert await world.turn(6) == 60


async def test_nobody_wants_any(world: World) -> None:
    await world.store.remove(GUILD_ID)
    assert await world.turn(6) == 24 * 3600
    assert world.days == []


@pytest.mark.parametrize(
    ("changes", "days"),
    [
        ({"rhythm": Weekdays(frozenset((1, 4)))}, [24, 27, 1, 4, 8]),  # Tuesdays and Fridays
        ({"rhythm": EveryDays(5, date(2026, 11, 24))}, [24, 29, 4, 9]),
        ({"rhythm": Weekdays(frozenset((2,)))}, [25, 2, 9]),
        ({"resumes": date(2026, 12, 7)}, [7, 8, 9]),
        ({"skipped": frozenset((date(2026, 11, 25), date(2026, 12, 1))), "resumes": date(2026, 11, 25)}, None),
    ],
    ids=["weekdays", "every five days", "weekly", "a pause", "days left out"],
)
async def test_only_the_days_of_the_rhythm_have_a_post(
    world: World, changes: dict[str, Any], days: list[int] | None
) -> None:
    plan = Plan(**changes)
    due = upcoming(world.watch.now, SIX, ZoneInfo("UTC"), plan)
    await world.start(**changes, day=due.day, due_at=clock.milliseconds(due.at))
    for hour in range(0, 24 * 16, 3):
        await world.turn(hour)
    assert world.days == (days or [26, 27, 28, 29, 30, *range(2, 10)])


async def test_an_outage_over_a_day_of_the_rhythm_loses_that_one_and_keeps_the_others(world: World) -> None:
    await world.start(rhythm=Weekdays(frozenset((1, 4))))
    await world.turn(6)
    await world.turn(24 * 4 + 1)  # Friday's is over, and Saturday has none
    assert world.days == [24]
    await world.turn(24 * 7 + 6)
    assert world.days == [24, 1]


async def test_the_clock_set_back_brings_no_second_post_in_a_rhythm(world: World) -> None:
    await world.start(rhythm=EveryDays(2, date(2026, 11, 24)))
    for hour in (6, 3, 6, 24 + 6, 48 + 6, 6, 48 + 6, 49 + 6):
        await world.turn(hour)
    assert world.days == [24, 26]


async def test_an_outage_of_hours_makes_it_late_within_the_day(world: World) -> None:
    await world.turn(11.9)
    await world.turn(12.1)
    assert world.days == [24]
    assert world.channel.messages[0][2].hour == 23


async def test_an_outage_of_days_gives_one_post_and_no_more(world: World) -> None:
    await world.turn(24 * 5 + 7)
    await world.turn(24 * 5 + 8)
    assert world.days == [29]


async def test_a_day_that_is_over_is_let_go(world: World) -> None:
    await world.turn(24 + 5)
    assert world.days == []
    await world.turn(24 + 6)
    assert world.days == [25]


@pytest.mark.parametrize("after", [1 / 60, 0.5, 5.5], ids=["a minute", "half an hour", "five hours"])
async def test_killed_between_sending_and_writing_it_down(world: World, after: float) -> None:
    world.channel.after.append(Killed())
    with pytest.raises(BaseExceptionGroup):
        await world.turn(6)
    assert world.days == [24]
    world.restarted()
    await world.turn(6 + after)
    await world.turn(24 + 6)
    assert world.days == [24, 25]


@pytest.mark.parametrize("after", [1 / 60, 5.5], ids=["a minute", "five hours"])
async def test_killed_between_claiming_and_sending(world: World, after: float) -> None:
    world.channel.before.append(Killed())
    with pytest.raises(BaseExceptionGroup):
        await world.turn(6)
    assert world.days == []
    world.restarted()
    await world.turn(6 + after)
    assert world.days == [24]


async def test_where_it_cannot_look_the_nonce_keeps_it_single(world: World) -> None:
    world.channel.can_look = False
    world.channel.after.append(LaterError("Discord answered 500"))
    await world.turn(6)
    await world.turn(6 + 1 / 60)
    await world.turn(24 + 6)
    assert world.days == [24, 25]


async def test_where_it_cannot_look_and_the_nonce_is_forgotten_one_too_few_is_better(world: World) -> None:
    world.channel.can_look = False
    world.channel.after.append(LaterError("Discord answered 500"))
    await world.turn(6)
    await world.turn(9)
    await world.turn(24 + 6)
    assert world.days == [24, 25]


async def test_an_error_of_discord_s_is_tried_again_within_minutes(world: World) -> None:
    world.channel.before += [LaterError("Discord answered 503")] * 3
    for minute in range(5):
        await world.turn(6 + minute / 60)
    assert world.days == [24]
    assert world.channel.messages[0][2] == NOON + timedelta(hours=6, minutes=3)


async def test_the_clock_set_back_brings_no_second_post(world: World) -> None:
    await world.turn(6)
    for hour in (3, 5, 6, 6.5, 7):
        await world.turn(hour)
    assert world.days == [24]
    await world.turn(24 + 6)
    assert world.days == [24, 25]


async def test_the_clock_set_forward_and_back_again(world: World) -> None:
    await world.turn(6)
    await world.turn(48 + 6)  # two days too far: that day is spent
    for hour in (8, 24 + 6, 48 + 6, 72 + 6):
        await world.turn(hour)
    assert Counter(world.days) == {24: 1, 26: 1, 27: 1}


async def test_a_lost_permission_stops_it_after_three_days_and_the_moderators_are_told(world: World) -> None:
    world.channel.before += [RefusedError("the channel is gone")] * 500
    told_at: list[int] = []
    for hour in range(24 * 5):
        await world.turn(hour)
        told_at += [hour] * (len(world.channel.told) - len(told_at))
    daily = await world.store.get(GUILD_ID)
    assert daily is not None
    assert daily.due_at is None
    assert daily.problem == "the channel is gone"
    assert world.channel.told == ["the channel is gone"]
    assert told_at == [6 + GIVE_UP_AFTER // clock.HOUR]
    assert world.days == []


@pytest.mark.parametrize(("trouble", "told"), [(LaterError("busy"), 1), (RefusedError("closed"), 0)])
async def test_giving_up_is_told_though_discord_is_busy_just_then(
    world: World, trouble: Exception, told: int
) -> None:
    world.channel.before += [RefusedError("the channel is gone")] * 500
    world.channel.before_telling.append(trouble)
    for hour in range(6, 6 + 80):
        await world.turn(hour)
    assert world.channel.told == ["the channel is gone"] * told
    daily = await world.store.get(GUILD_ID)
    assert daily is not None and daily.due_at is None and daily.problem == "the channel is gone"


async def test_a_permission_that_comes_back_makes_it_late_and_clears_the_record(world: World) -> None:
    world.channel.before += [RefusedError("I have not got Send Messages")] * 2
    for hour in (6, 7, 8):
        await world.turn(hour)
    daily = await world.store.get(GUILD_ID)
    assert daily is not None
    assert (world.days, daily.failing_since, daily.problem) == ([24], None, None)


async def test_filters_that_nothing_passes_any_more_are_a_problem_too(world: World) -> None:
    await world.start(filters=Filters(discipline="boxing", country="Atlantis"))
    await world.turn(6)
    daily = await world.store.get(GUILD_ID)
    assert daily is not None
    assert daily.problem == "nothing in the catalogue is boxing · from Atlantis any more"


async def test_a_fault_of_one_server_s_does_not_touch_the_others(world: World) -> None:
    await world.start(guild_id=8, timezone="Nowhere/Nothing")
    await world.turn(6)
    assert world.days == [24]
    assert await world.delivery.turn() == 60  # and it is not tried again and again


async def test_a_change_by_a_moderator_during_the_post_is_kept(world: World) -> None:
    class Meddling(Channel):
        async def post(self, daily: Daily, montage: Montage, day: date, nonce: str) -> int:
            await world.start(minute=20 * 60, day=date(2026, 11, 25), due_at=clock.milliseconds(NOON) + clock.DAY)
            return await super().post(daily, montage, day, nonce)

    world.channel = Meddling(world.watch)
    world.restarted()
    await world.turn(6)
    daily = await world.store.get(GUILD_ID)
    assert daily is not None
    assert (daily.minute, daily.due_at) == (20 * 60, clock.milliseconds(NOON) + clock.DAY)


async def test_a_thread_where_one_is_wanted(world: World) -> None:
    await world.start(thread=True)
    await world.turn(6)
    assert world.channel.threads == [1]


async def test_a_day_that_has_its_post_gets_neither_another_nor_another_thread(world: World) -> None:
    await world.start(thread=True)
    await world.turn(6)
    six = clock.milliseconds(NOON + timedelta(hours=6))
    await world.start(thread=True, day=date(2026, 11, 24), due_at=six)  # the same day once more
    await world.turn(6)
    assert world.days == [24]
    assert world.channel.threads == [1]


def test_a_nonce_is_the_post_s_own_and_fits() -> None:
    largest = 2**64 - 1
    nonces = {nonce_of(guild_id, date(2026, 11, day)) for guild_id in (1, largest) for day in (24, 25)}
    assert len(nonces) == 4
    assert max(map(len, nonces)) <= 25


moves = st.lists(
    st.tuples(
        st.sampled_from(["minutes", "hours", "a day"]),
        st.integers(1, 30),
        st.sampled_from(["fine", "refused", "500", "500 but posted", "killed", "killed after posting"]),
    ),
    max_size=40,
)


@pytest.mark.thorough
@settings(max_examples=40)
@given(moves=moves)
def test_never_two_on_a_day_and_none_missed_without_a_reason(
    engine: Engine, moves: list[tuple[str, int, str]], catalogue: Catalogue
) -> None:
    async def play(watch: Watch) -> None:
        async with throwaway(engine) as database:
            await database.open()
            world = World(database, catalogue, watch)
            await world.start()
            hours, spoiled = 0.0, set[date]()
            for step, size, fate in moves:
                was, hours = hours, hours + {"minutes": size / 60, "hours": 1, "a day": 24}[step]
                breaks: dict[str, Callable[[], None]] = {
                    "refused": lambda: world.channel.before.append(RefusedError("no")),
                    "500": lambda: world.channel.before.append(LaterError("500")),
                    "500 but posted": lambda: world.channel.after.append(LaterError("500")),
                    "killed": lambda: world.channel.before.append(Killed()),
                    "killed after posting": lambda: world.channel.after.append(Killed()),
                }
                world.channel.before.clear()
                world.channel.after.clear()
                breaks.get(fate, lambda: None)()
                if step == "a day" or fate != "fine":
                    spoiled |= {(NOON + timedelta(hours=h)).date() for h in (was, hours)}
                try:
                    await world.turn(hours)
                except BaseExceptionGroup:
                    world.restarted()
            posted = Counter(day for day, _, _ in world.channel.messages)
            assert max(posted.values(), default=0) <= 1
            day = NOON.date()
            while datetime(day.year, day.month, day.day, 23, tzinfo=UTC) < world.watch.now:
                assert posted[day] or day in spoiled, f"{day} was missed"
                day += timedelta(days=1)

    with Frozen() as watch:
        asyncio.run(play(watch))


# --- after a restore ---


async def restored(world: World, hours: float) -> None:
    """At that time, the database of noon takes the place of what has been written since."""
    world.watch.to(hours)
    await world.store._database.write("DELETE FROM daily_post")
    await world.store._database.write("DELETE FROM daily_pick")
    await world.store._database.write("UPDATE origin SET restored_at = :at", at=clock.now())
    await world.start(day=NOON.date(), due_at=clock.milliseconds(NOON + timedelta(hours=6)))
    world.restarted()


async def test_a_restore_does_not_post_the_day_twice_and_learns_what_it_was(world: World) -> None:
    await world.turn(6)
    await restored(world, 7)
    await world.turn(7)
    assert world.days == [24]
    (_, shown, _) = world.channel.messages[0]
    today = await world.today.pick_for(GUILD_ID, NOON.date(), Filters())
    assert today is not None and today.id == shown
    await world.turn(24 + 6)
    await world.turn(48 + 6)
    assert world.days == [24, 25, 26] and world.channel.looked == 1, "later days need no look"


async def test_a_restore_before_the_time_of_the_post_changes_nothing(world: World) -> None:
    await restored(world, 5)
    await world.turn(6)
    assert world.days == [24] and world.channel.looked == 0


async def test_a_restore_while_the_post_was_missing_still_makes_it(world: World) -> None:
    await restored(world, 7)
    await world.turn(7)
    assert world.days == [24] and world.channel.looked == 1


async def test_after_a_restore_a_channel_that_cannot_be_read_gets_no_second_post(world: World) -> None:
    await world.turn(6)
    await restored(world, 7)
    world.channel.can_look = False
    await world.turn(7)
    daily = await world.store.get(GUILD_ID)
    assert world.days == [24] and daily is not None and daily.problem == "no permission to read"
    world.channel.can_look = True
    await world.turn(8)
    await world.turn(24 + 6)
    assert world.days == [24, 25]


async def test_a_post_whose_filters_cannot_be_read_stops_and_says_so(database: Database, world: World) -> None:
    await database.write("UPDATE daily SET filters = :text", text=".9written by a version to come")
    await world.turn(6.1)
    assert world.days == []
    daily = await world.store.get(GUILD_ID)
    assert daily is not None and daily.filters is None
    assert daily.problem is not None and "can't read the filters" in daily.problem
    for hour in range(7, 100):
        await world.turn(hour)
    daily = await world.store.get(GUILD_ID)
    assert world.days == [] and daily is not None and daily.due_at is None


async def test_filters_that_cannot_be_read_hold_no_other_server_up(database: Database, world: World) -> None:
    await database.write(
        "INSERT INTO daily (guild_id, channel_id, minute, timezone, filters, thread, day, due_at) "
        "SELECT 1, 1, minute, timezone, 'garbage', thread, day, due_at FROM daily"
    )
    await world.turn(6.1)
    assert world.days == [24]


async def test_an_unforeseen_error_is_told_with_its_reference_and_posts_nothing_twice(world: World) -> None:
    world.channel.after = [KeyError("a bug")]  # posted, and then it tripped
    await world.turn(6.1)
    daily = await world.store.get(GUILD_ID)
    assert daily is not None and daily.problem is not None and "reference **" in daily.problem
    assert world.channel.warned == [daily.problem]
    for hour in range(7, 12):
        await world.turn(hour)
    assert world.days == [24]
    daily = await world.store.get(GUILD_ID)
    assert daily is not None and daily.problem is None


async def test_an_unforeseen_error_every_day_is_given_up_like_a_refusal(world: World) -> None:
    world.channel.before = [KeyError("a bug") for _ in range(200)]
    for hour in range(6, 100):
        await world.turn(hour + 0.1)
    daily = await world.store.get(GUILD_ID)
    assert daily is not None and daily.due_at is None and daily.problem is not None
    assert len(world.channel.warned) == 1 and len(world.channel.told) == 1
