"""The whole command tree: everything that people read of it, and who may use it where."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from discord import app_commands

from bot.app import create_bot
from bot.help import entries, table
from bot.settings import Settings

EVERYWHERE = {"guild", "dm_channel", "private_channel"}
SERVERS = {"guild"}
MANAGERS = "manage_guild"

# Who may use each command, and where, decided here once more: a new one has to be added on purpose.
DECIDED: dict[str, tuple[set[str], str | None]] = {
    "montage": (EVERYWHERE, None),
    "privacy": (EVERYWHERE, None),
    "help": (EVERYWHERE, None),
    "suggest": (SERVERS, None),
    "Suggest as montage": (SERVERS, None),
    "suggestions": (SERVERS, None),
    "moderate": (SERVERS, MANAGERS),
    "Moderate suggestion": (SERVERS, MANAGERS),
    "daily": (SERVERS, MANAGERS),
    "bracket": (SERVERS, MANAGERS),
    "settings": (SERVERS, MANAGERS),
}


@pytest.fixture
def tree(tmp_path: Path) -> app_commands.CommandTree[Any]:
    return create_bot(Settings(database=tmp_path / "none.db")).tree


def roots(tree: app_commands.CommandTree[Any]) -> list[Any]:
    return list(tree._get_all_commands())


def menus(tree: app_commands.CommandTree[Any]) -> list[Any]:
    return [root for root in roots(tree) if isinstance(root, app_commands.ContextMenu)]


def described(tree: app_commands.CommandTree[Any]) -> Iterator[tuple[str, str]]:
    """(what, its description) of every command, group and option."""
    for command in tree.walk_commands():
        yield f"/{command.qualified_name}", command.description
        if isinstance(command, app_commands.Command):
            for parameter in command.parameters:
                yield f"/{command.qualified_name} {parameter.display_name}", str(parameter.description)


def test_everything_is_described_in_words_that_fit(tree: app_commands.CommandTree[Any]) -> None:
    for what, says in described(tree):
        assert 5 <= len(says) <= 100, f"{what}: {says!r} has {len(says)} characters"
        assert says not in ("…", "..."), f"{what} has no description"
        assert says[0] == says[0].upper(), f"{what}: {says!r}"


def test_where_and_for_whom_is_decided(tree: app_commands.CommandTree[Any]) -> None:
    found = {}
    for root in roots(tree):
        contexts, installs = root.allowed_contexts, root.allowed_installs
        assert contexts is not None and installs is not None, (
            f"{root.name}: say @app_commands.allowed_contexts(…) and @app_commands.allowed_installs(…)"
        )
        where = {name for name in EVERYWHERE if getattr(contexts, name)}
        permissions = [name for name, wanted in root.default_permissions or () if wanted]
        found[root.name] = (where, permissions[0] if permissions else None)
        assert len(permissions) <= 1
        assert installs.guild
        assert bool(installs.user) == (where == EVERYWHERE), f"{root.name}: what needs a server can't be carried"
    assert found == DECIDED, "a command at the top level has its line in DECIDED, above"


def test_commands_fit_discord_s_limits(tree: app_commands.CommandTree[Any]) -> None:
    for root in roots(tree):
        assert size_of(root.to_dict(tree)) <= 8000, f"/{root.name}"


def size_of(payload: Any) -> int:
    """Characters that Discord counts: names, descriptions and values of choices, of everything in a command."""
    if isinstance(payload, list):
        return sum(map(size_of, payload))
    if not isinstance(payload, dict):
        return 0
    own = sum(len(str(payload[key])) for key in ("name", "description", "value") if payload.get(key) is not None)
    return own + sum(size_of(payload.get(key) or []) for key in ("options", "choices"))


def test_the_table_has_every_command(tree: app_commands.CommandTree[Any]) -> None:
    shown = table(entries(tree))
    commands = [c for c in tree.walk_commands() if isinstance(c, app_commands.Command)]
    assert len(shown.splitlines()) == 2 + len(commands) + len(menus(tree))
    for command in commands:
        assert f"| `/{command.qualified_name}` | {command.description} |" in shown
    print(shown)
