"""What the suggestions feature adds to the bot."""

from collections.abc import Collection

from discord import app_commands

from bot import clock
from bot.client import MontageBot
from bot.routine import Routine
from bot.servers import Servers
from bot.suggestions.buttons import ActButton, Acts
from bot.suggestions.commands import add_commands
from bot.suggestions.decisions import Decisions
from bot.suggestions.drafts import DraftStore
from bot.suggestions.leftovers import Leftovers, LeftoverStore
from bot.suggestions.lists import add_lists
from bot.suggestions.moderating import add_moderating
from bot.suggestions.moderation_store import ModerationStore, NoticeStore
from bot.suggestions.noticeboard import Noticeboard
from bot.suggestions.permission import Moderators
from bot.suggestions.store import SuggestionStore
from bot.suggestions.suggesting import add_suggesting
from bot.suggestions.titles import Titles
from bot.suggestions.votes import add_to_voting

_HOUR_SECONDS = 60 * 60.0


def add_to(bot: MontageBot, montage: app_commands.Group) -> None:
    """`/suggest`, `/suggestions`, `/moderate`, and what a vote on a suggestion leads to."""
    store, drafts = SuggestionStore(bot.database), DraftStore(bot.database)
    board, titles = Noticeboard(bot, store), Titles(store)
    decisions = Decisions(bot, store, board, titles)
    leftovers = Leftovers(LeftoverStore(bot.database), store, board)
    services = (
        store,
        board,
        titles,
        decisions,
        leftovers,
        Acts(),
        drafts,
        ModerationStore(bot.database),
        NoticeStore(bot.database),
        Moderators(bot),
    )
    for service in services:
        bot.add_service(service)
    bot.add_dynamic_items(ActButton)
    bot.add_opening(decisions.open)

    async def tidy() -> float:
        await drafts.tidy(clock.now())
        return _HOUR_SECONDS

    def rules_changed(names: Collection[str]) -> None:
        if {"margin", "share_percent"} & set(names):  # what has the votes for these need not wait for one more
            decisions.catching_up.wake()

    bot.service(Servers).followers.append(rules_changed)
    for routine in (decisions.catching_up, leftovers.routine, Routine("old drafts", tidy)):
        bot.add_listener("ready", routine.start)
        bot.add_closing(routine.stop)
    add_to_voting(bot)
    add_suggesting(bot)
    add_commands(bot)
    add_lists(bot)
    add_moderating(bot)
