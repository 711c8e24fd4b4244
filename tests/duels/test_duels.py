"""Duels, as people hold them."""

import asyncio
from collections import Counter
from typing import Any

import pytest

from bot.database import Database
from bot.duels.standings import Standings
from bot.duels.store import Duel, DuelStore
from bot.ui.text import escape
from tests.club import Club, answered, button, buttons, label, newest, options, text


async def pair_of(club: Club) -> tuple[str, str]:
    """The montages of the latest duel."""
    ((first, second),) = await club.bot.database.read(
        "SELECT first_id, second_id FROM duel ORDER BY id DESC LIMIT 1"
    )
    return first, second


async def test_two_cards_side_by_side_and_the_card_shows_the_standing(club: Club) -> None:
    duel = await club.ana.slash(club.channel, "montage duel")
    first, second = (club.bot.catalogue.get(club.guild_id, i) for i in await pair_of(club))
    assert first and second and first.film != second.film
    assert (
        escape(first.film) in text(duel)
        and escape(second.film) in text(duel)
        and "Nobody has chosen yet" in text(duel)
    )
    assert not answered(duel).ephemeral
    await club.ana.click(answered(duel), custom_id=button(duel, "This one"))
    await club.mia.click(answered(duel), custom_id=button(duel, "This one"))
    shown = await club.ben.click(answered(duel), custom_id=button(duel, "Can't choose"))
    assert answered(shown).id == answered(duel).id
    assert [label(shown, start) for start in ("This one", "That one", "Can't choose")] == [
        "This one · 2",
        "That one · 0",
        "Can't choose · 1",
    ]
    assert f"{escape(first.film)} leads 2 to 0. 1 person can't choose." in text(shown)


async def test_each_person_has_one_choice_and_it_stands(club: Club) -> None:
    duel = await club.ana.slash(club.channel, "montage duel")
    await club.ana.click(answered(duel), custom_id=button(duel, "This one"))
    await club.restart()
    again = await club.ana.click(newest(club.channel), custom_id=button(duel, "That one"))
    assert answered(again).ephemeral and "your choice stands" in text(again)
    shown = await club.ben.click(newest(club.channel), custom_id=button(duel, "That one"))
    assert (label(shown, "This one"), label(shown, "That one")) == ("This one · 1", "That one · 1")
    assert "Level at 1 all" in text(shown)


async def test_those_who_cannot_choose_make_no_score(club: Club) -> None:
    duel = await club.ana.slash(club.channel, "montage duel")
    shown = await club.ana.click(answered(duel), custom_id=button(duel, "Can't choose"))
    assert "Nobody has picked one yet. 1 person can't choose." in text(shown)


async def test_next_duel_brings_others(club: Club) -> None:
    duel = await club.ana.slash(club.channel, "montage duel")
    for _ in range(4):
        before = await pair_of(club)
        duel = await club.ana.click(answered(duel), custom_id=button(duel, "Next duel"))
        assert not set(before) & set(await pair_of(club))
    ((duels,),) = await club.bot.database.read("SELECT count(*) FROM duel")
    assert duels == 5


async def _held(club: Club, times: int) -> None:
    """The first in the alphabet wins every duel, by three to none."""
    for _ in range(times):
        duel = await club.ana.slash(club.channel, "montage duel")
        first, second = await pair_of(club)
        for person in (club.ana, club.ben, club.mia):
            await person.click(answered(duel), custom_id=button(duel, "This one" if first < second else "That one"))


async def test_duels_make_a_ranking_of_their_own(club: Club) -> None:
    await _held(club, 3)
    by_duels = await club.ana.slash(club.channel, "montage top", ranked_by="duels")
    assert "Who wins this server's duels" in text(by_duels)
    assert "Won 3 of 3" in text(by_duels) and "Won 0 of 3" in text(by_duels)
    met = await club.bot.database.read("SELECT first_id, second_id FROM duel JOIN duel_choice ON duel_id = duel.id")
    assert set(options(by_duels).values()) == {montage for duel in met for montage in tuple(duel)}
    assert "Nobody has voted yet" in text(await club.ana.slash(club.channel, "montage top"))
    everywhere = await club.ana.slash(club.channel, "montage top", ranked_by="duels", whose="everywhere")
    assert list(options(everywhere).values()) == list(options(by_duels).values())


async def test_overlapping_intervals_share_a_rank(club: Club) -> None:
    await _held(club, 1)
    by_duels = await club.ana.slash(club.channel, "montage top", ranked_by="duels")
    assert text(by_duels).count("**1.**") == 2  # three choices prove nothing yet
    assert text(by_duels).count("may be level with 1 other") == 2 and "%" not in text(by_duels)


async def test_what_makes_no_sense_with_duels_is_refused_with_a_reason(club: Club) -> None:
    none = await club.ana.slash(club.channel, "montage top", ranked_by="duels")
    assert answered(none).ephemeral and "`/montage duel`" in text(none)
    for options_given in ({"whose": "editors"}, {"period": "7 days"}):
        refused = await club.ana.slash(club.channel, "montage top", ranked_by="duels", **options_given)
        assert answered(refused).ephemeral and "all time" in text(refused)


