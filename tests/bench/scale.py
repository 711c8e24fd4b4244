"""The ranking and the recommendations at scale: how long commands work, and whether counting delays votes.

    OPENBLAS_NUM_THREADS=1 python -m tests.bench.scale --votes 1000000 --people 100000 --servers 1000 --montages 300

Writes the votes straight into a SQLite file, opens the real bot on it, and calls the real commands without
Discord. Exits with 1 when a figure misses its mark. The bot sets that variable for itself.
"""

import argparse
import asyncio
import multiprocessing
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import discord
import numpy as np

from bot import clock
from bot.app import create_bot
from bot.client import MontageBot
from bot.run import freeze_garbage_collector
from bot.settings import Settings
from bot.voting import Choice
from tests.bench import seeding

FIRST_ID = 100_000_000_000_000_000
# Milliseconds that 99 of 100 commands may take, and that counting may add to a vote.
COMMAND, VOTE = 5.0, 20.0


def make_votes(file: Path, montages: list[str], votes: int, people: int, servers: int) -> None:
    """Votes over a year, most of them lately, in servers of very different sizes; some people are in two."""
    random = np.random.default_rng(1)
    size = 1 / np.arange(1, servers + 1)
    home = random.choice(servers, people, p=size / size.sum())
    person = random.choice(people, int(votes * 1.3))
    visiting = random.random(len(person)) < 0.1
    guild_id = np.where(visiting, random.choice(servers, len(person)), home[person])
    montage = np.minimum(random.exponential(len(montages) / 3, len(person)), len(montages) - 1).astype(np.int64)
    _, once = np.unique((guild_id * len(montages) + montage) * people + person, return_index=True)
    once = np.sort(random.permutation(once)[:votes])
    at = clock.now() - (random.exponential(60, votes) * clock.DAY).astype(np.int64)
    value = np.where(random.random(votes) < 0.7, 1, -1)
    rows = zip(
        (guild_id[once] + FIRST_ID).tolist(),
        (montages[number] for number in montage[once].tolist()),
        (person[once] + FIRST_ID).tolist(),
        value.tolist(),
        at.tolist(),
        strict=True,
    )
    with sqlite3.connect(file) as connection:
        connection.executemany("INSERT INTO vote VALUES (?, ?, ?, ?, ?)", rows)


class Answer:
    """Stands where discord.py would send the answer, and sends nothing."""

    message_id = 0

    def is_done(self) -> bool:
        """Nothing was answered yet."""
        return False

    async def send_message(self, **_: Any) -> "Answer":
        """The answer."""
        return self


def asked(bot: MontageBot, guild_id: int, person: int) -> discord.Interaction[Any]:
    """A command given in a server by a person."""
    user = {"id": str(person), "username": "somebody", "discriminator": "0", "avatar": None}
    payload: Any = {
        "id": "1",
        "application_id": "1",
        "type": 2,
        "version": 1,
        "token": "-",
        "guild_id": str(guild_id),
        "member": {"user": user, "roles": [], "joined_at": None, "permissions": "0", "flags": 0},
        "authorizing_integration_owners": {"0": str(guild_id)},
        "entitlements": [],
        "attachment_size_limit": 0,
    }
    interaction: Any = discord.Interaction(data=payload, state=bot._connection)
    interaction._cs_response = Answer()
    return interaction  # type: ignore[no-any-return]


async def timed(calls: list[Callable[[], Awaitable[Any]]]) -> np.ndarray[Any, Any]:
    """Milliseconds of work in each call, one after the other: of every thread, whoever else uses the machine."""
    taken = []
    for call in calls:
        start = time.process_time()
        await call()
        taken.append((time.process_time() - start) * 1_000)
    return np.array(taken)


def say(what: str, taken: np.ndarray[Any, Any], mark: float | None = None) -> bool:
    """Print the figures; whether the 99th percentile is within its mark."""
    p50, p99 = np.percentile(taken, (50, 99))
    missed = mark is not None and p99 > mark
    figures = f"p50 {p50:6.2f} ms   p99 {p99:6.2f} ms   max {taken.max():6.2f} ms"
    print(f"{what:<40} {figures}{'  MISSED' if missed else ''}", flush=True)
    return not missed


