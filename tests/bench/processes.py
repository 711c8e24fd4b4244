"""The bot as a process of its own: how soon it answers after its start, and how much memory it takes."""

import asyncio
import json
import os
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from itertools import count, cycle, islice
from pathlib import Path
from statistics import median
from typing import Any

from bot.catalogue import load_catalogue
from bot.montages import montage_card
from bot.voting import Tally
from tests.bench import seeding
from tests.bench.answers import AT_ONCE, raw
from tests.bench.figures import Figure
from tests.bench.floor import constant
from tests.pointed import TOKEN
from tests.standin import StandIn, payloads, walk
from tests.standin.payloads import Raw

_V2 = 1 << 15
# Discord's codes: for memory, four languages of different scripts.
FOUR = ("de", "fr", "ja", "hi")
# People take turns, so that nobody hurries more than a person can.
_PEOPLE = 500


class Contender:
    """The bot or the floor, and what is asked of it."""

    def __init__(self, folder: Path) -> None:
        shown = seeding.montages(100)[50]
        self.card = raw(montage_card(shown, Tally()))
        self.shown = shown.id
        self._constants = folder / "card.json"
        self._constants.write_text(json.dumps(self.card), encoding="utf-8")

    def bot(self, address: str) -> list[str]:
        """The bot's command line."""
        return ["-m", "tests.pointed", address, "run"]

    def floor(self, address: str) -> list[str]:
        """The floor's."""
        return ["-m", "tests.bench.floor", address, str(self._constants)]

    def asked_of_bot(self) -> Iterator[Raw]:
        """A long evening: picks, votes, lists, searches, typing."""
        message = payloads.message({"components": self.card, "flags": _V2})
        for number in count():
            by = f"person {number % _PEOPLE}"
            yield payloads.slash(by, "montage random", {})
            yield payloads.click(by, message, f"vote:{self.shown}:{'up' if number % 3 else 'down'}")
            yield payloads.slash(by, "montage show", {"montage": "rocky"[: 1 + number % 5]}, typing="montage")
            yield payloads.slash(by, "montage top", {})
            yield payloads.slash(by, "montage find", {"words": ("snow", "dance", "wax on")[number % 3]})
            yield payloads.slash(by, "montage random", {"discipline": ("boxing", "dance")[number % 2]})

    def asked_of_floor(self) -> Iterator[Raw]:
        """The same number of each kind."""
        message = payloads.message({"components": raw(constant(self.card)), "flags": _V2})
        button = next(c["custom_id"] for c in walk(message["components"]) if c.get("custom_id"))
        for number in count():
            by = f"person {number % _PEOPLE}"
            yield payloads.slash(by, "card", {})
            yield payloads.click(by, message, button)
            yield payloads.slash(by, "complete", {"word": "rocky"[: 1 + number % 5]}, typing="word")
            yield payloads.slash(by, "list", {})
            yield payloads.slash(by, "list", {})
            yield payloads.slash(by, "card", {})


@asynccontextmanager
async def _started(arguments: list[str], database: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        env={
            **os.environ,
            "DISCORD_TOKEN": TOKEN,
            "MONTAGE_DATABASE": str(database),
            "MONTAGE_LOG_LEVEL": "error",
            # Compiled once, as anything installed is.
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": str(database.with_name("compiled")),
        },
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), 10)
        except TimeoutError:
            process.kill()
            await process.wait()


