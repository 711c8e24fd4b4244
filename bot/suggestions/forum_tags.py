"""The tags that say in a forum how a suggestion stands, and what becomes of its post. No I/O."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from bot.languages import N_, _
from bot.suggestions.lifecycle import UNDECIDED, State

# What Discord takes.
TAGS_OF_FORUM, TAGS_OF_POST, TAG_NAME_AT_MOST = 20, 5, 20

# Of each state: the tag's name as it is made, and its emoji. Moderators may rename them.
TAGS: Mapping[State, tuple[str, str]] = {
    "waiting": (N_("With the moderators"), "👀"),
    "open": (N_("Up for the vote"), "🔥"),
    "accepted": (N_("Made it"), "🏆"),
    "declined": (N_("Not this time"), "🧊"),
    "withdrawn": (N_("Taken back"), "🚪"),
}


class Tag(NamedTuple):
    """A tag of a forum."""

    id: int
    name: str


def tag_for(state: State, remembered: Mapping[State, int], available: Collection[Tag]) -> int | None:
    """The forum's tag for a state: the one that was made for it, whatever it is called now, or one of that name,
    in English or in the language that is being spoken.

    None where there is none (any more).
    """
    there = {tag.id for tag in available}
    if remembered.get(state) in there:
        return remembered[state]
    taken = {tag for other, tag in remembered.items() if other != state}
    names = {TAGS[state][0].casefold(), _(TAGS[state][0]).casefold()}
    return next((tag.id for tag in available if tag.name.casefold() in names and tag.id not in taken), None)


def applied_tags(state_tag: int | None, of_states: Collection[int], now: Sequence[int]) -> list[int]:
    """The tags that a post should have: that of its state, and what people have put on it."""
    others = [tag for tag in now if tag not in of_states and tag != state_tag]
    return ([state_tag] if state_tag is not None else []) + others[: TAGS_OF_POST - 1]


def is_closed(state: State) -> bool:
    """Whether the post of a suggestion in that state is closed: it is decided, and the talking is over."""
    return state not in UNDECIDED
