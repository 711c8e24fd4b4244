"""Fixtures that every test may use."""

import inspect
import json
import os
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import hypothesis
import pytest
import simcord
import structlog
from discord import app_commands

from bot.app import create_bot
from bot.catalogue import Catalogue
from bot.client import MontageBot
from bot.database import Database, database_at
from bot.database.sqlite import _PRAGMAS
from bot.languages.catalogues import FOLDERS, MESSAGES
from bot.preview.simulation import rests_end_by_its_clock
from bot.settings import Address, Settings
from tests.club import PATIENCE, Club, shipped_montages
from tests.databases import Engine, an_address
from tests.docs import ROOT
from tests.references import not_checked

# How discord.py makes what it sends of a command.
Translate: TypeAlias = Callable[[Any, Any, Any], Awaitable[Any]]

# What starts the bot, PostgreSQL or a browser, as processes of their own; of the rest, what needs no event loop is
# quick.
_PROCESSES = tuple(
    ROOT / "tests" / name
    for name in (
        "operations",
        "preview",
        "standin",
        "database/test_moving.py",
        "test_command_line.py",
        "test_references.py",
    )
)


# A test of the whole bot takes twice as long on PostgreSQL (0.3 s of two cores), and there are three hundred: by
# default so many of each file run there, that the suite takes a tenth longer for it and not half.
_WHOLE_BOTS = 2


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest -m slow --rounds 500` kills the bot five hundred times; `pytest --quick` takes seconds."""
    parser.addoption(
        "--rounds",
        type=int,
        default=30,
        help="how often the bot is killed, and how many lives of a server are made up (default 30)",
    )
    parser.addoption(
        "--engine",
        choices=["sqlite", "postgresql", "both"],
        help="which databases the tests run on that run on either (postgresql: these tests alone); without it "
        "everything runs on SQLite, and on PostgreSQL the tests of what reads and writes, with a few of the whole "
        "bot from each file",
    )
    parser.addoption("--quick", action="store_true", help="only tests of rules: no bot, no database, no process")


def pytest_configure(config: pytest.Config) -> None:
    """With `--quick` a property is tried with a few examples only; the whole run tries as many as ever.

    No example has a deadline of Hypothesis's own: with a process for each core that would measure the machine.
    Where CI is set, the examples are the same each time, so that a change fails by what it changed; people and long
    runs look for new ones.
    """
    usual = hypothesis.settings(
        hypothesis.settings.get_profile("ci" if os.environ.get("CI") else "default"), deadline=None
    )
    hypothesis.settings.register_profile("whole", usual)
    hypothesis.settings.register_profile("quick", usual, max_examples=15)
    hypothesis.settings.load_profile("quick" if config.getoption("--quick") else "whole")
    # As the bot itself logs: where `rich` is installed structlog would draw each traceback, in a fifth of a second.
    plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], plain])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever has a database runs on both engines, but for what is about SQLite's file or marked `sqlite`."""
    if "engine" not in metafunc.fixturenames:
        return
    engines = ["sqlite", "postgresql"]
    if "path" in metafunc.fixturenames or metafunc.definition.get_closest_marker("sqlite") is not None:
        engines = ["sqlite"]
    metafunc.parametrize("engine", engines)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this machine cannot do, and with `--quick` everything that runs the bot.

    The tests in a browser, which mostly wait, come first: begun last, they would end long after all others.
    """
    items.sort(key=lambda item: "browser" not in getattr(item, "fixturenames", ()))
    if os.name == "nt":
        for item in items:
            if item.get_closest_marker("posix"):
                item.add_marker(pytest.mark.skip(reason="Windows has neither signals nor file rights like these"))
    chosen, begun = config.getoption("--engine"), Counter[Path]()
    others = [item for item in items if not _runs_here(item, chosen, begun)]
    if others:
        items[:] = [item for item in items if item not in others]
        config.hook.pytest_deselected(items=others)
    if config.getoption("--quick"):
        slower = [item for item in items if not _is_quick(item)]
        items[:] = [item for item in items if item not in slower]
        config.hook.pytest_deselected(items=slower)


def _runs_here(item: pytest.Item, chosen: str | None, begun: Counter[Path]) -> bool:
    """Whether a test runs with that `--engine`. `begun`: how many with a whole bot on PostgreSQL, by file."""
    engine = _engine_of(item)
    if chosen == "postgresql":
        return bool(engine == chosen)
    if engine is None or chosen is not None:
        return engine is None or chosen in (engine, "both")
    if engine == "postgresql" and "club" in getattr(item, "fixturenames", ()):
        begun[item.path] += 1
        return begun[item.path] <= _WHOLE_BOTS
    return True


def _engine_of(item: pytest.Item) -> object:
    call = getattr(item, "callspec", None)
    return call.params.get("engine") if call is not None else None


def _is_quick(item: pytest.Item) -> bool:
    if not isinstance(item, pytest.Function) or inspect.iscoroutinefunction(item.function):
        return False
    if item.get_closest_marker("thorough") is not None or _engine_of(item) == "postgresql":  # a server is a process
        return False
    return not any(item.path.is_relative_to(path) for path in _PROCESSES)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once, at the end, what no test could look at."""
    for sentence in not_checked():
        terminalreporter.write_line(f"Not checked: {sentence}.", yellow=True)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """How many processes `-n auto` means: none but this one where single files are named, for starting more takes
    longer than it saves; else one for each core, and one for the tests that wait for a browser.
    """
    if all(".py" in named for named in config.args):
        return 0
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # else each process would compute on every core
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session", autouse=True)
def _the_catalogue_is_read_once() -> Iterator[None]:
    """Each bot has a catalogue of its own, which servers may add to, without reading four hundred files for it."""
    with pytest.MonkeyPatch.context() as patching:
        patching.setattr("bot.app.load_catalogue", lambda: Catalogue(shipped_montages()))
        yield


@pytest.fixture(scope="session", autouse=True)
def _commands_are_translated_once() -> Iterator[None]:
    """Each bot sends its commands anew, and discord.py asks for 17,000 words then: half of what a short test took.

    Under what a command is in English, unless a test brings languages of its own.
    """
    translated: dict[str, Any] = {}
    shipped = FOLDERS[MESSAGES]

    def remembering(translate: Translate) -> Translate:
        async def remembered(command: Any, tree: Any, translator: Any) -> Any:
            if FOLDERS[MESSAGES] != shipped:
                return await translate(command, tree, translator)
            english = json.dumps([command.qualified_name, command.to_dict(tree)])
            if english not in translated:
                translated[english] = await translate(command, tree, translator)
            return translated[english]

        return remembered

    with pytest.MonkeyPatch.context() as patching:
        for kind in (app_commands.Group, app_commands.Command, app_commands.ContextMenu):
            patching.setattr(kind, "get_translated_payload", remembering(kind.get_translated_payload))
        yield


@pytest.fixture(scope="session", autouse=True)
def _nobody_asks_the_real_tmdb() -> Iterator[None]:
    """Whatever a test forgets: nobody answers there."""
    with pytest.MonkeyPatch.context() as patching:
        patching.setattr("bot.films.client.ADDRESS", "http://127.0.0.1:9")
        yield


@pytest.fixture(autouse=True)
def _what_was_shown_is_written_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quarter of a second otherwise, which the simulated Discord would wait for after every random montage."""
    monkeypatch.setattr("bot.montages.decks._MOMENT", 0.01)


@pytest.fixture(scope="session", autouse=True)
def _what_comes_to_rest_is_noticed_soon() -> Iterator[None]:
    """The simulated Discord looks every 50 ms whether the bot has come to rest, at each step of its clock."""
    with pytest.MonkeyPatch.context() as patching:
        defaults = simcord.Env._settle_internal.__kwdefaults__
        assert defaults and "idle" in defaults
        patching.setitem(defaults, "idle", 0.002)
        yield


@pytest.fixture(scope="session", autouse=True)
def _whoever_rests_is_not_waited_for() -> Iterator[None]:
    """What the bot does by itself rests until a test moves the simulated clock."""
    with rests_end_by_its_clock():
        yield


@pytest.fixture(autouse=True)
def _writes_do_not_wait_for_the_disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test cuts the power, so none has to wait until a commit is on the disk; but for those marked `synced`."""
    if request.node.get_closest_marker("synced") is None:
        assert "synchronous = FULL" in _PRAGMAS
        monkeypatch.setattr("bot.database.sqlite._PRAGMAS", _PRAGMAS.replace("= FULL", "= OFF"))


@pytest.fixture(autouse=True)
def _few_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each takes PostgreSQL ten milliseconds to make, and a bot that starts would make ten."""
    monkeypatch.setattr("bot.database.postgresql.CONNECTIONS", 3)
    monkeypatch.setattr("bot.database.postgresql._TRANSACTIONS", 2)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the file is of a test that is about SQLite's file: such a test does not run on PostgreSQL."""
    return tmp_path / "montage.db"


@pytest.fixture
def address(engine: Engine, tmp_path: Path) -> Iterator[Address]:
    """Where a test's database is, on either engine."""
    with an_address(engine, tmp_path) as address:
        yield address


@pytest.fixture
async def database(address: Address) -> AsyncIterator[Database]:
    """An open database: in a real file, or on a real server."""
    database = database_at(address)
    await database.open()
    yield database
    await database.close()


@pytest.fixture
def simcord_bot(address: Address) -> MontageBot:
    """The bot that simcord's own fixture starts."""
    return create_bot(Settings(database=address))


@pytest.fixture
async def club(simcord_env: simcord.Env, simcord_bot: MontageBot) -> AsyncIterator[Club]:
    """The real bot in a simulated Discord; everything it sends is held against Discord's description."""
    simcord_env.settle_timeout = PATIENCE
    club = Club(simcord_env, simcord_bot)
    yield club
    await club.bot.close()
    assert not club.contract_violations()


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The shipped catalogue; to be read only."""
    return Catalogue(shipped_montages())
