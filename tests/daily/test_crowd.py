"""Ten thousand servers that all chose the same minute."""

import asyncio
from collections.abc import Coroutine
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot import clock
from bot.catalogue import Catalogue, Filters, Montage
from bot.daily.delivery import DailyDelivery, Found
from bot.daily.schedule import Due
from bot.daily.store import Daily, DailyStore
from bot.daily.today import Today
from bot.database import Database
from bot.delivery import AT_ONCE, Claim
from bot.pacing import RequestPacer
from bot.voting import Choice
from bot.voting.store import VoteStore

SIX = datetime(2026, 11, 24, 18, tzinfo=UTC)
DISCORD_ALLOWS = 50  # requests a second, for everything the bot does


class SimulatedLoop(asyncio.SelectorEventLoop):
    """An event loop whose clock jumps to the next timer as soon as nobody has anything to do."""

    def __init__(self) -> None:
        super().__init__()
        self._simulated = 0.0
        selector: Any = self._selector  # type: ignore[attr-defined]
        really = selector.select

        def select(timeout: float | None) -> Any:
            if timeout:
                self._simulated += timeout
            return really(0)

        selector.select = select

    def time(self) -> float:
        return self._simulated


def simulate(story: Coroutine[Any, Any, None]) -> None:
    with asyncio.Runner(loop_factory=SimulatedLoop) as runner:
        runner.run(story)


class Discord:
    """Answers each request after a while, and notes when it came."""

    def __init__(self, seconds: float = 0.15) -> None:
        self.requests: list[float] = []
        self.posts: list[int] = []
        self._seconds = seconds

    async def _serve(self) -> None:
        self.requests.append(asyncio.get_running_loop().time())
        await asyncio.sleep(self._seconds)

    async def post(self, daily: Daily, montage: Montage, day: date, nonce: str) -> int:
        self.posts.append(daily.guild_id)
        await self._serve()
        return len(self.posts)

    async def find(self, daily: Daily, montage: Montage, since: int) -> int | None:
        raise AssertionError("nothing went wrong, so nothing has to be looked for")

    async def find_any(self, daily: Daily, day: date, since: int) -> Found | None:
        raise AssertionError("no database was restored")

    async def open_thread(self, daily: Daily, message_id: int, day: date) -> None:
        await self._serve()

    async def warn(self, daily: Daily, problem: str) -> None: ...

    async def gave_up(self, daily: Daily, problem: str) -> None:
        raise AssertionError("nothing went wrong")

    def busiest_second(self) -> int:
        """The most requests that came within any one second."""
        most = first = 0
        for last, at in enumerate(self.requests):
            while self.requests[first] <= at - 1:
                first += 1
            most = max(most, last - first + 1)
        return most


def asked_for(guild_id: int) -> Daily:
    return Daily(
        guild_id=guild_id,
        channel_id=1,
        minute=18 * 60,
        timezone="UTC",
        filters=Filters(),
        thread=guild_id % 2 == 0,
        day=SIX.date(),
        due_at=clock.milliseconds(SIX),
    )


class Memory(DailyStore):
    """The store without a disk, for a crowd in simulated time."""

    def __init__(self, dailies: list[Daily]) -> None:
        self.waiting = {daily.guild_id: daily for daily in dailies}

    async def due(self, now: int, most: int) -> list[Daily]:
        return list(self.waiting.values())[:most]

    async def next_due(self) -> int | None:
        return None

    async def restored_at(self) -> int | None:
        return None

    async def claim(self, guild_id: int, day: date, at: int) -> Claim:
        return Claim(True, at)

    async def done(self, daily: Daily, day: date, message_id: int, following: Due) -> None:
        del self.waiting[daily.guild_id]


class OneForAll(Today):
    """The same montage for everybody."""

    def __init__(self, montage: Montage) -> None:
        self._montage = montage

    async def pick_for(self, guild_id: int, day: date, filters: Filters) -> Montage | None:
        return self._montage


@pytest.mark.thorough
def test_ten_thousand_servers_leave_half_of_discord_s_limit_to_everything_else(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    discord, servers = Discord(), 10_000
    monkeypatch.setattr(clock, "utcnow", lambda: SIX)

    async def evening() -> None:
        loop = asyncio.get_running_loop()
        store = Memory([asked_for(guild_id) for guild_id in range(servers)])
        pacer = RequestPacer(25, clock=loop.time)
        await DailyDelivery(store, OneForAll(catalogue.shipped[0]), discord, pacer).turn()
        # 15,000 requests at 25 a second, and hardly more: ten minutes.
        assert servers * 1.5 / 25 <= loop.time() <= servers * 1.5 / 25 * 1.1

    simulate(evening())
    assert len(set(discord.posts)) == len(discord.posts) == servers
    assert len(discord.requests) == servers * 1.5
    assert discord.busiest_second() <= DISCORD_ALLOWS / 2 + 1


async def test_votes_hardly_feel_it(
    database: Database, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Posts as fast as they can be written: a vote waits for those under way, never for the crowd behind them."""
    monkeypatch.setattr(clock, "utcnow", lambda: SIX)
    store, votes = DailyStore(database), VoteStore(database)
    for guild_id in range(1, 201):
        await store.put(asked_for(guild_id))
    discord = Discord(seconds=0)
    posting = asyncio.create_task(
        DailyDelivery(store, Today(store, catalogue), discord, RequestPacer(10_000)).turn()
    )
    waited_for: list[int] = []
    while not posting.done():
        before = len(discord.posts)
        await votes.cast(1, "rocky-1976", len(waited_for), Choice.UP, 1)
        waited_for.append(len(discord.posts) - before)
        await asyncio.sleep(0)
    await posting
    assert len(discord.posts) == 200
    assert len(waited_for) >= 10
    assert max(waited_for) <= 2 * AT_ONCE, "posts that went before a vote"
