"""The buttons of a duel: they carry its number and the choice."""

from random import Random

import discord

from bot import clock
from bot.catalogue import Montage
from bot.client import Interaction, MontageBot
from bot.duels.cards import duel_view
from bot.duels.pairing import pair
from bot.duels.store import Duel
from bot.errors import UserError
from bot.languages import _, numeral
from bot.ui.answers import reply, update
from bot.ui.components import Button
from bot.ui.context import guild_id_of
from bot.ui.persistent import PersistentItem
from bot.ui.speaking import publicly, where_pressed

_VALUES = {"first": 1, "second": -1, "neither": 0}
_RANDOM = Random()  # noqa: S311 - a film night, not a lock


class ChooseButton(PersistentItem[Button], template=r"duel:(?P<duel>\d{1,18}):(?P<side>first|second|neither)"):
    """One of the three answers."""

    def __init__(self, duel: str, side: str, label: str = "…") -> None:
        self.duel, self.side = int(duel), side
        super().__init__(Button(label=label, custom_id=f"duel:{duel}:{side}"))

    async def on_press(self, interaction: Interaction) -> None:
        bot, guild_id, store = interaction.client, guild_id_of(interaction), interaction.client.services.duel_store
        if (before := await store.get(guild_id, self.duel)) is not None:
            _sides(bot, guild_id, before)  # nothing is counted in a duel that is over
        chosen = await store.choose(guild_id, self.duel, interaction.user.id, _VALUES[self.side], clock.now())
        if chosen is None:
            raise UserError(_("That duel is not held here, or not any more. Start one with `/montage duel`."))
        duel, counted = chosen
        if not counted:
            raise UserError(_("You have chosen in this duel, and your choice stands. “Next duel” brings another."))
        with await where_pressed(interaction):
            view = view_of(bot, guild_id, duel)
        await update(interaction, view)


class NextButton(PersistentItem[Button], template=r"next-duel:(?P<before>\d{1,18})"):
    """Another duel, between others than in the one before."""

    def __init__(self, before: str) -> None:
        self.before = int(before)
        super().__init__(Button(label=_("Next duel"), emoji="⚔️", custom_id=f"next-duel:{before}"))

    async def on_press(self, interaction: Interaction) -> None:
        await start_duel(
            interaction, await interaction.client.services.duel_store.get(guild_id_of(interaction), self.before)
        )


async def start_duel(interaction: Interaction, before: Duel | None = None) -> None:
    """Answer with a new duel of this server. Raises UserError where there are no two montages."""
    bot, guild_id, store = interaction.client, guild_id_of(interaction), interaction.client.services.duel_store
    montages = bot.catalogue.visible_to(guild_id)
    if len(montages) < 2:
        raise UserError(_("It takes two to duel, and I know of fewer. `/suggest` one."))
    tired = (before.first_id, before.second_id) if before else ()
    ranking = await bot.services.duel_rankings.latest(guild_id)
    first, second = pair(montages, {standing.montage_id: standing for standing in ranking}, _RANDOM, tired)
    duel = await store.open(guild_id, first.id, second.id, clock.now())
    with await publicly(interaction):
        view = view_of(bot, guild_id, duel)
    await reply(interaction, view)


def view_of(bot: MontageBot, guild_id: int, duel: Duel) -> discord.ui.LayoutView:
    """The card of a duel. Raises UserError when one of the two has left the catalogue."""
    sides, key = _sides(bot, guild_id, duel), str(duel.id)
    choose = (
        ChooseButton(key, "first", _("This one · {first}", first=numeral(duel.first))),
        ChooseButton(key, "second", _("That one · {second}", second=numeral(duel.second))),
        ChooseButton(key, "neither", _("Can't choose · {neither}", neither=numeral(duel.neither))),
    )
    return duel_view(duel, sides, choose, NextButton(key))


def _sides(bot: MontageBot, guild_id: int, duel: Duel) -> tuple[Montage, Montage]:
    first, second = bot.catalogue.get(guild_id, duel.first_id), bot.catalogue.get(guild_id, duel.second_id)
    if first is None or second is None:
        raise UserError(_("One of these two has left the catalogue, so this duel is over."))
    return first, second
