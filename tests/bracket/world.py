"""A server with a bracket, a real database, and a Discord that breaks to order."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot import clock
from bot.bracket.champions import Champions
from bot.bracket.course import Bracket, Course
from bot.bracket.delivery import BracketDelivery, FoundRound
from bot.bracket.round_store import RoundStore
from bot.bracket.rules import first_round, size_for, winners_code
from bot.bracket.store import BracketStore
from bot.bracket.vote_store import BracketVoteStore
from bot.catalogue import Catalogue, Filters
from bot.database import Database
from bot.delivery import RefusedError
from bot.pacing import RequestPacer

GUILD_ID = 7
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOURS = 24


class Killed(BaseException):
    """The process ends at this very point."""


class Watch:
    """The time, as the test wants it."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def to(self, hours: float) -> None:
        """So many hours after noon of the first day."""
        self.now = NOON + timedelta(hours=hours)


@contextmanager
def frozen() -> Iterator[Watch]:
    """The bot's clock in the test's hands."""
    watch = Watch()
    with pytest.MonkeyPatch.context() as patching:
        patching.setattr(clock, "utcnow", watch)
        yield watch


class Channel:
    """Discord, as far as a round is concerned: `before` and `after` break the next request."""

    def __init__(self, watch: Watch, store: BracketStore) -> None:
        self.rounds: list[int] = []
        self.winners: list[str] = []  # what each post says of the round before
        self.brackets: list[int] = []
        self.sent_at: list[datetime] = []
        self.nonces: dict[str, tuple[datetime, int]] = {}
        self.stopped: list[int] = []  # the rounds whose post says that the bracket was stopped
        self.told: list[str] = []
        self.warned: list[str] = []
        self.before: list[BaseException] = []
        self.after: list[BaseException] = []
        self.can_look = True
        self.looked = 0
        self._watch, self._store = watch, store

    async def post(self, bracket: Bracket, claimed_at: int, ends_at: int, nonce: str) -> int:
        course = await self._store.course(bracket)
        await asyncio.sleep(0)
        if self.before:
            raise self.before.pop(0)
        at, message = self.nonces.get(nonce, (datetime.min.replace(tzinfo=UTC), 0))
        if self._watch.now - at > timedelta(minutes=3):
            self.rounds.append(bracket.round)
            self.brackets.append(bracket.id)
            self.winners.append(winners_code(course.of_round(bracket.round - 1)))
            self.sent_at.append(self._watch.now)
            message = len(self.rounds)
            self.nonces[nonce] = (self._watch.now, message)
        if self.after:
            raise self.after.pop(0)
        return message

    async def find(self, bracket: Bracket, since: int) -> FoundRound | None:
        if not self.can_look:
            raise RefusedError("no permission to read")
        self.looked += 1
        sent = zip(self.brackets, self.rounds, self.sent_at, strict=True)
        for number, (whose, what, at) in enumerate(sent, 1):
            if (whose, what) == (bracket.id, bracket.round) and clock.milliseconds(at) >= since:
                return FoundRound(number, clock.milliseconds(at), self.winners[number - 1])
        return None

    async def show_stopped(self, bracket: Bracket, message_id: int) -> None:
        if self.before:
            raise self.before.pop(0)
        self.stopped.append(self.rounds[message_id - 1])
        if self.after:
            raise self.after.pop(0)

    async def warn(self, bracket: Bracket, problem: str) -> None:
        self.warned.append(problem)

    async def gave_up(self, bracket: Bracket, problem: str) -> None:
        self.told.append(problem)


class World:
    """One server whose bracket begins at noon, with a round a day."""

    def __init__(self, database: Database, catalogue: Catalogue, watch: Watch) -> None:
        self.database, self.watch = database, watch
        self.catalogue = Catalogue(catalogue.shipped)  # its own, for servers may hide some of it
        self.store, self.rounds = BracketStore(database), RoundStore(database)
        self.ballots = BracketVoteStore(database)
        self.channel = Channel(watch, self.store)
        self.number = 0
        self.restarted()

    def restarted(self) -> None:
        """As a new process would begin."""
        self.champions = Champions(self.store)
        self.delivery = BracketDelivery(
            self.store,
            self.rounds,
            self.catalogue,
            self.channel,
            self.champions,
            RequestPacer(10_000),
            clock.now,
        )

    async def start(self, entrants: int = 8, guild_id: int = GUILD_ID) -> int | None:
        """A bracket between the first of the catalogue."""
        bracket = Bracket(
            id=0,
            guild_id=guild_id,
            channel_id=1,
            size=size_for(entrants),
            source="top",
            filters=Filters(),
            hours=HOURS,
            started_at=clock.now(),
            due_at=clock.now(),
        )
        montages = [montage.id for montage in self.catalogue.shipped[:entrants]]
        started = await self.store.start(bracket, montages, first_round(entrants))
        self.number = started or self.number
        return started

    async def turn(self, hours: float) -> float:
        """What the bot does at that time."""
        self.watch.to(hours)
        return await self.delivery.turn()

    async def vote(self, number: int, position: int, seed: int, *people: int) -> list[bool]:
        """Whether the votes count."""
        return [
            (await self.ballots.vote(GUILD_ID, self.number, number, position, seed, person, clock.now()))[0]
            for person in people
        ]

    async def course(self) -> Course:
        """All that has happened."""
        bracket = await self.store.get(GUILD_ID, self.number)
        assert bracket is not None
        return await self.store.course(bracket)
