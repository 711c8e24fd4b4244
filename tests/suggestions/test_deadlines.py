"""Votes that end: decided once, by what stands, and never too early."""

import asyncio

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import DAY, HOUR
from bot.database import Database, database_at
from bot.guilds import GuildSettings, GuildSettingsStore
from bot.suggestions.changes import ChangeStore
from bot.suggestions.deadlines import DeadlineStore
from bot.suggestions.entry import Entry
from bot.suggestions.lifecycle import end_of_vote, moved_end, reopened_end
from bot.suggestions.publisher import CardPublisher
from bot.suggestions.store import SuggestionStore
from bot.suggestions.suggestion import Suggestion
from bot.suggestions.traces import Traces
from bot.voting.store import Choice, VoteStore
from tests.club import Club, answered, buttons, newest, text
from tests.suggestions.people import change, kept, posted_card, press, shown, suggest, vote

NOW, MOD = 20_000 * DAY, 99
ENTRY = Entry("Rocky IV", 1985, "Farm in the snow", "He lifts logs and sledges.", "boxing")
WEEK = GuildSettings(voting_days=7, margin=2)


@given(days=st.integers(0, 90), before=st.integers(0, 90), opened=st.integers(0, 90), later=st.integers(0, 90))
def test_another_choice_moves_the_end_and_leaves_a_day(days: int, before: int, opened: int, later: int) -> None:
    now = (opened + later) * DAY
    was = end_of_vote(opened * DAY, before)
    end = moved_end(was, days, before, now)
    assert (end is None) is (days == 0)
    if end is not None:
        assert end >= now + DAY
        if was is not None and end > now + DAY:
            assert end == opened * DAY + days * DAY, "as if it had been chosen from the beginning"
        if was is None:
            assert end == now + days * DAY


@given(closes=st.none() | st.integers(0, 90), days=st.integers(0, 90), now=st.integers(0, 90))
def test_one_that_is_open_again_keeps_its_end_or_begins_anew(closes: int | None, days: int, now: int) -> None:
    end = reopened_end(closes, days, now)
    assert (end is None) is (days == 0)
    if end is not None:
        assert end > now and end in (closes, now + days * DAY)
        assert closes is None or closes <= now or end == closes


@pytest.fixture
def store(database: Database) -> SuggestionStore:
    return SuggestionStore(database, Traces(database))


@pytest.fixture
def changes(database: Database) -> ChangeStore:
    return ChangeStore(database)


@pytest.fixture
def deadlines(database: Database) -> DeadlineStore:
    return DeadlineStore(database)


async def added(store: SuggestionStore, settings: GuildSettings = WEEK) -> Suggestion:
    suggestion = await store.add(1, 7, ENTRY, NOW, settings=settings)
    assert suggestion is not None
    return suggestion


async def test_of_all_who_end_it_at_once_one_does_and_not_before_its_time(
    database: Database, store: SuggestionStore, changes: ChangeStore, deadlines: DeadlineStore
) -> None:
    suggestion = await added(store)
    assert suggestion.closes_at == NOW + 7 * DAY == await deadlines.next_end()
    early = NOW + 7 * DAY - 1
    assert await deadlines.over(early) == []
    assert await changes.change(suggestion, "declined", "votes", by=None, at=early, settings=WEEK) is None
    late = NOW + 7 * DAY
    assert await deadlines.over(late) == [suggestion]
    ended = await asyncio.gather(
        *(changes.change(suggestion, "declined", "votes", by=None, at=late, settings=WEEK) for _ in range(5))
    )
    assert sum(one is not None for one in ended) == 1
    assert await deadlines.over(late) == [] and await deadlines.next_end() is None
    assert len(await store.history(suggestion.id)) == 1


async def test_one_that_has_won_is_not_closed(
    database: Database, store: SuggestionStore, changes: ChangeStore
) -> None:
    suggestion, votes = await added(store), VoteStore(database)
    for person in (10, 11):
        await votes.cast(1, suggestion.montage_id, person, Choice.UP, NOW)
    late = NOW + 8 * DAY
    assert await changes.change(suggestion, "declined", "votes", by=None, at=late, settings=WEEK) is None
    won = await changes.change(suggestion, "accepted", "votes", by=None, at=late, settings=WEEK)
    assert won is not None
    # A moderator takes it back: the votes may not accept it again, but its time ends all the same.
    undone = await changes.undo(won.suggestion, by=MOD, at=late, settings=WEEK)
    assert undone is not None and undone.suggestion.closes_at == late + 7 * DAY, "its time was over: it begins anew"
    later = late + 7 * DAY
    assert await changes.change(undone.suggestion, "accepted", "votes", by=None, at=later, settings=WEEK) is None
    assert (
        await changes.change(undone.suggestion, "declined", "votes", by=None, at=later, settings=WEEK) is not None
    )


async def test_what_waits_for_a_moderator_begins_when_it_is_let_through(
    store: SuggestionStore, changes: ChangeStore
) -> None:
    suggestion = await added(store, GuildSettings(voting_days=7, review_first=True))
    assert suggestion.closes_at is None
    let = await changes.change(suggestion, "posted", "moderator", by=MOD, at=NOW + DAY, settings=WEEK)
    assert let is not None and let.suggestion.closes_at == NOW + 8 * DAY


