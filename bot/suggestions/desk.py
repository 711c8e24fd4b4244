"""The moderators' desk: one suggestion with all there is to know, by itself or as the next in the queue."""

from collections.abc import Sequence

import discord

from bot.client import Interaction, MontageBot
from bot.errors import UserError
from bot.suggestions.desk_cards import Desk, desk_card
from bot.suggestions.moderation_store import ModerationStore
from bot.suggestions.store import SuggestionStore
from bot.suggestions.suggestion import Suggestion
from bot.ui.answers import notice
from bot.ui.look import GREEN
from bot.ui.places import place_of
from bot.voting import Voting


async def desk_of(
    interaction: Interaction, suggestion: Suggestion, remark: str = "", *, waiting: int | None = None
) -> discord.ui.LayoutView:
    """The desk for one suggestion. `remark` is what has just happened, `waiting` the length of the queue."""
    bot: MontageBot = interaction.client
    place, author = suggestion.place, suggestion.author_id
    moderation = bot.service(ModerationStore)
    desk = Desk(
        suggestion=suggestion,
        tally=await bot.service(Voting).tally(place, suggestion.montage_id),
        history=await bot.service(SuggestionStore).history(suggestion.id),
        reports=await moderation.reports(suggestion.id),
        author_blocked=author is not None and await moderation.is_blocked(place, author),
        waiting=waiting,
        own=author == interaction.user.id,
    )
    return desk_card(desk, remark)


async def next_desk(
    interaction: Interaction, seen: Sequence[int] = (), done: int | None = None, remark: str = ""
) -> discord.ui.LayoutView:
    """The one after `done` in the queue as it was `seen`, if it still waits; or the first that does."""
    place = place_of(interaction)
    waiting = await interaction.client.service(ModerationStore).queue(place)
    number = next_in(seen, waiting, done)
    if number is None:
        return notice(*filter(None, (remark, "### All clear\nNothing is waiting for you.")), accent=GREEN)
    suggestion = await interaction.client.service(SuggestionStore).get(place, number)
    if suggestion is None:
        raise UserError("The queue has just changed. Open it again, please.")
    return await desk_of(interaction, suggestion, remark, waiting=len(waiting))


def next_in(seen: Sequence[int], waiting: Sequence[int], done: int | None) -> int | None:
    """Whose turn it is after `done`: round the queue as it was `seen`, those that still wait first.

    `done` itself comes again only when nothing else waits.
    """
    place = seen.index(done) + 1 if done in seen else 0
    order = [*seen[place:], *seen[:place], *waiting]
    return next((number for number in order if number in waiting and number != done), None) or (
        done if done in waiting else None
    )
