"""The settings panel: one message, a page for each subject, every change made at once."""

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

import discord

from bot.client import Interaction
from bot.errors import UserError
from bot.guilds.permissions import require_manager
from bot.languages import _
from bot.ui.answers import update
from bot.ui.components import ActionRow, Button, Container, Item
from bot.ui.persistent import PersistentItem
from bot.ui.theme import GOLD, build_layout

FIRST_PAGE = "suggestions"


class SettingsPage(NamedTuple):
    """One subject. `label` is a message; `draw(interaction)` gives what stands on it, for the server asked in."""

    name: str
    label: str
    draw: Callable[[Interaction], Awaitable[Sequence[Item]]]


class SettingsPanel:
    """The pages, in the order in which features added them."""

    def __init__(self) -> None:
        self._pages: dict[str, SettingsPage] = {}

    def add(self, page: SettingsPage) -> None:
        """Five at most, for they are the buttons of one row."""
        self._pages[page.name] = page

    async def view(self, interaction: Interaction, name: str, *extra: Item) -> discord.ui.LayoutView:
        """The panel opened at a page; `extra` stands under it."""
        page = self._pages.get(name)
        if page is None:
            raise UserError(_("That page is from another time. Open `/settings` again, please."))
        container = Container(accent_colour=GOLD)
        container.add_item(ActionRow(*(TabButton(p.name, _(p.label), p is page) for p in self._pages.values())))
        for item in (*await page.draw(interaction), *extra):
            container.add_item(item)
        return build_layout(container)

    async def show(self, interaction: Interaction, name: str, *extra: Item) -> None:
        """Redraw the panel that was pressed, with what holds now."""
        await update(interaction, await self.view(interaction, name, *extra))


class TabButton(PersistentItem[Button], template=r"set:page:(?P<page>[a-z]+)"):
    """Turns to a page."""

    def __init__(self, page: str, label: str = "…", here: bool = False) -> None:
        self.page = page
        style = discord.ButtonStyle.primary if here else discord.ButtonStyle.secondary
        # Not disabled: Discord would grey its words on the blue.
        super().__init__(Button(label=label, style=style, custom_id=f"set:page:{page}"))

    async def on_press(self, interaction: Interaction) -> None:
        require_manager(interaction)
        await interaction.client.services.settings_panel.show(interaction, self.page)
