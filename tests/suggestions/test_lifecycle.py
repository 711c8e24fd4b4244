"""The rules alone: who may do what, and when the votes have decided."""

from dataclasses import dataclass
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.suggestions.lifecycle import (
    TRANSITIONS,
    Action,
    Actor,
    State,
    may_see,
    next_state,
    threshold_reached,
    votes_missing,
)
from bot.voting import Tally

STATES, ACTORS, ACTIONS = get_args(State), get_args(Actor), get_args(Action)


@dataclass(frozen=True)
class Asked:
    margin: int = 5
    share_percent: int = 75


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("action", ACTIONS)
def test_everything_that_is_not_named_may_not_be_done(action: Action, actor: Actor, state: State) -> None:
    expected = {
        ("edited", "author"): {"waiting": "waiting", "open": "open"},
        ("withdrawn", "author"): {"waiting": "withdrawn", "open": "withdrawn", "accepted": "withdrawn"},
        ("accepted", "votes"): {"open": "accepted"},
        ("declined", "votes"): {"open": "declined"},
        ("posted", "moderator"): {"waiting": "open", "declined": "open"},
        ("accepted", "moderator"): {"waiting": "accepted", "open": "accepted", "declined": "accepted"},
        ("corrected", "moderator"): {"accepted": "accepted"},
        ("declined", "moderator"): {"waiting": "declined", "open": "declined", "accepted": "declined"},
    }
    assert next_state(action, actor, state) == expected.get((action, actor), {}).get(state)
    assert set(TRANSITIONS) == set(expected)


@pytest.mark.parametrize(
    ("up", "down", "accepted"),
    [(4, 0, False), (5, 0, True), (6, 1, True), (6, 2, False), (15, 5, True), (14, 5, False), (100, 96, False)],
)
def test_five_more_and_three_quarters(up: int, down: int, accepted: bool) -> None:
    assert threshold_reached(Tally(up, down), Asked()) is accepted


@given(up=st.integers(0, 50), down=st.integers(0, 50), margin=st.integers(0, 10), share=st.integers(0, 100))
def test_one_more_vote_for_it_never_undoes_what_the_votes_decided(
    up: int, down: int, margin: int, share: int
) -> None:
    asked = Asked(margin, share)
    if threshold_reached(Tally(up, down), asked):
        assert up > down
        assert threshold_reached(Tally(up + 1, down), asked)
        assert down == 0 or threshold_reached(Tally(up, down - 1), asked)


@given(up=st.integers(0, 60), down=st.integers(0, 60), margin=st.integers(0, 10), share=st.integers(0, 100))
def test_so_many_more_and_no_fewer_and_it_is_in(up: int, down: int, margin: int, share: int) -> None:
    asked = Asked(margin, share)
    missing = votes_missing(Tally(up, down), asked)
    if missing is None:
        assert share == 100 and down > 0
        assert not threshold_reached(Tally(up + 10_000, down), asked)
        return
    assert threshold_reached(Tally(up + missing, down), asked)
    assert missing == 0 or not threshold_reached(Tally(up + missing - 1, down), asked)


def test_what_is_not_public_is_for_author_and_moderators() -> None:
    for state in STATES:
        public = state in ("open", "accepted", "declined")
        assert may_see(state, author=False, moderator=False) is public
        assert may_see(state, author=True, moderator=False)
        assert may_see(state, author=False, moderator=True)
