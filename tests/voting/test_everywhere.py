"""What counts everywhere: a person once, no server too much, no account of yesterday."""

from collections import Counter, defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import DAY
from bot.voting.ballots import MINIMUM_AGE, Ballots, counting, latest_of_each, old_enough
from bot.voting.board import DAYS, spans
from bot.voting.store import Tallies, Tally
from bot.voting.sums import SERVER_WEIGHT, Likes, Sums
from tests.club import Club, answered, button, text

MONTAGES = ("a", "b", "c")
# An account made in the first second of 2015, and a day in 2026 to vote on.
OLD, TODAY = 1, 20_500

# (user, server, montage, value, day)
Cast = tuple[int, int, int, int, int]
votes = st.lists(
    st.tuples(
        st.integers(1, 6),
        st.integers(0, 3),
        st.integers(0, 2),
        st.sampled_from([1, -1]),
        st.integers(TODAY - 45, TODAY),
    ),
    max_size=40,
    unique_by=lambda vote: vote[:3],
)


def ballots(votes: list[Cast]) -> Ballots:
    user, guild, montage, value, day = np.array(votes, np.int64).reshape(-1, 5).T
    # Each vote a moment later than the one before it, so that none are cast at the same time.
    cast = Ballots(user, guild, montage, value, day * DAY + np.arange(len(votes)))
    return Ballots(*(array[np.argsort(user, kind="stable")] for array in cast))


def summed(votes: list[Cast], crowds: list[tuple[int, int]] = ()) -> Sums:  # type: ignore[assignment]
    sums = Sums(MONTAGES, TODAY)
    sums.watch(np.array(crowds, np.int64).reshape(-1, 2))
    sums.add(ballots(votes))
    return sums


def by_hand(votes: list[Cast], first: int, last: int, most: int = SERVER_WEIGHT) -> Tallies:
    """What the sums should say, vote by vote."""
    latest: dict[tuple[int, int], tuple[int, int, int, int]] = {}
    for moment, (user, guild, montage, value, day) in enumerate(votes):
        latest[user, montage] = max(latest.get((user, montage), (0, 0, 0, 0)), (day, moment, value, guild))
    counted = [(g, m, v) for (_, m), (day, _, v, g) in latest.items() if first <= day <= last]
    people = Counter((g, m) for g, m, _ in counted)
    said: defaultdict[tuple[int, int], float] = defaultdict(float)
    for guild, montage, value in counted:
        said[montage, value] += min(1.0, most / people[guild, montage])
    return {
        name: Tally(round(said[m, 1]), round(said[m, -1]))
        for m, name in enumerate(MONTAGES)
        if round(said[m, 1]) or round(said[m, -1])
    }


def trends_by_hand(votes: list[Cast]) -> dict[int | None, tuple[Tallies, Tallies]]:
    windows = {days: spans(TODAY, TODAY + 1 if days is None else days) for days in DAYS.values()}
    return {days: (by_hand(votes, *now), by_hand(votes, *before)) for days, (now, before) in windows.items()}


def _same_likes(one: Likes, other: Likes) -> bool:
    """Whether both say the same of every montage and every pair."""
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in Likes._fields)


@given(votes)
def test_everybody_counts_once_with_their_latest_vote(votes: list[Cast]) -> None:
    sums = summed(votes)
    assert sums.trends() == trends_by_hand(votes)
    assert len(sums) == len({(user, montage) for user, _, montage, _, _ in votes})


@given(votes, st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), unique=True))
def test_who_was_added_and_taken_off_again_has_left_nothing(
    votes: list[Cast], crowds: list[tuple[int, int]]
) -> None:
    stay = [vote for vote in votes if vote[0] % 2]
    sums, expected = summed(votes, crowds), summed(stay, crowds)
    sums.add(ballots([vote for vote in votes if not vote[0] % 2]), -1)
    assert sums.trends() == expected.trends()
    assert _same_likes(sums.likes, expected.likes)
    assert np.array_equal(sums._crowds, expected._crowds)


@given(votes)
def test_what_people_like_together(votes: list[Cast]) -> None:
    latest: dict[tuple[int, int], tuple[int, int, int]] = {}
    for moment, (user, _, montage, value, day) in enumerate(votes):
        latest[user, montage] = max(latest.get((user, montage), (0, 0, 0)), (day, moment, value))
    liked = {(user, montage) for (user, montage), (_, _, value) in latest.items() if value > 0}
    likes = summed(votes).likes
    for one in range(3):
        assert likes.up[one] == sum(montage == one for _, montage in liked)
        assert likes.up[one] + likes.down[one] == sum(montage == one for _, montage in latest)
        for other in range(3):
            both = sum((user, one) in liked and (user, other) in liked for user in range(7))
            assert likes.together[one, other] == both
    assert likes.voters == len({user for user, _ in latest})


def test_people_are_added_up_the_same_at_once_and_in_many_parts() -> None:
    random = np.random.default_rng(1)
    people = range(10_000)
    votes = [(user, 1, montage, 1, TODAY) for user in people for montage in random.permutation(3)[:2].tolist()]
    parts = Sums(MONTAGES, TODAY)
    for first in range(0, len(votes), 1_000):
        parts.add(ballots(votes[first : first + 1_000]))
    assert _same_likes(summed(votes).likes, parts.likes)  # more people than stand in one table
    assert parts.likes.together.sum() == 4 * 10_000  # two likes each: two of them alone, and two pairs


