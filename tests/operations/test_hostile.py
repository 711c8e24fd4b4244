"""People who send what no button offers: made-up ids, other people's forms, another server's things.

Discord checks much of this itself. The bot must not need it to: every payload here is raw, and all features
are covered, for the buttons and forms are those that the bot has registered.
"""

import asyncio
import logging
import re
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args, get_origin

import discord
import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app import create_bot
from bot.client import MontageBot
from bot.database import connect_to_read
from bot.guilds import GuildSettings
from bot.settings import Settings
from bot.suggestions.drafts import Draft, DraftStore
from bot.suggestions.entry import Entry, Typed
from bot.suggestions.store import SuggestionStore
from bot.suggestions.traces import Traces
from bot.ui.persistent import PersistentItem
from bot.voting import Choice
from bot.voting.store import VoteStore
from tests.operations.waiting import at_rest
from tests.standin import Answer, StandIn, logged_in, payloads, walk
from tests.standin.payloads import CHANNEL, GUILD, Raw, person

OTHER = 700_000_000_000_009_999
ENTRY = Entry("Whisper of the Heart", 1995, "A violin by lamplight", "Wood shavings and patience.", "violin")
# What anybody may add to or change by pressing things: their own votes, drafts and suggestions, what was shown.
MEMBERS_MAY = {
    *("vote", "tally", "tally_of_day", "showing", "draft", "memo", "duel", "duel_choice", "duel_rating"),
    *("suggestion", "suggestion_event", "report", "notice_wanted", "daily_pick", "sqlite_sequence"),
}
FORM = {"film": "Jaws", "year": "1975", "scene": "Knots", "why": "Yo ho ho, a yellow barrel.", "discipline": "sea"}
SETTINGS = {"time": "09:00", "timezone": "Europe/London", "channel": "1", "number": "3", "value": "3"}
HUGE = "9" * 30  # no database holds such a number
# What no button or form of a suggestion carries: no number, one that is too large, too few or too many parts.
MALFORMED = ("", "x", "-1", "1.", "1..0", "1.x.0", "1.0.0.0", HUGE, f"{HUGE}.0.0", f"1.{HUGE}.0", f"1.0.{HUGE}")
HEALTH = list(HealthCheck)
Everything = dict[str, list[tuple[Any, ...]]]


@dataclass
class Scene:
    """A bot with things of Ben's in this server and in another; Eve, who may do nothing special, and Mia, who
    may manage the server. Whatever they send has to be answered, and nothing may be logged as a failure.
    """

    standin: StandIn
    bot: MontageBot
    card: Answer
    logged: list[Any]
    caplog: pytest.LogCaptureFixture
    reading: sqlite3.Connection

    async def everything(self) -> Everything:
        """All rows by table, with what the bot has asked to be written until now."""
        await self.bot.database.read("SELECT 1")  # waits for its turn behind that
        names = self.reading.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: [tuple(row) for row in self.reading.execute(f'SELECT * FROM "{name}"')]  # noqa: S608
            for (name,) in names
        }

    async def press(
        self, custom_id: str, component: int = 2, values: list[str] | None = None, *, by: str = "eve"
    ) -> Answer:
        """Somebody presses something on a card of their own making: discord.py lets nothing else through."""
        assert self.card.message
        made_up: Raw = {"type": component, "custom_id": custom_id, "id": 900}
        made_up |= {"style": 1, "label": "Go"} if component == 2 else {"options": [], "min_values": 0}
        row = {"type": 1, "id": 901, "components": [made_up]}
        forged = {**self.card.message, "components": [*self.card.message["components"], row]}
        interaction = payloads.click(by, forged, custom_id, values)
        interaction["data"] |= {"component_type": component, "id": 900, "resolved": {}}
        return await self._answered(interaction, by)

    async def send(self, name: str, argument: str, values: dict[str, str], *, by: str = "eve") -> Answer:
        """Somebody sends a form in that nobody showed them."""
        return await self._answered(payloads.form(by, f"form:{name}:{argument}", values), by)

    async def _answered(self, interaction: Raw, by: str) -> Answer:
        interaction["member"]["permissions"] = str(discord.Permissions(manage_guild=by == "mia").value)
        answer = await self.standin.interact(interaction)
        failed = [line for line in self.logged if line["log_level"] in ("error", "critical")]
        failed += [record for record in self.caplog.records if record.levelno >= logging.ERROR]
        assert not failed, f"{interaction['data']} tripped over something nobody had foreseen"
        assert "its own laces" not in answer.text
        return answer


