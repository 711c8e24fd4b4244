"""What the bot knows of one suggestion, and of each thing that happened to it."""

from typing import NamedTuple

from bot.catalogue import Montage
from bot.suggestions.entry import Entry
from bot.suggestions.lifecycle import Action, Actor, State
from bot.ui.text import number_in


class Suggestion(NamedTuple):
    """A member's montage and its fate. `author_id` is None once the person asked to be forgotten.

    `channel_id` is where its card stands or is to stand; without a `message_id` it has no card.
    `trouble` says what keeps the card from being right.
    """

    id: int
    guild_id: int
    author_id: int | None
    entry: Entry
    state: State
    created_at: int
    channel_id: int | None = None
    message_id: int | None = None
    version: int = 0
    anonymous: bool = False
    trouble: str = ""
    closes_at: int | None = None  # when its vote ends; None: when it wins
    imported: bool = False  # it came with a list
    is_post: bool = False  # its card is the first message of a forum's post

    @property
    def montage_id(self) -> str:
        """Its id wherever montages are voted on or shown."""
        return f"s{self.id}"

    @property
    def label(self) -> str:
        """`12 · Rocky IV (1985): Farm in the snow`, for lists that show plain text."""
        return f"{self.id} · {self.entry.label}"

    @property
    def address(self) -> str | None:
        """Where its card can be seen on Discord."""
        if self.message_id is None:
            return None
        return f"https://discord.com/channels/{self.guild_id}/{self.channel_id}/{self.message_id}"

    def as_montage(self, family: str) -> Montage:
        """The montage that it is once accepted; `family` is that of its discipline, or empty."""
        entry = self.entry
        return Montage(
            id=self.montage_id,
            film=entry.film,
            year=entry.year,
            scene=entry.scene,
            blurb=entry.why,
            discipline=entry.discipline,
            family=family,
            link=entry.link,
            suggested_by=None if self.anonymous else self.author_id,
        )


class PostedCard(NamedTuple):
    """Where the card of a suggestion stands, known also once the suggestion itself is deleted."""

    suggestion_id: int
    guild_id: int
    channel_id: int
    message_id: int


def suggestion_number(montage_id: str) -> int | None:
    """12 for `s12`; None for a shipped montage's id."""
    return number_in(montage_id[1:]) if montage_id.startswith("s") else None


class Event(NamedTuple):
    """One thing that happened to a suggestion. `by` is None for the votes and for people since forgotten."""

    id: int
    suggestion_id: int
    action: Action
    actor: Actor
    by: int | None
    at: int
    why: str = ""
    undone_at: int | None = None
    undone_by: int | None = None
    reworded: bool = False  # it changed the text, too; known in a history only
    steps: int = 0  # what has followed from it already: see `bot.suggestions.decisions`


class Change(NamedTuple):
    """A suggestion after a change, and the event that changed it."""

    suggestion: Suggestion
    event: Event


class Report(NamedTuple):
    """Somebody found something wrong with a suggestion."""

    by: int
    why: str
    at: int
    settled_at: int | None = None
    settled_by: int | None = None


class Blocked(NamedTuple):
    """Somebody who may not suggest or report in a server: a member, or whoever left this trace and was erased."""

    user_id: int | None
    trace: str | None
    why: str
