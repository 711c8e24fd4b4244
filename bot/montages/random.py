"""/montage random: draw one, show it, and have it written down that it was shown."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import discord

from bot.catalogue import Filters, Montage
from bot.catalogue.stored_filters import decode_filters, encode_filters
from bot.client import Interaction
from bot.films import FilmLinks
from bot.languages import N_, _, language
from bot.montages.cards import montage_card
from bot.shelf import MarkButton, Only, narrowed
from bot.ui.answers import reply
from bot.ui.components import Button, TextDisplay
from bot.ui.context import guild_id_of, is_private, scope_id_of
from bot.ui.filters import nothing_matches
from bot.ui.persistent import PersistentItem
from bot.ui.prebuilt import Component, PrebuiltView, component_payloads
from bot.ui.speaking import where_seen
from bot.voting import Tally, montage_on, with_tally

_NOTHING_OF_MINE: Mapping[Only, str] = {
    "saved": N_("Nothing that you saved is {asked}"),
    "unseen": N_("Nothing that you have not seen yet is {asked}"),
}


class AgainFromMineButton(PersistentItem[Button], template=r"mine:(?P<only>unseen|saved):(?P<filters>.*)"):
    """The same, of what whoever presses has not seen, or has saved."""

    def __init__(self, only: str, filters: str, label: str = "") -> None:
        self.only: Only = "saved" if only == "saved" else "unseen"
        self.filters = filters
        super().__init__(Button(label=label or _("Another one"), emoji="🎲", custom_id=f"mine:{only}:{filters}"))

    async def on_press(self, interaction: Interaction) -> None:
        await show_random_of_mine(interaction, decode_filters(self.filters), self.only, montage_on(self.view))


class AgainButton(PersistentItem[Button], template=r"again:(?P<filters>.*)"):
    """Another random one, with the filters that this one was asked for."""

    def __init__(self, filters: str, label: str = "") -> None:
        self.filters = filters
        super().__init__(Button(label=label or _("Another one"), emoji="🎲", custom_id=f"again:{filters}"))

    async def on_press(self, interaction: Interaction) -> None:
        # Who looks at a card alone goes on alone.
        filters, beside = decode_filters(self.filters), montage_on(self.view)
        await show_random(interaction, filters, private=is_private(interaction), beside=beside)


class DropButton(PersistentItem[Button], template=r"drop:(?P<filters>.*)"):
    """A random one for all to see, with fewer filters than those that nothing passed."""

    def __init__(self, filters: str, label: str = "…") -> None:
        self.filters = filters
        super().__init__(Button(label=label, emoji="🎲", custom_id=f"drop:{filters}"))

    async def on_press(self, interaction: Interaction) -> None:
        await show_random(interaction, decode_filters(self.filters))


async def show_random(
    interaction: Interaction, filters: Filters, *, private: bool = False, beside: str = ""
) -> None:
    """Answer with a montage that this server has seen least. Raises UserError when none matches.

    `beside`: the id of the one on the card from which another is asked for.
    """
    bot, guild_id, scope = interaction.client, guild_id_of(interaction), scope_id_of(interaction)
    everything = bot.catalogue.visible_to(guild_id)
    matching = filters.apply(everything)
    if not matching:
        raise nothing_matches(filters, everything, lambda fewer, label: DropButton(encode_filters(fewer), label))
    decks = bot.services.decks
    drawn = await decks.draw(scope, matching, lambda identity: bot.catalogue.get(guild_id, identity), beside)
    montage = drawn.montage
    tally = await bot.services.votes.tally(guild_id, montage.id)
    film = bot.services.films.links(guild_id, montage)
    won = bot.services.champions.since(guild_id, montage.id)
    with await where_seen(interaction, private=private):
        unvoted = _without_counts(montage, encode_filters(filters), film, won, language())
        card = [with_tally(unvoted, montage.id, tally)]
        if drawn.again:
            card.append(_again(len(matching)))
    await reply(interaction, PrebuiltView(card), private=private)
    decks.record(scope, drawn.showing)


def _again(number: int) -> Component:
    """The line under a card with which a round begins anew."""
    return {"type": discord.ComponentType.text_display.value, "content": _again_words(number)}


def _again_words(number: int) -> str:
    if number == 1:
        return _("-# The only one there is, so here it is again.")
    return _("-# That was all of them; from the top again.")


def forget_drawn() -> None:
    """Drop the cards that were put together before: somebody who is named on one may have been forgotten."""
    _without_counts.cache_clear()


async def show_random_of_mine(interaction: Interaction, filters: Filters, only: Only, beside: str = "") -> None:
    """The same of what the person has not seen, or has saved: shown to them alone, and remembered for them alone.

    Raises UserError when nothing is left. `beside` as above.
    """
    bot, guild_id, person = interaction.client, guild_id_of(interaction), interaction.user.id
    everything = narrowed(only, bot.catalogue.visible_to(guild_id), await bot.services.shelf.of_person(person))
    matching = filters.apply(everything)
    if not matching:
        raise nothing_matches(
            filters,
            everything,
            lambda fewer, label: AgainFromMineButton(only, encode_filters(fewer), label),
            lead=_NOTHING_OF_MINE[only],
        )
    decks, votes = bot.services.decks, bot.services.votes
    drawn = await decks.draw(person, matching, lambda identity: bot.catalogue.get(guild_id, identity), beside)
    montage = drawn.montage
    entry = await bot.services.shelf.get(person, montage.id)
    card = montage_card(
        montage,
        await votes.tally(guild_id, montage.id),
        AgainFromMineButton(only, encode_filters(filters)),
        MarkButton("seen", "on" if entry.seen_at is None else "off", "card", montage.id),
        mine=await votes.choice_of(guild_id, montage.id, person),
        film=bot.services.films.links(guild_id, montage),
        champion_since=bot.services.champions.since(guild_id, montage.id),
    )
    if drawn.again:
        card.add_item(TextDisplay(_again_words(len(matching))))
    await reply(interaction, card, private=True)
    decks.record(person, drawn.showing)


@lru_cache(maxsize=1_000)
def _without_counts(
    montage: Montage, filters: str, film: FilmLinks | None, champion_since: date | None, spoken: str
) -> Component:
    """The card without its counts, which nearly alone differ from server to server; about 4 kB each.

    `spoken` keeps the cards of one language apart from those of another.

    Pays for itself in the benchmark's row "32 random at once": building a card takes 37 µs, filling in counts 7.
    """
    card = montage_card(montage, Tally(), AgainButton(filters), film=film, champion_since=champion_since)
    (container,) = component_payloads(card)
    return container
