"""Every change of a suggestion goes through here: it is decided in the database, and then all follows."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Sequence

import structlog

from bot import clock
from bot.catalogue import Catalogue
from bot.clock import MINUTE
from bot.database import DatabaseError
from bot.guilds import GuildSettingsService
from bot.languages import Said, one_after_the_other
from bot.montages import Decks
from bot.refusals import TROUBLE, explain, is_passing
from bot.routine import Routine
from bot.shards import NotServingError, Slot
from bot.suggestions.changes import ChangeStore
from bot.suggestions.entry import Entry
from bot.suggestions.lifecycle import Action, Actor, threshold_reached
from bot.suggestions.publisher import CardPublisher
from bot.suggestions.store import SuggestionStore
from bot.suggestions.suggestion import Change, Event, Suggestion
from bot.suggestions.title_index import TitleIndex
from bot.voting import Tally, VoteStore

log = structlog.get_logger(__name__)


# Seconds until the next look for what was left undone: while there is something, and otherwise.
_SOON, _LATER = 600.0, 86_400.0
# The steps that follow from a decision, as bits of `suggestion_event.steps`.
_CARD, _ANNOUNCEMENT, _NOTICE, _POST = 1, 2, 4, 8
_FOLLOWS_LATER = Said(
    "Discord isn't taking messages just now. What is missing follows within a quarter of an hour."
)
# Does one step; returns what the moderators should know.
_Step = Callable[[Suggestion, Event], Awaitable[str]]


class Decisions:
    """The one way to change a suggestion."""

    def __init__(
        self,
        store: SuggestionStore,
        changes: ChangeStore,
        publisher: CardPublisher,
        titles: TitleIndex,
        catalogue: Catalogue,
        settings: GuildSettingsService,
        votes: VoteStore,
        decks: Decks,
        slot: Slot | None = None,
    ) -> None:
        self._store, self._changes, self._publisher, self._titles = store, changes, publisher, titles
        self._catalogue, self._settings, self._votes, self._decks = catalogue, settings, votes, decks
        self._slot = slot or Slot()
        # Steps that are done and could not be written down: whatever the disk says, nobody is told twice.
        self._unwritten: defaultdict[tuple[int, int | None], int] = defaultdict(int)
        self.catching_up = Routine("what follows from decisions", self._catch_up)

    async def open(self) -> None:
        """Put everything that servers have accepted into their catalogues; also when memory may be out of step."""
        before = self._catalogue.own
        accepted = {(found.guild_id, found.montage_id): (found, at) for found, at in await self._store.accepted()}
        # What has changed while it was read is known already.
        taken_out = before - self._catalogue.own
        for guild_id, montage_id in before - accepted.keys():
            self._catalogue.remove(guild_id, montage_id)
        for key in accepted.keys() - taken_out:
            self._into_catalogue(*accepted[key])

    async def change(
        self,
        suggestion: Suggestion,
        action: Action,
        actor: Actor,
        by: int | None,
        *,
        at: int | None = None,
        why: str = "",
        entry: Entry | None = None,
    ) -> Change | None:
        """Do it, if it may be done; None when somebody was quicker. `follow` has to come after."""
        settings = await self._settings.get(suggestion.guild_id)
        await self._slot.require()
        at = clock.now() if at is None else at
        change = await self._changes.change(
            suggestion, action, actor, by=by, at=at, why=why, entry=entry, settings=settings
        )
        return self._taken_in(change)

    def brought_in(self, suggestions: Sequence[Suggestion], at: int) -> None:
        """Memory follows a list that has just become suggestions."""
        for suggestion in suggestions:
            self._titles.put(suggestion)
            if suggestion.state == "accepted":
                self._into_catalogue(suggestion, at)

    async def undo(self, suggestion: Suggestion, by: int) -> Change | None:
        """Take back the latest change that still holds; None when somebody was quicker. Then `follow`."""
        settings = await self._settings.get(suggestion.guild_id)
        await self._slot.require()
        return self._taken_in(await self._changes.undo(suggestion, by=by, at=clock.now(), settings=settings))

    async def votes_decide(self, suggestion: Suggestion, tally: Tally) -> Change | None:
        """Accept it if the votes say so; of all who press at that moment, one gets the change. Then `follow`."""
        settings = await self._settings.get(suggestion.guild_id)
        if suggestion.state != "open" or not threshold_reached(tally, settings):
            return None
        return await self.change(suggestion, "accepted", "votes", None)

    async def end_vote(self, suggestion: Suggestion, now: int) -> Change | None:
        """Its time is over: accept it if it has won, else close it; None where it is decided. Then `follow`."""
        tally = await self._votes.tally(suggestion.guild_id, suggestion.montage_id)
        won = await self.votes_decide(suggestion, tally)
        return won or await self.change(suggestion, "declined", "votes", None, at=now)

    async def follow(self, change: Change, *, drawn: bool = False) -> str:
        """Card, announcement and notice; returns what the moderators should know.

        `drawn`: the card has just been redrawn by the answer to a click. Whatever Discord refuses, the change
        stands. The three fail apart: what is refused for good keeps nothing else back, and what only passes is
        done while `catching_up`.
        """
        event = change.event
        # What stands now: by the time this runs, somebody may have changed it again.
        suggestion = await self._store.get(change.suggestion.guild_id, event.suggestion_id) or change.suggestion
        remarks: list[str] = []
        late, written = False, True
        for step, follow in self._steps(suggestion, event, drawn=drawn):
            await self._slot.require()
            try:
                remarks.append(await follow(suggestion, event))
            except TROUBLE as trouble:
                log.warning("what follows from a change is late", suggestion=suggestion.id, problem=str(trouble))
                late = late or is_passing(trouble)
                if not is_passing(trouble):
                    remarks.append(explain(trouble))
            else:
                written = await self._done(event, step) and written
            suggestion = await self._store.get(suggestion.guild_id, suggestion.id) or suggestion
        remark = one_after_the_other(*said) if (said := list(filter(None, remarks))) else ""
        if event.actor != "moderator":
            await self._publisher.report_trouble(suggestion, remark)
        if late:
            self.catching_up.wake()
            return one_after_the_other(*filter(None, (remark, _FOLLOWS_LATER)))
        if written:
            await self._changes.told(event)
            self._unwritten.pop((event.id, event.undone_at), None)
        else:
            self.catching_up.wake()
        return remark

    async def _done(self, event: Event, step: int) -> bool:
        """Write down that a step is done; whether that was possible."""
        key = event.id, event.undone_at
        try:
            await self._changes.step_done(event, step | self._unwritten[key])
        except DatabaseError:
            self._unwritten[key] |= step
            return False
        del self._unwritten[key]
        return True

    def _steps(self, suggestion: Suggestion, event: Event, *, drawn: bool) -> Iterator[tuple[int, _Step]]:
        """What is still to follow from the event: (its bit, the step)."""
        done = event.steps | self._unwritten.get((event.id, event.undone_at), 0)
        if not drawn and not done & _CARD:
            yield _CARD, self._refresh_card
        decided = event.action in ("accepted", "declined") and event.action == suggestion.state
        if decided and not event.undone_at:
            if event.action == "accepted" and not done & _ANNOUNCEMENT:
                yield _ANNOUNCEMENT, self._publisher.announce
            if not done & _NOTICE:
                yield _NOTICE, self._publisher.notify_author
        if not done & _POST:  # last, for an announcement in it would open it again
            yield _POST, self._publisher.settle_post

    async def _refresh_card(self, suggestion: Suggestion, event: Event) -> str:
        _card, remark = await self._publisher.refresh_card(suggestion)
        return remark

    async def _catch_up(self) -> float:
        """Do what was left undone when the bot stopped, or Discord was not there, in between two steps."""
        for suggestion in await self._changes.ahead():
            tally = await self._votes.tally(suggestion.guild_id, suggestion.montage_id)
            if (change := await self.votes_decide(suggestion, tally)) is not None:
                await self._follow_late(change)
        for suggestion in (without_card := await self._changes.without_card()):
            if clock.now() - suggestion.created_at > MINUTE:  # one that is younger may just be posted
                await self._post_late(suggestion)
        waiting = await self._changes.untold(clock.now())
        for change in waiting:
            # One that is a moment old may just be followed by whoever made it.
            if clock.now() - (change.event.undone_at or change.event.at) > MINUTE:
                await self._follow_late(change)
        return _SOON if waiting or without_card else _LATER

    async def _follow_late(self, change: Change) -> None:
        try:
            await self.follow(change)
        except NotServingError:
            raise
        except Exception:  # an error with one keeps none of the others waiting
            log.exception("what follows from a change failed", suggestion=change.suggestion.id)

    async def _post_late(self, suggestion: Suggestion) -> None:
        await self._slot.require()
        try:
            _posted, trouble = await self._publisher.post(suggestion)
        except TROUBLE as problem:
            log.info("a card is late", suggestion=suggestion.id, problem=str(problem))
            return
        await self._publisher.report_trouble(suggestion, trouble)

    def _taken_in(self, change: Change | None) -> Change | None:
        """Memory follows the database at once, before anything is awaited."""
        if change is not None:
            self._titles.put(change.suggestion)
            if change.suggestion.state == "accepted":
                self._into_catalogue(change.suggestion, change.event.at)
            else:
                self._catalogue.remove(change.suggestion.guild_id, change.suggestion.montage_id)
        return change

    def _into_catalogue(self, suggestion: Suggestion, at: int) -> None:
        family = self._catalogue.family_of(suggestion.entry.discipline)
        self._catalogue.put(suggestion.guild_id, suggestion.as_montage(family))
        self._decks.joined(suggestion.montage_id, at)
