"""Forms that keep nothing in memory: a submitted form finds its code by `form:<name>:<argument>`.

discord.py keeps each opened modal until it is sent or times out, and forgets all of them at a restart,
with what people had typed. Here a form is known by its custom id alone.
"""

from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from typing import Any

import discord

from bot.errors import UserError

Values = dict[str, str]
Handler = Callable[[Any, str, Values], Awaitable[None]]


class Forms:
    """Which function serves which form."""

    def __init__(self) -> None:
        self._handlers: dict[str, Handler] = {}

    @property
    def names(self) -> Collection[str]:
        """Which forms there are."""
        return self._handlers.keys()

    def add(self, name: str, handler: Handler) -> None:
        """`handler(interaction, argument, values)` serves every form of that name."""
        self._handlers[name] = handler

    async def serve(self, interaction: discord.Interaction[Any], name: str, argument: str, values: Values) -> None:
        """Serve a submitted form."""
        handler = self._handlers.get(name)
        if handler is None:
            raise UserError("That form is from another time. Open it again, please.")
        await handler(interaction, argument, values)


def form(name: str, argument: str, title: str) -> discord.ui.Modal:
    """An empty form; `argument` comes back with what is typed into it."""
    return discord.ui.Modal(title=title, custom_id=f"form:{name}:{argument}", timeout=None)


def text_field(
    name: str, label: str, most: int, *, least: int = 1, typed: str = "", hint: str = "", long: bool = False
) -> discord.ui.Label[Any]:
    """A field under its label, for `least` to `most` characters; as much of `typed` as fits stands in it."""
    field: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id=name,
        style=discord.TextStyle.paragraph if long else discord.TextStyle.short,
        placeholder=hint or None,
        default=typed[:most] or None,
        min_length=least,
        max_length=most,
    )
    return discord.ui.Label(text=label, component=field)


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