@pytest.fixture
async def scene(path: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Scene]:
    """Suggestion 1 and draft 1 are Ben's and here, suggestion 2 and draft 2 his in the other server."""
    bot = create_bot(Settings(database=path))
    bot._connection.guild_ready_timeout = 0.05  # how long it waits for more servers; two seconds otherwise
    ben = int(person("ben")["id"])

    async def seed() -> None:
        suggestions, votes, drafts = (
            SuggestionStore(bot.database, Traces(bot.database)),
            VoteStore(bot.database),
            DraftStore(bot.database),
        )
        for guild_id in (GUILD, OTHER):
            await suggestions.add(guild_id, ben, ENTRY, 1, settings=GuildSettings())
            await drafts.keep(guild_id, ben, Draft(Typed(film="Ben's secret"), "suggest", "0"), 2**44)
            await votes.cast(guild_id, "rocky-1976", ben, Choice.UP, 1)

    # Before the bot is ready, for then it looks through them by itself and finds that no suggestion has a card.
    bot.add_opening(seed)
    with structlog.testing.capture_logs() as logged:
        async with StandIn() as standin, logged_in(bot, standin):
            # Not a random one: that it was shown is written down a moment later, in the middle of a test.
            card = await standin.slash("ben", "montage show", montage="rocky-1976")
            await at_rest(bot)
            with closing(connect_to_read(path)) as reading:
                yield Scene(standin, bot, card, logged, caplog, reading)


def of_others(rows: Everything) -> Everything:
    """Everything that Eve has no business with: the other server's rows, and Ben's."""
    strangers = {OTHER, int(person("ben")["id"])}
    kept = {
        table: [row for row in found if strangers & {value for value in row if isinstance(value, int)}]
        for table, found in rows.items()
    }
    return {**kept, **{table: rows for table, rows in rows.items() if table not in MEMBERS_MAY}}


def of_the_other_server(rows: Everything) -> Everything:
    """Everything that Mia has no business with."""
    return {table: [row for row in found if OTHER in row] for table, found in rows.items()}


def item_classes() -> Iterator[type[PersistentItem[Any]]]:
    """Every kind of button and select that the bot serves: the preview's, which other tests import, are its own."""
    waiting: list[type[PersistentItem[Any]]] = list(PersistentItem.__subclasses__())
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        abstract = kind.__discord_ui_compiled_template__.pattern == "(?!)"
        if not abstract and not kind.__module__.startswith("bot.preview."):
            yield kind


# What Discord calls the kinds of components.
COMPONENTS: dict[type[Any], int] = {
    discord.ui.Button: 2,
    discord.ui.Select: 3,
    discord.ui.UserSelect: 5,
    discord.ui.RoleSelect: 6,
    discord.ui.ChannelSelect: 8,
}


def component_of(kind: type[PersistentItem[Any]]) -> int:
    """Whether it is a button or which kind of select, from what the class says it wraps."""
    (wrapped,) = get_args(kind.__orig_bases__[0])  # type: ignore[attr-defined]
    made_of = get_origin(wrapped) or wrapped
    return next(component for known, component in COMPONENTS.items() if issubclass(made_of, known))


def made_up_ids(kind: type[PersistentItem[Any]]) -> list[str]:
    """Custom ids that fit its template: random ones, with the numbers of things that there are or cannot be."""
    pattern = re.compile(kind.__discord_ui_compiled_template__.pattern, re.ASCII)
    found: dict[str, None] = {}

    @settings(max_examples=15, database=None, derandomize=True, suppress_health_check=HEALTH)
    @given(st.from_regex(pattern, fullmatch=True).filter(lambda text: len(text) <= 100))
    def collect(custom_id: str) -> None:
        found.update(dict.fromkeys(re.sub(r"\d+", number, custom_id) for number in ("1", "2", "99", HUGE)))

    collect()
    return [custom_id for custom_id in found if pattern.fullmatch(custom_id) and len(custom_id) <= 100]


