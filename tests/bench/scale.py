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
from contextlib import closing
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
# People whose votes are made at a time.
PEOPLE_AT_ONCE = 2_000
# Milliseconds that 99 of 100 commands may take, and that counting may add to a vote; megabytes for the bot, however
# many votes there are.
COMMAND, VOTE, MEMORY = 5.0, 20.0, 256.0


def make_votes(file: Path, montages: list[str], votes: int, people: int, servers: int) -> int:
    """Votes over a year, most of them lately, in servers of very different sizes; some people are in two, and say
    the same again in the other. Gives how many there are: about as many as asked for.

    However many they are, it takes no more memory: some people at a time, and SQLite sorts on the disk.
    """
    random = np.random.default_rng(1)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection, seeding.in_bulk(connection, montages):
        connection.execute("CREATE TEMP TABLE given (guild_id, montage, user_id, value, cast_at)")
        left = votes
        for first in range(0, people, PEOPLE_AT_ONCE):
            some = min(PEOPLE_AT_ONCE, people - first)
            number = random.binomial(left, some / (people - first))
            left -= number
            rows = _votes_of(random, first, some, number, len(montages), servers)
            connection.executemany("INSERT INTO given VALUES (?, ?, ?, ?, ?)", rows.tolist())
        connection.execute(
            "INSERT OR IGNORE INTO vote SELECT guild_id, key.id, user_id, value, cast_at "
            "FROM given JOIN key ON key.n = montage ORDER BY 1, 2, 3"
        )
        connection.execute("DROP TABLE given")
        ((made,),) = connection.execute("SELECT count(*) FROM vote")
    return int(made)


def _votes_of(
    random: np.random.Generator, first: int, people: int, number: int, montages: int, servers: int
) -> np.ndarray[Any, Any]:
    """(about `number`, 5): server, index of the montage, user, value, time."""
    size = 1 / np.arange(1, servers + 1)
    each = np.minimum(random.multinomial(number, np.full(people, 1 / people)), montages)
    # Of each person those montages that come first in a race; each of them is voted on less than the one before.
    race = random.exponential(size=(people, montages)) * np.exp(3 * np.arange(montages) / montages)
    montage = np.argsort(race, axis=1)[np.arange(montages) < each[:, None]]
    person, home = np.arange(people).repeat(each), random.choice(servers, people, p=size / size.sum()).repeat(each)
    guild = np.where(random.random(len(person)) < 0.1, random.choice(servers, len(person)), home)
    again = random.random(len(person)) < 0.03
    person, montage = np.append(person, person[again]), np.append(montage, montage[again])
    guild = np.append(guild, random.choice(servers, again.sum()))
    value = np.where(random.random(len(person)) < 0.7, 1, -1)
    at = clock.now() - (random.exponential(60, len(person)) * clock.DAY).astype(np.int64)
    return np.stack((guild + FIRST_ID, montage, person + first + FIRST_ID, value, at), axis=1)


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


async def timed(
    calls: list[Callable[[], Awaitable[Any]]], before: Callable[[], Awaitable[Any]] | None = None
) -> np.ndarray[Any, Any]:
    """Milliseconds of work in each call, one after the other: of every thread, whoever else uses the machine.

    What is to happen `before` each is not in it.
    """
    taken = []
    for call in calls:
        if before is not None:
            await before()
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

    def calls(name: str, largest: bool = False, **options: Any) -> list[Callable[[], Awaitable[Any]]]:
        callback = group.get_command(name).callback
        guild_ids = ((0 if largest else 1) * random.choice(servers, times, p=size / size.sum()) + FIRST_ID).tolist()
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
    for window in ("all time", "30 days", "7 days"):
        # Somebody has voted before each, so that none is an answer that was kept.
        taken = await timed(calls("top", largest=True, window=window), before=lambda: one_vote(bot, random, people))
        good &= say(f"top, the largest server, {window}", taken, COMMAND)
    for name in ("for-me", "random"):
        good &= say(name, await timed(calls(name)), COMMAND)
    return good


