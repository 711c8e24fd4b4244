"""Everything that a server may choose, with what holds until it does."""

from dataclasses import dataclass
from typing import TypeAlias

# What a choice can be.
SettingValue: TypeAlias = bool | int | str | tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GuildSettings:
    """One server's choices; the defaults are those of a server that never chose.

    Times are in the unit that the name says. `None` for a channel: where the suggestion was made.
    """

    suggestion_channel_id: int | None = None
    moderator_channel_id: int | None = None  # where moderators are told of reports and troubles; None: nowhere
    review_first: bool = False  # moderators look before a suggestion is posted
    margin: int = 5  # this many more up than down …
    share_percent: int = 75  # … and at least this share up: then it is accepted
    cooldown_minutes: int = 5  # between two suggestions of one member
    open_per_member: int = 3  # suggestions of one member that may be open at once
    minimum_account_days: int = 7  # how old an account must be to suggest or vote here
    voter_roles: tuple[str, ...] = ()  # ids: members with any of these may vote on suggestions and in brackets …
    minimum_member_days: int = 0  # … and those who have been here so long; neither is asked: everybody may
    voting_days: int = 0  # so long a suggestion is voted on, then it is decided; 0: until it wins
    anonymous: bool = False  # the card does not say who suggested; moderators can see it
    threads: bool = False  # a discussion thread under each suggestion
    own_votes: bool = False  # members may vote on their own suggestion
    publish: bool = False  # what is announced in an announcement channel goes to its followers, too …
    publish_daily: bool = False  # … and so does the daily post
    hidden_notes: tuple[str, ...] = ()  # montages with these content notes are not shown
    family_friendly_only: bool = False
    posters: bool = True  # the film's poster on its card, where the bot knows posters at all
    language: str | None = None  # what is public is said in it; None: in the one that the server gave Discord
