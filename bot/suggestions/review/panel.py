"""The review panel: one suggestion with all there is to know, by itself or as the next in the queue."""

from collections.abc import Sequence

import discord

from bot.client import Interaction, MontageBot
from bot.errors import UserError
from bot.languages import _
from bot.suggestions.buttons import SuggestionButton
from bot.suggestions.duplicates import Known, is_likely
from bot.suggestions.lifecycle import UNDECIDED
from bot.suggestions.near import near_to
from bot.suggestions.review.cards import ReviewItem, review_card, with_undo
from bot.suggestions.suggestion import Suggestion
from bot.ui.components import Container, TextDisplay
from bot.ui.context import guild_id_of
from bot.ui.mentions import living
from bot.ui.theme import GREEN, build_layout

# More would hide what is to be decided.
_LOOKS_LIKE_AT_MOST = 2


async def review_panel(
    interaction: Interaction,
    suggestion: Suggestion,
    remark: str = "",
    *,
    waiting: int | None = None,
    undo: SuggestionButton | None = None,
) -> discord.ui.LayoutView:
    """The panel for one suggestion. `remark` is what has just happened, which `undo` takes back; `waiting` is the
    length of the queue.
    """
    bot: MontageBot = interaction.client
    guild_id, moderation = suggestion.guild_id, bot.services.moderation
    author, reports = await moderation.author_of(suggestion), await moderation.reports(suggestion.id)
    item = ReviewItem(
        suggestion=suggestion._replace(trouble=living(suggestion.trouble, interaction.guild)),
        tally=await bot.services.votes.tally(guild_id, suggestion.montage_id),
        history=await bot.services.suggestions.history(suggestion.id),
        reports=[report for report in reports if not report.settled_at],
        all_reports=reports,
        author_known=author is not None,
        author_blocked=author is not None and await moderation.is_blocked(guild_id, author),
        waiting=waiting,
        own=author == interaction.user.id,
        looks_like=await _looks_like(bot, suggestion),
    )
    return review_card(item, living(remark, interaction.guild), undo)


async def _looks_like(bot: MontageBot, suggestion: Suggestion) -> list[Known]:
    """What it most likely is already, while that is still to be decided."""
    if suggestion.state not in UNDECIDED:
        return []
    entry = suggestion.entry
    near = await near_to(bot, suggestion.guild_id, entry, besides=suggestion.montage_id)
    return [known for known in near if is_likely(entry.film, entry.year, known)][:_LOOKS_LIKE_AT_MOST]


async def next_review_panel(
    interaction: Interaction,
    seen: Sequence[int] = (),
    done: int | None = None,
    remark: str = "",
    undo: SuggestionButton | None = None,
) -> discord.ui.LayoutView:
    """The one after `done` in the queue as it was `seen`, if it still waits; or the first that does."""
    guild_id = guild_id_of(interaction)
    waiting = await interaction.client.services.moderation.queue(guild_id)
    number = next_in(seen, waiting, done)
    if number is None:
        clear = TextDisplay(_("### All clear\nNothing is waiting for you."))
        return build_layout(Container(*([with_undo(remark, undo)] if remark else []), clear, accent_colour=GREEN))
    suggestion = await interaction.client.services.suggestions.get(guild_id, number)
    if suggestion is None:
        raise UserError(_("The queue has just changed. Open it again, please."))
    if number == done:  # its own panel has the button anyway
        undo = None
    return await review_panel(interaction, suggestion, remark, waiting=len(waiting), undo=undo)


def next_in(seen: Sequence[int], waiting: Sequence[int], done: int | None) -> int | None:
    """Whose turn it is after `done`: round the queue as it was `seen`, those that still wait first.

    `done` itself comes again only when nothing else waits.
    """
    start = seen.index(done) + 1 if done in seen else 0
    order = [*seen[start:], *seen[:start], *waiting]
    return next((number for number in order if number in waiting and number != done), None) or (
        done if done in waiting else None
    )
