"""Every command there is, read from the command tree: for /help, and for the table in the README."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import discord
from discord import app_commands

from bot.languages import N_
from bot.languages.command_names import AnyCommand


class CommandEntry(NamedTuple):
    """One command as people see it. `managers`: Discord shows it only to those who manage the server."""

    name: str
    says: str
    managers: bool
    direct: bool  # works in direct messages too
    menu: bool = False  # found in a message's menu (Apps), not typed


# What a message's menu entries do; Discord gives them no description.
_IN_A_MENU = N_("In a message's menu, under Apps.")


def entries(tree: app_commands.CommandTree[Any]) -> list[CommandEntry]:
    """In the order of adding, the subcommands of a group together."""
    found: list[CommandEntry] = []
    for root in tree.get_commands(type=discord.AppCommandType.chat_input):
        found += _entries(root, managers=root.default_permissions is not None, direct=_direct(root))
    for kind in (discord.AppCommandType.message, discord.AppCommandType.user):
        for menu in tree.get_commands(type=kind):
            managers = menu.default_permissions is not None
            found.append(CommandEntry(menu.name, _IN_A_MENU, managers, _direct(menu), menu=True))
    return found


def _entries(command: AnyCommand, *, managers: bool, direct: bool) -> Iterator[CommandEntry]:
    if isinstance(command, app_commands.Group):
        for inner in command.commands:
            yield from _entries(inner, managers=managers, direct=direct)
    elif isinstance(command, app_commands.Command):
        # A command of a group that is for everybody may ask for more itself.
        managers = managers or bool(command.extras.get("managers"))
        yield CommandEntry(command.qualified_name, command.description, managers, direct)


def _direct(root: AnyCommand) -> bool:
    contexts: app_commands.AppCommandContext | None = root.allowed_contexts
    return bool(contexts and contexts.dm_channel) if contexts is not None else not root.guild_only


def table(commands: Sequence[CommandEntry]) -> str:
    """The README's table."""
    rows = ["| Command | What it does | Who, where |", "|---|---|---|"]
    for entry in commands:
        who = "managers" if entry.managers else "everybody"
        name = entry.name if entry.menu else f"/{entry.name}"
        rows.append(f"| `{name}` | {entry.says} | {who}{', anywhere' if entry.direct else ''} |")
    return "\n".join(rows)
