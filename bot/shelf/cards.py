"""How a member's own list looks. No I/O, no decisions; only its owner ever sees any of it."""

from collections.abc import Sequence
from typing import NamedTuple

import discord

from bot import clock
from bot.catalogue import Montage
from bot.shelf.store import Mark, ShelfEntry
from bot.ui.answers import notice
from bot.ui.components import ActionRow, Item
from bot.ui.lists import list_view
from bot.ui.text import count, escape, montage_label, title
from bot.ui.theme import GREEN, build_layout

LIST = "shelf"
_HEADINGS: dict[Mark, str] = {"saved": "## Saved for later", "seen": "## Seen already"}
_NOTHING: dict[Mark, str] = {
    "saved": "Nothing is saved yet. Press 🔖 **Save** on a card that you want to keep, and it waits for you here.",
    "seen": "You have marked none as seen yet. Press 🔖 **Save** on a card, then **Seen it**.",
}
_WORDS = {
    (True, False): "is on your list.",
    (True, True): "is on your list, and you have seen it.",
    (False, True): "is marked as seen.",
    (False, False): "is not on your list any more.",
}
_ELSEWHERE = "can't be shown here: another server's own, or hidden in this one."


class Shown(NamedTuple):
    """One page of a list. `elsewhere`: how many have the mark, too, and can't be shown here."""

    mark: Mark
    entries: Sequence[tuple[Montage, ShelfEntry]]
    page: int
    pages: int
    elsewhere: int


def note(montage: Montage, entry: ShelfEntry, *buttons: Item) -> discord.ui.LayoutView:
    """What saving, or marking as seen, answers."""
    words = _WORDS[entry.saved_at is not None, entry.seen_at is not None]
    view = notice(
        f"🔖 **{title(montage.film, montage.year)}** {words}",
        "-# Your list goes with you to every server, and nobody else can see it.",
        accent=GREEN,
    )
    return build_layout(*view.children, ActionRow(*buttons))


def list_page(shown: Shown, *rows: ActionRow) -> discord.ui.LayoutView:
    """A page of the list; `rows` of buttons stand under it."""
    if not shown.entries:
        others = f"\n-# {count(shown.elsewhere, 'montage')} {_ELSEWHERE}" if shown.elsewhere else ""
        words = f"{_HEADINGS[shown.mark]}\n{_NOTHING[shown.mark]}{others}"
        return build_layout(*notice(words, accent=GREEN).children, *rows)
    view = list_view(
        LIST,
        shown.mark,
        _HEADINGS[shown.mark],
        [_row(montage, entry) for montage, entry in shown.entries],
        [(montage_label(montage), montage.id) for montage, _ in shown.entries],
        shown.page,
        shown.pages,
        f"{count(shown.elsewhere, 'more', 'more')} {_ELSEWHERE}" if shown.elsewhere else "",
    )
    return build_layout(*view.children, *rows)


def _row(montage: Montage, entry: ShelfEntry) -> str:
    marks = [
        f"{words} <t:{at // clock.SECOND}:d>"
        for words, at in (("saved", entry.saved_at), ("seen", entry.seen_at))
        if at is not None
    ]
    return f"**{title(montage.film, montage.year)}** {escape(montage.scene)}\n-# {' · '.join(marks)}"
