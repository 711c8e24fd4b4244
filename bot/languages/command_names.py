"""The commands in every language: Discord takes their names, descriptions, options and choices with them.

Its rules for names are stricter than its documentation, and its refusal of one names no language: so each is looked
at before, and where a language has none that will do the English one stands.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias

import discord
from discord import app_commands
from discord.app_commands import TranslationContextLocation as Location

from bot.languages.codes import ENGLISH, language_for
from bot.languages.saying import load_language

# What Discord takes of a command's or an option's name, of a description, and of a choice.
NAME_AT_MOST, DESCRIPTION_AT_MOST, CHOICE_AT_MOST = 32, 100, 100
# The contexts of the messages; a description is a whole sentence and needs none.
NAME, MENU, OPTION, CHOICE = "command", "menu", "option", "choice"
# What a command tree holds, whatever its client.
AnyCommand: TypeAlias = "app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu"


def name_fault(context: str, name: str) -> str | None:
    """What keeps Discord from taking this name; None for one that it takes."""
    if not 1 <= len(name) <= NAME_AT_MOST:
        return f"it has {len(name)} characters, and {NAME_AT_MOST} fit"
    if context == MENU:
        return None
    if name != name.lower():
        return "it has a capital letter"
    odd = next((character for character in name if not _is_allowed(character)), None)
    return None if odd is None else f"no name may hold “{odd}”"


def _is_allowed(character: str) -> bool:
    """Letters, numbers, dashes, and the whole of Devanagari and Thai, which write vowels as marks."""
    if character in "-_":
        return True
    code = ord(character)
    if 0x0900 <= code <= 0x097F or 0x0E01 <= code <= 0x0E5B:
        return unicodedata.category(character)[0] in "LNM"
    return unicodedata.category(character)[0] in "LN"


def distinct(wanted: Mapping[str, str]) -> dict[str, str]:
    """The translated names, by the English ones, of what stands beside each other: where two would be called alike,
    both keep the English name. The English ones differ.
    """
    called = dict(wanted)
    while True:
        times = Counter(called.values())
        alike = [name for name, chosen in called.items() if times[chosen] > 1 and chosen != name]
        if not alike:
            return called
        called |= {name: name for name in alike}


@cache
def names_in(language: str, context: str, names: tuple[str, ...]) -> dict[str, str]:
    """What these names, which stand beside each other, are called in a language.

    Kept: 13 µs each time, and the start asks for every one of them in every language of Discord's.
    """
    return sendable(context, {name: load_language(language).messages.pgettext(context, name) for name in names})


def sendable(context: str, said: Mapping[str, str]) -> dict[str, str]:
    """The translated names of what stands beside each other; the English one where Discord would refuse it."""
    return distinct({name: name if name_fault(context, called) else called for name, called in said.items()})


def typed_names(commands: Iterable[AnyCommand]) -> tuple[str, ...]:
    """What stands beside each other at the top of a tree, or in a group, and is typed."""
    return tuple(command.name for command in commands if not isinstance(command, app_commands.ContextMenu))


def path_in(language: str, top: Iterable[AnyCommand], path: str) -> str:
    """`montage top` as whoever speaks the language types it. `top`: the commands of the tree."""
    beside, called = top, []
    for name in path.split():
        called.append(names_in(language, NAME, typed_names(beside)).get(name, name))
        found = next((command for command in beside if command.name == name), None)
        beside = found.commands if isinstance(found, app_commands.Group) else ()
    return " ".join(called)


class CommandNames(app_commands.Translator):
    """Translates the commands for Discord, from the same files as everything else."""

    def __init__(self, top: Sequence[AnyCommand]) -> None:
        """`top`: the commands of a tree."""
        self._top = typed_names(top)

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """None where the English stands."""
        language = language_for(locale.value)
        if language == ENGLISH:
            return None
        said = self._said(language, string.message, context)
        return said if said != string.message else None

    def _said(self, language: str, message: str, context: app_commands.TranslationContextTypes) -> str:
        messages = load_language(language).messages
        match context.location:
            case Location.command_name | Location.group_name:
                if isinstance(context.data, app_commands.ContextMenu):
                    return names_in(language, MENU, (message,))[message]
                parent = context.data.parent
                beside = typed_names(parent.commands) if parent else self._top
                return names_in(language, NAME, beside).get(message, message)
            case Location.parameter_name:
                options = tuple(option.display_name for option in context.data.command.parameters)
                return names_in(language, OPTION, options).get(message, message)
            case Location.choice_name:
                return _short_enough(messages.pgettext(CHOICE, message), message, CHOICE_AT_MOST)
            case _:
                return _short_enough(messages.gettext(message), message, DESCRIPTION_AT_MOST)


def _short_enough(said: str, message: str, most: int) -> str:
    return said if 1 <= len(said) <= most else message
