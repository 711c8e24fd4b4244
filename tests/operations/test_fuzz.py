"""Random people, presses, forms, restarts and refusals of Discord's, with what must hold after each step."""

import asyncio
import tempfile
from collections.abc import Awaitable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import pytest
import simcord
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from bot.database import connect_to_read
from bot.recommending.buttons import TasteButton
from bot.voting import VoteButton
from tests.club import Club, components, open_club, text
from tests.databases import problems_of

T = TypeVar("T")
PEOPLE = ("ana", "ben", "mia")
people = st.sampled_from(PEOPLE)
some = st.integers(0, 50)
years = st.one_of(st.integers(1900, 2026), st.integers(1880, 2040))
words = st.one_of(
    st.sampled_from(["Rocky", "Whiplash", "chess", "1985", "@everyone", "```", "||boo||", "https://discord.gg/x"]),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30),
)
COMMANDS = ("montage random", "montage top", "montage for-me", "montage today", "montage duel", "suggestions list")
# So that a handful of people can decide something, and much is posted.
CHOICES = {"margin": 1, "cooldown_minutes": 0, "open_per_member": 50, "threads": True}
# What Discord may refuse at any time: everything but the answer itself, without which nobody is answered.
REQUESTS = (
    ("POST", "/channels/*/messages"),
    ("PATCH", "/channels/*/messages/*"),
    ("DELETE", "/channels/*/messages/*"),
    ("GET", "/channels/*/messages*"),
    ("POST", "/channels/*/messages/*/threads"),
    ("PATCH", "/channels/*"),
    ("POST", "/users/@me/channels"),
    ("GET", "/guilds/*"),
    ("GET", "/applications/*/guilds/*/commands/*"),
)
# Not 429, 500, 502 and 504: discord.py itself waits and asks again, in real seconds (see test_outages.py).
REFUSALS = (
    *((status, 0) for status in (400, 401, 404, 503)),
    *((400, code) for code in (30033, 40060, 50008, 50024, 50035, 50083, 160004, 160006, 200000, 240000, 999999)),
    *((403, code) for code in (50001, 50007, 50013, 50278, 0)),
    *((404, code) for code in (10003, 10004, 10008, 10013)),
)
# What a press of casts a vote: the buttons of a card, and all that are made of them.
VOTES = {VoteButton.kind, TasteButton.kind}
# Something with buttons or fields, and who saw it.
Shown = tuple[str, simcord.InteractionResult]
Votes = dict[tuple[int, str, int], int]


