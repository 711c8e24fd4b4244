"""The buttons of a duel: they carry its number and the choice."""

from random import Random
from typing import Any

import discord

from bot import clock
from bot.catalogue import Montage
from bot.client import Interaction, MontageBot
from bot.duels.cards import duel_view
from bot.duels.pairing import pair
from bot.duels.standings import Standings
from bot.duels.store import Duel, DuelStore
from bot.errors import UserError
from bot.ui.answers import reply, update
from bot.ui.places import place_of
from bot.ui.press import Press

_VALUES = {"first": 1, "second": -1, "neither": 0}
_RANDOM = Random()  # noqa: S311 - a film night, not a lock


class ChooseButton(
    Press[discord.ui.Button[Any]], template=r"duel:(?P<duel>\d{1,18}):(?P<side>first|second|neither)"
):
    """One of the three answers."""

    def __init__(self, duel: str, side: str, label: str = "…") -> None:
        self.duel, self.side = int(duel), side
        super().__init__(discord.ui.Button(label=label, custom_id=f"duel:{duel}:{side}"))

    async def press(self, interaction: Interaction) -> None:
        bot, place, store = interaction.client, place_of(interaction), interaction.client.service(DuelStore)
        if (before := await store.get(place, self.duel)) is not None:
            _sides(bot, place, before)  # nothing is counted in a duel that is over
        chosen = await store.choose(place, self.duel, interaction.user.id, _VALUES[self.side], clock.now())
        if chosen is None:
            raise UserError("That duel is not held here, or not any more. Start one with `/montage duel`.")
        duel, counted = chosen
        if not counted:
            raise UserError("You have chosen in this duel, and your choice stands. “Next duel” brings another.")
        await update(interaction, view_of(bot, place, duel))


class NextButton(Press[discord.ui.Button[Any]], template=r"next-duel:(?P<before>\d{1,18})"):
    """Another duel, between others than in the one before."""

    def __init__(self, before: str) -> None:
        self.before = int(before)
        super().__init__(discord.ui.Button(label="Next duel", emoji="⚔️", custom_id=f"next-duel:{before}"))

    async def press(self, interaction: Interaction) -> None:
        await start_duel(
            interaction, await interaction.client.service(DuelStore).get(place_of(interaction), self.before)
        )


async def start_duel(interaction: Interaction, before: Duel | None = None) -> None:
    """Answer with a new duel of this place. Raises UserError where there are no two montages."""
    bot, place, store = interaction.client, place_of(interaction), interaction.client.service(DuelStore)
    montages = bot.catalogue.of(place)
    if len(montages) < 2:
        raise UserError("It takes two to duel, and I know of fewer. `/suggest` one.")
    tired = (before.first_id, before.second_id) if before else ()
    known = {standing.montage_id: standing for standing in await bot.service(Standings).latest(place)}
    first, second = pair(montages, known, _RANDOM, tired)
    duel = await store.open(place, first.id, second.id, clock.now())
    await reply(interaction, view_of(bot, place, duel))


def view_of(bot: MontageBot, place: int, duel: Duel) -> discord.ui.LayoutView:
    """The card of a duel. Raises UserError when one of the two has left the catalogue."""
    sides, number = _sides(bot, place, duel), str(duel.id)
    choose = (
        ChooseButton(number, "first", f"This one · {duel.first:,}"),
        ChooseButton(number, "second", f"That one · {duel.second:,}"),
        ChooseButton(number, "neither", f"Can't choose · {duel.neither:,}"),
    )
    return duel_view(duel, sides, choose, NextButton(number))


def _sides(bot: MontageBot, place: int, duel: Duel) -> tuple[Montage, Montage]:
    first, second = bot.catalogue.get(place, duel.first_id), bot.catalogue.get(place, duel.second_id)
    if first is None or second is None:
        raise UserError("One of these two has left the catalogue, so this duel is over.")
    return first, second
