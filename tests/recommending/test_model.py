"""The model, for any votes."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue import Catalogue
from bot.recommending.likeness import likeness
from bot.recommending.model import ENOUGH_LIKES, ENOUGH_VOTERS, Model, fit
from bot.recommending.selection import FEW_LIKES
from bot.voting.ranking import rank
from bot.voting.store import Tally
from tests.bench.evaluate import likes

SIZE = 24
votes = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, SIZE - 1), st.sampled_from([1, -1])),
    max_size=120,
    unique_by=lambda vote: vote[:2],
)
some = st.lists(st.integers(0, SIZE - 1), max_size=SIZE, unique=True)


def fitted(votes: list[tuple[int, int, int]], size: int = SIZE) -> Model:
    people, montages, values = np.array(votes, np.int64).reshape(-1, 3).T
    return fit(likes(people, montages, values, size))


def two_camps(people: int, random: np.random.Generator) -> list[tuple[int, int, int]]:
    """Half the people like the first half of the montages, half the second; each voted on two thirds."""
    return [
        (person, montage, 1 if (person % 2 == 0) == (montage < SIZE // 2) else -1)
        for person in range(people)
        for montage in random.permutation(SIZE)[: SIZE * 2 // 3].tolist()
    ]


@settings(max_examples=60)
@given(votes, some, some, st.integers(0, SIZE + 3))
def test_it_recommends_each_once_and_nothing_seen_or_liked(
    votes: list[tuple[int, int, int]], liked: list[int], seen: list[int], n: int
) -> None:
    order = fitted(votes).recommend(liked, seen, n)
    assert len(order) == len(set(order.tolist())) == min(n, SIZE - len({*liked, *seen}))
    assert not {*liked, *seen} & set(order.tolist())


@settings(max_examples=60)
@given(votes, st.lists(st.integers(0, SIZE - 1), max_size=FEW_LIKES - 1, unique=True), some)
def test_below_five_likes_it_is_the_top_list(
    votes: list[tuple[int, int, int]], liked: list[int], seen: list[int]
) -> None:
    ups = [sum(m == key and v > 0 for _, m, v in votes) for key in range(SIZE)]
    downs = [sum(m == key and v < 0 for _, m, v in votes) for key in range(SIZE)]
    scores = {r.key: r.score for r in rank(range(SIZE), {k: Tally(ups[k], downs[k]) for k in range(SIZE)})}
    order = fitted(votes).recommend(liked, seen, SIZE).tolist()
    assert np.allclose(sorted((scores[k] for k in order), reverse=True), [scores[k] for k in order])


def test_from_five_likes_on_it_is_the_persons_own_camp() -> None:
    model = fitted(two_camps(400, np.random.default_rng(1)))
    for count in (FEW_LIKES, ENOUGH_LIKES - 1, ENOUGH_LIKES):
        liked = list(range(SIZE // 2, SIZE // 2 + count))
        camp = set(range(SIZE // 2, SIZE)) - set(liked)
        assert set(model.recommend(liked, [], len(camp)).tolist()) == camp
        assert all(model.because(liked, montage) in liked for montage in camp)


def test_nothing_speaks_for_what_only_others_like() -> None:
    model = fitted(two_camps(400, np.random.default_rng(1)))
    assert model.because([0, 1, 2], SIZE - 1) is None
    assert model.because([], 3) is None


def test_a_like_that_everybody_shares_is_not_the_reason_for_everything() -> None:
    pull = np.array([[0.0, 0.0, 0.5, 0.5], [0.0, 0.0, 0.4, 0.0], [0.0, 0.0, 0.0, 0.3], [0.0, 0.0, 0.3, 0.0]])
    model = Model(pull, np.zeros(4), 100)
    assert model.because([0, 1], 2) == 1
    assert model.because([0, 1], 3) == 0


def test_the_weights_are_those_of_the_paper() -> None:
    # Worked with P = (XᵀX + λI)⁻¹ and B = I − P·diagMat(1 / diag(P)), the paper's equation 8.
    random = np.random.default_rng(2)
    table = random.integers(0, 2, (80, SIZE))
    person, montage = np.nonzero(table)
    inverse = np.linalg.inv(table.T @ table + 100.0 * np.eye(SIZE))
    expected = np.eye(SIZE) - inverse @ np.diag(1 / np.diag(inverse))
    assert np.allclose(fit(likes(person, montage, np.ones(len(person), np.int64), SIZE)).pull, expected)


def test_many_people_are_learnt_from_like_few() -> None:
    random = np.random.default_rng(3)
    votes = two_camps(5_000, random)  # more than stand in one table
    shuffled = [votes[index] for index in random.permutation(len(votes))]
    assert np.allclose(fitted(votes).pull, fitted(shuffled).pull)
    assert fitted(votes).voters == 5_000


def _liking(catalogue: Catalogue, discipline: str) -> list[int]:
    return [n for n, m in enumerate(catalogue.shipped) if m.discipline == discipline]


def helped(catalogue: Catalogue, voters: int, votes: int) -> tuple[Model, Model]:
    """(without, with) likeness to help, of voters who like anything."""
    random, every = np.random.default_rng(4), len(catalogue.shipped)
    people = np.repeat(np.arange(voters), votes)
    montages = np.concatenate([np.zeros(0, np.int64), *(random.permutation(every)[:votes] for _ in range(voters))])
    said = likes(people, montages, np.ones(len(people), np.int64), every)
    return fit(said), fit(said, likeness(catalogue.shipped))


def test_with_few_voters_what_is_alike_helps_out(catalogue: Catalogue) -> None:
    boxing = _liking(catalogue, "boxing")
    liked, more = boxing[:10], set(boxing[10:])
    for voters, votes in ((0, 0), (3, 8), (ENOUGH_VOTERS * 2, 3)):  # none, few, and many who have said little
        _, model = helped(catalogue, voters, votes)
        best = model.recommend(liked, [], len(more)).tolist()
        assert set(best) == more
        assert model.because(liked, best[0]) in liked


def test_with_enough_votes_likeness_has_no_say(catalogue: Catalogue) -> None:
    alone, model = helped(catalogue, ENOUGH_VOTERS, 60)
    assert np.array_equal(alone.pull, model.pull)


def test_likeness_is_symmetric_and_highest_with_itself(catalogue: Catalogue) -> None:
    common = likeness(catalogue.shipped)
    assert np.allclose(common, common.T)
    assert (common <= np.diag(common)[:, None] + 1e-9).all()
