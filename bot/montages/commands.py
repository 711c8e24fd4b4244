"""/montage random, show and find."""

from collections.abc import Sequence
from functools import lru_cache

import discord
from discord import app_commands

from bot.catalogue import Filters, Montage
from bot.catalogue.stored_filters import decode_filters, encode_filters
from bot.client import Interaction, MontageBot
from bot.errors import UserError
from bot.montages.cards import montage_card
from bot.montages.random import show_random
from bot.ui.answers import answers, reply
from bot.ui.components import OPTION_AT_MOST, ActionRow, Container, TextDisplay, bounded
from bot.ui.context import guild_id_of
from bot.ui.filters import CHOICES_AT_MOST, filtered, nothing_matches, under_filters
from bot.ui.lists import OpenButton, list_view, pages_of
from bot.ui.text import clean, count, escape, montage_label, title
from bot.ui.theme import GOLD, build_layout

# The words travel in the page buttons beside the filters, and a custom id holds 100 characters.
WORDS_AT_MOST = 35
# How many it may be, where it is not clear which one somebody means.
GUESSES = 3


def add_commands(bot: MontageBot, montage: app_commands.Group) -> None:
    """Add the three commands to the group `/montage`."""

    @montage.command(
        name="random",
        description="A montage picked for you. Nothing comes twice before you have seen it all.",
    )
    @filtered
    @answers
    async def random(interaction: Interaction, filters: Filters) -> None:
        await show_random(interaction, filters)

    @montage.command(name="show", description="One montage by name: film, scene, discipline, song or year.")
    @app_commands.describe(montage="Start typing: film, scene, discipline, song or year. Typos are fine.")
    @answers
    async def show(interaction: Interaction, montage: app_commands.Range[str, 1, 100]) -> None:
        guild_id = guild_id_of(interaction)
        if (found := bot.catalogue.get(guild_id, montage)) is None:
            await bot.catalogue.catch_up(guild_id)
            answer = bot.catalogue.answer(guild_id, montage, typing=True)
            if not answer.montages:
                raise UserError(
                    f"I know no montage like “{escape(montage)}”. Pick one from the list that opens while you "
                    "type, or tell me about it with `/suggest`."
                )
            if not answer.sure:
                await reply(interaction, not_sure(montage, answer.montages[:GUESSES]), private=True)
                return
            found = answer.montages[0]
        await reply(interaction, await card_of(bot, guild_id, found))

    @show.autocomplete("montage")
    async def complete(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        guild_id = guild_id_of(interaction)
        if not typed.strip():
            return [_choice(montage) for montage in bot.catalogue.visible_to(guild_id)[:CHOICES_AT_MOST]]
        await bot.catalogue.catch_up(guild_id)
        found = bot.catalogue.search(guild_id, typed, typing=True)
        return [_choice(montage) for montage in found[:CHOICES_AT_MOST]]

    @montage.command(
        name="find", description="Search everything written about the montages: people, places, props, songs."
    )
    @app_commands.describe(words="What you remember: “philly stairs”, “wax on”, “bleeding drummer”")
    @filtered
    @answers
    async def find(
        interaction: Interaction, words: app_commands.Range[str, 1, WORDS_AT_MOST], filters: Filters
    ) -> None:
        words = clean(words.replace("|", " "))
        view, fits = await results(interaction, f"{words}|{encode_filters(filters)}", 0)
        await reply(interaction, view, private=not fits)

    async def results(interaction: Interaction, query: str, page: int) -> tuple[discord.ui.LayoutView, bool]:
        """(a page of what was found, whether it fits what was asked)"""
        words, _, encoded = query.partition("|")
        filters, guild_id = decode_filters(encoded), guild_id_of(interaction)
        await bot.catalogue.catch_up(guild_id)
        found, _, fits = bot.catalogue.answer(guild_id, words)
        if not found:
            raise UserError(
                f"Nothing I have rings a bell for “{escape(words)}”. Fewer words find more; "
                "and if it is missing, `/suggest` it."
            )
        matching = filters.apply(found)
        if not matching:
            raise UserError(nothing_matches(filters, found, words))
        shown, page, pages = pages_of(matching, page)
        heading = f"## {count(len(matching), 'montage')} for “{escape(words)}”"
        if not fits:
            heading = f"## Nothing fits “{escape(words)}” well\nThese come nearest, which may not be near."
        rows = [f"**{title(m.film, m.year)}** {escape(m.scene)}" for m in shown]
        return list_view(
            "find",
            query,
            under_filters(heading, filters),
            rows,
            [(montage_label(m), m.id) for m in shown],
            page,
            pages,
        ), fits

    async def turned(interaction: Interaction, query: str, page: int) -> discord.ui.LayoutView:
        return (await results(interaction, query, page))[0]

    async def opened(interaction: Interaction, montage_id: str) -> discord.ui.LayoutView | None:
        guild_id = guild_id_of(interaction)
        found = bot.catalogue.get(guild_id, montage_id)
        return await card_of(bot, guild_id, found) if found else None

    bot.lists.add("find", turned)
    bot.lists.add_opener(opened)


@lru_cache(maxsize=1_000)
def _choice(montage: Montage) -> app_commands.Choice[str]:
    """How it is offered while somebody types: 25 of them at each key."""
    return app_commands.Choice(name=bounded(montage_label(montage), OPTION_AT_MOST), value=montage.id)


def not_sure(words: str, guesses: Sequence[Montage]) -> discord.ui.LayoutView:
    """The nearest to what somebody asked for, to open, where none is clearly what they meant."""
    container = Container(accent_colour=GOLD)
    question = f"I am not sure which one you mean by “{escape(words)}”. "
    question += "Is it one of these?" if len(guesses) > 1 else "Is it this one?"
    container.add_item(TextDisplay(question))
    for guess in guesses:
        container.add_item(ActionRow(OpenButton(guess.id, montage_label(guess))))
    return build_layout(container)


async def card_of(bot: MontageBot, guild_id: int, montage: Montage) -> discord.ui.LayoutView:
    """The card of a montage with the votes it has there."""
    tally = await bot.services.votes.tally(guild_id, montage.id)
    return montage_card(montage, tally, champion_since=bot.services.champions.since(guild_id, montage.id))
