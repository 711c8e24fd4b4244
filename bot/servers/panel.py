"""The settings panel: one message, a page for each subject, every change made at once."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple

import discord

from bot.errors import UserError
from bot.servers.permissions import require_manager
from bot.ui.answers import update
from bot.ui.look import GOLD, laid_out
from bot.ui.press import Press

FIRST_PAGE = "suggestions"


class Page(NamedTuple):
    """One subject. `draw(interaction)` gives what stands on it, for the server that was asked in."""

    name: str
    label: str
    draw: Callable[[Any], Awaitable[Sequence[discord.ui.Item[Any]]]]


class Panel:
    """The pages, in the order in which features added them."""

    def __init__(self) -> None:
        self._pages: dict[str, Page] = {}

    def add(self, page: Page) -> None:
        """Five at most, for they are the buttons of one row."""
        self._pages[page.name] = page

    async def view(
        self, interaction: discord.Interaction[Any], name: str, *extra: discord.ui.Item[Any]
    ) -> discord.ui.LayoutView:
        """The panel opened at a page; `extra` stands under it."""
        page = self._pages.get(name)
        if page is None:
            raise UserError("That page is from another time. Open `/settings` again, please.")
        container: discord.ui.Container[Any] = discord.ui.Container(accent_colour=GOLD)
        container.add_item(discord.ui.ActionRow(*(Tab(p.name, p.label, p is page) for p in self._pages.values())))
        for item in (*await page.draw(interaction), *extra):
            container.add_item(item)
        return laid_out(container)

    async def show(self, interaction: discord.Interaction[Any], name: str, *extra: discord.ui.Item[Any]) -> None:
        """Redraw the panel that was pressed, with what holds now."""
        await update(interaction, await self.view(interaction, name, *extra))


class Tab(Press[discord.ui.Button[Any]], template=r"set:page:(?P<page>[a-z]+)"):
    """Turns to a page."""

    def __init__(self, page: str, label: str = "…", here: bool = False) -> None:
        self.page = page
        style = discord.ButtonStyle.primary if here else discord.ButtonStyle.secondary
        super().__init__(discord.ui.Button(label=label, style=style, custom_id=f"set:page:{page}", disabled=here))

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        require_manager(interaction)
        await interaction.client.service(Panel).show(interaction, self.page)
