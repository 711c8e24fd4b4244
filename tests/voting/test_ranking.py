"""The rule that ranks, for any votes."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.voting.ranking import PRIOR_VOTES, movement, rank
from bot.voting.store import Tally

tallies = st.builds(Tally, st.integers(0, 50), st.integers(0, 50))
votes = st.dictionaries(st.sampled_from([f"m{n}" for n in range(12)]), tallies, max_size=12)
KEYS = [f"m{n}" for n in range(12)]


@given(votes)
def test_everything_is_ranked_once_and_ranks_only_grow(votes: dict[str, Tally]) -> None:
    ranked = rank(KEYS, votes)
    assert sorted(r.key for r in ranked) == sorted(KEYS)
    assert ranked[0].rank == 1
    for guild_id, (before, after) in enumerate(pairwise(ranked), 2):
        assert before.score >= after.score
        assert after.rank in (before.rank, guild_id)


@given(tallies.filter(lambda tally: tally.up > 0))
def test_the_only_one_that_was_voted_on_comes_first(tally: Tally) -> None:
    assert rank(["a", "b"], {"b": tally})[0].key == "b"  # it is as good as the average, and not a rounding less


@given(votes, st.sampled_from(KEYS))
def test_one_more_vote_for_it_never_costs_a_montage_its_place(votes: dict[str, Tally], key: str) -> None:
    before = votes.get(key, Tally())
    more = {**votes, key: Tally(before.up + 1, before.down)}
    assert {r.key: r.rank for r in rank(KEYS, more)}[key] <= {r.key: r.rank for r in rank(KEYS, votes)}[key]


def test_before_any_vote_the_editors_order_stands() -> None:
    ranked = rank(KEYS, {})
    assert [r.key for r in ranked] == KEYS
    assert [r.rank for r in ranked] == list(range(1, 13))


def test_a_newcomer_lands_in_the_middle_and_one_vote_does_not_win() -> None:
    ranked = rank(
        ["loved", "new", "hated", "one vote"],
        {"loved": Tally(40, 2), "hated": Tally(3, 30), "one vote": Tally(1, 0)},
    )
    assert [r.key for r in ranked] == ["loved", "one vote", "new", "hated"]


def test_the_score_is_the_bayesian_average() -> None:
    votes = {"a": Tally(8, 2), "b": Tally(2, 8)}
    assert rank(["a", "b"], votes)[0].score == (PRIOR_VOTES * 0.5 + 8) / (PRIOR_VOTES + 10)


def test_equal_votes_share_a_rank_and_few_votes_are_marked() -> None:
    ranked = rank(["a", "b", "c", "d"], {"a": Tally(4, 0), "b": Tally(4, 0), "c": Tally(9, 0)})
    marked = [("c", 1, False), ("a", 2, True), ("b", 2, True), ("d", 4, False)]
    assert [(r.key, r.rank, r.is_new) for r in ranked] == marked


@given(votes, st.sampled_from(KEYS))
def test_one_more_vote_against_it_never_wins_a_montage_a_place(votes: dict[str, Tally], key: str) -> None:
    before = votes.get(key, Tally())
    worse = {**votes, key: Tally(before.up, before.down + 1)}
    assert {r.key: r.rank for r in rank(KEYS, worse)}[key] >= {r.key: r.rank for r in rank(KEYS, votes)}[key]


def test_where_nobody_liked_anything_yet_the_disliked_come_last() -> None:
    assert [r.key for r in rank(["a", "b", "c"], {"a": Tally(0, 2), "b": Tally(0, 1)})] == ["c", "b", "a"]


@given(votes, votes)
def test_movement_is_the_difference_of_two_ranks(now: dict[str, Tally], before: dict[str, Tally]) -> None:
    new, old = ({r.key: r.rank for r in rank(KEYS, votes)} for votes in (now, before))
    climbed = movement(rank(KEYS, now), rank(KEYS, before))
    assert climbed == {key: old[key] - new[key] for key, tally in before.items() if tally.votes}


def test_what_nobody_had_voted_on_has_not_moved() -> None:
    assert movement(rank(KEYS, {"m3": Tally(5, 0)}), rank(KEYS, {})) == {}
