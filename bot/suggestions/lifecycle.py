"""The life of a suggestion: who may do what to it, when the votes have decided, and when a vote ends. No I/O."""

from typing import Literal, NamedTuple, Protocol

from bot.clock import DAY
from bot.languages import N_, _
from bot.voting import Tally

State = Literal["waiting", "open", "accepted", "declined", "withdrawn"]
Action = Literal["edited", "posted", "accepted", "corrected", "declined", "withdrawn"]
Actor = Literal["author", "moderator", "votes"]

# States in which it is still on its way.
UNDECIDED: frozenset[State] = frozenset({"waiting", "open"})
# States that every member may look at; the others are for the author and the moderators.
PUBLIC: frozenset[State] = frozenset({"open", "accepted", "declined"})


class Transition(NamedTuple):
    """From which states a thing may be done; `to` is None where the state stays."""

    since: frozenset[State]
    to: State | None


# Everything that can happen, by what and in which part. A moderator may besides undo whatever came last.
TRANSITIONS: dict[tuple[Action, Actor], Transition] = {
    ("edited", "author"): Transition(UNDECIDED, None),
    ("withdrawn", "author"): Transition(frozenset({"waiting", "open", "accepted"}), "withdrawn"),
    ("accepted", "votes"): Transition(frozenset({"open"}), "accepted"),
    ("declined", "votes"): Transition(frozenset({"open"}), "declined"),
    ("posted", "moderator"): Transition(frozenset({"waiting", "declined"}), "open"),
    ("accepted", "moderator"): Transition(frozenset({"waiting", "open", "declined"}), "accepted"),
    ("corrected", "moderator"): Transition(frozenset({"accepted"}), None),
    ("declined", "moderator"): Transition(frozenset({"waiting", "open", "accepted"}), "declined"),
}

_STANDING: dict[State, str] = {
    "waiting": N_("is waiting for a moderator to look at it"),
    "open": N_("is being voted on"),
    "accepted": N_("has been accepted"),
    "declined": N_("has been declined"),
    "withdrawn": N_("has been withdrawn by its author"),
}


# The states in one word.
STATES: dict[State, str] = {
    "waiting": N_("waiting"),
    "open": N_("open"),
    "accepted": N_("accepted"),
    "declined": N_("declined"),
    "withdrawn": N_("withdrawn"),
}


class Threshold(Protocol):
    """What a server asks of the votes."""

    @property
    def margin(self) -> int: ...
    @property
    def share_percent(self) -> int: ...


def next_state(action: Action, actor: Actor, state: State) -> State | None:
    """The state that follows; None where it may not be done."""
    move = TRANSITIONS.get((action, actor))
    if move is None or state not in move.since:
        return None
    return move.to or state


def state_phrase(state: State) -> str:
    """How it stands, to go after “It”: `has been accepted`."""
    return _(_STANDING[state])


def threshold_reached(counts: Tally, threshold: Threshold) -> bool:
    """Whether the votes accept it: enough more up than down, and a large enough share up."""
    votes = counts.up + counts.down
    enough_more = counts.up - counts.down >= max(threshold.margin, 1)
    return enough_more and counts.up * 100 >= threshold.share_percent * votes


def end_of_vote(opened_at: int, days: int) -> int | None:
    """When a vote that is opened then ends; None: when it wins, or a moderator decides."""
    return opened_at + days * DAY if days else None


def moved_end(closes_at: int | None, days: int, before: int, now: int) -> int | None:
    """When a vote ends whose server has chosen another number of days than `before`.

    By so many days later or sooner, but nobody is surprised: there is a day left at least.
    """
    if not days or closes_at is None:
        return end_of_vote(now, days)
    return max(closes_at + (days - before) * DAY, now + DAY)


def reopened_end(closes_at: int | None, days: int, now: int) -> int | None:
    """When a vote ends that is open again: as it would have, or where its time is over it begins anew."""
    if days and closes_at is not None and closes_at > now:
        return closes_at
    return end_of_vote(now, days)


def votes_missing(counts: Tally, threshold: Threshold) -> int | None:
    """How many more votes for it, and none against, it takes; None where no number would do."""
    lead = max(threshold.margin, 1) - (counts.up - counts.down)
    # So many times (100 - share) is what the share still wants.
    wanted = threshold.share_percent * counts.votes - 100 * counts.up
    if wanted > 0 and threshold.share_percent >= 100:
        return None
    share = -(-wanted // (100 - threshold.share_percent)) if wanted > 0 else 0
    return max(lead, share, 0)


def may_see(state: State, *, author: bool, moderator: bool) -> bool:
    """Whether a person may look at a suggestion in that state."""
    return state in PUBLIC or author or moderator
