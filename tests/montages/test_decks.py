"""Draws as they follow each other in one scope (a server or a person), with filters and without."""

import asyncio
from collections.abc import Sequence
from itertools import combinations, product
from random import Random

from hypothesis import example, given
from hypothesis import strategies as st

from bot.catalogue import Filters, Montage
from bot.database import Database
from bot.montages import Decks
from bot.montages.store import Showing, ShowingStore
from tests.club import shipped_montages
from tests.databases import traced

_GUILD_ID = 7
MONTAGES = shipped_montages()[:40]
KNOWN = {montage.id: montage for montage in MONTAGES}
DISCIPLINES = sorted({montage.discipline for montage in MONTAGES})
# What filters leave of all of them: nothing out, one discipline, or few of three.
LEFT = [MONTAGES, *(Filters(discipline=discipline).apply(MONTAGES) for discipline in DISCIPLINES)]
LEFT += [list(few) for size in (1, 2, 3) for few in combinations(MONTAGES[:3], size)]


class _Forgetful(ShowingStore):
    """A store that has never shown anything and writes nothing down."""

    def __init__(self) -> None:
        pass

    async def shown_in(self, scope: int) -> list[Showing]:
        return []


@given(asked=st.lists(st.sampled_from([None, None, *DISCIPLINES]), max_size=120), seed=st.integers())
def test_whatever_is_asked_in_between_nothing_comes_before_its_turn(asked: list[str | None], seed: int) -> None:
    async def play() -> None:
        decks, times = Decks(_Forgetful(), MONTAGES, Random(seed)), dict.fromkeys(KNOWN, 0)
        for discipline in asked:
            matching = Filters(discipline=discipline).apply(MONTAGES)
            montage, showing, _ = await decks.draw(_GUILD_ID, matching, KNOWN.get)
            assert times[montage.id] == min(times[m.id] for m in matching)
            times[montage.id] += 1
            assert showing.times == times[montage.id]

    asyncio.run(play())


@given(
    asked=st.lists(st.tuples(st.sampled_from(LEFT), st.sampled_from(MONTAGES)), max_size=120), seed=st.integers()
)
@example([(MONTAGES[1:2], MONTAGES[3])] * 3 + [(MONTAGES[:2], MONTAGES[0])] * 3, 0)
def test_another_one_is_never_the_one_beside_it(asked: list[tuple[Sequence[Montage], Montage]], seed: int) -> None:
    """A card of `today` or `show` may stand there from before its montage was drawn."""

    async def play() -> None:
        decks = Decks(_Forgetful(), MONTAGES, Random(seed))
        for matching, beside in asked:
            drawn = (await decks.draw(_GUILD_ID, matching, KNOWN.get, beside.id)).montage
            assert drawn in matching and (drawn is not beside or matching == [beside])

    asyncio.run(play())


async def test_from_one_card_nothing_comes_twice_in_a_row() -> None:
    """A new round begins with neither that card nor what was drawn from it last."""
    for size, seed in product((3, 4, 5), range(20)):
        decks, before = Decks(_Forgetful(), MONTAGES, Random(seed)), MONTAGES[0]
        for _ in range(3 * size):
            drawn = (await decks.draw(_GUILD_ID, MONTAGES[:size], KNOWN.get, MONTAGES[0].id)).montage
            assert drawn not in (before, MONTAGES[0])
            before = drawn


async def test_what_was_shown_is_written_together_and_known_after_a_restart(database: Database) -> None:
    decks = Decks(ShowingStore(database), MONTAGES)
    async with traced(database) as statements:
        for _ in range(30):
            _, showing, _ = await decks.draw(_GUILD_ID, MONTAGES, KNOWN.get)
            decks.record(_GUILD_ID, showing)
        await decks.write()
    assert len([s for s in statements if "INSERT INTO showing" in s]) == 1
    again = Decks(ShowingStore(database), MONTAGES)
    left = {(await again.draw(_GUILD_ID, MONTAGES, KNOWN.get))[0].id for _ in range(10)}
    shown = {row["montage_id"] for row in await database.read("SELECT montage_id FROM showing")}
    assert len(shown) == 30 and not left & shown


async def test_what_was_shown_is_written_by_itself_in_a_moment(database: Database) -> None:
    decks = Decks(ShowingStore(database), MONTAGES)
    _, showing, _ = await decks.draw(_GUILD_ID, MONTAGES, KNOWN.get)
    decks.record(_GUILD_ID, showing)
    await asyncio.sleep(0.4)
    assert len(await database.read("SELECT * FROM showing")) == 1


async def test_a_scope_that_is_forgotten_is_not_written_afterwards(database: Database) -> None:
    decks = Decks(ShowingStore(database), MONTAGES)
    _, showing, _ = await decks.draw(_GUILD_ID, MONTAGES, KNOWN.get)
    decks.record(_GUILD_ID, showing)
    decks.forget(_GUILD_ID)
    await decks.write()
    assert await database.read("SELECT * FROM showing") == []