async def one_vote(bot: MontageBot, random: np.random.Generator, people: int) -> None:
    """Anybody likes anything in the largest server."""
    montages = bot.catalogue.shipped
    person, montage = int(random.integers(people)) + FIRST_ID, montages[int(random.integers(len(montages)))].id
    await bot.services.votes.cast(FIRST_ID, montage, person, Choice.UP, clock.now())


async def voting(bot: MontageBot, people: int, seconds: float) -> np.ndarray[Any, Any]:
    """Milliseconds that each vote took, one every few milliseconds for so long."""
    random = np.random.default_rng(time.perf_counter_ns())
    taken, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.perf_counter()
        await one_vote(bot, random, people)
        taken.append((time.perf_counter() - start) * 1_000)
        await asyncio.sleep(0.002)
    return np.array(taken)


def peak() -> float:
    """Megabytes that this process held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000


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
        made = other.submit(make_votes, file, montages, chosen.votes, chosen.people, chosen.servers).result()
        maker = other.submit(peak).result()
    took, megabytes = time.perf_counter() - start, file.stat().st_size / 1e6
    print(f"{made:,} votes of {chosen.people:,} people written in {took:.1f} s, {megabytes:,.0f} MB")
    print(f"(that took {maker:.0f} MB of memory)")
    await bot.database.open()
    try:
        return await measure(bot, chosen)
    finally:
        await bot.services.everywhere.close()
        await bot.database.close()


async def counted(bot: MontageBot, what: str, people: int) -> np.ndarray[Any, Any]:
    """Milliseconds that votes took while everywhere was counted and learnt from."""
    everywhere, votes, start = bot.services.everywhere, [], time.perf_counter()
    everywhere.outdate()
    everywhere._cache.refresh()
    while everywhere._cache._computing is not None:
        votes.append(await voting(bot, people, 0.1))
    taken = np.concatenate(votes)
    print(f"{what}: {time.perf_counter() - start:.1f} s, with {len(taken)} votes meanwhile")
    say("a vote meanwhile", taken)
    return taken


async def measure(bot: MontageBot, chosen: argparse.Namespace) -> bool:
    """The figures of a bot whose database is open; whether each is within its mark."""
    await bot.services.decks.open()
    await freeze_garbage_collector()
    before = memory()
    quiet = await voting(bot, chosen.people, 3)
    say("a vote, nothing else going on", quiet)
    good = True
    for what, anew in (("everything", True), ("what had changed since", False)):
        longest = []
        for _ in range(chosen.counts):
            if anew:
                bot.services.everywhere._sums = None
            longest.append((await counted(bot, f"counted {what}", chosen.people)).max())
        # The machine has neighbours, and a disk: the quietest count is the one that shows what counting does.
        good &= within("longest delay of a vote", min(longest) - np.median(quiet), VOTE, "ms")
    good &= await commands(bot, chosen.people, chosen.servers, chosen.times)
    print(f"memory: {before:.0f} MB before counting, {memory():.0f} MB after")
    return good & within("memory at most", peak(), MEMORY, "MB")


def within(what: str, figure: float, mark: float, unit: str) -> bool:
    """Print a figure; whether it is within its mark."""
    print(f"{what}: {figure:.1f} {unit} (mark {mark:.0f}){'' if figure <= mark else '  MISSED'}", flush=True)
    return figure <= mark


def main() -> int:
    """Run it with the numbers from the command line."""
    parser = argparse.ArgumentParser(description="Commands and counting at scale.")
    parser.add_argument("--votes", type=int, default=1_000_000)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--servers", type=int, default=1_000)
    parser.add_argument("--montages", type=int, default=300)
    parser.add_argument("--times", type=int, default=400, help="calls of each command")
    parser.add_argument("--counts", type=int, default=3, help="how often everything is counted")
    parser.add_argument("--folder", type=Path, help="where the database is written (default: a temporary folder)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        return 0 if asyncio.run(run(chosen, Path(folder))) else 1


if __name__ == "__main__":
    sys.exit(main())
