"""Votes in a real file, with everybody at once."""

import asyncio
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clock import DAY
from bot.database import Database
from bot.voting.store import Choice, Tally, VoteStore
from tests.databases import Engine, throwaway

GUILD_ID, MONTAGE = 7, "rocky-1976"


async def test_a_hundred_people_at_once_are_all_counted(database: Database) -> None:
    store = VoteStore(database)
    votes = [store.cast(GUILD_ID, MONTAGE, person, Choice.UP, 1) for person in range(100)]
    seen = await asyncio.gather(*votes)
    assert await store.tally(GUILD_ID, MONTAGE) == Tally(100, 0)
    assert max(vote.tally.up for vote in seen) == 100


async def test_one_person_pressing_twice_at_once_ends_where_two_presses_end(database: Database) -> None:
    store = VoteStore(database)
    seen = await asyncio.gather(*(store.cast(GUILD_ID, MONTAGE, 1, Choice.UP, 1) for _ in range(2)))
    assert Counter(vote.choice for vote in seen) == {Choice.UP: 1, Choice.NONE: 1}
    assert await store.tally(GUILD_ID, MONTAGE) == Tally(0, 0)


async def test_support_never_takes_a_vote_back(database: Database) -> None:
    store = VoteStore(database)
    await store.cast(GUILD_ID, MONTAGE, 1, Choice.DOWN, 1)
    for _ in range(2):
        assert (await store.choose(GUILD_ID, MONTAGE, 1, Choice.UP, 2)).tally == Tally(1, 0)


DAYS = range(20_000, 20_010)


async def _recount(database: Database, first: int, last: int) -> dict[str, Tally]:
    rows = await database.read(
        "SELECT montage_id, count(*) FILTER (WHERE value = 1), count(*) FILTER (WHERE value = -1) "
        "FROM vote WHERE guild_id = :guild_id AND value <> 0 "
        "AND cast_at / :day BETWEEN :first AND :last GROUP BY montage_id",
        guild_id=GUILD_ID,
        day=DAY,
        first=first,
        last=last,
    )
    return {montage: Tally(up, down) for montage, up, down in rows}


@pytest.mark.thorough
@settings(max_examples=40)
@given(
    presses=st.lists(
        st.tuples(
            st.integers(1, 3),
            st.sampled_from(["rudy-1993", "creed-2015"]),
            st.sampled_from([Choice.UP, Choice.DOWN]),
            st.sampled_from(DAYS),
        ),
        max_size=25,
    ),
    day=st.sampled_from(DAYS),
    erased=st.integers(1, 3),
)
def test_what_the_days_say_is_always_a_recount_of_their_votes(
    engine: Engine, presses: list[tuple[int, str, Choice, int]], day: int, erased: int
) -> None:
    async def play() -> None:
        async with throwaway(engine) as database:
            await database.open()
            store = VoteStore(database)
            for person, montage, choice, cast_on in presses:
                await store.cast(GUILD_ID, montage, person, choice, cast_on * DAY + person)
            for _ in range(2):
                now, before = await store._between(GUILD_ID, (day - 3, day), (day - 5, day - 2))
                assert now == await _recount(database, day - 3, day)
                assert before == await _recount(database, day - 5, day - 2)
                everything = {
                    montage: tally for montage, tally in (await store.tallies(GUILD_ID)).items() if tally.votes
                }
                assert everything == await _recount(database, 0, DAYS[-1])
                assert await store.tallies_until(GUILD_ID, day) == await _recount(database, 0, day)
                recount = await _recount(database, day, DAYS[-1])
                for shown in ([*recount], [*recount][1:]):
                    assert sum((await store._votes_of_days(GUILD_ID, day, shown)).values()) == sum(
                        recount[montage].votes for montage in shown
                    )
                await database.write("DELETE FROM vote WHERE user_id = :person", person=erased)
                store.forget()

    asyncio.run(play())


async def test_a_persons_latest_word_counts_wherever_it_was_given(database: Database) -> None:
    store = VoteStore(database)
    await store.cast(1, MONTAGE, 5, Choice.UP, 10)
    await store.cast(2, MONTAGE, 5, Choice.DOWN, 20)
    await store.cast(2, "rudy-1993", 5, Choice.UP, 30)
    await store.cast(2, "rudy-1993", 5, Choice.UP, 40)  # taken back
    assert await store.choices_of(5) == {MONTAGE: Choice.DOWN}


async def test_everybodys_votes_come_in_pages_that_miss_nothing(database: Database) -> None:
    store = VoteStore(database)
    for number in range(23):
        await store.cast(number % 3, f"m{number % 5}", number % 7, Choice.UP, number)
    seen, after = [], (-1, -1, "")
    while page := await store.everybody(after, 4):
        seen += [tuple(row)[:3] for row in page]
        after = seen[-1]
    assert seen == sorted(seen)
    assert len(set(seen)) == 23


presses = st.lists(st.tuples(st.integers(1, 4), st.sampled_from([Choice.UP, Choice.DOWN])), max_size=25)


@settings(max_examples=40)
@given(presses=presses, erased=st.integers(1, 4))
def test_the_tally_is_always_a_recount_of_the_votes(
    engine: Engine, presses: list[tuple[int, Choice]], erased: int
) -> None:
    async def play() -> None:
        async with throwaway(engine) as database:
            await database.open()
            store, expected = VoteStore(database), dict[int, Choice]()
            for person, choice in presses:
                vote = await store.cast(GUILD_ID, MONTAGE, person, choice, 1)
                expected[person] = Choice.NONE if expected.get(person) is choice else choice
                assert vote.choice is expected[person]
                counts = Counter(expected.values())
                assert vote.tally == Tally(counts[Choice.UP], counts[Choice.DOWN])
            await database.write("DELETE FROM vote WHERE user_id = :person", person=erased)
            store.forget()
            counts = Counter(choice for person, choice in expected.items() if person != erased)
            assert await store.tally(GUILD_ID, MONTAGE) == Tally(counts[Choice.UP], counts[Choice.DOWN])

    asyncio.run(play())