def _memory(process: asyncio.subprocess.Process) -> float:
    """Resident megabytes."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


class Processes:
    """The bot and the floor, one after the other, over a stand-in here."""

    def __init__(self, folder: Path, votes: int) -> None:
        self._contender = Contender(folder)
        self._votes = votes
        self._database = folder / f"votes-{votes}.db"
        # As Discord keeps them from one start to the next: sending them has every language read.
        self._commands: dict[bool, dict[str, list[Raw]]] = {True: {}, False: {}}

    async def seed(self) -> None:
        """Write the votes."""
        await seeding.votes(self._database, self._votes, [m.id for m in load_catalogue().shipped])

    def _standin(self, ours: bool, guilds: list[Raw] | None = None) -> StandIn:
        standin = StandIn(guilds=guilds, remember=False)
        standin.commands = self._commands[ours]
        return standin

    async def _answer(self, standin: StandIn, ours: bool) -> None:
        await asyncio.wait_for(standin.connected(), 60)
        await standin.slash("ana", "montage random" if ours else "card")

    def _arguments(self, address: str, ours: bool) -> list[str]:
        return (self._contender.bot if ours else self._contender.floor)(address)

    async def _start(self, ours: bool, guilds: list[Raw] | None = None) -> tuple[float, float]:
        """(seconds to the first answer, megabytes a second later)."""
        async with self._standin(ours, guilds) as standin:
            begin = time.perf_counter()
            async with _started(self._arguments(standin.address, ours), self._database) as process:
                await self._answer(standin, ours)
                took = time.perf_counter() - begin
                await asyncio.sleep(1)
                return took, _memory(process)

    async def starts(self, times: int) -> list[Figure]:
        """From the start of the process to the first answer, and the memory then."""
        for which in (True, False):  # compiles, and sends the commands, which later starts need not
            await self._start(which)
        ours, floor = [], []
        for _ in range(times):
            ours.append(await self._start(True))
            floor.append(await self._start(False))
        (ours_took, ours_memory), (floor_took, floor_memory) = (
            map(median, zip(*runs, strict=True)) for runs in (ours, floor)
        )
        return [
            Figure(f"start to first answer, {self._votes:,} votes", ours_took * 1e3, floor_took * 1e3, "ms", 1.5),
            Figure(f"memory after the start, {self._votes:,} votes", ours_memory, floor_memory, "MB", 1.5),
        ]

    async def servers(self, number: int) -> list[Figure]:
        """Being in many servers."""
        guilds = [_server(n) for n in range(number)]
        (ours_took, ours_memory), (floor_took, floor_memory) = [
            await self._start(ours, guilds) for ours in (True, False)
        ]
        what = f"{number:,} servers"
        return [
            Figure(f"{what}: start to the first answer", ours_took, floor_took, "s", 1.15),
            Figure(f"{what}: memory", ours_memory, floor_memory, "MB", 1.15),
        ]

    async def languages(self, interactions: int) -> list[Figure]:
        """Memory after an evening in four languages beside one in English alone, and what they take."""
        await self._start(ours=True)  # sends the commands in every language, which later starts need not
        memories = []
        for spoken in (FOUR, (payloads.spoken,)):
            source = _in_turn(self._contender.asked_of_bot(), spoken)
            memories.append((await self._evening(source, ours=True, interactions=interactions))[1])
        four, english = memories
        return [
            Figure(f"memory after {interactions:,} interactions in {', '.join(FOUR)}", four, english, "MB"),
            Figure("memory that these languages take", four - english, 0.0, "MB", at_most=10.0),
        ]

    async def evening(self, interactions: int) -> list[Figure]:
        """Memory after many interactions, 32 under way at once, and how much it has grown since the first ones."""
        sources = {True: self._contender.asked_of_bot(), False: self._contender.asked_of_floor()}
        memories = {
            ours: await self._evening(source, ours=ours, interactions=interactions)
            for ours, source in sources.items()
        }
        (ours_before, ours_after), (floor_before, floor_after) = memories[True], memories[False]
        what = f"{interactions:,} interactions"
        return [
            Figure(f"memory after {what}", ours_after, floor_after, "MB", 1.5),
            Figure(f"growth over {what}", ours_after - ours_before, floor_after - floor_before, "MB", at_most=5.0),
        ]

    async def _evening(self, source: Iterator[Raw], *, ours: bool, interactions: int) -> tuple[float, float]:
        async with (
            self._standin(ours) as standin,
            _started(self._arguments(standin.address, ours), self._database) as process,
        ):
            await self._answer(standin, ours)
            # Every kind of answer has been given before it counts.
            await _ask(standin, islice(source, min(3_000, interactions // 10)))
            before = _memory(process)
            await _ask(standin, islice(source, interactions))
            await asyncio.sleep(1)
            return before, _memory(process)


def _in_turn(source: Iterator[Raw], locales: Sequence[str]) -> Iterator[Raw]:
    """The same asked by people whose Discord, and whose server's, has each of these languages in turn."""
    for interaction, locale in zip(source, _often(locales), strict=False):
        yield {**interaction, "locale": locale, "guild_locale": locale}


def _often(locales: Sequence[str]) -> Iterator[str]:
    """Each a hundred times before the next, so that every kind of answer is given in all of them."""
    return (locale for locale in cycle(locales) for _ in range(100))


async def _ask(standin: StandIn, interactions: Iterator[Any]) -> None:
    async def person() -> None:
        for interaction in interactions:
            await standin.interact(interaction)

    await asyncio.gather(*(person() for _ in range(AT_ONCE)))


def _server(number: int) -> Raw:
    """One of many, with fifteen channels and ten roles, as servers have."""
    identity = payloads.GUILD + number * 1_000
    guild = payloads.guild(identity, [identity + channel for channel in range(1, 16)])
    guild["roles"] += [{**guild["roles"][0], "id": str(identity + 100 + n), "name": f"role {n}"} for n in range(9)]
    return guild
