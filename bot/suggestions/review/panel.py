"""The review panel: one suggestion with all there is to know, by itself or as the next in the queue."""

from collections.abc import Sequence

import discord

from bot.client import Interaction, MontageBot
from bot.errors import UserError
from bot.suggestions.review.cards import ReviewItem, review_card
from bot.suggestions.suggestion import Suggestion
from bot.ui.answers import notice
from bot.ui.context import guild_id_of
from bot.ui.mentions import living
from bot.ui.theme import GREEN


async def review_panel(
    interaction: Interaction, suggestion: Suggestion, remark: str = "", *, waiting: int | None = None
) -> discord.ui.LayoutView:
    """The panel for one suggestion. `remark` is what has just happened, `waiting` the length of the queue."""
    bot: MontageBot = interaction.client
    guild_id, author = suggestion.guild_id, suggestion.author_id
    moderation = bot.services.moderation
    trace = None if author is not None else await bot.services.traces.author_of(suggestion.id)
    blocked = author is not None and await moderation.is_blocked(guild_id, author)
    if trace is not None:
        blocked = await moderation.is_trace_blocked(guild_id, trace)
    item = ReviewItem(
        suggestion=suggestion._replace(trouble=living(suggestion.trouble, interaction.guild)),
        tally=await bot.services.votes.tally(guild_id, suggestion.montage_id),
        history=await bot.services.suggestions.history(suggestion.id),
        reports=await moderation.reports(suggestion.id),
        all_reports=await moderation.all_reports(suggestion.id),
        author_known=author is not None or trace is not None,
        author_blocked=blocked,
        waiting=waiting,
        own=author == interaction.user.id,
    )
    return review_card(item, living(remark, interaction.guild))


async def next_review_panel(
    interaction: Interaction, seen: Sequence[int] = (), done: int | None = None, remark: str = ""
) -> discord.ui.LayoutView:
    """The one after `done` in the queue as it was `seen`, if it still waits; or the first that does."""
    guild_id = guild_id_of(interaction)
    waiting = await interaction.client.services.moderation.queue(guild_id)
    number = next_in(seen, waiting, done)
    if number is None:
        return notice(*filter(None, (remark, "### All clear\nNothing is waiting for you.")), accent=GREEN)
    suggestion = await interaction.client.services.suggestions.get(guild_id, number)
    if suggestion is None:
        raise UserError("The queue has just changed. Open it again, please.")
    return await review_panel(interaction, suggestion, remark, waiting=len(waiting))


def next_in(seen: Sequence[int], waiting: Sequence[int], done: int | None) -> int | None:
    """Whose turn it is after `done`: round the queue as it was `seen`, those that still wait first.

    `done` itself comes again only when nothing else waits.
    """
    start = seen.index(done) + 1 if done in seen else 0
    order = [*seen[start:], *seen[:start], *waiting]
    return next((number for number in order if number in waiting and number != done), None) or (
        done if done in waiting else None
    )
