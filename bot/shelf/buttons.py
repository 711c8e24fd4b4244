"""Saving from any card, and everything that can be done with one's own list."""

from collections.abc import Sequence

import discord

from bot import clock
from bot.catalogue import Montage
from bot.client import Interaction
from bot.errors import UserError
from bot.languages import N_, _, numeral
from bot.shelf import cards
from bot.shelf.store import Mark, ShelfEntry
from bot.ui.answers import reply, update
from bot.ui.components import ActionRow, Button, Item, Select, option
from bot.ui.context import guild_id_of
from bot.ui.lists import pages_of
from bot.ui.persistent import PersistentItem, chosen
from bot.ui.text import montage_label

_MONTAGE = r"(?P<montage>[a-z0-9-]{1,80})"
_LABELS = {
    ("saved", "on"): N_("Save it"),
    ("saved", "off"): N_("Take it off my list"),
    ("seen", "on"): N_("Seen it"),
    ("seen", "off"): N_("Not seen after all"),
}
_TABS: dict[Mark, str] = {"saved": N_("Saved · {number}"), "seen": N_("Seen · {number}")}


def _read_mark(text: str) -> Mark:
    return "seen" if text == "seen" else "saved"


class SaveButton(PersistentItem[Button], template=rf"save:{_MONTAGE}"):
    """Puts the montage of a card on the list of whoever presses; only they are told."""

    def __init__(self, montage: str) -> None:
        self.montage = montage
        super().__init__(Button(label=_("Save"), emoji="🔖", custom_id=f"save:{montage}"))

    async def on_press(self, interaction: Interaction) -> None:
        montage, entry = await _marked(interaction, self.montage, "saved", "on")
        await reply(interaction, _note(montage, entry), private=True)


class MarkButton(
    PersistentItem[Button], template=rf"shelf:(?P<mark>saved|seen):(?P<to>on|off):(?P<under>note|card):{_MONTAGE}"
):
    """Gives or takes a mark. On a `card` it turns into its opposite; a `note` about the montage is written anew."""

    def __init__(self, mark: str, to: str, under: str, montage: str) -> None:
        self.mark, self.to, self.under, self.montage = _read_mark(mark), to, under, montage
        super().__init__(Button(label=_(_LABELS[self.mark, to]), custom_id=f"shelf:{mark}:{to}:{under}:{montage}"))

    async def on_press(self, interaction: Interaction) -> None:
        montage, entry = await _marked(interaction, self.montage, self.mark, self.to)
        if self.under == "note":
            await update(interaction, _note(montage, entry))
            return
        card = self.view
        if not isinstance(card, discord.ui.LayoutView):
            raise TypeError("this button stands on a card")
        turned = MarkButton(self.mark, "on" if self.to == "off" else "off", "card", self.montage)
        self.item.label, self.item.custom_id = turned.item.label, turned.item.custom_id
        await update(interaction, card)


class ListButton(PersistentItem[Button], template=r"shelf:list:(?P<mark>saved|seen)"):
    """Shows the list in place of what it stands under."""

    def __init__(self, mark: str, label: str = "", here: bool = False) -> None:
        self.mark = _read_mark(mark)
        style = discord.ButtonStyle.primary if here else discord.ButtonStyle.secondary
        super().__init__(Button(label=label or _("My list"), style=style, custom_id=f"shelf:list:{mark}"))

    async def on_press(self, interaction: Interaction) -> None:
        await update(interaction, await own_page(interaction, self.mark, 0))


class TakeOffSelect(PersistentItem[Select], template=r"shelf:off:(?P<mark>saved|seen):(?P<page>\d{1,4})"):
    """Takes one of a page off the list."""

    def __init__(self, mark: str, page: str, montages: Sequence[Montage] = ()) -> None:
        self.mark, self.page = _read_mark(mark), int(page)
        super().__init__(
            Select(
                custom_id=f"shelf:off:{mark}:{page}",
                placeholder=_("Take one off …"),
                options=[option(montage_label(montage), montage.id) for montage in montages],
            )
        )

    async def on_press(self, interaction: Interaction) -> None:
        await interaction.client.services.shelf.unmark(interaction.user.id, chosen(interaction), self.mark)
        await update(interaction, await own_page(interaction, self.mark, self.page))


async def own_page(interaction: Interaction, mark: Mark, page: int) -> discord.ui.LayoutView:
    """A page of the person's own list, the latest first."""
    guild_id, catalogue = guild_id_of(interaction), interaction.client.catalogue
    shelf = await interaction.client.services.shelf.of_person(interaction.user.id)
    marked = [(at, entry) for entry in shelf if (at := entry.marked_at(mark)) is not None]
    marked.sort(key=lambda one: (-one[0], one[1].montage_id))
    there = [(found, entry) for _at, entry in marked if (found := catalogue.get(guild_id, entry.montage_id))]
    entries, page, pages = pages_of(there, page)
    shown = cards.Shown(mark, entries, page, pages, len(marked) - len(there))
    counts: dict[Mark, int] = {tab: sum(entry.marked_at(tab) is not None for entry in shelf) for tab in _TABS}
    rows = [
        ActionRow(
            *(ListButton(tab, _(words, number=numeral(counts[tab])), tab == mark) for tab, words in _TABS.items())
        )
    ]
    if entries:
        rows.insert(0, ActionRow(TakeOffSelect(mark, str(page), [montage for montage, _entry in entries])))
    return cards.list_page(shown, *rows)


async def _marked(interaction: Interaction, montage_id: str, mark: Mark, to: str) -> tuple[Montage, ShelfEntry]:
    bot, guild_id, person = interaction.client, guild_id_of(interaction), interaction.user.id
    montage = bot.catalogue.get(guild_id, montage_id)
    if montage is None:
        raise UserError(_("That one is not in the catalogue here any more."))
    if to == "off":
        return montage, await bot.services.shelf.unmark(person, montage_id, mark)
    home = 0 if bot.catalogue.is_shipped(montage_id) else guild_id
    return montage, await bot.services.shelf.mark(person, montage_id, home, mark, clock.now())


def _note(montage: Montage, entry: ShelfEntry) -> discord.ui.LayoutView:
    buttons: list[Item] = [
        MarkButton(mark, "off" if entry.marked_at(mark) is not None else "on", "note", montage.id) for mark in _TABS
    ]
    return cards.note(montage, entry, *buttons, ListButton("saved"))
