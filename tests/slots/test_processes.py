"""Real processes that share a PostgreSQL: one is killed, one is stopped and woken, all are given other shards."""

import asyncio
import json
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from bot import clock
from bot.errors import AGAIN
from bot.settings import PostgresAddress
from tests.operations.waiting import until
from tests.slots.test_ownership import guild_of
from tests.standin import StandIn, bot_process
from tests.standin.payloads import guild

pytestmark = [pytest.mark.slow, pytest.mark.posix]

# Seconds from the end of a process to the first answer of its servers; the issue of many machines.
TAKEN_OVER_WITHIN = 15.0
CHANNEL = 700_000_000_000_000_100


class Process:
    """A bot of its own, and what it says."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.said: list[dict[str, object]] = []
        self.text = ""
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self.process.stderr is not None
        while line := await self.process.stderr.readline():
            self.text += line.decode()
            if line.startswith(b"{"):
                self.said.append(json.loads(line))

    @property
    def shards(self) -> str:
        """Those it has taken; empty for a spare."""
        return next((str(entry["shards"]) for entry in self.said if entry["event"] == "slot taken"), "")

    def has_said(self, event: str) -> bool:
        return any(entry["event"] == event for entry in self.said)

    async def ended(self) -> int:
        """Its exit status."""
        async with asyncio.timeout(30):
            status = await self.process.wait()
            await self._reading
        return status


@asynccontextmanager
async def started(
    standin: StandIn, shared: PostgresAddress, shards: int = 1, slots: int = 1, **environment: str
) -> AsyncIterator[Process]:
    sharing = {"MONTAGE_SHARDS": str(shards), "MONTAGE_SLOTS": str(slots)}
    async with bot_process(
        standin, Path("nowhere"), MONTAGE_DATABASE=shared.url, MONTAGE_BACKUP_HOURS="0", **sharing, **environment
    ) as process:
        one = Process(process)
        try:
            yield one
        finally:
            if process.returncode is None:
                process.kill()
            await one.ended()


def discord(*guilds: int) -> StandIn:
    standin = StandIn(guilds=[guild(one, [CHANNEL + number]) for number, one in enumerate(guilds)])
    standin.max_concurrency = 16
    return standin


async def a_daily_post(shared: PostgresAddress, guild_id: int, where: int, due_at: int) -> None:
    """Of that server, in that channel."""
    connection = await asyncpg.connect(shared.url)
    await connection.execute(
        """
        INSERT INTO daily (guild_id, channel_id, minute, timezone, filters, thread, day, due_at)
        VALUES ($1, $2, $3, 'UTC', '', 0, $4, $5)
        """,
        guild_id,
        where,
        due_at // clock.MINUTE % (24 * 60),
        clock.moment(due_at).date().isoformat(),
        due_at,
    )
    await connection.close()


def posts(standin: StandIn, where: int) -> int:
    """Requests to post something in that channel."""
    return sum(sent.method == "POST" and sent.path == f"/channels/{where}/messages" for sent in standin.sent)


async def answer(standin: StandIn, guild_id: int) -> None:
    shown = await standin.slash("ana", "montage show", montage="rocky-iv-1985", guild_id=guild_id)
    assert "Rocky IV" in shown.text


async def served(standin: StandIn, *guilds: int) -> None:
    await until(lambda: all(standin.gateway.serving(one) for one in guilds), 60)


async def test_a_spare_serves_within_fifteen_seconds_after_a_kill(shared: PostgresAddress) -> None:
    a, b = guild_of(0), guild_of(1)
    async with (
        discord(a, b) as standin,
        started(standin, shared, 2, 2) as first,
        started(standin, shared, 2, 2) as second,
    ):
        await served(standin, a, b)
        assert {first.shards, second.shards} == {"0 of 2", "1 of 2"}
        async with started(standin, shared, 2, 2) as spare:
            await until(lambda: spare.has_said("waiting for a slot"))
            victim, left = (first, b) if first.shards == "0 of 2" else (second, b)
            began = time.monotonic()
            victim.process.kill()
            await answer(standin, left)
            await until(lambda: not standin.gateway.serving(a))
            await served(standin, a)
            await answer(standin, a)
            took = time.monotonic() - began
            print(f"from SIGKILL to the first answer: {took:.1f} s")
            assert took < TAKEN_OVER_WITHIN and spare.shards == "0 of 2"
            assert standin.gateway.serving(a) == standin.gateway.serving(b) == 1
            sent = [sent for sent in standin.sent if sent.method == "PUT" and sent.path.endswith("/commands")]
            assert len(sent) == 1, "the commands are sent once, for all"
            spare.process.terminate()
            assert await spare.ended() == 0


async def test_one_that_ends_in_good_order_is_followed_at_once(shared: PostgresAddress) -> None:
    a = guild_of(0)
    async with discord(a) as standin, started(standin, shared) as first:
        await served(standin, a)
        async with started(standin, shared) as spare:
            await until(lambda: spare.has_said("waiting for a slot"))
            first.process.terminate()
            assert await first.ended() == 0
            await until(lambda: not standin.gateway.serving(a))
            began = time.monotonic()
            await served(standin, a)
            await answer(standin, a)
            assert time.monotonic() - began < 6, "nobody else could have served meanwhile"


async def test_one_that_is_stopped_in_its_tracks_posts_nothing_when_it_wakes(shared: PostgresAddress) -> None:
    a = guild_of(0)
    async with discord(a) as standin, started(standin, shared) as sleeper:
        await served(standin, a)
        await asyncio.sleep(3)  # its routines run
        sleeper.process.send_signal(signal.SIGSTOP)
        await a_daily_post(shared, a, CHANNEL, clock.now() - clock.MINUTE)
        async with started(standin, shared) as other:
            # The other one's post takes its time, and in the middle of it the first one wakes up.
            standin.trouble(f"/channels/{CHANNEL}/messages", delay=4.0)
            await until(lambda: posts(standin, CHANNEL), 60)
            pressed = asyncio.create_task(answer(standin, a))  # both have it on their line
            await asyncio.sleep(0.2)
            sleeper.process.send_signal(signal.SIGCONT)
            assert await sleeper.ended() == AGAIN
            assert "is lost" in sleeper.text and "Traceback" not in sleeper.text
            await pressed
            assert sum(sent.path.endswith("/callback") for sent in standin.sent) == 1, (
                "it answered in another's place"
            )
            await asyncio.sleep(5)
            assert posts(standin, CHANNEL) == 1 and other.shards


async def test_another_number_of_shards_loses_nothing_and_posts_nothing_twice(shared: PostgresAddress) -> None:
    guilds = [guild_of(number, 4) for number in range(4)]
    soon = clock.now() + 15 * clock.SECOND
    async with (
        discord(*guilds) as standin,
        started(standin, shared, 2, 2) as one,
        started(standin, shared, 2, 2) as two,
    ):
        await served(standin, *guilds)
        for number, guild_id in enumerate(guilds):
            card = await standin.slash("ana", "montage show", montage="rocky-iv-1985", guild_id=guild_id)
            await standin.click("ana", card, card.custom_id("Fired up"), guild_id=guild_id)
            await a_daily_post(
                shared, guild_id, CHANNEL + number, clock.now() - clock.MINUTE if number < 2 else soon
            )
        # The routines are woken by a restart of one: its servers' posts are overdue.
        one.process.terminate()
        assert await one.ended() == 0
        async with started(standin, shared, 4, 2) as new, started(standin, shared, 4, 2) as newer:
            await until(lambda: new.has_said("waiting for a slot"))
            assert not new.shards, "two bots would answer in the same servers"
            two.process.terminate()
            assert await two.ended() == 0
            await served(standin, *guilds)
            assert {new.shards, newer.shards} == {"0-1 of 4", "2-3 of 4"}
            for guild_id in guilds:
                card = await standin.slash("ben", "montage show", montage="rocky-iv-1985", guild_id=guild_id)
                assert card.custom_id("Fired up · 1")
            await until(lambda: sum(posts(standin, CHANNEL + number) for number in range(4)) >= 4, 40)
            await asyncio.sleep(2)
            assert [posts(standin, CHANNEL + number) for number in range(4)] == [1, 1, 1, 1]
