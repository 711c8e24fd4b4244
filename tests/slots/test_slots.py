"""Who serves which shards: taken by one at a time, given up in time, taken over; on a real PostgreSQL."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from typing import Any

import asyncpg
import pytest

from bot.errors import StartError
from bot.shards import NotServingError
from bot.slots import HeldSlot, Layout, Messages, Waiting, slot, take_slot, taking
from bot.slots.link import PATIENCE_SECONDS, connect, steady_seconds
from bot.slots.slot import CHECK_SECONDS, GRACE_SECONDS, TRUSTED_SECONDS, parts_of
from tests.operations.waiting import until
from tests.postgres import Server, programs

pytestmark = pytest.mark.posix


def test_whoever_takes_over_waits_longer_than_the_one_before_serves() -> None:
    assert CHECK_SECONDS + PATIENCE_SECONDS < TRUSTED_SECONDS < GRACE_SECONDS


def test_shards_are_shared_out() -> None:
    assert [str(part) for part in parts_of(16, 4)] == ["0-3 of 16", "4-7 of 16", "8-11 of 16", "12-15 of 16"]
    assert [str(part) for part in parts_of(2, 2)] == ["0 of 2", "1 of 2"]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same ratios, five times as fast."""
    monkeypatch.setattr(slot, "GRACE_SECONDS", 1.2)
    monkeypatch.setattr(slot, "TRUSTED_SECONDS", 0.8)
    monkeypatch.setattr(slot, "CHECK_SECONDS", 0.1)
    monkeypatch.setattr(slot, "_BETWEEN_IDENTIFIES", 0.3)
    monkeypatch.setattr(slot, "_AGAIN_SECONDS", 0.02)
    monkeypatch.setattr(taking, "_LOOK_SECONDS", 0.05)


@asynccontextmanager
async def taken(url: str, shards: int = 4, slots: int = 2, *, strict: bool = True) -> AsyncIterator[HeldSlot]:
    async with asyncio.timeout(20):
        one = await take_slot(url, Layout(shards, slots), asyncio.Event(), strict=strict)
    assert one is not None
    try:
        yield one
    finally:
        await one.release()


async def cut_off(one: HeldSlot) -> None:
    """As if its process had died: the lock is gone, and nothing was said."""
    assert one._keeping is not None
    one._keeping.cancel()
    one._connection.terminate()
    one._confirmed_at = 0.0


async def end_connections(url: str, what: str = "montage ") -> None:
    """As a failing server or a router does it."""
    other = await asyncpg.connect(url)
    await other.fetch(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE application_name LIKE $1 AND datname = current_database()",
        f"{what}%",
    )
    await other.close()


async def test_each_slot_has_one_holder_and_whoever_is_left_over_waits(url: str) -> None:
    stopped = asyncio.Event()
    async with taken(url) as first, taken(url) as second:
        assert {str(first.shards), str(second.shards)} == {"0-1 of 4", "2-3 of 4"}
        assert not first.alone and first.holds
        await first.require()
        spare = asyncio.create_task(take_slot(url, Layout(4, 2), stopped))
        await asyncio.sleep(0.3)
        assert not spare.done()
        await cut_off(second)
        began = steady_seconds()
        third = await asyncio.wait_for(spare, 10)
        assert third is not None and third.number == second.number
        assert steady_seconds() - began >= 1.1, "the one before may still have served"
        with pytest.raises(NotServingError):
            await second.require()
        await third.release()


async def test_whoever_comes_after_one_that_ended_in_good_order_begins_at_once(url: str) -> None:
    async with taken(url, 1, 1):
        pass
    began = steady_seconds()
    async with taken(url, 1, 1) as one:
        assert steady_seconds() - began < 1
        await cut_off(one)
    began = steady_seconds()
    async with taken(url, 1, 1):
        assert steady_seconds() - began >= 1.1, "it was cut off, and left no note"


async def test_whoever_is_stopped_while_it_waits_says_nothing_of_the_one_before(url: str) -> None:
    async with taken(url, 1, 1) as one:
        await cut_off(one)
    stopped = asyncio.Event()
    second = asyncio.create_task(take_slot(url, Layout(1, 1), stopped))
    await asyncio.sleep(0.5)
    stopped.set()
    assert await asyncio.wait_for(second, 5) is None
    began = steady_seconds()
    async with taken(url, 1, 1):
        assert steady_seconds() - began >= 1.1


