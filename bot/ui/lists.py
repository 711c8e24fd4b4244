"""Paged lists: buttons that keep their place, and say `3 of 12`.

A list is known by its name and a short query; both travel in the buttons, so that a page turned next
year, after any number of restarts, shows what is true then.
"""

from collections.abc import Sequence
from typing import TypeVar

import discord

from bot.languages import _
from bot.ui.answers import reply, update
from bot.ui.client import Interaction
from bot.ui.components import ActionRow, Button, Container, Select, Separator, TextDisplay, option
from bot.ui.persistent import PersistentItem, chosen
from bot.ui.speaking import publicly, where_pressed
from bot.ui.text import clip_shown, length
from bot.ui.theme import GOLD, build_layout

PAGE = 10
# Characters of a message, less a few for what stands around them.
_TEXT_AT_MOST = 3_990
T = TypeVar("T")


def pages_of(entries: Sequence[T], page: int) -> tuple[Sequence[T], int, int]:
    """(entries of that page, the page, how many pages there are); a page that is gone becomes the last."""
    pages = max(1, -(-len(entries) // PAGE))
    page = min(max(page, 0), pages - 1)
    return entries[page * PAGE : (page + 1) * PAGE], page, pages


class PageButton(
    PersistentItem[Button],
    template=r"p:(?P<name>[a-z-]+):(?P<way>[a-z])(?P<page>\d{1,4}):(?P<query>.*)",
):
    """Turns to a page. `way` only keeps custom ids apart where two buttons lead to the same page."""

    def __init__(
        self,
        name: str,
        way: str,
        page: str,
        query: str,
        label: str = "…",
        disabled: bool = False,
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    ) -> None:
        self.name, self.page, self.query = name, int(page), query
        identity = f"p:{name}:{way}{page}:{query}"
        super().__init__(Button(label=label, style=style, custom_id=identity, disabled=disabled))

    async def on_press(self, interaction: Interaction) -> None:
        lists = interaction.client.lists
        with await where_pressed(interaction):
            page = await lists.page(interaction, self.name, self.query, self.page)
        await update(interaction, page)


class AskButton(PersistentItem[Button], template=r"ask:(?P<name>[a-z-]+):(?P<query>.*)"):
    """Asks for a list anew, for all to see."""

    def __init__(self, name: str, query: str, label: str = "…") -> None:
        self.name, self.query = name, query
        super().__init__(Button(label=label, custom_id=f"ask:{name}:{query}"))

    async def on_press(self, interaction: Interaction) -> None:
        with await publicly(interaction):
            page = await interaction.client.lists.page(interaction, self.name, self.query, 0)
        await reply(interaction, page)


def switch_row(name: str, ways: str, queries: Sequence[tuple[str, str]], now: str) -> ActionRow:
    """Buttons that show the same list otherwise: (label, query) of each, with the query that is shown `now`.

    `ways`: a letter for each, used by no other button of the message.
    """
    row = ActionRow()
    for way, (label, query) in zip(ways, queries, strict=True):
        on = query == now
        style = discord.ButtonStyle.primary if on else discord.ButtonStyle.secondary
        row.add_item(PageButton(name, way, "0", query, label, on, style))
    return row


def page_row(name: str, query: str, page: int, pages: int) -> ActionRow:
    """Previous, `3 of 12`, next."""
    row = ActionRow()
    row.add_item(PageButton(name, "p", str(max(page - 1, 0)), query, _("Back"), page == 0))
    row.add_item(PageButton(name, "h", str(page), query, _("{page} of {pages}", page=page + 1, pages=pages), True))
    row.add_item(PageButton(name, "n", str(page + 1), query, _("Next"), page + 1 >= pages))
    return row


class OpenSelect(PersistentItem[Select], template=r"open:(?P<name>[a-z-]+)"):
    """Opens one entry of a list as a card, for the person who picked it."""

    def __init__(self, name: str, entries: Sequence[tuple[str, str]] = ()) -> None:
        options = [option(label, value) for label, value in entries]
        super().__init__(Select(custom_id=f"open:{name}", placeholder=_("Open one of these …"), options=options))

    async def on_press(self, interaction: Interaction) -> None:
        card = await interaction.client.lists.open(interaction, chosen(interaction))
        await reply(interaction, card, private=True)


class OpenButton(PersistentItem[Button], template=r"one:(?P<identity>[a-z0-9-]+)"):
    """Opens one entry as a card, for the person who pressed."""

    def __init__(self, identity: str, label: str = "…") -> None:
        self.identity = identity
        super().__init__(Button(label=label, custom_id=f"one:{identity}"))

    async def on_press(self, interaction: Interaction) -> None:
        await reply(interaction, await interaction.client.lists.open(interaction, self.identity), private=True)


def _fitting(rows: Sequence[str], room: int) -> str:
    """The rows, each cut to its share where all of them are too long: escaped, a title can be twice as long."""
    text = "\n".join(rows)
    if length(text) <= room:
        return text
    share = room // len(rows) - 1
    return "\n".join("\n".join(_shared(row.split("\n"), share)) for row in rows)


def _shared(lines: Sequence[str], room: int) -> list[str]:
    """The lines of one row; the first, which holds the titles, gives way to the others."""
    first, *rest = lines
    return [clip_shown(first, room - sum(length(line) + 1 for line in rest)), *rest]


def list_view(
    name: str,
    query: str,
    heading: str,
    rows: Sequence[str],
    entries: Sequence[tuple[str, str]],
    page: int,
    pages: int,
    footnote: str = "",
    switches: Sequence[ActionRow] = (),
) -> discord.ui.LayoutView:
    """One page of a list: `rows` as text, `entries` (label, id) to open, the way to the other pages.

    `switches` are under it all: the same list, otherwise.
    """
    container = Container(accent_colour=GOLD)
    container.add_item(TextDisplay(heading))
    container.add_item(Separator(spacing=discord.SeparatorSpacing.small))
    container.add_item(TextDisplay(_fitting(rows, _TEXT_AT_MOST - length(heading) - length(footnote))))
    if footnote:
        container.add_item(TextDisplay(f"-# {footnote}"))
    if entries:
        container.add_item(ActionRow(OpenSelect(name, entries)))
    if pages > 1:
        container.add_item(page_row(name, query, page, pages))
    for switch in switches:
        container.add_item(switch)
    return build_layout(container)