def values_for(component: int) -> list[list[str] | None]:
    """What can be sent with a press: nothing with a button, with a select anything."""
    if component == 2:
        return [None]
    anything: list[list[str] | None] = [["1"], [str(OTHER)], [str(CHANNEL)], [], ["x"], [HUGE]]
    return anything if component != 3 else [*anything, ["s2"], ["rocky-1976"], [f"s{HUGE}"], ["s²"]]


async def nothing_came_of_it(scene: Scene, before: Everything) -> None:
    assert of_others(await scene.everything()) == of_others(before)


KINDS = sorted(item_classes(), key=lambda kind: kind.__name__)
EVERY_KIND = pytest.mark.parametrize("kind", KINDS, ids=[kind.__name__ for kind in KINDS])


@EVERY_KIND
async def test_made_up_ids_change_nothing_that_is_not_the_persons_own(
    scene: Scene, kind: type[PersistentItem[Any]]
) -> None:
    before, component = await scene.everything(), component_of(kind)
    for custom_id in await asyncio.to_thread(made_up_ids, kind):
        for values in values_for(component):
            await scene.press(custom_id, component, values)
            await nothing_came_of_it(scene, before)


@EVERY_KIND
async def test_made_up_ids_of_a_manager_change_nothing_of_another_server(
    scene: Scene, kind: type[PersistentItem[Any]]
) -> None:
    before, component = await scene.everything(), component_of(kind)
    for custom_id in await asyncio.to_thread(made_up_ids, kind):
        for values in values_for(component):
            await scene.press(custom_id, component, values, by="mia")
    assert of_the_other_server(await scene.everything()) == of_the_other_server(before)


async def test_forms_that_nobody_was_shown_change_nothing_of_others(scene: Scene) -> None:
    before = await scene.everything()
    for name in (*sorted(scene.bot.forms.names), "no-such-form", ""):
        for argument in ("", "0", "1", "2", "99", "s1", "s2", str(OTHER), "1:2", "1.0.0", "2.0.1", "9" * 18):
            for typed in (FORM, {"why": "Because I say so."}, SETTINGS, {}):
                await scene.send(name, argument, typed)
                await nothing_came_of_it(scene, before)


async def controls_of_a_manager(scene: Scene) -> dict[str, Raw]:
    """Every control of the settings panel, on all its pages, by custom id."""
    shown = await scene.standin.slash("mia", "settings")
    found = {c["custom_id"]: c for c in walk(shown.components) if "custom_id" in c}
    for page in [custom_id for custom_id in found if custom_id.startswith("set:page:")]:
        turned = await scene.standin.click("mia", shown, page)
        found |= {c["custom_id"]: c for c in walk(turned.components) if "custom_id" in c}
    return found


async def test_the_controls_of_a_manager_do_nothing_for_a_member(scene: Scene) -> None:
    controls = await controls_of_a_manager(scene)
    assert len(controls) > 15, "the panel has shrunk, or was not found"
    before = await scene.everything()
    for custom_id, control in controls.items():
        offered = [option["value"] for option in control.get("options", ())] or [str(CHANNEL)]
        for values in [None] if control["type"] == 2 else [[value] for value in offered]:
            answer = await scene.press(custom_id, control["type"], values)
            assert answer.private, f"{custom_id} was answered in front of everybody"
            await nothing_came_of_it(scene, before)


async def test_a_manager_can_pick_nothing_that_trips_the_settings(scene: Scene) -> None:
    controls, before = await controls_of_a_manager(scene), await scene.everything()
    for custom_id, control in controls.items():
        for values in values_for(control["type"]):
            await scene.press(custom_id, control["type"], values, by="mia")
    assert of_the_other_server(await scene.everything()) == of_the_other_server(before)


async def test_the_buttons_of_a_suggestion_do_nothing_for_who_is_neither_author_nor_moderator(scene: Scene) -> None:
    before = await scene.everything()
    acts = scene.bot.services.suggestion_buttons.names
    assert {"accept", "decline", "edit", "withdraw", "mend", "new"} <= set(acts)
    for act in acts:
        shapes = ("1.rocky-1976", "2.s2") if act == "take" else ("1", "2", "99")
        for argument in shapes if act in ("take", "mend", "new") else (*shapes, "1.0.0", "1.0.1", "2.0.0"):
            answer = await scene.press(f"sg:{act}:{argument}")
            assert answer.kind != 9 or act == "report", f"{act} showed a form"
            assert "Ben's secret" not in str(answer.data)
            await nothing_came_of_it(scene, before)


