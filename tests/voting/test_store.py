"""Votes in a real file, with everybody at once."""

import asyncio
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.database import Database
from bot.voting.store import Choice, Tally, VoteStore

PLACE, MONTAGE = 7, "rocky-1976"


async def test_a_hundred_people_at_once_are_all_counted(database: Database) -> None:
    store = VoteStore(database)
    votes = [store.press(PLACE, MONTAGE, person, Choice.UP, 1) for person in range(100)]
    seen = await asyncio.gather(*votes)
    assert await store.tally(PLACE, MONTAGE) == Tally(100, 0)
    assert max(vote.tally.up for vote in seen) == 100


async def test_one_person_pressing_twice_at_once_ends_where_two_presses_end(database: Database) -> None:
    store = VoteStore(database)
    seen = await asyncio.gather(*(store.press(PLACE, MONTAGE, 1, Choice.UP, 1) for _ in range(2)))
    assert Counter(vote.choice for vote in seen) == {Choice.UP: 1, Choice.NONE: 1}
    assert await store.tally(PLACE, MONTAGE) == Tally(0, 0)


async def test_support_never_takes_a_vote_back(database: Database) -> None:
    store = VoteStore(database)
    await store.press(PLACE, MONTAGE, 1, Choice.DOWN, 1)
    for _ in range(2):
        assert (await store.support(PLACE, MONTAGE, 1, 2)).tally == Tally(1, 0)


presses = st.lists(st.tuples(st.integers(1, 4), st.sampled_from([Choice.UP, Choice.DOWN])), max_size=25)


@settings(max_examples=40, deadline=None)
@given(presses=presses, erased=st.integers(1, 4))
def test_the_tally_is_always_a_recount_of_the_votes(presses: list[tuple[int, Choice]], erased: int) -> None:
    async def play() -> None:
        with TemporaryDirectory() as folder:
            database = Database(Path(folder) / "votes.db")
            await database.open()
            store, expected = VoteStore(database), dict[int, Choice]()
            for person, choice in presses:
                vote = await store.press(PLACE, MONTAGE, person, choice, 1)
                expected[person] = Choice.NONE if expected.get(person) is choice else choice
                assert vote.choice is expected[person]
                counts = Counter(expected.values())
                assert vote.tally == Tally(counts[Choice.UP], counts[Choice.DOWN])
            await database.write("DELETE FROM vote WHERE user_id = :person", person=erased)
            counts = Counter(choice for person, choice in expected.items() if person != erased)
            assert await store.tally(PLACE, MONTAGE) == Tally(counts[Choice.UP], counts[Choice.DOWN])
            await database.close()

    asyncio.run(play())
