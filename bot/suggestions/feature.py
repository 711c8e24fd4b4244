"""What the suggestions feature adds to the bot."""

from collections.abc import Collection

from discord import app_commands

from bot import clock
from bot.client import MontageBot
from bot.routine import Routine
from bot.suggestions.buttons import SuggestionButton
from bot.suggestions.commands import add_commands
from bot.suggestions.lists import add_lists
from bot.suggestions.review.commands import add_review
from bot.suggestions.suggest_command import add_suggest

_HOUR_SECONDS = 60 * 60.0


def setup(bot: MontageBot, montage: app_commands.Group) -> None:
    """`/suggest`, `/suggestions`, `/moderate`, and what happens to suggestions in the background."""
    services = bot.services
    bot.add_dynamic_items(SuggestionButton)

    async def tidy() -> float:
        await services.drafts.tidy(clock.now())
        await services.traces.tidy(clock.now())
        await services.imports.tidy(clock.now() - clock.DAY)
        return _HOUR_SECONDS

    def settings_changed(guild_id: int, names: Collection[str]) -> None:
        if {"margin", "share_percent"} & set(names):  # what has the votes for these need not wait for one more
            services.decisions.catching_up.wake()
        if "suggestion_channel_id" in names:
            services.import_posting.channel_chosen(guild_id)
        if "voting_days" in names:
            services.deadlines.changed(guild_id)

    services.guild_settings.followers.append(settings_changed)
    for routine in (
        services.decisions.catching_up,
        services.card_cleanup.routine,
        services.deadlines.routine,
        services.import_posting.routine,
    ):
        bot.add_routine(routine)
    if bot.slot.shards.first:
        bot.add_routine(Routine("old drafts, traces and lists", tidy))
    add_suggest(bot)
    add_commands(bot)
    add_lists(bot)
    add_review(bot)
