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
from bot.recommending.buttons import LIST
from bot.recommending.cards import Recommendation, learning_view, recommendations_view
from bot.recommending.selection import FEW_LIKES, beyond, by_thompson, fives, to_learn_from
from bot.recommending.taste import Taste
from bot.shelf import ONLY, narrowed
from bot.ui.answers import answers, reply
from bot.ui.context import guild_id_of, scope_id_of
from bot.voting import Choice, Tally

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
        """`query`: `saved`, `unseen` or nothing; after a bar what the person is being asked about, with commas."""
        guild_id, person = guild_id_of(interaction), interaction.user.id
        votes, (only, _, asked) = bot.services.votes, query.partition("|")
        choices, tallies = await votes.choices_of(person), await votes.tallies(guild_id)
        likes = (montage_id for montage_id, choice in choices.items() if choice is Choice.UP)
        liked = [found for montage_id in likes if (found := bot.catalogue.get(guild_id, montage_id))]
        questions = [found for montage_id in asked.split(",") if (found := bot.catalogue.get(guild_id, montage_id))]
        if len(liked) < FEW_LIKES and not all(m.id in choices for m in questions):
            return learning_view(len(liked), FEW_LIKES, questions, tallies, choices, only)
        just_shown = await bot.services.decks.lately(scope_id_of(interaction))
        montages = bot.catalogue.visible_to(guild_id)
        if only:
            shelf = await bot.services.shelf.of_person(person)
            montages = narrowed("saved" if only == "saved" else "unseen", montages, shelf)
        unjudged = [m for m in montages if m.id not in choices]
        left = [m for m in unjudged if m.id not in just_shown] or unjudged
        if not left:
            if only == "saved":
                raise UserError("You have judged everything on your list. Save some more, or ask me without it.")
            raise UserError("You have judged every montage I know. I take my cap off, and wait for new ones.")
        if len(liked) < FEW_LIKES:
            known = {m.id: m for m in left}
            questions = [known[key] for key in to_learn_from(list(known), tallies, random)]
            return learning_view(len(liked), FEW_LIKES, questions, tallies, choices, only)
        await bot.services.everywhere.refresh()
        # The same all day, so that turning a page back shows what was there.
        today = Random(f"{person} {clock.now() // clock.DAY}")  # noqa: S311 - a film night, not a lock
        pages = _pages(bot.services.taste, liked, left, tallies, today)
        page = min(page, len(pages) - 1)
        return recommendations_view(pages[page], tallies, choices, page, len(pages), only)

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
    familiar = {m.discipline for m in liked}

    def explained(m: Montage, *, found: bool = False) -> Recommendation:
        return Recommendation(
            m, taste.because(likes, m.id), discovery=found and m.discipline not in familiar, own=m.id in own
        )

    return [
        [explained(m) for m in five.best] + ([explained(five.discovery, found=True)] if five.discovery else [])
        for five in fives(best, discoveries)[:_PAGES]
    ]
