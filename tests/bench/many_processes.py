"""Several processes on one PostgreSQL, of which one is killed and which all lose their server for a moment.

    python -m tests.bench.many_processes

Sixteen shards, four processes, a stand-in for Discord with 20,000 servers: people vote all the time, and in every
so many servers a daily post falls due. After a third of the time one process is killed (whoever runs it starts it
again), after two thirds PostgreSQL is restarted. Afterwards every vote that was acknowledged has to be there as it
was answered, every daily post exactly once, and every count right, in the database and on the cards.
"""

import argparse
import asyncio
import random
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

import asyncpg

from bot import clock
from bot.catalogue import load_catalogue
from bot.database.checking import DRIFTED
from bot.database.postgresql import PostgresDatabase
from bot.database.trouble import CANNOT_READ, CANNOT_TELL, CANNOT_WRITE
from bot.montages import montage_card
from bot.settings import PostgresAddress
from bot.voting import Tally
from tests.bench.answers import raw
from tests.operations.waiting import until
from tests.postgres import Server, programs
from tests.standin import StandIn, bot_process, payloads
from tests.standin.payloads import Raw

_V2 = 1 << 15
_MONTAGES = 20
_CHOICES = {"up": 1, "down": -1}
# How many presses are by people who have voted on that before, and take it back or change it.
_AGAIN = 0.2
# Servers whose cards are looked at in the end.
_LOOKED_AT = 25
# Below what the processes allow themselves together, so that what is late is caught up.
_POSTS_A_SECOND = 15
# Seconds until nobody waits any more for what does not come.
_PATIENCE = 300.0

Key = tuple[int, str, str]  # server, person, montage


class Scene(NamedTuple):
    """How large everything is."""

    processes: int = 4
    shards: int = 16
    servers: int = 20_000
    people: int = 16  # who press at a time
    seconds: float = 120.0

    @property
    def posts(self) -> int:
        """How many servers have a daily post while this lasts."""
        return min(self.servers, int(self.seconds * _POSTS_A_SECOND))

    def guild_ids(self) -> list[int]:
        """The servers' ids, spread over the shards as Discord spreads them."""
        first = payloads.GUILD >> 22
        return [(first + number) << 22 | 5 for number in range(self.servers)]


def channel_of(guild_id: int) -> int:
    """The one channel of a server."""
    return guild_id + 1


@dataclass
class Ledger:
    """What each vote may be, by what people were told; one that nobody can tell may be either."""

    votes: dict[Key, set[int | None]] = field(default_factory=dict)
    settled: list[Key] = field(default_factory=list)  # of which people know how they stand
    told: Counter[str] = field(default_factory=Counter)

    def begin(self, key: Key, choice: int) -> tuple[set[int | None], set[int | None]]:
        """What it may be before the press and after it; until that is known, all of them."""
        before = self.votes.get(key, {None})
        after = {None if one == choice else choice for one in before}
        self.votes[key] = before | after
        return before, after

    def settle(self, key: Key, votes: set[int | None]) -> None:
        """It is known to be one of these."""
        self.votes[key] = votes
        self.settled.append(key)


class Fleet:
    """The processes; whichever ends is started again, as an init system does."""

    def __init__(self, scene: Scene, standin: StandIn, address: PostgresAddress) -> None:
        self._standin, self._running = standin, list[asyncio.subprocess.Process]()
        self._environment = {
            "MONTAGE_DATABASE": address.url,
            "MONTAGE_SHARDS": str(scene.shards),
            "MONTAGE_SLOTS": str(scene.processes),
            "MONTAGE_PRESSES_PER_MINUTE": "0",
            "MONTAGE_LOG_LEVEL": "error",
        }
        self.ended: list[int] = []  # statuses
        self._tasks = [asyncio.create_task(self._keep()) for _ in range(scene.processes)]

    async def _keep(self) -> None:
        while True:
            async with bot_process(self._standin, Path("nowhere"), **self._environment) as process:
                self._running.append(process)
                assert process.stderr is not None
                try:
                    await process.stderr.read()  # until it ends; people and posts tell more than its log
                    self.ended.append(await process.wait())
                finally:
                    self._running.remove(process)
            await asyncio.sleep(1)

    def kill_one(self) -> None:
        """SIGKILL."""
        self._running[0].kill()

    async def close(self) -> None:
        """End all of them; raises what has gone wrong in keeping them."""
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task


