"""Who may suggest now."""

from dataclasses import dataclass

import pytest

from bot.clock import DAY, MINUTE
from bot.suggestions.limits import MemberUsage, refusal

NOW, OLD = 1_000 * DAY, 900 * DAY


@dataclass(frozen=True)
class Asked:
    cooldown_minutes: int = 5
    open_per_member: int = 3
    minimum_account_days: int = 7


def test_a_member_in_good_standing_may() -> None:
    assert refusal(MemberUsage(), Asked(), OLD, NOW) is None
    assert refusal(MemberUsage(undecided=2, last_at=NOW - 5 * MINUTE), Asked(), OLD, NOW) is None


@pytest.mark.parametrize(
    ("usage", "made_at", "words"),
    [
        (MemberUsage(blocked=True), OLD, "moderators"),
        (MemberUsage(), NOW - 4 * DAY, f"<t:{(NOW + 3 * DAY) // 1000}:R>"),
        (MemberUsage(), NOW - 7 * DAY + 1, f"<t:{NOW // 1000 + 1}:R>"),
        (MemberUsage(undecided=3), OLD, "3 suggestions"),
        (MemberUsage(last_at=NOW - 2 * MINUTE), OLD, f"<t:{(NOW + 3 * MINUTE) // 1000}:R>"),
        (MemberUsage(last_at=NOW - 5 * MINUTE + 1), OLD, f"<t:{NOW // 1000 + 1}:R>"),
    ],
)
def test_everybody_else_hears_why_and_until_when(usage: MemberUsage, made_at: int, words: str) -> None:
    assert words in (refusal(usage, Asked(), made_at, NOW) or "")
