"""The project's tasks: `nox` runs the fast checks, `nox -l` lists all tasks, `nox -s tests` runs one.

They run with the Python that nox itself was installed for (`pip install -e '.[dev]'`), so nothing is installed
twice. What follows `--` goes to the program behind a task: `nox -s tests -- tests/voting -x`.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import nox

nox.options.default_venv_backend = "none"
nox.options.sessions = ["check"]

CONSTRAINTS = Path("deploy/constraints.txt")
_HEADER = """\
# The versions that the tests ran with: `pip install -c deploy/constraints.txt '.[metrics,postgresql]'`.
# Made by `nox -s constraints`, on the oldest Python that the bot runs on.
"""


def _module(session: nox.Session, *command: str) -> None:
    """Run a module with this Python, whatever PATH says."""
    session.run(sys.executable, "-m", *command, external=True)


@nox.session
def check(session: nox.Session) -> None:
    """Style, types, import layers, the catalogue and the quick tests; about half a minute."""
    _module(session, "ruff", "format", "--check", ".")
    _module(session, "ruff", "check", ".")
    _module(session, "mypy")
    session.run(str(Path(sys.executable).with_name("lint-imports")), external=True)
    _module(session, "bot", "check")
    _module(session, "pytest", "-q", "--quick", "--durations=3", "--durations-min=1", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Everything that pytest runs by itself."""
    _module(session, "pytest", *session.posargs)


@nox.session
def slow(session: nox.Session) -> None:
    """The tests that take many seconds each: killed bots, long fuzzing, the built wheel."""
    _module(session, "pytest", "-m", "slow", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """How fast the bot is beside a bare discord.py client; five minutes, `-- --quick` one."""
    _module(session, "tests.bench", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Write the generated tables of README.md, docs/ and .env.example anew."""
    _module(session, "tests.docs", *session.posargs)


@nox.session
def constraints(session: nox.Session) -> None:
    """Write deploy/constraints.txt anew: the newest versions within the ranges of pyproject.toml."""
    if sys.version_info[:2] != (3, 11):
        session.error("deploy/constraints.txt is made on Python 3.11, the oldest that the bot runs on")
    with TemporaryDirectory() as folder:
        session.run(sys.executable, "-m", "venv", folder, external=True)
        (python,) = (path for path in Path(folder).glob("*/python*") if path.stem == "python")
        session.run(str(python), "-m", "pip", "install", "-q", "--upgrade", ".[metrics,postgresql]", external=True)
        frozen = session.run(
            str(python), "-m", "pip", "freeze", "--exclude", "montage-bot", external=True, silent=True
        )
    CONSTRAINTS.write_text(_HEADER + str(frozen), encoding="utf-8")
