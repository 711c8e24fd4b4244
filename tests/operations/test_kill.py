"""Nothing that was acknowledged is lost, however often and whenever the bot is killed."""

import asyncio
import random
import time
from collections.abc import Coroutine
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from bot.database import connect_to_read, database_at
from bot.database.checking import DRIFTED
from bot.database.trouble import CANNOT_READ, CANNOT_TELL, CANNOT_WRITE
from bot.guilds.store import GuildSettingsStore
from bot.settings import Address, PostgresAddress
from tests.databases import problems_of
from tests.operations.waiting import until
from tests.postgres import Server, programs
from tests.standin import Answer, StandIn, bot_process
from tests.standin.payloads import GUILD, person

MONTAGES = ("rocky-iv-1985", "whiplash-2014", "mulan-1998")
PEOPLE = tuple(f"member{number}" for number in range(12))
SUGGESTION = {"year": "1999", "scene": "One more time", "why": "Once more, from the top.", "discipline": "chess"}
DOWN, UP = -1, 1


def pressed(before: int | None, choice: int) -> int | None:
    """What a press of a vote button comes to; of a vote that is taken back nothing stays."""
    return None if before == choice else choice


@dataclass
class Books:
    """What people were told, and what they are still waiting to hear."""

    votes: dict[tuple[str, str], int | None] = field(default_factory=dict)  # (person, montage): as answered
    open_votes: dict[tuple[str, str], int | None] = field(default_factory=dict)  # … as it may have become
    suggested: set[str] = field(default_factory=set)  # films whose card was answered
    open_suggestions: set[str] = field(default_factory=set)
    declined: set[int] = field(default_factory=set)  # numbers whose moderator was answered
    open_decisions: set[int] = field(default_factory=set)
    answers: int = 0

    async def agree_with(self, address: Address) -> None:
        """Hold the books against the database; what was under way at the kill may have gone either way."""
        rows, films, declined, decisions = await kept(address)
        names = {int(person(name)["id"]): name for name in PEOPLE}
        found: dict[tuple[str, str], int | None] = {(names[who], what): value for who, what, value in rows}
        for pair in {*self.votes, *self.open_votes, *found}:
            allowed = {self.votes.get(pair), self.open_votes.get(pair, self.votes.get(pair))}
            assert found.get(pair) in allowed, f"{pair} was told {self.votes.get(pair)} and has {found.get(pair)}"
        assert len(films) == len(set(films)), "a suggestion is there twice"
        assert self.suggested <= set(films) <= self.suggested | self.open_suggestions
        assert self.declined <= set(declined) <= self.declined | self.open_decisions
        assert sorted(decisions) == sorted(declined), "a decision was taken twice, or left no trace"
        self.votes, self.open_votes = found, {}
        self.suggested, self.open_suggestions = set(films), set()
        self.declined, self.open_decisions = set(declined), set()


async def kept(address: Address) -> list[list[Any]]:
    """The votes, the films suggested, the numbers declined and decided, of a database in which all is sound."""
    asked = (
        f"SELECT user_id, montage_id, value FROM vote WHERE guild_id = {GUILD}",  # noqa: S608
        "SELECT film FROM suggestion",
        "SELECT id FROM suggestion WHERE state = 'declined'",
        "SELECT suggestion_id FROM suggestion_event",
    )
    if isinstance(address, PostgresAddress):
        connection = await asyncpg.connect(address.url)
        for drifted in DRIFTED.values():
            assert await connection.fetch(drifted) == []
        answers = [[tuple(row) for row in await connection.fetch(sql)] for sql in asked]
        await connection.close()
    else:
        with closing(connect_to_read(address)) as database:
            assert problems_of(database) == []
            answers = [[tuple(row) for row in database.execute(sql)] for sql in asked]
    votes, *others = answers
    return [votes, *([one for (one,) in rows] for rows in others)]


