"""Who may vote where a server asks for a role, or for some time as a member: on suggestions and in brackets.

What was cast before stays, whatever is asked later: this looks at who votes now.
"""

from collections.abc import Collection
from typing import NamedTuple, Protocol

import discord

from bot import clock
from bot.client import Interaction
from bot.clock import DAY
from bot.errors import UserError
from bot.guilds.questions import role_words
from bot.languages import _, ngettext
from bot.ui.mentions import living


class Electorate(Protocol):
    """What a server asks of those who vote."""

    @property
    def voter_roles(self) -> tuple[str, ...]: ...
    @property
    def minimum_member_days(self) -> int: ...


class Voter(NamedTuple):
    """A member as the rule sees them; `joined_at` is None where Discord does not say."""

    role_ids: Collection[int]
    joined_at: int | None


def may_vote(asked: Electorate, voter: Voter, now: int) -> bool:
    """Whether any of what the server asks for is fulfilled; where it asks for nothing everybody may."""
    if not asked.voter_roles and not asked.minimum_member_days:
        return True
    if any(str(role) in asked.voter_roles for role in voter.role_ids):
        return True
    if not asked.minimum_member_days or voter.joined_at is None:
        return False
    return now - voter.joined_at >= asked.minimum_member_days * DAY


def why_no_vote(asked: Electorate, voter: Voter) -> str:
    """What to tell somebody who may not."""
    since = _from_when(asked, voter)
    days = ngettext("{number} day", "{number} days", asked.minimum_member_days)
    if not asked.voter_roles:
        return _("Votes here come from members of at least {days}. {since}", days=days, since=since).strip()
    roles = role_words(asked.voter_roles, either=True)
    if not asked.minimum_member_days:
        return _(
            "Votes here come from members with a certain role, and you need {roles}. "
            "Whoever manages the server gives roles out.",
            roles=roles,
        )
    return _(
        "Votes here come from members with {roles}, and from those who have been here for {days}. {since}",
        roles=roles,
        days=days,
        since=since,
    ).strip()


def _from_when(asked: Electorate, voter: Voter) -> str:
    if voter.joined_at is None:
        return ""
    due = (voter.joined_at + asked.minimum_member_days * DAY) // clock.SECOND
    return _("Your first bell rings {soon}, on {day}.", soon=f"<t:{due}:R>", day=f"<t:{due}:f>")


async def check_voter(interaction: Interaction) -> None:
    """Raises UserError, with the reason, for somebody whose votes the server does not take."""
    settings = await interaction.client.services.guild_settings.get(interaction.guild_id or 0)
    voter = _voter(interaction)
    if not may_vote(settings, voter, clock.now()):
        raise UserError(living(why_no_vote(settings, voter), interaction.guild))


def _voter(interaction: Interaction) -> Voter:
    user = interaction.user
    if not isinstance(user, discord.Member):
        return Voter((), None)
    joined = clock.milliseconds(user.joined_at) if user.joined_at else None
    return Voter([role.id for role in user.roles if not role.is_default()], joined)