async def test_a_vote_ends_with_its_counts_and_a_message_for_its_author(club: Club) -> None:
    await change(club, voting_days=2)
    await club.ana.slash(club.channel, "suggestions notify", when_decided=True)
    card = await suggest(club, club.ana)
    end = (await kept(club)).closes_at or 0
    assert f"The last bell rings <t:{end // 1000}:R>, on <t:{end // 1000}:f>." in text(card)
    listed = await club.ben.slash(club.channel, "suggestions list")
    assert f"last bell <t:{end // 1000}:R>" in text(listed)
    await vote(club.ben, card)
    await vote(club.mia, card, "Cold")
    club.env.backend.advance_clock(2 * DAY / 1000 - 120)
    await club.env.advance_time(60)
    assert (await kept(club)).state == "open"
    await club.env.advance_time(120)
    assert (await kept(club)).state == "declined"
    closed = posted_card(club, await kept(club))
    assert "**Not this time.** The vote is over" in text(closed) and "🔥 1 · 🧊 1" in text(closed)
    assert not buttons(closed)
    note = text(newest(club.ana.user.dm_channel))
    assert "The vote on your **The Great Biscuit Heist (1999)**" in note and "moderators" not in note
    assert len(await club.bot.services.suggestions.history(1)) == 1


async def test_whoever_comes_between_the_bell_and_the_counting_is_told(club: Club) -> None:
    await change(club, voting_days=1)
    card = await suggest(club, club.ana)
    club.env.backend.advance_clock(DAY / 1000 + 1)
    assert "the bell has rung" in text(shown(await vote(club.ben, card)))
    assert await club.bot.database.read("SELECT * FROM vote") == []


async def test_a_bot_that_was_off_over_the_end_decides_when_it_is_back(club: Club) -> None:
    await change(club, voting_days=1, margin=2)
    card = await suggest(club, club.ana)
    await vote(club.ben, card)
    await club.bot.close()
    club.env.backend.advance_clock(3 * DAY / 1000)
    await club.restart()
    await club.env.advance_time(5)
    assert "Not this time" in text(posted_card(club, await kept(club)))


async def test_killed_between_deciding_and_telling_it_tells_once(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    await change(club, voting_days=1)
    await club.ana.slash(club.channel, "suggestions notify", when_decided=True)
    await suggest(club, club.ana)

    async def killed(*_: object) -> None:
        raise aiohttp.ClientConnectionError("gone")

    with monkeypatch.context() as patched:
        patched.setattr(CardPublisher, "refresh_card", killed)
        patched.setattr(CardPublisher, "notify_author", killed)
        club.env.backend.advance_clock(DAY / 1000)
        await club.env.advance_time(70)
        assert (await kept(club)).state == "declined"
        assert "more and it's in" in text(posted_card(club, await kept(club)))
    await club.restart()
    club.env.backend.advance_clock(HOUR / 1000)
    await club.env.advance_time(700)
    assert "Not this time" in text(posted_card(club, await kept(club)))
    notes = [m for m in club.ana.user.dm_channel.history() if "Not this time" in text(m)]
    assert len(notes) == 1
    assert len(await club.bot.services.suggestions.history(1)) == 1


@pytest.mark.parametrize("way", ["Reopen the vote", "Undo"])
async def test_a_moderator_reopens_it_for_the_whole_time(club: Club, way: str) -> None:
    await change(club, voting_days=3, margin=2)
    card = await suggest(club, club.ana)
    await vote(club.ben, card)
    club.env.backend.advance_clock(3 * DAY / 1000)
    await club.env.advance_time(70)
    panel = await club.mia.slash(club.channel, "moderate look", suggestion="1")
    assert "declined by the votes" in text(panel)
    await press(club.mia, panel, way)
    again = await kept(club)
    assert again.state == "open" and again.closes_at is not None
    assert abs(again.closes_at - clock_now(club) - 3 * DAY) < HOUR
    card_now = posted_card(club, again)
    assert "The last bell rings" in text(card_now)
    await vote(club.mia, card_now)  # Ben's vote has stayed, so this is the second
    assert (await kept(club)).state == "accepted"


def clock_now(club: Club) -> int:
    return int(club.env.now().timestamp() * 1000)


async def test_what_a_server_chooses_moves_open_votes_and_their_cards_say_so(club: Club) -> None:
    await suggest(club, club.ana)
    assert "last bell" not in text(posted_card(club, await kept(club)))
    await change(club, voting_days=5)
    await club.env.advance_time(1)
    first = (await kept(club)).closes_at
    assert first is not None and f"<t:{first // 1000}:R>" in text(posted_card(club, await kept(club)))
    await change(club, voting_days=14)
    await club.env.advance_time(1)
    assert (await kept(club)).closes_at == first + 9 * DAY
    await change(club, voting_days=0)
    await club.env.advance_time(1)
    assert (await kept(club)).closes_at is None
    assert "last bell" not in text(posted_card(club, await kept(club)))


async def test_a_choice_that_was_not_followed_before_a_kill_is_followed_at_the_start(club: Club) -> None:
    await suggest(club, club.ana)
    await club.bot.close()
    database = database_at(club.bot.settings.database)
    await database.open()
    await GuildSettingsStore(database).set(club.guild_id, {"voting_days": 3})
    await database.close()
    await club.restart()
    await club.env.advance_time(1)
    assert (await kept(club)).closes_at is not None
    assert "The last bell rings" in text(posted_card(club, await kept(club)))


async def test_the_votes_may_still_win_before_the_end(club: Club) -> None:
    await change(club, voting_days=3, margin=1)
    decided = await vote(club.ben, await suggest(club, club.ana))
    assert "accepted by the vote" in text(decided) and answered(decided)
    club.env.backend.advance_clock(4 * DAY / 1000)
    await club.env.advance_time(70)
    assert (await kept(club)).state == "accepted"