@dataclass
class Crowd:
    """People who vote and suggest, each one thing after the other, all at once."""

    standin: StandIn
    cards: dict[str, Answer]
    books: Books
    chance: random.Random
    # Whether the database may be away, so that people are told so.
    outages: bool = False
    tired: bool = False
    refused: int = 0

    async def press_on(self) -> None:
        """Until they are tired or cancelled, or the bot does not answer any more."""
        await asyncio.gather(*(self._member(name) for name in PEOPLE))

    async def _member(self, name: str) -> None:
        while not self.tired:
            if self.chance.random() < 0.1:
                number = await self._suggest(name)
                if number and self.chance.random() < 0.5:
                    await self._decline(number)
            else:
                await self._vote(name, self.chance.choice(MONTAGES), self.chance.choice((UP, DOWN)))

    async def _is_refused(self, answer: Answer) -> bool:
        """Whether the person was told, and nobody else, that the database is away; they take a breath then."""
        if not self.outages or not any(says in answer.text for says in (CANNOT_READ, CANNOT_WRITE, CANNOT_TELL)):
            return False
        assert answer.private
        self.refused += 1
        await asyncio.sleep(0.1)
        return True

    async def _vote(self, name: str, montage: str, choice: int) -> None:
        books, pair = self.books, (name, montage)
        if pair in books.open_votes:  # nobody can say what another press would come to
            await asyncio.sleep(0.01)
            return
        after = books.open_votes[pair] = pressed(books.votes.get(pair), choice)
        card, button = self.cards[montage], f"vote:{montage}:{'up' if choice == UP else 'down'}"
        answer = await self.standin.click(name, card, button)
        if await self._is_refused(answer):
            if CANNOT_TELL not in answer.text:  # "nothing has changed" is to be believed
                del books.open_votes[pair]
            return
        assert answer.kind == 7, answer.text
        books.votes[pair] = after
        del books.open_votes[pair]
        books.answers += 1

    async def _suggest(self, name: str) -> int | None:
        film = "".join(self.chance.choices("abcdefghijklmnopqrstuvwxyz", k=16)).title()
        self.books.open_suggestions.add(film)
        answer = await self.standin.submit(name, "form:suggest:0", {**SUGGESTION, "film": film})
        if await self._is_refused(answer):
            return None
        assert film in answer.text, answer.text
        self.books.suggested.add(film)
        self.books.answers += 1
        return int(answer.custom_id("Fired up").split(":")[1].removeprefix("s"))

    async def _decline(self, number: int) -> None:
        self.books.open_decisions.add(number)
        form = f"form:decline:{number}.0.0"  # as it was suggested, and not from the queue
        answer = await self.standin.submit("moderator", form, {"why": "Not this time."})
        if await self._is_refused(answer):
            return
        assert "Declined" in answer.text, answer.text
        self.books.declined.add(number)
        self.books.answers += 1


async def for_a_while(
    work: Coroutine[object, object, None], seconds: float, then_kill: asyncio.subprocess.Process
) -> None:
    """Let people press on for so long, and kill the bot in the middle of it."""
    task = asyncio.create_task(work)
    await asyncio.wait([task], timeout=seconds)
    if task.done():
        await task
    then_kill.kill()
    await then_kill.wait()
    await asyncio.sleep(0.02)  # answers that were on the wire when it died still arrive
    task.cancel()
    with suppress(asyncio.CancelledError, ConnectionError, IndexError):  # there is nobody to send to any more
        await task


async def anybody_may_suggest_at_once(address: Address) -> None:
    """A server that sets no limits, for people in a hurry."""
    database = database_at(address)
    await database.open()
    await GuildSettingsStore(database).set(GUILD, {"cooldown_minutes": 0, "open_per_member": 1_000_000})
    await database.close()


@pytest.mark.slow
async def test_a_bot_killed_again_and_again_loses_nothing_it_acknowledged(
    path: Path, request: pytest.FixtureRequest
) -> None:
    rounds = request.config.getoption("--rounds")
    chance, books, busy = random.Random(rounds), Books(), 0
    await anybody_may_suggest_at_once(path)
    async with StandIn() as standin:
        cards: dict[str, Answer] = {}
        for number in range(rounds):
            async with bot_process(
                standin, path, MONTAGE_PRESSES_PER_MINUTE="0", MONTAGE_BACKUP_HOURS="0", MONTAGE_LOG_LEVEL="error"
            ) as process:
                async with asyncio.timeout(60):
                    await standin.connected(number + 1)
                    for montage in MONTAGES if not cards else ():
                        cards[montage] = await standin.slash("owner", "montage show", montage=montage)
                before = books.answers
                crowd = Crowd(standin, cards, books, chance)
                await for_a_while(crowd.press_on(), chance.uniform(0.01, 0.8), process)
                busy += books.answers > before
            await books.agree_with(path)
    print(f"{rounds} kills, {books.answers:,} acknowledged changes, among them {len(books.suggested)} suggestions")
    print(f"and {len(books.declined)} decisions; all there, each once")
    assert busy > rounds * 0.7, "the bot was too often killed before it had done anything"


