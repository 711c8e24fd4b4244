"""The tags that say in a forum how a suggestion stands, and what becomes of its post. Pure."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from bot.suggestions.lifecycle import UNDECIDED, State

# What Discord takes.
TAGS_OF_FORUM, TAGS_OF_POST = 20, 5

# Of each state: the tag's name as it is made, and its emoji. Moderators may rename them.
TAGS: Mapping[State, tuple[str, str]] = {
    "waiting": ("With the moderators", "👀"),
    "open": ("Up for the vote", "🔥"),
    "accepted": ("Made it", "🏆"),
    "declined": ("Not this time", "🧊"),
    "withdrawn": ("Taken back", "🚪"),
}


class Tag(NamedTuple):
    """A tag of a forum."""

    id: int
    name: str


def tag_for(state: State, remembered: Mapping[State, int], available: Collection[Tag]) -> int | None:
    """The forum's tag for a state: the one that was made for it, whatever it is called now, or one of that name.

    None where there is none (any more).
    """
    there = {tag.id for tag in available}
    if remembered.get(state) in there:
        return remembered[state]
    taken = {tag for other, tag in remembered.items() if other != state}
    name = TAGS[state][0].casefold()
    return next((tag.id for tag in available if tag.name.casefold() == name and tag.id not in taken), None)


def applied_tags(state_tag: int | None, of_states: Collection[int], now: Sequence[int]) -> list[int]:
    """The tags that a post should have: that of its state, and what people have put on it."""
    others = [tag for tag in now if tag not in of_states and tag != state_tag]
    return ([state_tag] if state_tag is not None else [])[:1] + others[: TAGS_OF_POST - 1]


def is_closed(state: State) -> bool:
    """Whether the post of a suggestion in that state is closed: it is decided, and the talking is over."""
    return state not in UNDECIDED
