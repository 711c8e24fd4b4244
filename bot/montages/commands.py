"""/montage random, show and find."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

import discord
from discord import app_commands

from bot.catalogue import Filters, Montage
from bot.catalogue.stored_filters import decode_filters, encode_filters
from bot.client import Interaction, MontageBot
from bot.errors import UserError
from bot.languages import ENGLISH, _, language, languages, ngettext, speaking
from bot.montages.cards import montage_card
from bot.montages.random import AgainButton, show_random, show_random_of_mine
from bot.shelf import ONLY
from bot.ui.answers import answers, reply
from bot.ui.components import OPTION_AT_MOST, ActionRow, Container, TextDisplay, bounded
from bot.ui.context import guild_id_of
from bot.ui.filters import CHOICES_AT_MOST, filtered, nothing_matches, under_filters
from bot.ui.lists import PAGE, AskButton, OpenButton, list_view, pages_of
from bot.ui.registries import DrawPage
from bot.ui.speaking import publicly, where_seen
from bot.ui.text import clean, escape, montage_label, montage_line
from bot.ui.theme import GOLD, build_layout
from bot.voting import Choice

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
    @app_commands.describe(only="From your own list, and shown to you alone: what you saved, or have not seen yet")
    @filtered
    @answers
    async def random(
        interaction: Interaction,
        filters: Filters,
        only: Literal["what I have not seen", "what I saved"] | None = None,
    ) -> None:
        if only is None:
            await show_random(interaction, filters)
        else:
            await show_random_of_mine(interaction, filters, ONLY[only])

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
                    _(
                        "I know no montage like “{montage}”. Pick one from the list that opens while you "
                        "type, or tell me about it with `/suggest`.",
                        montage=escape(montage),
                    )
                )
            if not answer.sure:
                await reply(interaction, not_sure(montage, answer.montages[:GUESSES]), private=True)
                return
            found = answer.montages[0]
        with await publicly(interaction):
            card = await card_of(bot, guild_id, found)
        await reply(interaction, card)

    @show.autocomplete("montage")
    async def complete(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        guild_id, spoken = guild_id_of(interaction), language()
        await bot.catalogue.catch_up(guild_id)
        everything = bot.catalogue.visible_to(guild_id)
        found = bot.catalogue.search(guild_id, typed, typing=True) if typed.strip() else everything
        return [_choice(montage, spoken) for montage in found[:CHOICES_AT_MOST]]

    @montage.command(
        name="find", description="Search everything written about the montages: people, places, props, songs."
    )
    @app_commands.describe(words="What you remember: “philly stairs”, “wax on”, “bleeding drummer”")
    @filtered
    @answers
    async def find(
        interaction: Interaction, words: app_commands.Range[str, 1, WORDS_AT_MOST], filters: Filters
    ) -> None:
        words, asked_in = clean(words.replace("|", " ")), language()
        matching, strong = await _search(interaction, words, filters, asked_in)
        with await where_seen(interaction, private=not strong):
            if strong and len(matching) == 1:
                card = await card_of(bot, guild_id_of(interaction), matching[0])
            else:
                card = results_page(_list_of(asked_in), words, filters, matching, strong, 0)
        await reply(interaction, card, private=not strong)

    async def opened(interaction: Interaction, montage_id: str) -> discord.ui.LayoutView | None:
        found = bot.catalogue.get(guild_id := guild_id_of(interaction), montage_id)
        return await card_of(bot, guild_id, found, interaction.user.id) if found else None

    for spoken in languages():
        bot.lists.add(_list_of(spoken), _turned_in(spoken))
    bot.lists.add_opener(opened)


async def _search(
    interaction: Interaction, words: str, filters: Filters, asked_in: str
) -> tuple[Sequence[Montage], int]:
    """(what was found and passes, how many of them fit what was asked). Raises UserError for nothing.

    `asked_in`: the language of the words, beside English.
    """
    catalogue, guild_id = interaction.client.catalogue, guild_id_of(interaction)
    with speaking(asked_in):
        await catalogue.catch_up(guild_id)
        answer = catalogue.answer(guild_id, words)
    if not answer.montages:
        raise UserError(
            _(
                "Nothing I have rings a bell for “{words}”. Fewer words find more; "
                "and if it is missing, `/suggest` it.",
                words=escape(words),
            )
        )
    matching = filters.apply(answer.montages)
    if not matching:
        raise nothing_matches(
            filters,
            answer.montages,
            lambda fewer, label: AskButton(_list_of(asked_in), f"{words}|{encode_filters(fewer)}", label),
            words,
        )
    return matching, len(filters.apply(answer.montages[: answer.strong]))


def _turned_in(asked_in: str) -> DrawPage:
    async def turned(interaction: Interaction, query: str, page: int) -> discord.ui.LayoutView:
        words, _bar, encoded = query.partition("|")
        filters = decode_filters(encoded)
        found = await _search(interaction, words, filters, asked_in)
        return results_page(_list_of(asked_in), words, filters, *found, page)

    return turned


def _list_of(asked_in: str) -> str:
    """The list of what was found: whoever turns its pages may speak another language than who asked for it.

    All its names are as long, for its custom ids are full.
    """
    base = asked_in.partition("_")[0]
    return "find" if base == ENGLISH else f"f-{base}"


@lru_cache(maxsize=1_000)
def _choice(montage: Montage, spoken: str) -> app_commands.Choice[str]:
    """How it is offered while somebody types: 25 of them at each key, each 2 µs to make, 10 where it is translated.

    `spoken` keeps languages apart.
    """
    return app_commands.Choice(name=bounded(montage_label(montage), OPTION_AT_MOST), value=montage.id)


def not_sure(words: str, guesses: Sequence[Montage]) -> discord.ui.LayoutView:
    """The nearest to what somebody asked for, to open, where none is clearly what they meant."""
    container = Container(accent_colour=GOLD)
    meant = escape(words)
    question = (
        _("I am not sure which one you mean by “{words}”. Is it one of these?", words=meant)
        if len(guesses) > 1
        else _("I am not sure which one you mean by “{words}”. Is it this one?", words=meant)
    )
    container.add_item(TextDisplay(question))
    for guess in guesses:
        container.add_item(ActionRow(OpenButton(guess.id, montage_label(guess))))
    return build_layout(container)


def results_page(
    name: str, words: str, filters: Filters, matching: Sequence[Montage], strong: int, page: int
) -> discord.ui.LayoutView:
    """A page of what was found: the `strong` first ones fit, and a line parts them from those that only may."""
    heading = ngettext(
        "## {number} montage for “{words}”",
        "## {number} montages for “{words}”",
        len(matching),
        words=escape(words),
    )
    if not strong:
        heading = _(
            "## Nothing fits “{words}” well\nThese come nearest, which may not be near.", words=escape(words)
        )
    shown, page, pages = pages_of(matching, page)
    rows = [_row(m) for m in shown]
    maybe = strong - page * PAGE
    if strong and maybe < len(rows):
        rows.insert(max(maybe, 0), _("-# Maybe, with only some of your words or something like them:"))
    return list_view(
        name,
        f"{words}|{encode_filters(filters)}",
        under_filters(heading, filters),
        rows,
        [(montage_label(m), m.id) for m in shown],
        page,
        pages,
    )


def _row(montage: Montage) -> str:
    words = montage_line(montage)
    if not montage.suggested_by:
        return words
    return _("{montage}, suggested by {person}", montage=words, person=f"<@{montage.suggested_by}>")


async def card_of(
    bot: MontageBot, guild_id: int, montage: Montage, person: int | None = None
) -> discord.ui.LayoutView:
    """The card of a montage with the votes it has there; the vote of the `person` who alone sees it is marked."""
    votes = bot.services.votes
    mine = Choice.NONE if person is None else await votes.choice_of(guild_id, montage.id, person)
    film = bot.services.films.links(guild_id, montage)
    return montage_card(
        montage,
        await votes.tally(guild_id, montage.id),
        AgainButton(""),
        mine=mine,
        film=film,
        champion_since=bot.services.champions.since(guild_id, montage.id),
    )