class Fuzz(RuleBasedStateMachine):
    """One club that people play with; `shown` is whatever has buttons or fields."""

    shown: Bundle[Shown] = Bundle("shown")

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.database = Path(self.folder.name) / "montage.db"
        self.end: asyncio.Event = asyncio.Event()
        opened = self.loop.create_future()
        self.running = self.loop.create_task(self._live(opened))
        self.run(asyncio.wait((opened, self.running), return_when=asyncio.FIRST_COMPLETED))
        if self.running.done():
            self.running.result()
        self.club = opened.result()
        self.states: dict[int, str] = {}  # of suggestions, by number
        self.suggested: list[Shown] = []  # their cards

    async def _live(self, opened: asyncio.Future[Club]) -> None:
        """From beginning to end in one task: simcord keeps its clock in the context."""
        async with open_club(self.database) as club:
            await club.bot.services.guild_settings.change(club.guild_id, **CHOICES)
            opened.set_result(club)
            await self.end.wait()

    def run(self, work: Awaitable[T]) -> T:
        return self.loop.run_until_complete(work)

    def person(self, name: str) -> simcord.MemberActor:
        actor: simcord.MemberActor = getattr(self.club, name)
        return actor

    def answered(self, name: str, result: simcord.InteractionResult) -> Shown:
        """Everybody gets an answer, and never an apology for something unforeseen."""
        assert result.response is not None or result.modal is not None or result.followups, "no answer"
        if result.response is not None:
            assert "its own laces" not in text(result)
        return name, result

    def votes(self) -> Votes:
        rows = self.run(self.club.bot.database.read("SELECT guild_id, montage_id, user_id, value FROM vote"))
        return {(guild_id, montage, user): value for guild_id, montage, user, value in rows}

    @initialize(target=shown)
    def begin(self) -> Shown:
        return self.answered("ana", self.run(self.person("ana").slash(self.club.channel, "montage random")))

    @rule(target=shown, by=people, command=st.sampled_from(COMMANDS))
    def ask(self, by: str, command: str) -> Shown:
        return self._ask(by, command)

    def _ask(self, by: str, command: str) -> Shown:
        return self.answered(by, self.run(self.person(by).slash(self.club.channel, command)))

    @rule(target=shown, by=people, word=words)
    def find(self, by: str, word: str) -> Shown:
        choices = self.run(self.person(by).autocomplete(self.club.channel, "montage show", "montage", word))
        assert len(choices) <= 25
        return self.answered(by, self.run(self.person(by).slash(self.club.channel, "montage find", words=word)))

    @rule(target=shown, by=people, film=words, year=years, why=words)
    def suggest(self, by: str, film: str, year: int, why: str) -> Shown:
        form = self.run(self.person(by).slash(self.club.channel, "suggest"))
        sent = self.fill_in((by, form), film, year, why)
        message = sent[1].response
        if message is not None and not message.ephemeral:
            self.suggested.append(sent)
        return sent

    @rule(target=shown, which=some, control=some, film=words, why=words)
    def moderate(self, which: int, control: int, film: str, why: str) -> Shown:
        """Mia looks at one of the suggestions, or the next in the queue, and does something about it."""
        numbers = list(self.states)
        command, options = "moderate review", {}
        if numbers:
            command, options = "moderate look", {"suggestion": str(numbers[which % len(numbers)])}
        panel = self.answered("mia", self.run(self.club.mia.slash(self.club.channel, command, **options)))
        return self.fill_in(self._press(panel, "mia", control, 0), film, 1999, why)

    @rule(target=shown, by=people, which=some, up=st.booleans())
    def vote_on_what_was_suggested(self, by: str, which: int, up: bool) -> Shown:
        if not self.suggested:
            return self._ask(by, "montage random")
        return self._press(self.suggested[which % len(self.suggested)], by, 0 if up else 1, 0)

    def _press(self, on: Shown, by: str, which: int, value: int) -> Shown:
        """Any control of anything that was ever shown, whoever it was shown to."""
        owner, result = on
        message = result.response
        usable = [c for c in components(result) if c.get("custom_id") and not c.get("disabled")] if message else []
        usable = [c for c in usable if c["type"] in (2, 3)]
        if message is None or not usable:
            return on
        actor = self.person(owner if message.ephemeral else by)
        control, before = usable[which % len(usable)], self.votes()
        try:
            if control["type"] == 2:
                pressed = self.run(actor.click(message, custom_id=control["custom_id"]))
            else:
                picked = control["options"][value % len(control["options"])]["value"]
                pressed = self.run(actor.select(message, [picked], custom_id=control["custom_id"]))
        except simcord.SetupError:  # the message has changed since, or is gone: a person could not press it either
            return on
        self.only_the_vote_that_was_cast_has_changed(before, actor.id, control["custom_id"])
        return self.answered(owner if message.ephemeral else by, pressed)

    # Most of what people do is press.
    press_too = rule(target=shown, on=shown, by=people, which=some, value=some)(_press)
    and_again = rule(target=shown, on=shown, by=people, which=some, value=some)(_press)

    def only_the_vote_that_was_cast_has_changed(self, before: Votes, user: int, custom_id: str) -> None:
        after = self.votes()
        changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
        kind, _, rest = custom_id.partition(":")
        if kind in VOTES:
            montage, _, name = rest.rpartition(":")
            key = (self.club.guild_id, montage, user)
            assert changed <= {key}, "somebody else's vote moved"
            if changed:
                choice = 1 if name == "up" else -1
                assert after.get(key) == (None if before.get(key) == choice else choice), "it was not this press"
        elif kind != "sg":  # "That's it" counts as a vote for what is there
            assert not changed, f"{custom_id} moved votes"

    @rule(target=shown, on=shown, film=words, year=years, why=words)
    def submit(self, on: Shown, film: str, year: int, why: str) -> Shown:
        """Fill in a form that is open."""
        return self.fill_in(on, film, year, why)

    def fill_in(self, on: Shown, film: str, year: int, why: str) -> Shown:
        by, result = on
        if result.modal is None:
            return on
        typed = {
            "film": film,
            "year": str(year),
            "scene": f"{film[:30]} again",
            "why": f"Because of this: {why}",
            "discipline": "chess",
        }
        fields = {name: typed.get(name, "Because I say so.") for name in self.fields_of(result)}
        if "discipline" not in fields and "why" in fields:  # a reason
            fields["why"] = f"Because of {why}"
        try:
            sent = self.run(self.person(by).submit_modal(result, fields))
        except simcord.SetupError:  # sent already
            return on
        return self.answered(by, sent)

    @staticmethod
    def fields_of(result: simcord.InteractionResult) -> list[str]:
        assert result.modal is not None
        labels = result.modal["components"]
        return [label["component"]["custom_id"] for label in labels]

    @rule(minutes=st.sampled_from([1, 10, 600]), restart=st.booleans())
    def time_passes(self, minutes: int, restart: bool) -> None:
        for part in range(0, minutes, 30):  # simcord gives each advance five seconds, on whatever machine
            self.run(self.club.env.advance_time(min(30, minutes - part) * 60))
        if restart:
            self.run(self.club.restart())

    @rule(request=st.sampled_from(REQUESTS), refusal=st.sampled_from(REFUSALS), times=st.integers(1, 4))
    def discord_refuses(self, request: tuple[str, str], refusal: tuple[int, int], times: int) -> None:
        """The next few requests of that kind."""
        (method, path), (status, code) = request, refusal
        self.club.env.inject_error(method, path, status=status, code=code, times=times)

    @rule(target=shown)
    def post_every_day(self) -> Shown:
        """Mia has the bot post a montage each day, at half past six in the evening."""
        asked = self.club.mia.slash(
            self.club.channel, "daily start", channel=self.club.channel, time="18:30", timezone="Europe/Berlin"
        )
        return self.answered("mia", self.run(asked))

    @invariant()
    def the_books_are_right(self) -> None:
        with closing(connect_to_read(self.database)) as connection:
            assert problems_of(connection) == []

    @invariant()
    def what_is_accepted_is_in_the_catalogue_and_nothing_else(self) -> None:
        rows = self.run(self.club.bot.database.read("SELECT id, guild_id, state FROM suggestion"))
        for number, guild_id, state in rows:
            listed = self.club.bot.catalogue.get(guild_id, f"s{number}") is not None
            assert listed == (state == "accepted"), f"suggestion {number} is {state}"
        assert {row["id"] for row in rows} >= self.states.keys(), "a suggestion is gone"
        self.states = {row["id"]: row["state"] for row in rows}

    @invariant()
    def nobody_votes_on_their_own(self) -> None:
        own = self.run(
            self.club.bot.database.read(
                "SELECT 1 FROM suggestion s JOIN vote v ON v.guild_id = s.guild_id AND v.montage_id = 's' || s.id "
                "AND v.user_id = s.author_id WHERE v.value <> 0"
            )
        )
        assert not own

    def teardown(self) -> None:
        self.end.set()
        self.run(self.running)
        self.loop.close()
        self.folder.cleanup()


@pytest.mark.slow
def test_whatever_people_do_the_books_are_right_and_everybody_is_answered(request: pytest.FixtureRequest) -> None:
    """`--rounds 500` takes 20,000 steps."""
    run_state_machine_as_test(
        Fuzz,
        settings=settings(
            max_examples=request.config.getoption("--rounds"),
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
