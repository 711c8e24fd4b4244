"""What suggestions are called, in memory: read in portions, and true to the database whatever happens meanwhile."""

import asyncio
from typing import Any

import pytest

from bot.suggestions.entry import Entry
from bot.suggestions.store import SuggestionStore
from bot.suggestions.title_index import TitleIndex
from tests.club import Club, text
from tests.suggestions.people import change, kept, suggest

GUILD = 7


async def fill(club: Club, many: int, first: int = 1) -> None:
    for number in range(first, first + many):
        await club.bot.database.write(
            """
            INSERT INTO suggestion (id, guild_id, author_id, film, year, scene, why, discipline, state, created_at)
            VALUES (:id, :guild_id, 1, :film, 1999, 'Stairs', 'Because it is so.', 'running', :state, 1)
            """,
            id=number,
            guild_id=GUILD,
            film=f"Film {number}",
            state=("open", "declined", "waiting", "accepted", "withdrawn")[number % 5],
        )


async def test_all_are_there_in_the_order_of_their_numbers_however_they_are_read(club: Club) -> None:
    await fill(club, 23)
    store = club.bot.services.suggestions
    for size in (1, 2, 4, 5, 100):
        portions = [portion async for portion in store.in_portions(GUILD, size=size)]
        assert max(map(len, portions)) <= size
        assert sorted(s.id for portion in portions for s in portion) == list(range(1, 24))
        opened = [s.id async for portion in store.in_portions(GUILD, "open", size=size) for s in portion]
        assert opened == [5, 10, 15, 20]
    assert [portion async for portion in store.in_portions(GUILD + 1)] == []
    assert list(await TitleIndex(store).for_guild(GUILD)) == list(range(1, 24))


async def test_what_changes_while_it_is_read_is_not_lost(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    await fill(club, 3)
    store = club.bot.services.suggestions
    index, reading, go_on = TitleIndex(store), asyncio.Event(), asyncio.Event()
    reads = 0
    whole = SuggestionStore.in_portions

    async def slowly(self: Any, guild_id: int, *states: Any) -> Any:
        nonlocal reads
        reads += 1
        async for portion in whole(self, guild_id, *states):
            yield portion
            reading.set()
            await go_on.wait()

    monkeypatch.setattr(SuggestionStore, "in_portions", slowly)
    waiting = [asyncio.create_task(index.for_guild(GUILD)) for _ in range(5)]
    await reading.wait()
    first = await store.get(GUILD, 1)
    assert first is not None
    entry = Entry("Film of another name", 1999, "Stairs", "Because it is so.", "running")
    index.put(first._replace(entry=entry))
    index.put(first._replace(id=9, entry=entry))
    go_on.set()
    titles = await asyncio.gather(*waiting)
    assert reads == 1 and all(one is titles[0] for one in titles)
    assert list(titles[0]) == [1, 2, 3, 9]
    assert titles[0][1].film == titles[0][9].film == "film of another name"


async def test_what_is_forgotten_while_it_is_read_is_read_again(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(club, 3)
    store = club.bot.services.suggestions
    index, forgotten = TitleIndex(store), False
    whole = SuggestionStore.in_portions

    async def forgetting(self: Any, guild_id: int, *states: Any) -> Any:
        nonlocal forgotten
        async for portion in whole(self, guild_id, *states):
            yield portion
            if not forgotten:
                forgotten = True
                await club.bot.database.write("DELETE FROM suggestion")
                index.forget(GUILD)

    monkeypatch.setattr(SuggestionStore, "in_portions", forgetting)
    assert await index.for_guild(GUILD) == {}


async def test_an_index_that_cannot_be_read_is_read_the_next_time(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(club, 1)
    index = TitleIndex(club.bot.services.suggestions)
    with monkeypatch.context() as broken:
        broken.setattr(SuggestionStore, "in_portions", lambda *_: (_ for _ in ()).throw(OSError("no disk")))
        with pytest.raises(OSError, match="no disk"):
            await index.for_guild(GUILD)
    assert list(await index.for_guild(GUILD)) == [1]


async def test_titles_are_offered_the_newest_first_and_found_by_any_part(club: Club) -> None:
    await change(club, cooldown_minutes=0, open_per_member=20)
    for film in ("Tin Soldiers", "שלום רוקי", "The Great Biscuit Heist"):
        await suggest(club, club.ana, film=film)
    offered = await club.ana.autocomplete(club.channel, "suggestions show", "suggestion", "")
    assert [choice["value"] for choice in offered] == ["3", "2", "1"]
    assert offered[1]["name"].startswith("2 · \u2068שלום רוקי\u2069 (1999)")
    for typed in ("שלום", "biscit"):
        found = await club.ana.autocomplete(club.channel, "suggestions show", "suggestion", typed)
        assert found[0]["value"] == {"שלום": "2", "biscit": "3"}[typed]
    assert (await kept(club, 2)).entry.film == "שלום רוקי"
    shown = await club.ana.slash(club.channel, "suggestions show", suggestion="שלום רוקי")
    assert "\u2068שלום רוקי\u2069 (1999)" in text(shown)