QUIET = {"MONTAGE_PRESSES_PER_MINUTE": "0", "MONTAGE_BACKUP_HOURS": "0", "MONTAGE_LOG_LEVEL": "error"}
# Seconds until votes are answered again once the server is back; the bot's processor is shared with its crowd's.
WORKS_AGAIN_WITHIN = 10.0


@pytest.mark.slow
@pytest.mark.posix
@pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed")
async def test_bot_and_postgresql_killed_again_and_again_lose_nothing_acknowledged(
    request: pytest.FixtureRequest,
) -> None:
    rounds = request.config.getoption("--rounds")
    chance, books, cards = random.Random(rounds), Books(), dict[str, Answer]()
    busy = refused = lives = number = 0
    longest = 0.0
    server = await asyncio.to_thread(partial(Server, durable=True))
    address = server.address()
    try:
        await anybody_may_suggest_at_once(address)
        async with StandIn() as standin:
            while number < rounds:
                await nobody_serves(address)
                async with bot_process(standin, Path("nowhere"), MONTAGE_DATABASE=address.url, **QUIET) as process:
                    lives += 1
                    async with asyncio.timeout(60):
                        await standin.connected(lives)
                        for montage in MONTAGES if not cards else ():
                            cards[montage] = await standin.slash("owner", "montage show", montage=montage)
                    # Its server is killed a few times, then the bot itself, every other time with its server.
                    for _ in range(min(chance.randint(1, 3), rounds - number - 1)):
                        crowd = Crowd(standin, cards, books, chance, outages=True)
                        longest = max(longest, await server_killed(server, crowd))
                        await books.agree_with(address)
                        refused += crowd.refused > 0
                        number += 1
                    crowd, before = Crowd(standin, cards, books, chance, outages=True), books.answers
                    await for_a_while(crowd.press_on(), chance.uniform(0.01, 0.8), process)
                    busy += books.answers > before
                if lives % 2:
                    await asyncio.to_thread(server.kill)
                    await asyncio.to_thread(server.start)
                await books.agree_with(address)
                number += 1
    finally:
        await asyncio.to_thread(server.stop)
    print(f"{rounds} kills, {lives} of them of the bot, {books.answers:,} acknowledged changes, each there once")
    print(f"votes worked again at most {longest:.1f} s after the server was back; refusals in {refused} kills")
    assert busy > lives * 0.6, "the bot was too often killed before it had done anything"
    assert refused > (rounds - lives) * 0.6, "nobody noticed that the server was away"


async def server_killed(server: Server, crowd: Crowd) -> float:
    """Kill the server in the middle of what people do, start it again; the seconds until votes work again.

    When this returns everybody has their answer.
    """
    pressing = asyncio.create_task(crowd.press_on())
    try:
        await asyncio.wait([pressing], timeout=crowd.chance.uniform(0.1, 0.6))
        await asyncio.to_thread(server.kill)
        await asyncio.wait([pressing], timeout=crowd.chance.uniform(0.0, 0.3))
        await asyncio.to_thread(server.start)
        began, before = time.monotonic(), crowd.books.answers
        await until(lambda: crowd.books.answers > before or pressing.done(), WORKS_AGAIN_WITHIN)
        took = time.monotonic() - began
        crowd.tired = True
        await pressing
    finally:
        pressing.cancel()
    return took


async def nobody_serves(address: PostgresAddress) -> None:
    """The one that was killed is certainly dead, so the next need not wait as if it might be asleep."""
    connection = await asyncpg.connect(address.url)
    await connection.execute("UPDATE memo SET value = 'left' WHERE name LIKE 'slot %'")
    await connection.close()
