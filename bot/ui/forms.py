"""Forms and their fields. A submitted form finds its code by its custom id, `form:<name>:<argument>`."""

from collections.abc import Iterator, Mapping
from typing import Any

import discord

from bot.ui.components import Label, TextInput
from bot.ui.registries import Values


def form(name: str, argument: str, title: str) -> discord.ui.Modal:
    """An empty form; `argument` comes back with what is typed into it."""
    return discord.ui.Modal(title=title, custom_id=f"form:{name}:{argument}", timeout=None)


def text_field(
    name: str, label: str, most: int, *, least: int = 1, typed: str = "", hint: str = "", long: bool = False
) -> Label:
    """A field under its label, for `least` to `most` characters; as much of `typed` as fits stands in it."""
    field = TextInput(
        custom_id=name,
        style=discord.TextStyle.paragraph if long else discord.TextStyle.short,
        placeholder=hint or None,
        default=typed[:most] or None,
        min_length=least,
        max_length=most,
    )
    return Label(text=label, component=field)


def submitted_values(data: Mapping[str, Any]) -> tuple[str, str, Values]:
    """(name, argument, values by custom id) of a submitted form's payload; a select gives its first value."""
    _, name, argument = (*str(data.get("custom_id", "")).split(":", 2), "", "")[:3]
    return name, argument, dict(_values(data.get("components", ())))


def _values(components: Any) -> Iterator[tuple[str, str]]:
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
