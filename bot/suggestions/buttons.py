"""The buttons of suggestions: one kind, known by what it does and to what. `ButtonRoutes` knows who serves it."""

from collections.abc import Awaitable, Callable, Collection

import discord

from bot.client import Interaction
from bot.errors import UserError
from bot.languages import N_, _
from bot.ui.components import Button
from bot.ui.persistent import PersistentItem
from bot.ui.text import number_in

OLD = N_("That one is from another time. Ask for the suggestion again, please.")

ButtonHandler = Callable[[Interaction, str], Awaitable[None]]


class ButtonRoutes:
    """Which function serves which button."""

    def __init__(self) -> None:
        self._actions: dict[str, ButtonHandler] = {}

    def add(self, name: str, action: ButtonHandler) -> None:
        """`action(interaction, argument)` serves every press of a button of that name."""
        self._actions[name] = action

    @property
    def names(self) -> Collection[str]:
        """What the buttons can do."""
        return self._actions.keys()

    async def serve(self, interaction: Interaction, name: str, argument: str) -> None:
        """Serve a press."""
        action = self._actions.get(name)
        if action is None:
            raise UserError(_(OLD))
        await action(interaction, argument)


def numbers_in(argument: str, many: int = 1) -> list[int]:
    """The numbers that a button or a form carries, as in `12.3.1`. Raises UserError unless there are so many."""
    parts = argument.split(".")
    numbers = [number for part in parts if (number := number_in(part)) is not None]
    if not len(numbers) == len(parts) == many:
        raise UserError(_(OLD))
    return numbers


class SuggestionButton(
    PersistentItem[Button], template=r"sg:(?P<action>[a-z-]{1,20}):(?P<argument>[a-z0-9.-]{0,85})"
):
    """Does one thing to one suggestion or draft."""

    def __init__(
        self,
        action: str,
        argument: str,
        label: str = "…",
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
        emoji: str | None = None,
    ) -> None:
        self.action, self.argument = action, argument
        super().__init__(Button(label=label, style=style, emoji=emoji, custom_id=f"sg:{action}:{argument}"))

    async def on_press(self, interaction: Interaction) -> None:
        await interaction.client.services.suggestion_buttons.serve(interaction, self.action, self.argument)
