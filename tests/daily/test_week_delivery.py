"""The week in montages: exactly one a week, whatever happens on the way."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import clock
from bot.catalogue import Filters
from bot.daily.store import Daily, DailyStore
from bot.daily.week_delivery import WeekDelivery, week_nonce
from bot.daily.week_store import WeekPost, WeekStore
from bot.database import Database
from bot.delivery import LaterError, RefusedError
from bot.pacing import RequestPacer
from tests.daily.test_delivery import NOON, Frozen, Killed, Watch
from tests.databases import Engine, throwaway

GUILD_ID = 7
SIX = 18 * 60
TUESDAY = 1  # of 24 November 2026, the first day
WEEK = 7 * 24


class Channel:
    """Discord, as far as this post is concerned; `before` and `after` break the next request."""

    def __init__(self, watch: Watch) -> None:
        self.posts: list[tuple[date, int]] = []
        self.nonces: dict[str, int] = {}
        self.before: list[BaseException] = []
        self.after: list[BaseException] = []
        self.can_look = True
        self._watch = watch

    async def post_week(self, daily: Daily, day: date, nonce: str) -> int:
        await asyncio.sleep(0)
        if self.before:
            raise self.before.pop(0)
        now = clock.milliseconds(self._watch.now)
        if now - self.nonces.get(nonce, -clock.DAY) > 3 * clock.MINUTE:
            self.posts.append((day, now))
            self.nonces[nonce] = now
        if self.after:
            raise self.after.pop(0)
        return len(self.posts)

    async def find_week(self, daily: Daily, day: date, since: int) -> int | None:
        if not self.can_look:
            raise RefusedError("no permission to read")
        found = [number for number, (posted, at) in enumerate(self.posts, 1) if posted == day and at >= since]
        return found[0] if found else None


class World:
    """One server that wants its week on Tuesdays at six in the evening, UTC."""

    def __init__(self, database: Database, watch: Watch) -> None:
        self.watch, self.channel = watch, Channel(watch)
        self.store, self.dailies, self.database = WeekStore(database), DailyStore(database), database
        self.delivery = self.restarted()

    def restarted(self) -> WeekDelivery:
        """As a new process would begin."""
        self.delivery = WeekDelivery(self.store, self.dailies, self.channel, RequestPacer(10_000))
        return self.delivery

    async def start(self) -> None:
        day, at = NOON.date(), clock.milliseconds(NOON + timedelta(hours=6))
        daily = Daily(
            guild_id=GUILD_ID, channel_id=1, minute=SIX, timezone="UTC", filters=Filters(), day=day, due_at=at
        )
        await self.dailies.put(daily)
        await self.store.put(WeekPost(GUILD_ID, TUESDAY, day, at))

    async def turn(self, hours: float) -> float:
        self.watch.to(hours)
        return await self.delivery.turn()

    async def killed(self, hours: float) -> None:
        with pytest.raises(BaseExceptionGroup):
            await self.turn(hours)
        self.restarted()

    @property
    def days(self) -> list[date]:
        return [day for day, _ in self.channel.posts]

    async def row(self) -> WeekPost:
        week = await self.store.get(GUILD_ID)
        assert week is not None
        return week


@pytest.fixture
def watch() -> Iterator[Watch]:
    with Frozen() as watch:
        yield watch


@pytest.fixture
async def world(database: Database, watch: Watch) -> World:
    world = World(database, watch)
    await world.start()
    return world


FIRST, SECOND, THIRD = date(2026, 11, 24), date(2026, 12, 1), date(2026, 12, 8)


async def test_one_a_week_at_the_time_of_the_daily_post(world: World) -> None:
    assert await world.turn(6 - 10 / 3600) == 10
    for hour in range(0, 2 * WEEK + 24, 2):
        await world.turn(hour)
    assert world.days == [FIRST, SECOND, THIRD]
    assert (await world.row()).latest == THIRD


async def test_a_week_that_nobody_wants_rests(world: World) -> None:
    await world.store.end(GUILD_ID)
    assert await world.turn(6) == 24 * 3600
    assert world.days == []


async def test_without_a_daily_post_it_ends(world: World) -> None:
    await world.dailies.remove(GUILD_ID)
    await world.turn(6)
    assert world.days == [] and not (await world.row()).wanted


async def test_an_outage_makes_it_late_within_its_day_and_drops_it_after(world: World) -> None:
    await world.turn(11)
    assert world.days == [FIRST]
    await world.turn(WEEK + 13)  # an hour into Wednesday
    assert world.days == [FIRST]
    await world.turn(2 * WEEK + 6)
    assert world.days == [FIRST, THIRD]


async def test_a_pause_of_the_daily_post_is_one_of_this_too(world: World) -> None:
    daily = await world.dailies.get(GUILD_ID)
    assert daily is not None
    await world.dailies.put(replace(daily, resumes=SECOND))
    await world.turn(6)
    assert world.days == []
    await world.turn(WEEK + 6)
    assert world.days == [SECOND]


@pytest.mark.parametrize("after", [1 / 60, 0.5, 5.5], ids=["a minute", "half an hour", "five hours"])
async def test_killed_between_sending_and_noting(world: World, after: float) -> None:
    world.channel.after.append(Killed())
    await world.killed(6)
    await world.turn(6 + after)
    await world.turn(WEEK + 6)
    assert world.days == [FIRST, SECOND]


async def test_killed_between_claiming_and_sending(world: World) -> None:
    world.channel.before.append(Killed())
    await world.killed(6)
    assert world.days == []
    await world.turn(6.5)
    assert world.days == [FIRST]


async def test_trouble_after_trouble_still_looks_back_to_the_first_try(world: World) -> None:
    world.channel.after.append(LaterError("Discord answered 500"))
    await world.turn(6)
    world.channel.can_look = False
    await world.turn(6 + 1 / 60)  # nobody can look: the nonce is fresh
    world.channel.can_look = True
    await world.turn(8)
    assert world.days == [FIRST]


async def test_where_nobody_can_look_and_the_nonce_is_forgotten_one_too_few_is_better(world: World) -> None:
    world.channel.can_look = False
    world.channel.after.append(LaterError("Discord answered 500"))
    await world.turn(6)
    await world.turn(9)
    await world.turn(WEEK + 6)
    assert world.days == [FIRST, SECOND]


async def test_a_refusal_after_a_try_in_the_dark_does_not_forget_that_try(world: World) -> None:
    world.channel.after.append(LaterError("Discord answered 500"))
    await world.turn(6)
    world.channel.can_look = False  # all permissions are taken away
    world.channel.before.append(RefusedError("I have not got Send Messages"))
    await world.turn(6 + 1 / 60)
    world.channel.can_look = True
    await world.turn(8)
    assert world.days == [FIRST]


async def test_a_refusal_is_told_and_tried_again_until_the_day_is_over(world: World) -> None:
    world.channel.before += [RefusedError("I have not got Send Messages")] * 7
    for hour in range(6, 14):
        await world.turn(hour)
    week = await world.row()
    assert world.days == []
    assert (week.problem, week.day) == ("I have not got Send Messages", SECOND)
    world.channel.before.clear()
    await world.turn(WEEK + 6)
    assert world.days == [SECOND] and (await world.row()).problem is None


async def test_an_error_of_its_own_looks_before_it_tries_again(world: World) -> None:
    world.channel.after.append(ValueError("tripped"))
    await world.turn(6)
    assert "under the reference" in ((await world.row()).problem or "")
    await world.turn(7.1)
    await world.turn(8.2)
    assert world.days == [FIRST] and (await world.row()).latest == FIRST


async def test_the_clock_set_back_or_forward_brings_no_second_one(world: World) -> None:
    for hours in (6, 3, 6, WEEK + 6, 6, WEEK + 6, WEEK + 7, 2 * WEEK + 6):
        await world.turn(hours)
    assert world.days == [FIRST, SECOND, THIRD]


async def test_a_zone_that_is_gone_is_told(world: World) -> None:
    await world.database.write("UPDATE daily SET timezone = 'Mars/Olympus'")
    await world.turn(6)
    assert "time zone" in ((await world.row()).problem or "")


async def test_a_change_while_it_is_sent_is_kept(world: World) -> None:
    class Meddling(Channel):
        async def post_week(self, daily: Daily, day: date, nonce: str) -> int:
            await world.store.end(GUILD_ID)
            return await super().post_week(daily, day, nonce)

    world.channel = Meddling(world.watch)
    world.restarted()
    await world.turn(6)
    week = await world.row()
    assert world.days == [FIRST] and not week.wanted and week.latest == FIRST


@pytest.mark.parametrize("posted", [True, False])
async def test_a_restored_backup_does_not_post_it_again(world: World, posted: bool) -> None:
    if posted:
        await world.turn(6)
    world.watch.to(7)
    await world.start()  # the database of noon …
    await world.database.write("UPDATE week_post SET latest = NULL")
    await world.database.write("UPDATE origin SET restored_at = :at", at=clock.now())
    world.restarted()
    await world.turn(7)
    assert world.days == [FIRST]


def test_a_nonce_is_this_week_s_own_and_fits() -> None:
    nonces = {week_nonce(guild_id, day) for guild_id in (1, 2**64 - 1) for day in (FIRST, SECOND)}
    assert len(nonces) == 4 and max(map(len, nonces)) <= 25


moves = st.lists(
    st.tuples(
        st.sampled_from([1 / 60, 1, 5, 24, 24 * 3, -2, -24]),
        st.sampled_from(["fine", "fine", "refused", "500", "500 but posted", "killed", "killed after posting"]),
    ),
    max_size=40,
)


@pytest.mark.thorough
@settings(max_examples=40)
@given(moves=moves)
def test_never_two_in_a_week_through_kills_outages_and_clock_jumps(
    engine: Engine, moves: list[tuple[float, str]]
) -> None:
    async def play(watch: Watch) -> None:
        async with throwaway(engine) as database:
            await database.open()
            world = World(database, watch)
            await world.start()
            hours = 5.0
            for step, fate in moves:
                hours = max(0.0, hours + step)
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
                try:
                    await world.turn(hours)
                except BaseExceptionGroup:
                    world.restarted()
            assert max(Counter(world.days).values(), default=0) <= 1
            assert {day.weekday() for day in world.days} <= {TUESDAY}

    with Frozen() as watch:
        asyncio.run(play(watch))
