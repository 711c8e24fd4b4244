"""Which function serves which form, and which draws which list.

Both are found by a name inside the custom id, so a form or a page button of before a restart still works:
discord.py itself keeps opened modals in memory, and forgets them, with what people had typed.
"""

from collections.abc import Awaitable, Callable, Collection

import discord
from cachetools import LRUCache

from bot.errors import UserError
from bot.languages import _, language
from bot.ui.components import AnyInteraction
from bot.ui.prebuilt import Component, PrebuiltView, component_payloads

# A handler may ask for the bot's own kind of client, or for any.
Values = dict[str, str]
FormHandler = Callable[[AnyInteraction, str, Values], Awaitable[None]]
# draw(interaction, query, page) gives the whole message for one page.
DrawPage = Callable[[AnyInteraction, str, int], Awaitable[discord.ui.LayoutView]]
# source(interaction, query) gives what the pages of a list are drawn from; equal means that nothing has changed.
Source = Callable[[AnyInteraction, str], Awaitable[object]]
# The card of the entry with this id, or None for an id of another feature's.
OpenEntry = Callable[[AnyInteraction, str], Awaitable[discord.ui.LayoutView | None]]

# Pages kept, of about 10 kB each. Pays for itself in the benchmark's row "top": 1.07 times the floor with it, 3.5
# without (3 ms of ranking and drawing for each page shown).
_PAGES_KEPT = 64


class Forms:
    """Which function serves which form."""

    def __init__(self) -> None:
        self._handlers: dict[str, FormHandler] = {}

    @property
    def names(self) -> Collection[str]:
        """Which forms there are."""
        return self._handlers.keys()

    def add(self, name: str, handler: FormHandler) -> None:
        """`handler(interaction, argument, values)` serves every form of that name."""
        self._handlers[name] = handler

    async def serve(self, interaction: AnyInteraction, name: str, argument: str, values: Values) -> None:
        """Serve a submitted form. Raises UserError for one that no code serves any more."""
        handler = self._handlers.get(name)
        if handler is None:
            raise UserError(_("That form is from another time. Open it again, please."))
        await handler(interaction, argument, values)


class Lists:
    """Which function draws which list, and which open the entries."""

    def __init__(self) -> None:
        self._draw: dict[str, DrawPage] = {}
        self._source: dict[str, Source] = {}
        self._pages: LRUCache[tuple[object, ...], tuple[object, list[Component]]] = LRUCache(_PAGES_KEPT)
        self._open: list[OpenEntry] = []

    def add(self, name: str, draw: DrawPage, source: Source | None = None) -> None:
        """`draw` shows a page of the list of that name. With `source`, only when that has changed since."""
        self._draw[name] = draw
        if source is not None:
            self._source[name] = source

    def add_opener(self, opener: OpenEntry) -> None:
        """`opener` makes the card of an entry picked from any list."""
        self._open.append(opener)

    async def open(self, interaction: AnyInteraction, identity: str) -> discord.ui.LayoutView:
        """The card of one entry. Raises UserError where it is gone."""
        for opener in self._open:
            if (card := await opener(interaction, identity)) is not None:
                return card
        raise UserError(_("That one is not here any more. Ask for the list again, please."))

    async def page(self, interaction: AnyInteraction, name: str, query: str, page: int) -> discord.ui.LayoutView:
        """One page of a list. Raises UserError for a list that there is no more."""
        draw = self._draw.get(name)
        if draw is None:
            raise UserError(_("That list is from another time. Ask for it again, please."))
        if name not in self._source:
            return await draw(interaction, query, page)
        source = await self._source[name](interaction, query)
        key = (interaction.guild_id, name, query, page, language())
        kept = self._pages.get(key)
        if kept is None or kept[0] != source:
            kept = self._pages[key] = (source, component_payloads(await draw(interaction, query, page)))
        return PrebuiltView(kept[1])
