"""Buttons and selects that survive a restart: known by their custom id, never kept in memory."""

from typing import Any, TypeVar, cast

import discord

from bot.aliases import JsonObject
from bot.errors import UserError
from bot.ui.answers import answering
from bot.ui.client import Interaction
from bot.ui.components import AnyInteraction, Item

V = TypeVar("V", bound="Item")


class PersistentItem(discord.ui.DynamicItem[V], template=r"(?!)"):
    """Base of every button and select. A subclass gives a `template` and `on_press`; its constructor takes the
    template's named groups as text.
    """

    @classmethod
    async def from_custom_id(cls, interaction: AnyInteraction, item: Item, match: Any, /) -> Any:
        try:
            return cls(**match.groupdict())
        except UserError as refusal:
            return _Refused(item, refusal)

    async def callback(self, interaction: AnyInteraction) -> None:
        async with answering(interaction):
            interaction.client.rate_limiter.check(interaction.user.id)
            await self.on_press(interaction)

    async def on_press(self, interaction: AnyInteraction) -> None:
        """What happens when somebody presses or chooses. Raises UserError for the person to read."""
        raise NotImplementedError


class _Refused(discord.ui.DynamicItem[Item], template=r"[\s\S]*"):
    """Stands for one that carries what none of today's may; pressing it says so."""

    def __init__(self, item: Item, refusal: UserError) -> None:
        super().__init__(item)
        self._refusal = refusal

    async def callback(self, interaction: AnyInteraction) -> None:
        async with answering(interaction):
            interaction.client.rate_limiter.check(interaction.user.id)
            raise self._refusal


def chosen(interaction: Interaction) -> str:
    """The value picked in the select that was just used."""
    return next(iter(all_chosen(interaction)), "")


def all_chosen(interaction: Interaction) -> list[str]:
    """Every value picked in it; none when it was emptied."""
    data = cast("JsonObject", interaction.data)
    return list(data.get("values", []))
