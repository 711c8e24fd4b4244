"""Ten thousand servers whose round ends at the same minute."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from bot import clock
from bot.bracket.champions import Champions
from bot.bracket.course import Bracket, Course, RoundPost
from bot.bracket.delivery import BracketDelivery, FoundRound
from bot.bracket.posting import BracketPoster
from bot.bracket.round_store import Decide, RoundStore
from bot.bracket.rules import Match, first_round
from bot.bracket.store import BracketStore
from bot.catalogue import Catalogue, Filters
from bot.database import Database
from bot.delivery import AT_ONCE, Claim
from bot.pacing import RequestPacer
from bot.stats import ChartRenderer, Knockout
from bot.stats.charts import Chart, Columns
from bot.voting import Choice, VoteStore
from tests.daily.test_crowd import DISCORD_ALLOWS, simulate

SIX = datetime(2026, 11, 24, 18, tzinfo=UTC)


class Discord:
    """Answers each request after a while, and notes when it came."""

    def __init__(self, seconds: float = 0.15) -> None:
        self.requests: list[float] = []
        self.posts: list[int] = []
        self._seconds = seconds

    async def post(self, bracket: Bracket, claimed_at: int, ends_at: int, nonce: str) -> int:
        self.posts.append(bracket.guild_id)
        self.requests.append(asyncio.get_running_loop().time())
        await asyncio.sleep(self._seconds)
        return len(self.posts)

    async def find(self, bracket: Bracket, since: int) -> FoundRound | None:
        raise AssertionError("nothing went wrong, so nothing has to be looked for")

    async def show_stopped(self, bracket: Bracket, message_id: int) -> None:
        raise AssertionError("nothing was stopped")

    async def warn(self, bracket: Bracket, problem: str) -> None:
        raise AssertionError("nothing went wrong")

    async def gave_up(self, bracket: Bracket, problem: str) -> None:
        raise AssertionError("nothing went wrong")


def running(guild_id: int) -> Bracket:
    """In its first round, which ends now."""
    return Bracket(
        id=guild_id,
        guild_id=guild_id,
        channel_id=1,
        size=8,
        source="top",
        filters=Filters(),
        hours=24,
        started_at=0,
        due_at=clock.milliseconds(SIX),
    )


class Known(BracketStore):
    """What there is without a disk: every bracket in its first round."""

    def __init__(self) -> None: ...

    async def post(self, bracket: Bracket) -> RoundPost | None:
        return RoundPost(Claim(False, 0, 1), clock.milliseconds(SIX))

    async def course(self, bracket: Bracket) -> Course:
        return Course(bracket)


class Memory(RoundStore):
    """The rounds without a disk, for a crowd in simulated time."""

    def __init__(self, brackets: list[Bracket]) -> None:
        self.waiting = {bracket.id: bracket for bracket in brackets}

    async def due(self, now: int, most: int) -> list[Bracket]:
        return list(self.waiting.values())[:most]

    async def next_due(self) -> int | None:
        return None

    async def restored_at(self) -> int | None:
        return None

    async def close(self, bracket: Bracket, decide_match: Decide, is_here: Callable[[int], bool]) -> Bracket | None:
        decide_match(Match(1, 0, 1, 8), {})
        return bracket

    async def claim(self, bracket: Bracket, at: int) -> RoundPost:
        return RoundPost(Claim(True, at), at)

    async def done(self, bracket: Bracket, message_id: int) -> Bracket | None:
        return self.waiting.pop(bracket.id)


@pytest.mark.thorough
def test_ten_thousand_servers_leave_half_of_discord_s_limit_to_everything_else(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    discord, servers = Discord(), 10_000
    monkeypatch.setattr(clock, "utcnow", lambda: SIX)

    async def evening() -> None:
        loop = asyncio.get_running_loop()
        store, rounds = Known(), Memory([running(guild_id) for guild_id in range(servers)])
        pacer = RequestPacer(25, clock=loop.time)
        await BracketDelivery(store, rounds, catalogue, discord, Champions(store), pacer, clock.now).turn()
        # One request each at 25 a second, and hardly more: seven minutes.
        assert servers / 25 - 1 <= loop.time() <= servers / 25 * 1.1

    simulate(evening())
    assert len(set(discord.posts)) == len(discord.posts) == servers
    busiest = max(
        sum(at < first + 1 for at in discord.requests[number : number + 60])
        for number, first in enumerate(discord.requests)
    )
    assert busiest <= DISCORD_ALLOWS / 2 + 1


async def test_who_asks_for_a_picture_waits_behind_one_of_the_crowd_s_at_most(
    database: Database, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def draw(chart: Chart) -> bytes:
        drawn.append(chart.title)
        return b""

    monkeypatch.setattr("bot.stats.renderer._draw", draw)
    charts = ChartRenderer()
    nobody: Any = None
    poster = BracketPoster(nobody, BracketStore(database), VoteStore(database), charts, nobody, nobody)
    crowd = [asyncio.create_task(poster._draw(Knockout(f"{n}", (), (), ""))) for n in range(AT_ONCE)]
    await asyncio.sleep(0)
    await charts.render(Columns("a person's", (1,), "then", "now"))
    await asyncio.gather(*crowd)
    assert drawn.index("a person's") <= 1 and len(drawn) == AT_ONCE + 1


async def test_votes_hardly_feel_it(
    database: Database, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rounds that end as fast as they can be written: a vote waits for those under way, never for the crowd."""
    monkeypatch.setattr(clock, "utcnow", lambda: SIX)
    store, votes = BracketStore(database), VoteStore(database)
    montages = [montage.id for montage in catalogue.shipped[:8]]
    for guild_id in range(1, 151):
        await store.start(running(guild_id), montages, first_round(8))
    discord = Discord(seconds=0)
    rounds, pacer = RoundStore(database), RequestPacer(10_000)
    delivery = BracketDelivery(store, rounds, catalogue, discord, Champions(store), pacer, clock.now)
    posting = asyncio.create_task(delivery.turn())
    waited_for: list[int] = []
    while not posting.done():
        before = len(discord.posts)
        await votes.cast(1, "rocky-1976", len(waited_for), Choice.UP, 1)
        waited_for.append(len(discord.posts) - before)
        await asyncio.sleep(0)
    await posting
    assert len(discord.posts) == 150
    assert len(waited_for) >= 10
    assert max(waited_for) <= 2 * AT_ONCE, "rounds that went before a vote"