@pytest.mark.parametrize("by", ["eve", "mia"])
async def test_a_malformed_argument_is_refused_with_a_sentence(scene: Scene, by: str) -> None:
    before = await scene.everything()
    guarded = ("for the moderators", "for people who manage this server")
    refusals = ("from another time", *(guarded if by == "eve" else ()))
    others = {
        "take": ("", "x", ".rocky-1976", "x.rocky-1976", f"{HUGE}.s1"),
        "bring": ("", "x", ".open.0", "x.open.0", f"{HUGE}.open.0"),
        "settle": ("", "x", "1.0.0", "1.0.0.x", f"1.0.0.{HUGE}", "1.0.0.0.0"),
    }
    for act in scene.bot.services.suggestion_buttons.names:
        for argument in others.get(act, MALFORMED):
            answer = await scene.press(f"sg:{act}:{argument}", by=by)
            assert answer.private and any(words in answer.text for words in refusals), (act, argument)
    assert await scene.everything() == before
    for name in set(scene.bot.forms.names) - {
        "suggest",
        "daily-time",
        "daily-pause",
    }:  # those lose nothing that was typed
        for argument in (*MALFORMED, "²", "1:2"):
            answer = await scene.send(name, argument, FORM, by=by)
            assert answer.private and any(words in answer.text for words in refusals), (name, argument)
    assert await scene.everything() == before
    for argument in (*MALFORMED, "²", "1:2"):
        await scene.send("suggest", argument, {**FORM, "film": f"Jaws {argument}"}, by=by)


@pytest.mark.parametrize("by", ["eve", "mia"])
async def test_a_malformed_page_or_entry_is_answered(scene: Scene, by: str) -> None:
    queries = ("", "|", "²", "99", "zz----|x", "0²", "...", "mine.random", f"s{HUGE}", HUGE, "x|-----|", "é" * 60)
    for name in (*scene.bot.lists._draw, "no-such-list"):
        for query in queries:
            for page in ("0", "9999"):
                await scene.press(f"p:{name}:n{page}:{query}", by=by)
        for value in ("", "s", "s²", f"s{HUGE}", HUGE, "s-1", "x" * 100):
            assert (await scene.press(f"open:{name}", 3, [value], by=by)).private
    for vote in (f"s{HUGE}", "s", "s-1", "1"):
        assert (await scene.press(f"vote:{vote}:up", by=by)).private


async def test_another_servers_suggestion_takes_no_votes_here(scene: Scene) -> None:
    before = await scene.everything()
    answer = await scene.press("vote:s2:up")
    assert answer.private and await scene.everything() == before


@pytest.mark.parametrize(
    "custom_id",
    [
        "vote::up",
        "vote:rocky-1976:sideways",
        "vote:rocky-1976:up:again",
        "p:find",
        "open:",
        "mend:-1",
        "x" * 100,
        ":",
        "set:",
    ],
)
async def test_what_no_button_is_called_is_no_button(scene: Scene, custom_id: str) -> None:
    """discord.py finds nobody to serve it; Discord tells the person. The bot is none the worse."""
    before = await scene.everything()
    assert scene.card.message
    await scene.standin.gateway.dispatch("INTERACTION_CREATE", payloads.click("eve", scene.card.message, custom_id))
    assert (await scene.standin.slash("ana", "montage random")).kind == 4
    assert of_others(await scene.everything()) == of_others(before)


def test_no_shell_no_eval_no_pickle() -> None:
    """Ruff's security rules say so of every line; here is that they are on, and that nobody turned one off."""
    root = Path(__file__).parents[2]
    selected = re.search(
        r"^select = \[(.*)\]$", (root / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert selected and '"S"' in selected[1]
    forbidden = re.compile(r"\b(eval\(|exec\(|pickle|marshal|shelve|os\.system|shell=True|create_subprocess_shell)")
    assert not [file.name for file in (root / "bot").rglob("*.py") if forbidden.search(file.read_text("utf-8"))]
