"""Every change of a suggestion goes through here: it is decided in the database, and then all follows."""

import aiohttp
import discord
import structlog

from bot import clock
from bot.client import MontageBot
from bot.clock import MINUTE
from bot.montages import Decks
from bot.routine import Routine
from bot.servers import Servers
from bot.suggestions.entry import Entry
from bot.suggestions.life import Part, What, reached
from bot.suggestions.noticeboard import Noticeboard
from bot.suggestions.store import SuggestionStore
from bot.suggestions.suggestion import Change, Suggestion
from bot.suggestions.titles import Titles
from bot.voting import Tally, Voting

log = structlog.get_logger(__name__)


# Seconds until the next look for what was left undone: while there is something, and otherwise.
_SOON, _LATER = 600.0, 86_400.0


class Decisions:
    """The one way to change a suggestion."""

    def __init__(self, bot: MontageBot, store: SuggestionStore, board: Noticeboard, titles: Titles) -> None:
        self.bot, self.store, self.board, self.titles = bot, store, board, titles
        self.catching_up = Routine("what follows from decisions", self._catch_up)

    async def open(self) -> None:
        """Put everything that servers have accepted into their catalogues."""
        for suggestion, at in await self.store.accepted():
            self._into_catalogue(suggestion, at)

    async def change(
        self, suggestion: Suggestion, what: What, part: Part, by: int, *, why: str = "", entry: Entry | None = None
    ) -> Change | None:
        """Do it, if it may be done; None when somebody was quicker. `follow` has to come after."""
        change = await self.store.change(suggestion, what, part, by=by, at=clock.now(), why=why, entry=entry)
        return self._taken_in(change)

    async def undo(self, suggestion: Suggestion, by: int) -> Change | None:
        """Take back the latest change that still holds; None when somebody was quicker. Then `follow`."""
        return self._taken_in(await self.store.undo(suggestion, by=by, at=clock.now()))

    async def votes_decide(self, suggestion: Suggestion, tally: Tally) -> Change | None:
        """Accept it if the votes say so; of all who press at that moment, one gets the change. Then `follow`."""
        choices = await self.bot.service(Servers).of(suggestion.place)
        if suggestion.state != "open" or not reached(tally, choices):
            return None
        change = await self.store.change(
            suggestion, "accepted", "votes", by=None, at=clock.now(), threshold=choices
        )
        return self._taken_in(change)

    async def follow(self, change: Change, *, drawn: bool = False) -> str:
        """Card, announcement and notice; returns what the moderators should know.

        `drawn`: the card has just been redrawn by the answer to a click. Whatever Discord refuses, the
        change stands; a passing trouble is mended while `catching_up`.
        """
        event = change.event
        try:
            # What stands now: by the time this runs, somebody may have changed it again.
            suggestion = await self.store.get(change.suggestion.place, event.suggestion_id) or change.suggestion
            remark = ""
            if not drawn:
                suggestion, remark = await self.board.redraw(suggestion)
            if not event.undone_at and event.what == suggestion.state and event.what in ("accepted", "declined"):
                if event.what == "accepted":
                    remark = " ".join(filter(None, (remark, await self.board.announce(suggestion, event))))
                await self.board.notify_author(suggestion, event)
            await self.store.told(event)
        except (discord.HTTPException, aiohttp.ClientError, OSError) as trouble:
            log.warning("what follows from a change is late", suggestion=event.suggestion_id, problem=str(trouble))
            self.catching_up.wake()
            return "Discord isn't taking messages just now. What is missing follows within a quarter of an hour."
        if remark and event.part != "moderator":
            await self.board.tell_moderators(suggestion.place, f"Suggestion {suggestion.id}: {remark}")
        return remark

    async def _catch_up(self) -> float:
        """Do what was left undone when the bot stopped, or Discord was not there, in between two steps."""
        for suggestion in await self.store.voted_on():
            tally = await self.bot.service(Voting).tally(suggestion.place, suggestion.montage_id)
            if (change := await self.votes_decide(suggestion, tally)) is not None:
                await self.follow(change)
        waiting = await self.store.untold(clock.now())
        for change in waiting:
            # One that is a moment old may just be followed by whoever made it.
            if clock.now() - (change.event.undone_at or change.event.at) > MINUTE:
                await self.follow(change)
        return _SOON if waiting else _LATER

    def _taken_in(self, change: Change | None) -> Change | None:
        """Memory follows the database at once, before anything is awaited."""
        if change is not None:
            self.titles.put(change.suggestion)
            if change.suggestion.state == "accepted":
                self._into_catalogue(change.suggestion, change.event.at)
            else:
                self.bot.catalogue.remove(change.suggestion.place, change.suggestion.montage_id)
        return change

    def _into_catalogue(self, suggestion: Suggestion, at: int) -> None:
        family = self.bot.catalogue.family_of(suggestion.entry.discipline)
        self.bot.catalogue.put(suggestion.place, suggestion.as_montage(family))
        self.bot.service(Decks).joined(suggestion.montage_id, at)
