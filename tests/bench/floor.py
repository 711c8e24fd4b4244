"""The floor: a bare discord.py client that answers the same things with constants.

Its cards are built once and have the size of the bot's. `python -m tests.bench.floor ADDRESS CARD.json` runs it
as a process; nothing of the bot is imported there.
"""

import json
import sys
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

from tests.pointed import TOKEN, point_at

Raw = dict[str, Any]


class EditButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"edit:(?P<which>[a-z0-9-]+)"):
    """Answers with the card that is there already."""

    def __init__(self, which: str) -> None:
        super().__init__(discord.ui.Button(label="Edit", custom_id=f"edit:{which}"))

    @classmethod
    async def from_custom_id(cls, interaction: Any, item: Any, match: Any, /) -> "EditButton":
        return cls(match["which"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.edit_message(view=interaction.client.card)


class Floor(discord.Client):
    """Commands `card` and `list`, each a constant, `complete` with a constant autocomplete, and one button."""

    def __init__(self, card: list[Raw], page: list[Raw] | None = None, **options: Any) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            **options,
        )
        self.card, self.page = constant(card), constant(page or card)
        choices = [
            app_commands.Choice(name=f"{'A film and its scene':<60}{n}", value=f"film-{n}") for n in range(25)
        ]
        self.tree = app_commands.CommandTree(self)

        @self.tree.command(name="card", description="A constant card.")
        async def send_card(interaction: discord.Interaction[Any]) -> None:
            await interaction.response.send_message(view=self.card)

        @self.tree.command(name="list", description="A constant list.")
        async def send_page(interaction: discord.Interaction[Any]) -> None:
            await interaction.response.send_message(view=self.page)

        @self.tree.command(name="complete", description="A constant autocomplete.")
        async def complete(interaction: discord.Interaction[Any], word: str) -> None:
            await interaction.response.send_message(view=self.card)

        @complete.autocomplete("word")
        async def offered(interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
            return choices

    async def setup_hook(self) -> None:
        self.add_dynamic_items(EditButton)
        await self.tree.sync()


def constant(components: list[Raw]) -> discord.ui.LayoutView:
    """The message with these components, as a view that is never built again."""
    view = discord.ui.LayoutView(timeout=None)
    for component in components:
        view.add_item(_item(component))
    view.stop()
    return view


def _item(raw: Raw) -> discord.ui.Item[Any]:
    inner = [_item(child) for child in raw.get("components", ())]
    match raw["type"]:
        case 1:
            return discord.ui.ActionRow(*inner)
        case 2:
            # Of the same length, and none that somebody else's code would serve.
            custom_id = "edit:" + "".join(c if c.isalnum() else "-" for c in raw.get("custom_id", "").lower())[5:]
            which: Raw = {"url": raw["url"]} if raw.get("url") else {"custom_id": custom_id}
            return discord.ui.Button(label=raw["label"], emoji="🔥" if raw.get("emoji") else None, **which)
        case 3:
            options = [discord.SelectOption(label=o["label"], value=o["value"]) for o in raw["options"]]
            return discord.ui.Select(custom_id=raw["custom_id"], placeholder=raw["placeholder"], options=options)
        case 10:
            return discord.ui.TextDisplay(raw["content"])
        case 14:
            return discord.ui.Separator(spacing=discord.SeparatorSpacing.small)
        case 17:
            return discord.ui.Container(*inner, accent_colour=raw.get("accent_color"))
    raise ValueError(f"the floor has no component of type {raw['type']}")


if __name__ == "__main__":
    with point_at(sys.argv[1]):
        Floor(json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))).run(TOKEN, log_handler=None)
