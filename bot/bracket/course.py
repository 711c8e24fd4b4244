"""A bracket and everything that has happened in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from bot.bracket.rules import Match, rounds_of
from bot.catalogue import Catalogue, Filters, Montage
from bot.delivery import Claim

Source = Literal["top", "suggested"]
# The montage that has each seed; None where it may not be shown (any more).
Names = Mapping[int, Montage | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bracket:
    """One bracket. `round` is the one whose post is due or stands; after the final it is the announcement.

    `due_at` None: nothing is left to do, or it was given up. One that was stopped (`ended_at`) is due until its
    post says so. `filters` None: they cannot be read any more, and are only shown.
    """

    id: int
    guild_id: int
    channel_id: int
    size: int
    source: Source
    filters: Filters | None
    hours: int
    round: int = 1
    started_at: int
    due_at: int | None
    failing_since: int | None = None
    problem: str | None = None
    ended_at: int | None = None
    champion_seed: int | None = None

    @property
    def rounds(self) -> int:
        """How many rounds are played."""
        return rounds_of(self.size)

    @property
    def is_played(self) -> bool:
        """Whether the final is decided."""
        return self.round > self.rounds

    def address_of(self, message_id: int) -> str:
        """Where a post of it stands, for a link."""
        return f"https://discord.com/channels/{self.guild_id}/{self.channel_id}/{message_id}"


class RoundPost(NamedTuple):
    """The right to make a round's post, and the post itself, if it stands."""

    claim: Claim
    ends_at: int


@dataclass(frozen=True, slots=True)
class Course:
    """A bracket with everything that has happened in it. `entrants`: montage ids by seed."""

    bracket: Bracket
    entrants: Mapping[int, str] = field(default_factory=dict)
    matches: Sequence[Match] = ()
    posts: Mapping[int, RoundPost] = field(default_factory=dict)

    def of_round(self, number: int) -> list[Match]:
        """The matches of a round, from top to bottom; none while it is not known who meets whom."""
        return [match for match in self.matches if match.round == number]

    def names(self, catalogue: Catalogue) -> Names:
        """The montages by seed, as far as the server may see them now."""
        guild_id = self.bracket.guild_id
        return {seed: catalogue.get(guild_id, montage_id) for seed, montage_id in self.entrants.items()}