async def test_a_lock_is_not_taken_again_where_others_have_begun_by_other_numbers(url: str) -> None:
    async with taken(url, 4, 2) as old:
        async with old._asking:  # it does not notice for a while
            await end_connections(url)
            other = await connect(url, "test")
            await other.fetchval("SELECT pg_advisory_lock($1, $2)", *Layout(8, 2).key(1))
        async with asyncio.timeout(5):
            await old.lost.wait()
        other.terminate()


async def test_a_spare_that_is_stopped_goes(url: str) -> None:
    stopped = asyncio.Event()
    async with taken(url, 1, 1):
        spare = asyncio.create_task(take_slot(url, Layout(1, 1), stopped))
        await asyncio.sleep(0.2)
        stopped.set()
        assert await asyncio.wait_for(spare, 2) is None


async def test_a_connection_that_breaks_is_mended_while_nobody_else_can_have_begun(url: str) -> None:
    async with taken(url) as one:
        await end_connections(url)
        await asyncio.sleep(0.5)
        assert one.holds and not one.lost.is_set()
        await one.require()


async def test_a_lock_that_somebody_else_has_is_lost(url: str) -> None:
    async with taken(url, 1, 1) as one:
        thief = await asyncpg.connect(url)
        await end_connections(url)
        await thief.fetchval("SELECT pg_advisory_lock($1, $2)", *one._key)
        async with asyncio.timeout(5):
            await one.lost.wait()
        assert not one.holds
        with pytest.raises(NotServingError):
            await one.require()
        await thief.close()


@asynccontextmanager
async def outage(one: HeldSlot, url: str) -> AsyncIterator[None]:
    """For this process alone the database is away, longer than one that shares the shards would be trusted."""
    one._address = "postgresql://nobody@127.0.0.1:1/nowhere"
    await end_connections(url, "montage slot")
    await asyncio.sleep(1)
    yield
    one._address = url


async def test_one_process_alone_outlives_an_outage_and_a_second_one_waits(url: str) -> None:
    async with taken(url, 1, 1, strict=False) as one:
        async with outage(one, url):
            assert one.holds
            await one.require()
        await asyncio.sleep(0.3)
        assert one.holds and one._connection is not None
        spare = asyncio.create_task(take_slot(url, Layout(1, 1), asyncio.Event(), strict=False))
        await asyncio.sleep(0.3)
        assert not spare.done()
        spare.cancel()


async def test_one_process_alone_ends_where_another_has_served_meanwhile(url: str) -> None:
    async with taken(url, 1, 1, strict=False) as one:
        async with outage(one, url), taken(url, 1, 1, strict=False):
            pass
        async with asyncio.timeout(5):
            await one.lost.wait()
        assert not one.holds


async def test_a_restart_of_the_server_costs_nobody_a_slot_and_an_outage_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if programs() is None:
        pytest.skip("PostgreSQL is not installed")
    monkeypatch.setattr(slot, "TRUSTED_SECONDS", 5.0)
    server = await asyncio.to_thread(Server)
    try:
        async with taken(server.address().url, 1, 1) as one:
            assert await asyncio.to_thread(ended_by, server, signal.SIGINT) == 0
            await asyncio.to_thread(server.start)
            await one.require()
            await asyncio.sleep(0.3)
            assert one.holds and not one._connection.is_closed()
            monkeypatch.setattr(slot, "TRUSTED_SECONDS", 0.5)
            await asyncio.to_thread(ended_by, server, signal.SIGINT)
            async with asyncio.timeout(5):
                await one.lost.wait()
            with pytest.raises(NotServingError):
                await one.require()
            stopped, waiting = asyncio.Event(), Waiting()
            spare = asyncio.create_task(take_slot(server.address().url, Layout(1, 1), stopped, waiting=waiting))
            await until(lambda: "cannot be reached" in waiting.why)
            await asyncio.to_thread(server.start)
            again = await asyncio.wait_for(spare, 20)
            assert again is not None and again.holds
            await again.release()
    finally:
        await asyncio.to_thread(server.stop)


def ended_by(server: Server, number: int) -> int:
    """Its status, once it has ended; SIGINT is how a server is stopped that does not wait for its clients."""
    server.process.send_signal(number)
    return server.process.wait(20)


async def test_held_is_what_the_database_says(url: str) -> None:
    async with taken(url, 1, 1) as one:
        async with one._asking:
            await one._connection.execute("SELECT pg_advisory_unlock_all()")
        async with asyncio.timeout(5):
            await one.lost.wait()


