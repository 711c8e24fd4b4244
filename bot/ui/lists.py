"""Paged lists: buttons that keep their place, and say `3 of 12`.

A list is known by its name and a short query; both travel in the buttons, so that a page turned next
year, after any number of restarts, shows what is true then.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

import discord

from bot.errors import UserError
from bot.latest import Latest
from bot.ui.answers import reply, update
from bot.ui.drawn import Component, Drawn, components_of
from bot.ui.look import GOLD, laid_out
from bot.ui.press import Press, chosen
from bot.ui.text import clip

PAGE = 10
# Characters of a message, less a few for what stands around them.
_TEXT_AT_MOST = 3_990
# Drawn pages kept, of about 10 kB each.
_KEPT = 64
T = TypeVar("T")

# draw(interaction, query, page) gives the whole message for one page.
Draw = Callable[[Any, str, int], Awaitable[discord.ui.LayoutView]]
# source(interaction, query) gives what the pages of a list are drawn from; equal means that nothing has changed.
Source = Callable[[Any, str], Awaitable[object]]
# The card of the thing with this id, or None for an id of another feature's.
Open = Callable[[Any, str], Awaitable[discord.ui.LayoutView | None]]


class Lists:
    """Which function draws which list, and which open the entries."""

    def __init__(self) -> None:
        self._draw: dict[str, Draw] = {}
        self._source: dict[str, Source] = {}
        self._drawn: Latest[tuple[Any, ...], tuple[object, list[Component]]] = Latest(_KEPT)
        self._open: list[Open] = []

    def add(self, name: str, draw: Draw, source: Source | None = None) -> None:
        """`draw` shows a page of the list of that name. With `source`, only when that has changed since."""
        self._draw[name] = draw
        if source is not None:
            self._source[name] = source

    def add_opener(self, opener: Open) -> None:
        """`opener` makes the card of an entry picked from any list."""
        self._open.append(opener)

    async def open(self, interaction: Any, identity: str) -> discord.ui.LayoutView:
        """The card of one entry."""
        for opener in self._open:
            if (card := await opener(interaction, identity)) is not None:
                return card
        raise UserError("That one is not here any more. Ask for the list again, please.")

    async def page(self, interaction: Any, name: str, query: str, page: int) -> discord.ui.LayoutView:
        """One page of a list."""
        draw = self._draw.get(name)
        if draw is None:
            raise UserError("That list is from another time. Ask for it again, please.")
        if name not in self._source:
            return await draw(interaction, query, page)
        source, key = await self._source[name](interaction, query), (interaction.guild_id, name, query, page)
        drawn = self._drawn.get(key)
        if drawn is None or drawn[0] != source:
            drawn = self._drawn.put(key, (source, components_of(await draw(interaction, query, page))))
        return Drawn(drawn[1])


def pages_of(entries: Sequence[T], page: int) -> tuple[Sequence[T], int, int]:
    """(entries of that page, the page, how many pages there are); a page that is gone becomes the last."""
    pages = max(1, -(-len(entries) // PAGE))
    page = min(max(page, 0), pages - 1)
    return entries[page * PAGE : (page + 1) * PAGE], page, pages


class PageButton(
    Press[discord.ui.Button[Any]],
    template=r"p:(?P<name>[a-z-]+):(?P<way>[a-z])(?P<page>\d{1,4}):(?P<query>.*)",
):
    """Turns to a page. `way` only keeps custom ids apart where two buttons lead to the same page."""

    def __init__(
        self, name: str, way: str, page: str, query: str, label: str = "…", disabled: bool = False
    ) -> None:
        self.name, self.page, self.query = name, int(page), query
        super().__init__(
            discord.ui.Button(label=label, custom_id=f"p:{name}:{way}{page}:{query}", disabled=disabled)
        )

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        bot: Any = interaction.client
        await update(interaction, await bot.lists.page(interaction, self.name, self.query, self.page))


def page_row(name: str, query: str, page: int, pages: int) -> discord.ui.ActionRow[Any]:
    """Previous, `3 of 12`, next."""
    row: discord.ui.ActionRow[Any] = discord.ui.ActionRow()
    row.add_item(PageButton(name, "p", str(max(page - 1, 0)), query, "Back", page == 0))
    row.add_item(PageButton(name, "h", str(page), query, f"{page + 1} of {pages}", True))
    row.add_item(PageButton(name, "n", str(page + 1), query, "Next", page + 1 >= pages))
    return row


class OpenSelect(Press[discord.ui.Select[Any]], template=r"open:(?P<name>[a-z-]+)"):
    """Opens one entry of a list as a card, for the person who picked it."""

    def __init__(self, name: str, entries: Sequence[tuple[str, str]] = ()) -> None:
        options = [discord.SelectOption(label=clip(label, 100), value=value) for label, value in entries]
        super().__init__(
            discord.ui.Select(custom_id=f"open:{name}", placeholder="Open one of these …", options=options)
        )

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        bot: Any = interaction.client
        await reply(interaction, await bot.lists.open(interaction, chosen(interaction)), private=True)


def _fitting(rows: Sequence[str], room: int) -> str:
    """The rows, each cut to its share where all of them are too long: escaped, a title can be twice as long."""
    text = "\n".join(rows)
    return text if len(text) <= room else "\n".join(clip(row, room // len(rows) - 1) for row in rows)


def list_view(
    name: str,
    query: str,
    heading: str,
    rows: Sequence[str],
    entries: Sequence[tuple[str, str]],
    page: int,
    pages: int,
    footnote: str = "",
) -> discord.ui.LayoutView:
    """One page of a list: `rows` as text, `entries` (label, id) to open, the way to the other pages."""
    container: discord.ui.Container[Any] = discord.ui.Container(accent_colour=GOLD)
    container.add_item(discord.ui.TextDisplay(heading))
    container.add_item(discord.ui.Separator(spacing=discord.SeparatorSpacing.small))
    container.add_item(discord.ui.TextDisplay(_fitting(rows, _TEXT_AT_MOST - len(heading) - len(footnote))))
    if footnote:
        container.add_item(discord.ui.TextDisplay(f"-# {footnote}"))
    if entries:
        container.add_item(discord.ui.ActionRow(OpenSelect(name, entries)))
    if pages > 1:
        container.add_item(page_row(name, query, page, pages))
    return laid_out(container)
