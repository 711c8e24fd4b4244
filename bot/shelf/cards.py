"""How a member's own list looks. No I/O, no decisions; only its owner ever sees any of it."""

from collections.abc import Sequence
from typing import NamedTuple

import discord

from bot import clock
from bot.catalogue import Montage
from bot.languages import N_, _, ngettext
from bot.shelf.store import Mark, ShelfEntry
from bot.ui.answers import notice
from bot.ui.components import ActionRow, Item
from bot.ui.lists import list_view
from bot.ui.text import montage_label, montage_line, montage_title
from bot.ui.theme import GREEN, build_layout

LIST = "shelf"
_HEADINGS: dict[Mark, str] = {"saved": N_("## Saved for later"), "seen": N_("## Seen already")}
_NOTHING: dict[Mark, str] = {
    "saved": N_(
        "Nothing is saved yet. Press 🔖 **Save** on a card that you want to keep, and it waits for you here."
    ),
    "seen": N_("You have marked none as seen yet. Press 🔖 **Save** on a card, then **Seen it**."),
}
_WORDS = {
    (True, False): N_("🔖 **{montage}** is on your list."),
    (True, True): N_("🔖 **{montage}** is on your list, and you have seen it."),
    (False, True): N_("🔖 **{montage}** is marked as seen."),
    (False, False): N_("🔖 **{montage}** is not on your list any more."),
}


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
        _(words, montage=montage_title(montage)),
        _("-# Your list goes with you to every server, and nobody else can see it."),
        accent=GREEN,
    )
    return build_layout(*view.children, ActionRow(*buttons))


def list_page(shown: Shown, *rows: ActionRow) -> discord.ui.LayoutView:
    """A page of the list; `rows` of buttons stand under it."""
    if not shown.entries:
        others = ngettext(
            "{number} montage can't be shown here: another server's own, or hidden in this one.",
            "{number} montages can't be shown here: another server's own, or hidden in this one.",
            shown.elsewhere,
        )
        lines = [_(_HEADINGS[shown.mark]), _(_NOTHING[shown.mark])]
        if shown.elsewhere:
            lines.append(f"-# {others}")
        return build_layout(*notice("\n".join(lines), accent=GREEN).children, *rows)
    view = list_view(
        LIST,
        shown.mark,
        _(_HEADINGS[shown.mark]),
        [_row(montage, entry) for montage, entry in shown.entries],
        [(montage_label(montage), montage.id) for montage, _entry in shown.entries],
        shown.page,
        shown.pages,
        ngettext(
            "{number} more can't be shown here: another server's own, or hidden in this one.",
            "{number} more can't be shown here: another server's own, or hidden in this one.",
            shown.elsewhere,
        )
        if shown.elsewhere
        else "",
    )
    return build_layout(*view.children, *rows)


def _row(montage: Montage, entry: ShelfEntry) -> str:
    marks = [
        _(words, day=f"<t:{at // clock.SECOND}:d>")
        for words, at in ((N_("saved {day}"), entry.saved_at), (N_("seen {day}"), entry.seen_at))
        if at is not None
    ]
    return f"{montage_line(montage)}\n-# {' · '.join(marks)}"
