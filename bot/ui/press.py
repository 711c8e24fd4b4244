"""Buttons and selects that survive a restart: known by their custom id, never kept in memory."""

from typing import Any, TypeVar

import discord

from bot.ui.answers import answering

V = TypeVar("V", bound="discord.ui.Button[Any] | discord.ui.Select[Any]")


class Press(discord.ui.DynamicItem[V], template=r"(?!)"):
    """Base of every button and select. A subclass gives a `template` and `press`; its constructor takes the
    template's named groups as text.
    """

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: Any, /
    ) -> "Press[V]":
        return cls(**match.groupdict())

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        async with answering(interaction):
            interaction.client.pace.check(interaction.user.id)
            await self.press(interaction)

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """What happens when somebody presses or chooses. Raises UserError for the person to read."""
        raise NotImplementedError


def chosen(interaction: discord.Interaction[Any]) -> str:
    """The value picked in the select that was just used."""
    data: Any = interaction.data
    values: list[str] = data.get("values", [])
    return values[0] if values else ""
