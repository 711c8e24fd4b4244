"""How long answers take, one at a time and 32 at once, beside a client that answers with constants."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from itertools import count, cycle
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import discord

from bot import clock
from bot.app import create_bot
from bot.bracket.brackets import Ballot
from bot.bracket.buttons import _page
from bot.bracket.course import Bracket
from bot.bracket.round_store import RoundStore
from bot.bracket.rules import first_round
from bot.database import SqliteDatabase
from bot.montages import montage_card
from bot.montages.random import AgainButton
from bot.settings import Address, Settings
from bot.voting import Tally
from bot.voting.board import Board
from tests.bench import seeding
from tests.bench.feeding import Fed, Source, quiet, side_by_side
from tests.bench.figures import Figure
from tests.bench.floor import Floor
from tests.pointed import point_at
from tests.standin import payloads, walk
from tests.standin.payloads import Raw

AT_ONCE = 32
Goals = Mapping[str, float]
_V2 = 1 << 15
_TYPED = ("ro", "rocky", "training", "wax", "boxing in the sn", "karte", "whip", "1985", "mulan", "cool run")
_SOUGHT = ("rocky", "wax on", "philly stairs", "dance", "snow", "drummer", "bobsled", "final song", "chess", "farm")


def raw(view: discord.ui.LayoutView) -> list[Raw]:
    """A card's components as they are sent."""
    components: list[Raw] = view.to_components()  # type: ignore[no-untyped-call]
    return components


