"""The buttons of suggestions: one kind, known by what it does and to what; who serves it is in `Acts`."""

from collections.abc import Awaitable, Callable, Collection
from typing import Any

import discord

from bot.client import Interaction
from bot.errors import UserError
from bot.ui.press import Press
from bot.ui.text import number_in

_OLD = "That one is from another time. Ask for the suggestion again, please."

Act = Callable[[Interaction, str], Awaitable[None]]


class Acts:
    """Which function serves which button."""

    def __init__(self) -> None:
        self._acts: dict[str, Act] = {}

    def add(self, name: str, act: Act) -> None:
        """`act(interaction, argument)` serves every press of a button of that name."""
        self._acts[name] = act

    @property
    def names(self) -> Collection[str]:
        """What the buttons can do."""
        return self._acts.keys()

    async def serve(self, interaction: Interaction, name: str, argument: str) -> None:
        """Serve a press."""
        act = self._acts.get(name)
        if act is None:
            raise UserError(_OLD)
        await act(interaction, argument)


def numbers_in(argument: str, many: int = 1) -> list[int]:
    """The numbers that a button or a form carries, as in `12.3.1`. Raises UserError unless there are so many."""
    parts = argument.split(".")
    numbers = [number for part in parts if (number := number_in(part)) is not None]
    if not len(numbers) == len(parts) == many:
        raise UserError(_OLD)
    return numbers


class ActButton(Press[discord.ui.Button[Any]], template=r"sg:(?P<act>[a-z-]{1,20}):(?P<argument>[a-z0-9.-]{0,85})"):
    """Does one thing to one suggestion or draft."""

    def __init__(
        self,
        act: str,
        argument: str,
        label: str = "…",
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
        emoji: str | None = None,
    ) -> None:
        self.act, self.argument = act, argument
        super().__init__(discord.ui.Button(label=label, style=style, emoji=emoji, custom_id=f"sg:{act}:{argument}"))

    async def press(self, interaction: Interaction) -> None:
        await interaction.client.service(Acts).serve(interaction, self.act, self.argument)
