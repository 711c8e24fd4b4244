"""Forms and their fields. A submitted form finds its code by its custom id, `form:<name>:<argument>`."""

from collections.abc import Iterable, Iterator
from typing import cast

import discord

from bot.aliases import JsonObject
from bot.ui.components import OPTION_AT_MOST, View, bounded, bounded_id
from bot.ui.registries import Values
from bot.ui.text import cut, length

# What Discord takes: of a title and a label, of the words in an empty field, of what stands in one.
_TITLE_AT_MOST, _HINT_AT_MOST, _FIELD_AT_MOST = 45, 100, 4_000


def form(name: str, argument: str, title: str) -> discord.ui.Modal:
    """An empty form; `argument` comes back with what is typed into it."""
    custom_id = bounded_id(f"form:{name}:{argument}")
    return discord.ui.Modal(title=bounded(title, _TITLE_AT_MOST), custom_id=custom_id, timeout=None)


def text_field(
    name: str, label: str, most: int, *, least: int = 1, typed: str = "", hint: str = "", long: bool = False
) -> discord.ui.Label[View]:
    """A field under its label, for `least` to `most` characters; `typed` stands in it, whole.

    What is sent back unchanged is unchanged: where more than `most` stands in it, it holds as much more.
    """
    typed = cut(typed, _FIELD_AT_MOST)
    field: discord.ui.TextInput[View] = discord.ui.TextInput(
        custom_id=bounded_id(name),
        style=discord.TextStyle.paragraph if long else discord.TextStyle.short,
        placeholder=bounded(hint, _HINT_AT_MOST) if hint else None,
        default=typed or None,
        min_length=min(least, length(typed)) if typed else least,
        max_length=max(most, length(typed)),
    )
    return discord.ui.Label(text=bounded(label, _TITLE_AT_MOST), component=field)


def shorten_typed(data: object) -> None:
    """Cut every text in an autocompletion's payload to what an option can hold, before anything looks at it."""
    for given in data.get("options", ()) if isinstance(data, dict) else ():
        if isinstance(given.get("value"), str):
            given["value"] = cut(given["value"], OPTION_AT_MOST)
        shorten_typed(given)


def submitted_values(data: object) -> tuple[str, str, Values]:
    """(name, argument, values by custom id) of a submitted form's payload; a select gives its first value."""
    data = cast("JsonObject", data)
    _, name, argument = (*str(data.get("custom_id", "")).split(":", 2), "", "")[:3]
    return name, argument, dict(_values(data.get("components", ())))


def _values(components: Iterable[JsonObject]) -> Iterator[tuple[str, str]]:
    for component in components:
        if "component" in component:  # a label around a field
            yield from _values([component["component"]])
        elif "components" in component:  # a row
            yield from _values(component["components"])
        elif "custom_id" in component:
            chosen = component.get("values")
            yield (
                component["custom_id"],
                (chosen[0] if chosen else "") if chosen is not None else component.get("value", ""),
            )