def quietest(*seconds: list[float]) -> list[float]:
    """Each one's median in that fifth of the time in which all together were quickest: a machine has neighbours."""
    size = max(len(seconds[0]) // 5, 1)
    fifths = [[median(s[begin : begin + size]) for s in seconds] for begin in range(0, len(seconds[0]), size)]
    return min(fifths, key=sum)


@asynccontextmanager
async def standin_process() -> AsyncIterator[str]:
    """A stand-in in a process of its own; its address."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.standin", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.kill()
        await process.wait()


class Bench:
    """The bot and the floor in one process and one event loop, over one stand-in."""

    def __init__(self, folder: Path, votes: int, montages: int) -> None:
        self.votes, self.catalogue = votes, seeding.catalogue(montages)
        self._size = f"{montages:,} montages, {votes:,} votes"
        self.path = folder / f"votes-{votes}-{montages}.db"
        self._aside = SqliteDatabase(folder / f"aside-{votes}-{montages}.db")
        sizes = sorted(self.catalogue.shipped, key=lambda m: len(str(self._card(m.id))))
        self.shown = sizes[len(sizes) // 2]
        self._voter = count(1)

    def _card(self, montage_id: str) -> list[Raw]:
        montage = self.catalogue.get(0, montage_id)
        assert montage is not None
        return raw(montage_card(montage, Tally(), AgainButton("")))

    async def open(self) -> None:
        """Seed the database, start both clients, learn what the bot's list looks like."""
        self.bot = create_bot(Settings(database=await self.seed()), self.catalogue)
        self.ours = Fed(self.bot)
        await self.ours.start()
        await self._aside.open()
        page = await self._page()
        self.constants = Floor(self._card(self.shown.id), page)
        self.floor = Fed(self.constants)
        await self.floor.start()

    async def seed(self) -> Address:
        """Where the votes are."""
        if not self.path.exists():
            await seeding.votes(self.path, self.votes, [m.id for m in self.catalogue.shipped])
        return self.path

    async def close(self) -> None:
        """Stop both."""
        await self.bot.close()
        await self.constants.close()
        await self._aside.close()

    async def _page(self) -> list[Raw]:
        """The components of the bot's first page of `/montage top`."""
        asked: Any = payloads.slash("ana", "montage top", {})
        interaction: Any = discord.Interaction(data=asked, state=self.bot._connection)
        return raw(await self.bot.lists.page(interaction, "top-montages", Board().encode(), 0))

    # --- what people do ---

    def random(self) -> Source:
        while True:
            yield payloads.slash("ana", "montage random", {})

    def top(self) -> Source:
        while True:
            yield payloads.slash("ana", "montage top", {})

    def find(self) -> Source:
        for words in cycle(_SOUGHT):
            yield payloads.slash("ana", "montage find", {"words": words})

    def typing(self) -> Source:
        for typed in cycle(_TYPED):
            yield payloads.slash("ana", "montage show", {"montage": typed}, typing="montage")

    def vote(self) -> Source:
        """One card after another, and somebody new for each round: one vote of twenty is a person's first."""
        cards = [
            (m.id, payloads.message({"components": self._card(m.id), "flags": _V2}))
            for m in self.catalogue.shipped[:20]
        ]
        for number, (montage, card) in zip(self._voter, cycle(cards)):
            yield payloads.click(f"voter {number // len(cards)}", card, f"vote:{montage}:up")

    async def bracket_vote(self) -> Source:
        """Somebody new each time, in one match of the largest bracket after another, on a ballot of their own."""
        store, size = self.bot.services.bracket_store, 32
        bracket = Bracket(
            id=0,
            guild_id=payloads.GUILD,
            channel_id=payloads.CHANNEL,
            size=size,
            source="top",
            filters=None,
            hours=48,
            started_at=clock.now(),
            due_at=None,
        )
        entrants = [montage.id for montage in self.catalogue.shipped[:size]]
        number = await store.start(bracket, entrants, first_round(size))
        started = await store.get(payloads.GUILD, number or 0)
        assert started is not None
        await RoundStore(self.bot.database).claim(started, clock.now())
        lines = await self.bot.services.bracket_votes.ballot(payloads.GUILD, started.id, 1, 0)
        names = {seed: self.catalogue.get(0, name) for seed, name in enumerate(entrants, 1)}
        ballots = [
            payloads.message({"components": raw(_page(Ballot(lines, names), started.id, at)), "flags": _V2})
            for at in range(len(lines))
        ]

        def presses() -> Source:
            for voter, (line, ballot) in zip(self._voter, cycle(zip(lines, ballots, strict=True))):
                pick = f"bracket-pick:{started.id}:1:{line.match.position}:{line.match.first}"
                yield payloads.click(f"voter {voter // len(lines)}", ballot, pick)

        return presses()

    def constant(self, command: str) -> Source:
        while True:
            yield payloads.slash("ana", command, {})

    def constant_typing(self) -> Source:
        for typed in cycle(_TYPED):
            yield payloads.slash("ana", "complete", {"word": typed}, typing="word")

    def edit(self) -> Source:
        card = payloads.message({"components": raw(self.constants.card), "flags": _V2})
        button = next(c["custom_id"] for c in walk(card["components"]) if c.get("custom_id"))
        while True:
            yield payloads.click("ana", card, button)

    async def synced_write(self, row: int) -> float:
        """Seconds of one row written to disk, synced, in a file of its own."""
        begin = time.perf_counter()
        await self._aside.write(
            "INSERT INTO memo (name, value) VALUES (:name, :value)", name=f"row {row}", value="x" * 40
        )
        return time.perf_counter() - begin

    # --- what it takes ---

    async def one_at_a_time(self, rounds: int, goals: Goals) -> list[Figure]:
        """Medians, the bot and the floor in turn."""
        pairs = {
            "random": (self.random(), self.constant("card")),
            "top": (self.top(), self.constant("list")),
            "autocomplete": (self.typing(), self.constant_typing()),
            "find": (self.find(), self.constant("list")),
        }
        figures = []
        for what, (source, constant) in pairs.items():
            # A bot that has been up for a while: every montage was seen once.
            await side_by_side(len(self.catalogue.shipped), (self.ours.one, source), (self.floor.one, constant))
            ours, floor = await side_by_side(rounds, (self.ours.one, source), (self.floor.one, constant))
            figures.append(self._figure(what, goals, ours, floor))
        ours, floor, write = await side_by_side(
            rounds, (self.ours.one, self.vote()), (self.floor.one, self.edit()), (self.synced_write, count())
        )
        figures.append(self._figure("vote", goals, ours, floor, write))
        ours, floor = await side_by_side(
            rounds, (self.ours.one, await self.bracket_vote()), (self.ours.one, self.vote())
        )
        figures.append(self._figure("bracket vote beside a vote", goals, ours, floor))
        votes = self.vote()

        async def after_a_vote(interaction: Raw) -> float:
            """Something has changed, so the page is drawn anew."""
            before = asyncio.all_tasks()
            await self.ours.one(next(votes))
            await quiet(before)
            return await self.ours.one(interaction)

        ours, floor = await side_by_side(
            rounds, (after_a_vote, self.top()), (self.floor.one, self.constant("list"))
        )
        figures.append(self._figure("top just after a vote", goals, ours, floor))
        return figures

    def _figure(self, what: str, goals: Goals, *seconds: list[float]) -> Figure:
        ours, floor, extra = (second * 1e3 for second in (*quietest(*seconds), 0.0)[:3])
        return Figure(f"{what}, {self._size}", ours, floor, "ms", goals.get(what), extra)

    async def at_once(self, number: int, blocks: int, goals: Goals) -> list[Figure]:
        """Answers a second, 32 under way; the quickest of several blocks, the bot's and the floor's in turn."""
        pairs = {
            "random": (self.random(), self.constant("card")),
            "vote": (self.vote(), self.edit()),
        }
        figures = []
        for what, (source, constant) in pairs.items():
            ours, floor = [], []
            for _ in range(blocks):
                ours.append(await self.ours.many(source, number, AT_ONCE))
                floor.append(await self.floor.many(constant, number, AT_ONCE))
            row = f"{what}, {AT_ONCE} at once"
            best, bare = max(zip(ours, floor, strict=True), key=sum)
            figures.append(Figure(row, best, bare, "/s", goals.get(row), at_least=True))
        return figures


B = TypeVar("B", bound=Bench)


@asynccontextmanager
async def bench(make: Callable[[Path, int, int], B], votes: int, montages: int) -> AsyncIterator[B]:
    """Everything standing."""
    with TemporaryDirectory() as folder:
        async with standin_process() as address:
            with point_at(address):
                made = make(Path(folder), votes, montages)
                await made.open()
                try:
                    yield made
                finally:
                    await made.close()
