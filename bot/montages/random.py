"""/montage random: draw one, show it, and have it written down that it was shown."""

from datetime import date
from functools import lru_cache

from bot.catalogue import Filters, Montage
from bot.catalogue.stored_filters import decode_filters, encode_filters
from bot.client import Interaction
from bot.errors import UserError
from bot.montages.cards import montage_card
from bot.ui.answers import reply
from bot.ui.components import Button
from bot.ui.context import guild_id_of, scope_id_of
from bot.ui.filters import nothing_matches
from bot.ui.persistent import PersistentItem
from bot.ui.prebuilt import Component, PrebuiltView, component_payloads
from bot.voting import Tally, with_tally


class AgainButton(PersistentItem[Button], template=r"again:(?P<filters>.*)"):
    """Another random one, with the filters that this one was asked for."""

    def __init__(self, filters: str, label: str = "Another one") -> None:
        self.filters = filters
        super().__init__(Button(label=label, emoji="🎲", custom_id=f"again:{filters}"))

    async def on_press(self, interaction: Interaction) -> None:
        await show_random(interaction, decode_filters(self.filters))


async def show_random(interaction: Interaction, filters: Filters) -> None:
    """Answer with a montage that this server has seen least. Raises UserError when none matches."""
    bot, guild_id, scope = interaction.client, guild_id_of(interaction), scope_id_of(interaction)
    everything = bot.catalogue.visible_to(guild_id)
    matching = filters.apply(everything)
    if not matching:
        raise UserError(nothing_matches(filters, everything))
    decks = bot.services.decks
    montage, showing = await decks.draw(scope, matching, lambda identity: bot.catalogue.get(guild_id, identity))
    tally = await bot.services.votes.tally(guild_id, montage.id)
    won = bot.services.champions.since(guild_id, montage.id)
    card = with_tally(_without_counts(montage, encode_filters(filters), won), montage.id, tally)
    await reply(interaction, PrebuiltView(card))
    decks.record(scope, showing)


@lru_cache(maxsize=1_000)
def _without_counts(montage: Montage, filters: str, champion_since: date | None) -> list[Component]:
    """The card without its counts, which nearly alone differ from server to server; about 4 kB each.

    Pays for itself in the benchmark's row "32 random at once": building a card takes 37 µs, filling in counts 7.
    """
    return component_payloads(montage_card(montage, Tally(), AgainButton(filters), champion_since=champion_since))
