"""Who may suggest now, and who has to wait. No I/O."""

from typing import NamedTuple, Protocol

from bot.clock import DAY, MINUTE, SECOND
from bot.languages import _, ngettext


class MemberUsage(NamedTuple):
    """How a member stands in a server: suggestions undecided, when the last one was made."""

    blocked: bool = False
    undecided: int = 0
    last_at: int | None = None


class Limits(Protocol):
    """What a server asks of the people who suggest."""

    @property
    def cooldown_minutes(self) -> int: ...
    @property
    def open_per_member(self) -> int: ...
    @property
    def minimum_account_days(self) -> int: ...


def too_young(limits: Limits, account_made_at: int, now: int) -> str | None:
    """What to tell an account that is too young to take part; None for one that is old enough."""
    missing = limits.minimum_account_days * DAY - (now - account_made_at)
    if missing <= 0:
        return None
    # For translators: {when} is shown by Discord, as “in 3 hours”.
    return ngettext(
        "This server takes suggestions, and votes on them, from accounts that are at least "
        "{number} day old. Yours gets there {when}.",
        "This server takes suggestions, and votes on them, from accounts that are at least "
        "{number} days old. Yours gets there {when}.",
        limits.minimum_account_days,
        when=_when(now + missing),
    )


def refusal(usage: MemberUsage, limits: Limits, account_made_at: int, now: int) -> str | None:
    """Why this member may not suggest at the moment, as a sentence for them; None if they may."""
    if usage.blocked:
        return _(
            "The moderators of this server have asked me not to take suggestions from you. Talk to them, please."
        )
    if young := too_young(limits, account_made_at, now):
        return young
    if usage.undecided >= limits.open_per_member:
        return ngettext(
            "You have {number} suggestion here that nobody has decided yet, and this server "
            "takes {open_per_member} at a time. Wait for one to be decided, or take one back with "
            "`/suggestions withdraw`.",
            "You have {number} suggestions here that nobody has decided yet, and this server "
            "takes {open_per_member} at a time. Wait for one to be decided, or take one back with "
            "`/suggestions withdraw`.",
            usage.undecided,
            open_per_member=limits.open_per_member,
        )
    if usage.last_at is not None:
        missing = limits.cooldown_minutes * MINUTE - (now - usage.last_at)
        if missing > 0:
            # For translators: {when} is shown by Discord, as “in 3 hours”.
            return _(
                "Even Rocky rests between rounds: your next suggestion can come {when}.",
                when=_when(now + missing),
            )
    return None


def _when(at: int) -> str:
    """`in 3 hours`, as Discord says it; rounded up, so that nobody comes back too early."""
    return f"<t:{-(-at // SECOND)}:R>"
