"""/montage for-me."""

from collections.abc import Sequence
from random import Random
from typing import Literal

import discord
from discord import app_commands

from bot import clock
from bot.catalogue import Montage
from bot.client import Interaction, MontageBot
from bot.errors import UserError
from bot.recommending.cards import LIST, Recommendation, learning_view, recommendations_view
from bot.recommending.selection import FEW_LIKES, FIVE, beyond, by_thompson, fives, to_learn_from
from bot.recommending.taste import Taste
from bot.shelf import ONLY, Only, narrowed
from bot.ui.answers import answers, reply
from bot.ui.context import guild_id_of, scope_id_of
from bot.ui.text import escape, montage_label, title
from bot.voting import Choice, Tally, rank, ranked_row

# Five on each: who has seen fifty picks should vote on a few first.
_PAGES = 10


def add_commands(bot: MontageBot, montage: app_commands.Group) -> None:
    """Add `/montage for-me` to the group `/montage`."""
    random = Random()  # noqa: S311 - a film night, not a lock

    @montage.command(
        name="for-me", description="Five picked for your taste, from your own votes. Only you see them."
    )
    @app_commands.describe(only="Only from what you saved, or only what you have not marked as seen")
    @answers
    async def for_me(
        interaction: Interaction, only: Literal["what I have not seen", "what I saved"] | None = None
    ) -> None:
        await reply(interaction, await picks(interaction, ONLY[only] if only else "", 0), private=True)

    async def picks(interaction: Interaction, query: str, page: int) -> discord.ui.LayoutView:
        """`query` is empty, `saved` or `unseen`."""
        guild_id, person = guild_id_of(interaction), interaction.user.id
        choices = await bot.services.votes.choices_of(person)
        just_shown = await bot.services.decks.lately(scope_id_of(interaction))
        montages = bot.catalogue.visible_to(guild_id)
        if query:
            only: Only = "saved" if query == "saved" else "unseen"
            montages = narrowed(only, montages, await bot.services.shelf.of_person(person))
        unjudged = [m for m in montages if m.id not in choices]
        left = [m for m in unjudged if m.id not in just_shown] or unjudged
        if not left:
            if query == "saved":
                raise UserError("You have judged everything on your list. Save some more, or ask me without it.")
            raise UserError("You have judged every montage I know. I take my cap off, and wait for new ones.")
        tallies = await bot.services.votes.tallies(guild_id)
        liked = [
            found
            for montage_id, choice in choices.items()
            if choice is Choice.UP and (found := bot.catalogue.get(guild_id, montage_id))
        ]
        if len(liked) < FEW_LIKES:
            return _learning(liked, left, tallies, random, query)
        await bot.services.everywhere.refresh()
        # The same all day, so that turning a page back shows what was there.
        today = Random(f"{person} {clock.now() // clock.DAY}")  # noqa: S311 - a film night, not a lock
        pages = _pages(bot.services.taste, liked, left, tallies, today)
        page = min(page, len(pages) - 1)
        return recommendations_view(pages[page], page, len(pages), query)

    bot.lists.add(LIST, picks)


def _pages(
    taste: Taste, liked: Sequence[Montage], left: Sequence[Montage], tallies: dict[str, Tally], random: Random
) -> list[list[Recommendation]]:
    """Everything that is `left` to recommend, five by five, with the reasons."""
    likes, known = [m.id for m in liked], {m.id: m for m in left}
    best = taste.best(likes, known)
    for m in best:
        del known[m.id]
    own = known.keys()  # a server's own montages, on which nobody elsewhere votes
    best += known.values()
    outside = {m.id: m for m in beyond(left, liked)}
    discoveries = [outside[montage_id] for montage_id in by_thompson(list(outside), tallies, random)]
    return [
        [Recommendation(m, taste.because(likes, m.id), own=m.id in own) for m in five.best]
        + ([Recommendation(five.discovery, discovery=True)] if five.discovery else [])
        for five in fives(best, discoveries)[:_PAGES]
    ]


def _learning(
    liked: Sequence[Montage], left: Sequence[Montage], tallies: dict[str, Tally], random: Random, query: str
) -> discord.ui.LayoutView:
    """Five cards to learn from, and the top list without what the person has judged."""
    montages = {m.id: m for m in left}
    cards = [(montages[key], tallies.get(key, Tally())) for key in to_learn_from(list(montages), tallies, random)]
    asked = {m.id for m, _ in cards}
    favourites = rank([m.id for m in left if m.id not in asked], tallies)[:FIVE]
    rows = [ranked_row(r, title((m := montages[r.key]).film, m.year), escape(m.scene)) for r in favourites]
    entries = [(f"{r.rank}. {montage_label(montages[r.key])}", r.key) for r in favourites]
    return learning_view(len(liked), FEW_LIKES, cards, rows, entries, query)