def test_a_server_weighs_no_more_than_its_share_however_many_vote_there() -> None:
    crowd = [(user, 1, 0, 1, TODAY) for user in range(1, 501)]
    others = [(user, user, 1, 1, TODAY) for user in range(1_000, 1_060)]
    counted, _ = summed(crowd + others, [(1, 0)]).trends()[None]
    assert counted == {"a": Tally(SERVER_WEIGHT, 0), "b": Tally(60, 0)}


def test_a_capped_server_keeps_the_share_of_its_opinions() -> None:
    split = [(user, 1, 0, 1 if user % 4 else -1, TODAY) for user in range(400)]
    counted, _ = summed(split, [(1, 0)]).trends()[None]
    assert counted == {"a": Tally(round(SERVER_WEIGHT * 0.75), round(SERVER_WEIGHT / 4))}


def test_each_ranking_caps_by_those_who_voted_in_its_days() -> None:
    votes = [(user, 2, 1, 1 if user % 5 else -1, TODAY - user % 45) for user in range(2_000)]
    votes += [(user, 1, 1, 1, TODAY - user % 45) for user in range(2_000, 2_070)]
    sums = summed(votes, [(2, 1), (1, 1), (1, 0)])
    assert sums.trends() == trends_by_hand(votes)
    assert sums.trends()[None][0]["b"].votes == 2 * SERVER_WEIGHT
    assert sums.trends()[7][0]["b"].votes < 2 * SERVER_WEIGHT


def test_a_crowd_that_is_watched_later_is_capped_the_same() -> None:
    votes = [(user, 1 + user % 2, 0, 1 if user % 3 else -1, TODAY - user % 20) for user in range(300)]
    # Some have voted elsewhere since, so that they are not of the crowd any more.
    votes += [(user, 3, 0, 1, TODAY) for user in range(0, 300, 7)]
    sums = summed(votes, [(2, 0)])
    assert sums.is_crowd(2, 0) and not sums.is_crowd(1, 0)
    there = {user for user, guild, *_ in votes if guild == 1}
    sums.join(1, 0, ballots([vote for vote in votes if vote[0] in there]))
    assert sums.is_crowd(1, 0)
    assert sums.trends() == summed(votes, [(1, 0), (2, 0)]).trends() == trends_by_hand(votes)


def test_an_account_counts_from_its_eighth_day_on() -> None:
    at = TODAY * DAY
    born = np.array([at - MINIMUM_AGE + 1, at - MINIMUM_AGE, at - 2 * MINIMUM_AGE])
    users = (born - 1_420_070_400_000) << 22
    assert old_enough(users, np.full(3, at)).tolist() == [False, True, True]
    nothing = np.zeros(3, np.int64)
    assert len(counting(Ballots(users, nothing, nothing, nothing + 1, np.full(3, at))).user) == 2


@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 3), st.integers(0, 3)), max_size=30))
def test_of_each_person_the_latest_on_a_subject_counts(entries: list[tuple[int, int, int]]) -> None:
    user, subject, at = np.array(entries, np.int64).reshape(-1, 3).T
    latest: dict[tuple[int, int], tuple[int, int]] = {}
    for number, (who, what, when) in enumerate(entries):
        latest[who, what] = max(latest.get((who, what), (when, number)), (when, number))
    assert set(np.flatnonzero(latest_of_each(user, subject, at)).tolist()) == {n for _, n in latest.values()}


async def _vote(club: Club, montage: str, *names: str) -> None:
    card = await club.ana.slash(club.channel, "montage show", montage=montage)
    for name in names:
        await club.member(name).click(answered(card), custom_id=button(card, "Fired up"))


async def test_everywhere_adds_the_servers_up_and_leaves_new_accounts_out(club: Club) -> None:
    card = await club.ana.slash(club.channel, "montage show", montage="rudy-1993")
    for person in (club.ana, club.ben):
        await person.click(answered(card), custom_id=button(card, "Fired up"))
    await _vote(club, "mulan-1998", "new1", "new2", "new3")
    other = club.env.create_guild("Elsewhere")
    channel = other.create_text_channel("hall")
    for user in (club.ana.user, club.mia.user):  # Ana a second time, and so not again
        guest = other.add_member(user)
        there = await guest.slash(channel, "montage show", montage="rudy-1993")
        await guest.click(answered(there), custom_id=button(there, "Fired up"))
    here = await club.ana.slash(club.channel, "montage top")
    assert "**1.** **Mulan (1998)**" in text(here)
    everywhere = await club.ana.slash(club.channel, "montage top", whose="everywhere")
    assert "says everybody" in text(everywhere)
    assert "**1.** **Rudy (1993)**" in text(everywhere) and "🔥 3 · 🧊 0" in text(everywhere)
    voted, _, unvoted = text(everywhere).partition("No votes yet")
    assert "Mulan (1998)" in unvoted and "Mulan (1998)" not in voted


async def test_a_servers_own_montages_are_not_everywhere(club: Club) -> None:
    await club.bot.database.write(
        "INSERT INTO vote VALUES (:guild_id, 's1', :user, 1, :at)", guild_id=club.guild_id, user=OLD, at=TODAY * DAY
    )
    everywhere = await club.ana.slash(club.channel, "montage top", whose="everywhere")
    assert "Nobody has voted yet" in text(everywhere)


async def test_the_next_vote_is_in_the_next_answer(club: Club) -> None:
    for number, person in enumerate((club.ana, club.ben, club.mia), 1):
        card = await person.slash(club.channel, "montage show", montage="rudy-1993")
        await person.click(answered(card), custom_id=button(card, "Fired up"))
        top = await person.slash(club.channel, "montage top", whose="everywhere")
        assert f"🔥 {number} · 🧊 0" in text(top)