async def commands(bot: MontageBot, people: int, servers: int, times: int) -> bool:
    """Every command, in servers of every size, the largest most often."""
    random = np.random.default_rng(2)
    group: Any = bot.tree.get_command("montage")
    size = 1 / np.arange(1, servers + 1)

    def calls(name: str, **options: Any) -> list[Callable[[], Awaitable[Any]]]:
        callback = group.get_command(name).callback
        guild_ids = (random.choice(servers, times, p=size / size.sum()) + FIRST_ID).tolist()
        persons = (random.choice(people, times) + FIRST_ID).tolist()

        def call(guild_id: int, person: int) -> Callable[[], Awaitable[Any]]:
            interaction = asked(bot, guild_id, person)
            return lambda: callback(interaction, **options)

        return [call(guild_id, person) for guild_id, person in zip(guild_ids, persons, strict=True)]

    good = True
    for scope in ("this server", "everywhere", "editors"):
        for window in ("all time", "30 days", "7 days"):
            taken = await timed(calls("top", scope=scope, window=window))
            good &= say(f"top, {scope}, {window}", taken, COMMAND)
    for name in ("for-me", "random"):
        good &= say(name, await timed(calls(name)), COMMAND)
    return good


async def voting(bot: MontageBot, montages: list[str], people: int, seconds: float) -> np.ndarray[Any, Any]:
    """Milliseconds that each vote took, one every few milliseconds for so long."""
    random, store = np.random.default_rng(3), bot.services.votes
    taken, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        person, montage = int(random.integers(people)) + FIRST_ID, montages[int(random.integers(len(montages)))]
        start = time.perf_counter()
        await store.cast(FIRST_ID, montage, person, Choice.UP, clock.now())
        taken.append((time.perf_counter() - start) * 1_000)
        await asyncio.sleep(0.002)
    return np.array(taken)


def memory() -> float:
    """Megabytes that the process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


async def run(chosen: argparse.Namespace, folder: Path) -> bool:
    """The whole benchmark; whether every figure is within its mark."""
    catalogue = seeding.catalogue(chosen.montages)
    montages = [m.id for m in catalogue.shipped]
    file = folder / "scale.db"
    bot = create_bot(Settings(database=file), catalogue)
    itself: Any = {"id": "1", "username": "bot", "discriminator": "0", "avatar": None}
    bot._connection.user = discord.ClientUser(state=bot._connection, data=itself)  # as if it had logged in
    await bot.database.open()
    await bot.database.close()
    start = time.perf_counter()
    # In a process of its own, or its memory would be counted as the bot's.
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as other:
        other.submit(make_votes, file, montages, chosen.votes, chosen.people, chosen.servers).result()
    megabytes = file.stat().st_size / 1e6
    print(f"{chosen.votes:,} votes written in {time.perf_counter() - start:.1f} s, {megabytes:,.0f} MB")
    await bot.database.open()
    try:
        return await measure(bot, chosen)
    finally:
        await bot.services.everywhere.close()
        await bot.database.close()


async def measure(bot: MontageBot, chosen: argparse.Namespace) -> bool:
    """The figures of a bot whose database is open; whether each is within its mark."""
    montages, everywhere = [m.id for m in bot.catalogue.shipped], bot.services.everywhere
    await bot.services.decks.open()
    await freeze_garbage_collector()
    before = memory()
    quiet = await voting(bot, montages, chosen.people, 3)
    start = time.perf_counter()
    counting = asyncio.create_task(everywhere.refresh())
    votes = []
    while not counting.done():
        votes.append(await voting(bot, montages, chosen.people, 0.2))
    busy = np.concatenate(votes)
    print(f"counted everywhere and learnt in {time.perf_counter() - start:.1f} s, with {len(busy)} votes meanwhile")
    say("a vote, nothing else going on", quiet)
    say("a vote while everywhere is counted", busy)
    delay = busy.max() - np.median(quiet)
    good = bool(delay <= VOTE)
    print(f"longest delay of a vote: {delay:.1f} ms (mark {VOTE:.0f}){'' if good else '  MISSED'}")
    good &= await commands(bot, chosen.people, chosen.servers, chosen.times)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000
    print(f"memory: {before:.0f} MB before counting, {memory():.0f} MB after, {peak:.0f} MB at most")
    return good


def main() -> int:
    """Run it with the numbers from the command line."""
    parser = argparse.ArgumentParser(description="Commands and counting at scale.")
    parser.add_argument("--votes", type=int, default=1_000_000)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--servers", type=int, default=1_000)
    parser.add_argument("--montages", type=int, default=300)
    parser.add_argument("--times", type=int, default=400, help="calls of each command")
    parser.add_argument("--folder", type=Path, help="where the database is written (default: a temporary folder)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        return 0 if asyncio.run(run(chosen, Path(folder))) else 1


if __name__ == "__main__":
    sys.exit(main())