async def test_a_duel_of_another_server_is_not_touched(club: Club) -> None:
    duel = await club.ana.slash(club.channel, "montage duel")
    store = club.bot.services.duel_store
    assert await store.choose(club.guild_id + 1, 1, club.ana.id, 1, 1) is None
    assert "This one · 0" in buttons(duel)


@pytest.fixture
def rocky_meets_mulan(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every duel is theirs."""
    both = [m for m in club.bot.catalogue.shipped if m.id in ("rocky-1976", "mulan-1998")]
    monkeypatch.setattr("bot.duels.buttons.pair", lambda *_: tuple(both))


@pytest.mark.usefixtures("rocky_meets_mulan")
async def test_nothing_is_counted_in_a_duel_that_is_over(club: Club) -> None:
    duel = await club.ana.slash(club.channel, "montage duel")
    await club.bot.services.guild_settings.change(club.guild_id, family_friendly_only=True)
    refused = await club.ana.click(answered(duel), custom_id=button(duel, "This one"))
    assert "this duel is over" in text(refused)
    await club.bot.services.guild_settings.change(club.guild_id, family_friendly_only=False)
    shown = await club.ana.click(answered(duel), custom_id=button(duel, "That one"))
    assert (label(shown, "This one"), label(shown, "That one")) == ("This one · 0", "That one · 1")


@pytest.mark.usefixtures("rocky_meets_mulan")
async def test_filters_that_no_duel_passes_are_named(club: Club) -> None:
    await _held(club, 1)
    by_duels = await club.ana.slash(club.channel, "montage top", ranked_by="duels", discipline="chess")
    assert "No duel of **chess** has been decided yet" in text(by_duels)
    none = await club.ana.slash(club.channel, "montage top", ranked_by="duels", discipline="chess", decade=1930)
    assert button(none, "Without “chess”: ")


async def test_in_direct_messages_duels_are_held_too(club: Club) -> None:
    duel = await club.ana.user.slash("montage duel")
    shown = await club.ana.user.click(duel.response, custom_id=button(duel, "That one"))
    assert label(shown, "That one") == "That one · 1"


async def test_of_a_hundred_choices_at_once_each_persons_first_counts(database: Database) -> None:
    store = DuelStore(database)
    duel = await store.open(7, "a", "b", 1)
    both: list[Any] = [store.choose(7, duel.id, person % 60, 1, 1) for person in range(100)]
    seen = await asyncio.gather(*both)
    assert sum(counted for _, counted in seen) == 60
    assert await store.get(7, duel.id) == Duel(duel.id, "a", "b", first=60)
    assert store.changes(7) == store.changes(None) == 60


async def test_duels_of_one_server_make_no_other_rank_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, ranked = DuelStore(database), Counter[int | None]()
    rankings = Standings(store)
    computed = rankings._computed

    async def counted(guild_id: int | None) -> Any:
        ranked[guild_id] += 1
        return await computed(guild_id)

    monkeypatch.setattr(rankings, "_computed", counted)

    async def held(guild_id: int) -> None:
        duel = await store.open(guild_id, "a", "b", 1)
        for person in range(10):
            await store.choose(guild_id, duel.id, person, 1, 1_790_000_000_000)

    await held(7)
    await held(8)
    for guild_id in (7, 8, None):
        assert [s.won for s in await rankings.ranking(guild_id)] == [10, 0]
    await held(7)
    for guild_id in (7, 8, None):
        await rankings.ranking(guild_id)
    assert ranked == {7: 2, 8: 1, None: 2}
    await rankings.close()


async def test_pairs_are_chosen_by_the_latest_ranking_without_waiting_for_one(database: Database) -> None:
    store = DuelStore(database)
    rankings = Standings(store)
    duel = await store.open(7, "a", "b", 1)
    await store.choose(7, duel.id, 1, -1, 1)
    assert await rankings.latest(7) == []
    ranked = await rankings.ranking(7)
    await store.choose(7, duel.id, 2, -1, 1)
    assert await rankings.latest(7) == ranked
    assert [(s.montage_id, s.won) for s in await rankings.ranking(7)] == [("b", 2), ("a", 0)]
    await rankings.close()


async def test_choices_come_in_pages_of_a_server_or_of_all(database: Database) -> None:
    store = DuelStore(database)
    for guild_id in (1, 2, 1):
        duel = await store.open(guild_id, "a", "b", 1)
        for person in range(5):
            await store.choose(guild_id, duel.id, person, -1, 1)
    servers: list[tuple[int | None, int]] = [(1, 10), (2, 5), (None, 15)]
    for asked, expected in servers:
        seen, after = [], (-1, -1)
        while rows := await store.choices(asked, after, 3):
            seen += [tuple(row)[:2] for row in rows]
            after = seen[-1]
        assert seen == sorted(set(seen)) and len(seen) == expected
