"""Nothing that was acknowledged is lost, however often and whenever the bot is killed."""

import asyncio
import random
from collections.abc import Coroutine
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.database import SqliteDatabase, connect_to_read, newest_schema, problems_of
from bot.guilds.store import GuildSettingsStore
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

    def agree_with(self, path: Path) -> None:
        """Hold the books against the file; what was under way at the kill may have gone either way."""
        with closing(connect_to_read(path)) as database:
            assert problems_of(database, newest_schema()) == []
            rows = database.execute("SELECT user_id, montage_id, value FROM vote WHERE guild_id = ?", (GUILD,))
            names = {int(person(name)["id"]): name for name in PEOPLE}
            found: dict[tuple[str, str], int | None] = {(names[who], what): value for who, what, value in rows}
            films = [film for (film,) in database.execute("SELECT film FROM suggestion")]
            declined = {
                number for (number,) in database.execute("SELECT id FROM suggestion WHERE state = 'declined'")
            }
            decisions = [number for (number,) in database.execute("SELECT suggestion_id FROM suggestion_event")]
        for pair in {*self.votes, *self.open_votes, *found}:
            allowed = {self.votes.get(pair), self.open_votes.get(pair, self.votes.get(pair))}
            assert found.get(pair) in allowed, f"{pair} was told {self.votes.get(pair)} and has {found.get(pair)}"
        assert len(films) == len(set(films)), "a suggestion is there twice"
        assert self.suggested <= set(films) <= self.suggested | self.open_suggestions
        assert self.declined <= declined <= self.declined | self.open_decisions
        assert sorted(decisions) == sorted(declined), "a decision was taken twice, or left no trace"
        self.votes, self.open_votes = found, {}
        self.suggested, self.open_suggestions = set(films), set()
        self.declined, self.open_decisions = declined, set()


@dataclass
class Crowd:
    """People who vote and suggest, each one thing after the other, all at once."""

    standin: StandIn
    cards: dict[str, Answer]
    books: Books
    chance: random.Random

    async def press_on(self) -> None:
        """Until they are cancelled, or the bot does not answer any more."""
        await asyncio.gather(*(self._member(name) for name in PEOPLE))

    async def _member(self, name: str) -> None:
        while True:
            if self.chance.random() < 0.1:
                number = await self._suggest(name)
                if self.chance.random() < 0.5:
                    await self._decline(number)
            else:
                await self._vote(name, self.chance.choice(MONTAGES), self.chance.choice((UP, DOWN)))

    async def _vote(self, name: str, montage: str, choice: int) -> None:
        books, pair = self.books, (name, montage)
        after = books.open_votes[pair] = pressed(books.votes.get(pair), choice)
        card, button = self.cards[montage], f"vote:{montage}:{'up' if choice == UP else 'down'}"
        answer = await self.standin.click(name, card, button)
        assert answer.kind == 7, answer.text
        books.votes[pair] = after
        del books.open_votes[pair]
        books.answers += 1

    async def _suggest(self, name: str) -> int:
        film = "".join(self.chance.choices("abcdefghijklmnopqrstuvwxyz", k=16)).title()
        self.books.open_suggestions.add(film)
        answer = await self.standin.submit(name, "form:suggest:0", {**SUGGESTION, "film": film})
        assert film in answer.text, answer.text
        self.books.suggested.add(film)
        self.books.answers += 1
        return int(answer.custom_id("Fired up").split(":")[1].removeprefix("s"))

    async def _decline(self, number: int) -> None:
        self.books.open_decisions.add(number)
        form = f"form:decline:{number}.0.0"  # as it was suggested, and not from the queue
        answer = await self.standin.submit("moderator", form, {"why": "Not this time."})
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


async def anybody_may_suggest_at_once(path: Path) -> None:
    """A server that sets no limits, for people in a hurry."""
    database = SqliteDatabase(path)
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
            books.agree_with(path)
    print(f"{rounds} kills, {books.answers:,} acknowledged changes, among them {len(books.suggested)} suggestions")
    print(f"and {len(books.declined)} decisions; all there, each once")
    assert busy > rounds * 0.7, "the bot was too often killed before it had done anything"
