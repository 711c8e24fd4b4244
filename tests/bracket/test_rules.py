"""Who meets whom, and who goes on: thousands of brackets that were never fought."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bracket.rules import (
    Match,
    champion,
    decide,
    first_round,
    next_round,
    rounds_of,
    seeds_in_order,
    size_for,
    winners_code,
    won_by_code,
)

entrants = st.integers(2, 32)
everybody = range(1, 33)


def is_here(seed: int) -> bool:
    return True


def play(number: int, votes: dict[tuple[int, int], int], gone: frozenset[int] = frozenset()) -> list[Match]:
    """All matches of a bracket; `votes` by (round, seed), nothing where there is none."""
    matches: list[Match] = []
    current = first_round(number)
    while current:
        decided = [
            decide(m, {seed: votes.get((m.round, seed), 0) for seed in m.seeds}, lambda seed: seed not in gone)
            for m in current
        ]
        matches += decided
        current = next_round(decided)
    return matches


def test_the_usual_order() -> None:
    assert seeds_in_order(8) == [1, 8, 4, 5, 2, 7, 3, 6]
    assert [m.seeds for m in first_round(16)][:4] == [(1, 16), (8, 9), (4, 13), (5, 12)]


def test_of_five_the_best_three_have_a_bye() -> None:
    assert [m.seeds for m in first_round(5)] == [(1,), (4, 5), (2,), (3,)]
    assert [m.winner for m in first_round(5)] == [1, None, 2, 3]


@pytest.mark.parametrize(("number", "size"), [(2, 2), (3, 4), (4, 4), (5, 8), (8, 8), (9, 16), (17, 32), (32, 32)])
def test_the_field_is_no_larger_than_it_has_to_be(number: int, size: int) -> None:
    assert size_for(number) == size and rounds_of(size) == size.bit_length() - 1


@given(number=entrants)
def test_byes_go_to_the_best_and_are_in_the_first_round_only(number: int) -> None:
    first = first_round(number)
    byes = {m.first for m in first if m.second is None}
    assert byes == set(range(1, size_for(number) - number + 1))
    assert all(m.decided_by == "bye" and m.winner == m.first for m in first if m.second is None)
    assert {seed for m in first for seed in m.seeds} == set(range(1, number + 1))
    later = [m for m in play(number, {}) if m.round > 1]
    assert all(m.second is not None and m.decided_by != "bye" for m in later)


@given(number=entrants)
def test_where_nobody_votes_the_best_seed_wins_and_the_second_loses_the_final(number: int) -> None:
    matches = play(number, {})
    final = matches[-1]
    assert champion(matches, is_here) == 1 and final.loser == 2 and final.decided_by == "seed"
    assert final.round == rounds_of(size_for(number))


votes_of_all = st.dictionaries(st.tuples(st.integers(1, 5), st.integers(1, 32)), st.integers(0, 3))


@given(number=entrants, votes=votes_of_all, gone=st.frozensets(st.integers(1, 32), max_size=32))
def test_everybody_but_one_is_out_exactly_once(
    number: int, votes: dict[tuple[int, int], int], gone: frozenset[int]
) -> None:
    matches = play(number, votes, gone)
    losers = [m.loser for m in matches if m.loser is not None]
    winner = matches[-1].winner
    assert winner is not None
    assert sorted([*losers, winner]) == list(range(1, number + 1))
    assert len(matches) == size_for(number) - 1
    for m in matches:
        assert m.winner in m.seeds
        if m.second is None:
            continue
        here = [seed for seed in m.seeds if seed not in gone]
        if len(here) == 1:
            assert m.winner == here[0], "who is gone never beats who is not"
        elif here and m.first_votes != m.second_votes:
            assert m.votes_of(m.winner) > m.votes_of(m.loser or 0) and m.decided_by == "votes"
        elif here:
            assert m.winner == min(m.seeds) and m.decided_by == "seed"
    crowned = champion(matches, lambda seed: seed not in gone)
    assert crowned == (winner if winner not in gone else None)
    assert (crowned is None) == (set(range(1, number + 1)) <= gone), "while anybody is left there is a champion"


@given(number=entrants, votes=votes_of_all)
def test_a_match_that_is_decided_stays_so(number: int, votes: dict[tuple[int, int], int]) -> None:
    for m in play(number, votes):
        assert decide(m, dict.fromkeys(m.seeds[1:], 99), is_here) == m


def test_what_is_to_be_decided_is_no_match_and_so_no_bye() -> None:
    matches = first_round(8)
    decided = [*(decide(m, {}, is_here) for m in matches[:2]), *matches[2:]]
    with pytest.raises(ValueError, match="still to be decided"):
        next_round(decided)


@given(number=entrants, votes=votes_of_all)
def test_a_button_says_who_won_each_match(number: int, votes: dict[tuple[int, int], int]) -> None:
    matches = play(number, votes)
    before = {(m.round, m.position): m for m in first_round(number)}
    played = [m for m in matches if m.round == 1]
    code = winners_code(played)
    assert len(code) <= 4
    again = [won_by_code(before[m.round, m.position], code) for m in played]
    assert [m.winner for m in again] == [m.winner for m in played]