class Simulation:
    """People, posts, what goes wrong, and the reckoning."""

    def __init__(self, scene: Scene, server: Server) -> None:
        self.scene, self.server, self.address = scene, server, server.address()
        self.guild_ids = scene.guild_ids()
        self.ledger, self.notes = Ledger(), list[str]()
        self._chance, self._voters = random.Random(15), 0
        self._is_over = False
        self._cards: dict[str, Raw] = {}
        for montage in load_catalogue().shipped[:_MONTAGES]:
            shown = {"components": raw(montage_card(montage, Tally())), "flags": _V2}
            self._cards[montage.id] = payloads.message(shown)
        self.with_post = self._chance.sample(self.guild_ids, scene.posts)

    async def run(self) -> None:
        """All of it. Raises AssertionError where something is lost, twice or miscounted."""
        database = PostgresDatabase(self.address)
        await database.open()
        await database.close()
        guilds = [payloads.guild(guild_id, [channel_of(guild_id)]) for guild_id in self.guild_ids]
        async with StandIn(guilds=guilds) as self._standin:
            self._standin.max_concurrency = self.scene.shards
            await self._ask_for_posts()
            async with self._fleet() as fleet:
                await self._served()
                await self._busy_time(fleet)
                await self._posts_are_out()
                await self._reckon(fleet)

    @asynccontextmanager
    async def _fleet(self) -> AsyncIterator[Fleet]:
        fleet = Fleet(self.scene, self._standin, self.address)
        try:
            yield fleet
        finally:
            await fleet.close()

    def _is_served(self, guild_id: int) -> bool:
        return self._standin.gateway.serving(guild_id) > 0

    async def _served(self) -> float:
        """Wait until every shard has a connection; seconds that took."""
        began = time.monotonic()
        one_of_each = self.guild_ids[: self.scene.shards]
        await until(lambda: all(map(self._is_served, one_of_each)), _PATIENCE)
        return time.monotonic() - began

    async def _ask_for_posts(self) -> None:
        """Each server's falls due at its own moment, the first when the processes are about to have started."""
        now = clock.now() + int(10 + self.scene.servers / 500) * clock.SECOND
        rows = []
        for number, guild_id in enumerate(self.with_post):
            due = now + int(number / len(self.with_post) * self.scene.seconds * clock.SECOND * 0.8)
            day = clock.moment(due).date().isoformat()
            rows.append((guild_id, channel_of(guild_id), due // clock.MINUTE % (24 * 60), day, due))
        connection = await asyncpg.connect(self.address.url)
        await connection.executemany(
            """
            INSERT INTO daily (guild_id, channel_id, minute, timezone, filters, thread, day, due_at)
            VALUES ($1, $2, $3, 'UTC', '', 0, $4, $5)
            """,
            rows,
        )
        await connection.close()

    # --- what happens ---

    async def _busy_time(self, fleet: Fleet) -> None:
        third = self.scene.seconds / 3
        people = asyncio.gather(*(self._person() for _ in range(self.scene.people)))
        try:
            await self._while(people, third)
            fleet.kill_one()
            await until(lambda: not all(map(self._is_served, self.guild_ids[: self.scene.shards])), _PATIENCE)
            self.notes.append(f"{await self._served():.1f} s from a SIGKILL until all servers were served again")
            await self._while(people, third)
            begun = time.monotonic()
            await asyncio.to_thread(self.server.restart)
            back, before = time.monotonic(), self.ledger.told["acknowledged"]
            await until(lambda: self.ledger.told["acknowledged"] > before, _PATIENCE)
            self.notes.append(
                f"PostgreSQL was away for {back - begun:.1f} s, and {time.monotonic() - back:.1f} s later a vote "
                "was acknowledged"
            )
            await self._while(people, third)
            self._is_over = True
            await people
        finally:
            people.cancel()

    @staticmethod
    async def _while(people: "asyncio.Future[list[None]]", seconds: float) -> None:
        await asyncio.wait([people], timeout=seconds)
        if people.done():
            people.result()

    async def _person(self) -> None:
        while not self._is_over:
            if self.ledger.settled and self._chance.random() < _AGAIN:
                index = self._chance.randrange(len(self.ledger.settled))
                self.ledger.settled[index], self.ledger.settled[-1] = (
                    self.ledger.settled[-1],
                    self.ledger.settled[index],
                )
                key = self.ledger.settled.pop()
            else:
                self._voters += 1
                who = f"voter {self._voters}"
                key = self._chance.choice(self.guild_ids), who, self._chance.choice(list(self._cards))
            await self._press(key, self._chance.choice(list(_CHOICES)))

    async def _press(self, key: Key, name: str) -> None:
        guild_id, who, montage = key
        if not self._is_served(guild_id):  # Discord would say so itself, at once
            if key in self.ledger.votes:
                self.ledger.settled.append(key)
            await asyncio.sleep(0.02)
            return
        click = payloads.click(
            who,
            self._cards[montage],
            f"vote:{montage}:{name}",
            guild_id=guild_id,
            channel_id=channel_of(guild_id),
        )
        before, after = self.ledger.begin(key, _CHOICES[name])
        try:
            answer = await self._standin.interact(click)
        except (TimeoutError, ConnectionError):  # whoever had it is dead
            self.ledger.told["unanswered"] += 1
            return
        if answer.kind == 7:
            self.ledger.told["acknowledged"] += 1
            self.ledger.settle(key, after)
        elif CANNOT_TELL in answer.text:
            self.ledger.told["nobody can tell"] += 1
        else:
            assert CANNOT_WRITE in answer.text or CANNOT_READ in answer.text, answer.text
            self.ledger.told["refused"] += 1
            self.ledger.settle(key, before)
            await asyncio.sleep(0.1)

    async def _posts_are_out(self) -> None:
        with suppress(TimeoutError):  # then it is said which
            await until(lambda: len(self._posts()) >= len(self.with_post), _PATIENCE)
        await asyncio.sleep(3)  # what comes twice may come a moment later

    def _posts(self) -> Counter[int]:
        """Messages that stand in each channel without anybody's command."""
        return Counter(
            int(one["channel_id"]) for one in self._standin.messages.values() if one.get("nonce") is not None
        )

    # --- the reckoning ---

    async def _reckon(self, fleet: Fleet) -> None:
        connection = await asyncpg.connect(self.address.url)
        for table, drifted in DRIFTED.items():
            assert await connection.fetch(drifted) == [], f"{table} does not add up"
        rows = await connection.fetch("SELECT guild_id, user_id, montage_id, value FROM vote")
        tallies = await connection.fetch("SELECT guild_id, montage_id, up, down FROM tally ORDER BY up DESC")
        posted = await connection.fetch("SELECT guild_id, message_id FROM daily_post")
        await connection.close()

        names = {int(payloads.person(who)["id"]): who for _, who, _ in self.ledger.votes}
        found = {(guild_id, names[who], montage): value for guild_id, who, montage, value in rows}
        assert found.keys() <= self.ledger.votes.keys(), "a vote that nobody gave"
        for key, allowed in self.ledger.votes.items():
            assert found.get(key) in allowed, f"{key} is {found.get(key)}, and people were told {allowed}"

        posts = self._posts()
        wanted = Counter(map(channel_of, self.with_post))
        assert posts == wanted, f"missing: {wanted - posts}, too many: {posts - wanted}"
        stand = {
            int(one["channel_id"]): int(name) for name, one in self._standin.messages.items() if one.get("nonce")
        }
        assert {channel_of(guild_id): message for guild_id, message in posted} == stand

        for guild_id, montage, up, down in tallies[:_LOOKED_AT]:
            shown = await self._standin.slash("ana", "montage show", montage=montage, guild_id=guild_id)
            assert shown.custom_id(f"Fired up · {up}") and shown.custom_id(f"Cold · {down}")
        requests = sum(sent.method == "POST" and sent.path.endswith("/messages") for sent in self._standin.sent)
        self.notes += [
            ", ".join(f"{number:,} {what}" for what, number in sorted(self.ledger.told.items()))
            + f": {len(found):,} votes stand, each as it was answered; all counts are right",
            f"{len(self.with_post):,} daily posts due, each there once ({requests:,} requests)",
            f"statuses of processes that ended on the way: {fleet.ended}",
        ]


async def simulate(scene: Scene) -> list[str]:
    """What is worth saying of it, on a server of its own. Raises AssertionError where a promise was broken."""
    server = await asyncio.to_thread(partial(Server, durable=True))
    try:
        simulation = Simulation(scene, server)
        await simulation.run()
    finally:
        await asyncio.to_thread(server.stop)
    return simulation.notes


def main() -> int:
    """Run it and print what there is to say."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.many_processes", description=__doc__)
    for name, default in Scene()._asdict().items():
        parser.add_argument(f"--{name}", type=type(default), default=default, help="default %(default)s")
    scene = Scene(**vars(parser.parse_args()))
    if programs() is None:
        print("PostgreSQL is not installed.")
        return 1
    print(scene)
    print("\n".join(asyncio.run(simulate(scene))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
