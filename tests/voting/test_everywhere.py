"""What counts everywhere: a person once, no server too much, no account of yesterday."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import DAY
from bot.voting.ballots import MINIMUM_AGE, SERVER_WEIGHT, Ballots, count, old_enough, one_each
from bot.voting.store import Tally
from tests.club import Club, answered, button, text

MONTAGES = ("a", "b", "c")
# An account made in the first second of 2015, and a day in 2026 to vote on.
OLD, TODAY = 1, 20_500

votes = st.lists(
    st.tuples(
        st.integers(1, 6),
        st.integers(0, 3),
        st.integers(0, 2),
        st.sampled_from([1, -1]),
        st.integers(TODAY - 20, TODAY),
    ),
    max_size=40,
    unique_by=lambda vote: vote[:3],
)


def ballots(votes: list[tuple[int, int, int, int, int]]) -> Ballots:
    user, guild_id, montage, value, day = np.array(votes, np.int64).reshape(-1, 5).T
    # Each vote a moment later than the one before it, so that none are cast at the same time.
    return one_each(MONTAGES, user, guild_id, montage, value, day * DAY + np.arange(len(votes)))


@given(votes, st.integers(1, 20))
def test_everybody_counts_once_with_their_latest_vote(
    votes: list[tuple[int, int, int, int, int]], days: int
) -> None:
    latest: dict[tuple[int, int], tuple[int, int, int]] = {}
    for moment, (user, _, montage, value, day) in enumerate(votes):
        latest[user, montage] = max(latest.get((user, montage), (0, 0, 0)), (day, moment, value))
    numbers = Counter(
        (MONTAGES[montage], value) for (_, montage), (day, _, value) in latest.items() if day > TODAY - days
    )
    counted = count(ballots(votes), TODAY - days + 1, TODAY)
    assert counted == {
        name: Tally(numbers[name, 1], numbers[name, -1])
        for name in MONTAGES
        if numbers[name, 1] or numbers[name, -1]
    }


def test_a_server_weighs_no_more_than_its_share_however_many_vote_there() -> None:
    crowd = [(user, 1, 0, 1, TODAY) for user in range(1, 501)]
    others = [(user, user, 1, 1, TODAY) for user in range(1_000, 1_060)]
    counted = count(ballots(crowd + others), 0, TODAY)
    assert counted == {"a": Tally(SERVER_WEIGHT, 0), "b": Tally(60, 0)}


def test_a_capped_server_keeps_the_share_of_its_opinions() -> None:
    split = [(user, 1, 0, 1 if user % 4 else -1, TODAY) for user in range(400)]
    assert count(ballots(split), 0, TODAY) == {"a": Tally(round(SERVER_WEIGHT * 0.75), round(SERVER_WEIGHT / 4))}


def test_an_account_counts_from_its_eighth_day_on() -> None:
    at = TODAY * DAY
    born = np.array([at - MINIMUM_AGE + 1, at - MINIMUM_AGE, at - 2 * MINIMUM_AGE])
    users = (born - 1_420_070_400_000) << 22
    assert old_enough(users, np.full(3, at)).tolist() == [False, True, True]
    nothing = np.zeros(3, np.int64)
    assert len(one_each(MONTAGES, users, nothing, nothing, nothing + 1, np.full(3, at))) == 2


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
    everywhere = await club.ana.slash(club.channel, "montage top", scope="everywhere")
    assert "says everybody" in text(everywhere)
    assert "**1.** **Rudy (1993)**" in text(everywhere) and "🔥 3 · 🧊 0" in text(everywhere)
    assert "Mulan (1998)** Recruits turn into soldiers under Captain Li Shang\n-# no votes yet" in text(everywhere)


async def test_a_servers_own_montages_are_not_everywhere(club: Club) -> None:
    await club.bot.database.write(
        "INSERT INTO vote VALUES (:guild_id, 's1', :user, 1, :at)", guild_id=club.guild_id, user=OLD, at=TODAY * DAY
    )
    everywhere = await club.ana.slash(club.channel, "montage top", scope="everywhere")
    assert "Nobody has voted yet" in text(everywhere)


async def test_the_next_vote_is_in_the_next_answer(club: Club) -> None:
    for number, person in enumerate((club.ana, club.ben, club.mia), 1):
        card = await person.slash(club.channel, "montage show", montage="rudy-1993")
        await person.click(answered(card), custom_id=button(card, "Fired up"))
        top = await person.slash(club.channel, "montage top", scope="everywhere")
        assert f"🔥 {number} · 🧊 0" in text(top)
