"""/montage random: draw one, show it, and have it written down that it was shown."""

from functools import lru_cache
from typing import Any

import discord

from bot.catalogue import Filters, Montage
from bot.client import Interaction
from bot.errors import UserError
from bot.montages.cards import montage_card
from bot.montages.decks import Decks
from bot.ui.answers import reply
from bot.ui.drawn import Component, Drawn, components_of
from bot.ui.filters import nothing_matches
from bot.ui.places import place_of, scope_of
from bot.ui.press import Press
from bot.voting import Tally, Voting, with_tally


class AgainButton(Press[discord.ui.Button[Any]], template=r"again:(?P<filters>.*)"):
    """Another random one, with the filters that this one was asked for."""

    def __init__(self, filters: str, label: str = "Another one") -> None:
        self.filters = filters
        super().__init__(discord.ui.Button(label=label, emoji="🎲", custom_id=f"again:{filters}"))

    async def press(self, interaction: Interaction) -> None:
        await show_random(interaction, Filters.decode(self.filters))


async def show_random(interaction: Interaction, filters: Filters) -> None:
    """Answer with a montage that this place has seen least. Raises UserError when none matches."""
    bot, place, scope = interaction.client, place_of(interaction), scope_of(interaction)
    everything = bot.catalogue.of(place)
    matching = filters.of(everything)
    if not matching:
        raise UserError(nothing_matches(filters, everything))
    decks = bot.service(Decks)
    montage, showing = await decks.draw(scope, matching, lambda identity: bot.catalogue.get(place, identity))
    tally = await bot.service(Voting).tally(place, montage.id)
    await reply(interaction, _drawn(montage, tally, filters.encode()))
    decks.record(scope, showing)


@lru_cache(maxsize=1_000)
def _drawn(montage: Montage, tally: Tally, filters: str) -> Drawn:
    """The card, sent again as it is for as long as its counts are what they were; about 2 kB each."""
    return Drawn(with_tally(_uncounted(montage, filters), montage.id, tally))


@lru_cache(maxsize=1_000)
def _uncounted(montage: Montage, filters: str) -> list[Component]:
    """The card without its counts: they alone differ from server to server. About 4 kB each."""
    return components_of(montage_card(montage, Tally(), AgainButton(filters)))