async def test_a_process_that_slept_asks_before_it_acts(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with taken(url, 1, 1) as one:
        now = steady_seconds()
        monkeypatch.setattr(slot, "steady_seconds", lambda: now + 100)
        assert not one.holds, "a hundred seconds ago it was certain"
        await one.require()  # and it still is its own
        async with one._asking:
            await one._connection.execute("SELECT pg_advisory_unlock_all()")
        monkeypatch.setattr(slot, "steady_seconds", lambda: now + 200)
        with pytest.raises(NotServingError):
            await one.require()


async def test_other_numbers_of_shards_wait_until_all_of_the_old_have_ended(url: str) -> None:
    stopped = asyncio.Event()
    async with taken(url, 4, 2) as old:
        new = asyncio.create_task(take_slot(url, Layout(8, 2), stopped))
        await asyncio.sleep(0.4)
        assert not new.done(), "two bots would answer in the same servers"
        await old.release()
        slot_of_new = await asyncio.wait_for(new, 10)
        assert slot_of_new is not None and slot_of_new.shards.count == 8
        await slot_of_new.release()


async def test_after_a_crash_other_numbers_of_shards_wait_once(url: str) -> None:
    async with taken(url, 4, 2) as old:
        await cut_off(old)
    for number in range(2):
        began = steady_seconds()
        async with taken(url, 8, 2):
            assert (steady_seconds() - began >= 1.1) is (number == 0)


async def test_a_silent_holder_is_cut_off_by_the_server(url: str) -> None:
    connection = await connect(url, "test")
    assert await connection.fetchval("SHOW idle_session_timeout") == "5s"
    await connection.close()


async def test_what_nobody_can_wait_out_is_said(url: str) -> None:
    with pytest.raises(StartError, match="refused the connection"):
        await connect(url.replace("/test_", "/nowhere_"), "test")


async def test_identifies_take_turns_across_processes(url: str) -> None:
    async with taken(url) as first, taken(url) as second:
        order: list[tuple[str, float]] = []

        async def identify(slot_: HeldSlot, name: str, shard: int) -> None:
            async with slot_.identify_turn(shard):
                order.append((name, steady_seconds()))

        async with asyncio.timeout(10):
            await asyncio.gather(identify(first, "a", 0), identify(first, "b", 1), identify(second, "c", 2))
        times = [at for _, at in order]
        assert all(later - earlier >= 0.25 for earlier, later in pairwise(times))
        first.max_concurrency = second.max_concurrency = 3
        await asyncio.sleep(0.5)
        order.clear()
        await asyncio.gather(identify(first, "a", 0), identify(first, "b", 1), identify(second, "c", 2))
        assert order[-1][1] - order[0][1] < 0.25, "different turns need not wait for each other"


# --- messages ---


@asynccontextmanager
async def listening(url: str) -> AsyncIterator[tuple[Messages, list[Any]]]:
    messages, heard = Messages(), list[Any]()

    async def note(message: Any) -> None:
        heard.append(message)

    async def gap() -> None:
        heard.append("gap")

    messages.hear("person", note)
    messages.after_gap(gap)
    await messages.open(url)
    try:
        yield messages, heard
    finally:
        await messages.close()


async def test_the_others_hear_what_one_tells_and_one_does_not_hear_oneself(url: str) -> None:
    async with listening(url) as (one, told), listening(url) as (_, heard):
        await one.tell("person", id=7)
        await one.tell("of another version", id=7)
        await until(lambda: heard)
        assert heard == [{"kind": "person", "id": 7}]
        assert told == ["gap"], "whoever begins says that the one before may have left something unsaid"
        await one.tell("person", ids=list(range(10_000)))
        await until(lambda: len(heard) > 1)
        assert heard[1:] == ["gap"], "what is too long to be said means: everything"


async def test_alone_nobody_is_told() -> None:
    await Messages().tell("person", id=7)


async def test_after_a_gap_everything_is_dropped_and_what_was_unsaid_is_said(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slots.messages._CHECK_SECONDS", 0.1)
    monkeypatch.setattr("bot.slots.messages.PAUSE_SECONDS", 0.1)
    async with listening(url) as (one, told), listening(url) as (_, heard):
        await end_connections(url, "montage messages")
        await one.tell("person", id=8)
        await until(lambda: "gap" in told and "gap" in heard)
        await one.tell("person", id=9)
        await until(lambda: {"kind": "person", "id": 9} in heard)
