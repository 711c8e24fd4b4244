"""Suggestions in a real file, with everybody at once."""

import asyncio
import sqlite3
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from bot.clock import DAY, MINUTE
from bot.database import Database, SqliteDatabase
from bot.guilds import GuildSettings
from bot.suggestions.changes import ChangeStore
from bot.suggestions.drafts import Draft, DraftStore
from bot.suggestions.entry import Entry, Typed
from bot.suggestions.lifecycle import TRANSITIONS, Action
from bot.suggestions.review.store import ModerationStore
from bot.suggestions.store import LimitsUsedUp, SuggestionStore
from bot.suggestions.suggestion import Suggestion
from bot.suggestions.traces import Traces
from bot.voting.store import Choice, VoteStore

GUILD_ID, AUTHOR, MOD, NOW = 7, 1, 99, 1_000 * DAY
ENTRY = Entry("Rocky IV", 1985, "Farm in the snow", "He lifts logs.", "boxing")
CHOICES = GuildSettings()


@pytest.fixture
def store(database: Database) -> SuggestionStore:
    return SuggestionStore(database, Traces(database))


@pytest.fixture
def changes(database: Database) -> ChangeStore:
    return ChangeStore(database)


async def added(store: SuggestionStore, settings: GuildSettings = CHOICES, at: int = NOW) -> Suggestion:
    suggestion = await store.add(GUILD_ID, AUTHOR, ENTRY, at, settings=settings)
    assert suggestion is not None
    return suggestion


async def test_the_threshold_is_crossed_once_however_many_press(
    database: Database, store: SuggestionStore, changes: ChangeStore
) -> None:
    suggestion, votes = await added(store), VoteStore(database)

    async def press(person: int) -> bool:
        await votes.cast(GUILD_ID, suggestion.montage_id, person, Choice.UP, NOW)
        change = await changes.change(suggestion, "accepted", "votes", by=None, at=NOW, settings=CHOICES)
        return change is not None

    decided = await asyncio.gather(*(press(person) for person in range(10, 60)))
    assert Counter(decided) == {False: 49, True: 1}
    (event,) = await store.history(suggestion.id)
    assert (event.action, event.actor, event.by) == ("accepted", "votes", None)
    assert (await votes.tally(GUILD_ID, suggestion.montage_id)).up == 50


async def test_the_votes_are_counted_at_the_very_moment(
    database: Database, store: SuggestionStore, changes: ChangeStore
) -> None:
    suggestion, votes = await added(store), VoteStore(database)
    for person in range(10, 15):
        await votes.cast(GUILD_ID, suggestion.montage_id, person, Choice.UP, NOW)
    await votes.cast(GUILD_ID, suggestion.montage_id, 10, Choice.UP, NOW)  # taken back in between
    assert await changes.change(suggestion, "accepted", "votes", by=None, at=NOW, settings=CHOICES) is None


async def test_what_a_moderator_took_back_from_the_votes_they_do_not_take_again(
    database: Database, store: SuggestionStore, changes: ChangeStore
) -> None:
    suggestion, votes = await added(store), VoteStore(database)
    for person in range(10, 20):
        await votes.cast(GUILD_ID, suggestion.montage_id, person, Choice.UP, NOW)
    accepted = await changes.change(suggestion, "accepted", "votes", by=None, at=NOW, settings=CHOICES)
    assert accepted is not None
    undone = await changes.undo(accepted.suggestion, by=MOD, at=NOW + 1)
    assert undone is not None and undone.suggestion.state == "open"
    again = await changes.change(undone.suggestion, "accepted", "votes", by=None, at=NOW, settings=CHOICES)
    assert again is None


async def test_two_moderators_at_once_and_one_of_them_decides(store: SuggestionStore, changes: ChangeStore) -> None:
    suggestion = await added(store)
    tried = await asyncio.gather(
        changes.change(suggestion, "declined", "moderator", by=98, at=NOW, why="no"),
        changes.change(suggestion, "accepted", "moderator", by=99, at=NOW),
        changes.change(suggestion, "declined", "moderator", by=97, at=NOW, why="no"),
    )
    assert sum(change is not None for change in tried) == 1
    assert len(await store.history(suggestion.id)) == 1


async def test_undo_walks_back_to_the_beginning_and_each_step_is_taken_once(
    store: SuggestionStore, changes: ChangeStore
) -> None:
    first = await added(store, GuildSettings(review_first=True))
    better = Entry(
        "Rocky IV", 1985, "Farm against laboratory", "He lifts logs.", "boxing", "https://a.example.com/"
    )
    change = await changes.change(first, "posted", "moderator", by=MOD, at=NOW)
    steps: list[tuple[Action, Entry | None]] = [("accepted", better), ("declined", None)]
    for action, entry in steps:
        assert change is not None
        change = await changes.change(change.suggestion, action, "moderator", by=MOD, at=NOW, entry=entry)
    assert change is not None and change.suggestion.entry == better
    seen = []
    while change is not None:
        seen.append(change.suggestion.state)
        both = await asyncio.gather(*(changes.undo(change.suggestion, by=MOD, at=NOW) for _ in range(2)))
        assert sum(one is not None for one in both) <= 1
        change = next((one for one in both if one is not None), None)
    assert seen == ["declined", "accepted", "open", "waiting"]
    now = await store.get(GUILD_ID, first.id)
    assert now is not None and now.entry == ENTRY
    assert all(event.undone_by == MOD for event in await store.history(first.id))


async def test_an_edit_and_somebody_elses_vote_at_once(
    database: Database, store: SuggestionStore, changes: ChangeStore
) -> None:
    suggestion, votes = await added(store), VoteStore(database)
    await votes.cast(GUILD_ID, suggestion.montage_id, AUTHOR, Choice.UP, NOW)  # one's own does not close it
    edited = Entry("Rocky V", 1990, "On the steps", "He runs again.", "boxing")
    change, _ = await asyncio.gather(
        changes.change(suggestion, "edited", "author", by=AUTHOR, at=NOW, entry=edited),
        votes.cast(GUILD_ID, suggestion.montage_id, 2, Choice.DOWN, NOW),
    )
    voted_first = change is None
    late = await changes.change(suggestion, "edited", "author", by=AUTHOR, at=NOW, entry=ENTRY)
    assert late is None
    now = await store.get(GUILD_ID, suggestion.id)
    assert now is not None and now.entry == (ENTRY if voted_first else edited)
    await votes.cast(GUILD_ID, suggestion.montage_id, 2, Choice.DOWN, NOW)  # and takes it back
    assert await changes.change(suggestion, "edited", "author", by=AUTHOR, at=NOW, entry=ENTRY) is not None


async def test_nobody_else_edits_or_withdraws(store: SuggestionStore, changes: ChangeStore) -> None:
    suggestion = await added(store)
    own: list[Action] = ["edited", "withdrawn"]
    for action in own:
        assert await changes.change(suggestion, action, "author", by=2, at=NOW, entry=ENTRY) is None


async def test_another_server_cannot_touch_it(store: SuggestionStore, changes: ChangeStore) -> None:
    suggestion = await added(store)
    elsewhere = Suggestion(suggestion.id, GUILD_ID + 1, AUTHOR, ENTRY, "open", NOW)
    for what, actor in TRANSITIONS:
        assert await changes.change(elsewhere, what, actor, by=AUTHOR, at=NOW, settings=CHOICES) is None
    assert await store.get(GUILD_ID + 1, suggestion.id) is None
    assert await store.history(suggestion.id) == []


async def test_however_often_it_is_sent_at_once_it_becomes_one(database: Database, store: SuggestionStore) -> None:
    drafts = DraftStore(database)
    draft = await drafts.keep(GUILD_ID, AUTHOR, Draft(Typed("Rocky"), "suggest", "0"), NOW)
    sent = await asyncio.gather(
        *(store.add(GUILD_ID, AUTHOR, ENTRY, NOW, settings=CHOICES, draft=draft) for _ in range(5))
    )
    assert sum(one is not None for one in sent) == 1


async def test_limits_hold_at_once_and_keep_the_draft(database: Database, store: SuggestionStore) -> None:
    drafts, settings = DraftStore(database), GuildSettings(cooldown_minutes=0, open_per_member=2)
    many = await asyncio.gather(
        *(store.add(GUILD_ID, AUTHOR, ENTRY, NOW, settings=settings) for _ in range(5)), return_exceptions=True
    )
    assert sum(isinstance(one, Suggestion) for one in many) == 2
    assert sum(isinstance(one, LimitsUsedUp) for one in many) == 3
    draft = await drafts.keep(GUILD_ID, AUTHOR, Draft(Typed("Rocky"), "suggest", "0"), NOW)
    with pytest.raises(LimitsUsedUp):
        await store.add(GUILD_ID, AUTHOR, ENTRY, NOW, settings=settings, draft=draft)
    assert await drafts.get(GUILD_ID, AUTHOR, draft) is not None
    assert await drafts.get(GUILD_ID, 2, draft) is None


async def test_the_cooldown_counts_withdrawn_ones_too(store: SuggestionStore, changes: ChangeStore) -> None:
    suggestion = await added(store)
    assert await changes.change(suggestion, "withdrawn", "author", by=AUTHOR, at=NOW) is not None
    with pytest.raises(LimitsUsedUp):
        await store.add(GUILD_ID, AUTHOR, ENTRY, NOW + 5 * MINUTE - 1, settings=CHOICES)
    assert await store.add(GUILD_ID, AUTHOR, ENTRY, NOW + 5 * MINUTE, settings=CHOICES) is not None


async def test_a_blocked_member_is_refused_by_the_statement_itself(
    database: Database, store: SuggestionStore
) -> None:
    moderation = ModerationStore(database, Traces(database))
    await moderation.block(GUILD_ID, AUTHOR, MOD, "spam", NOW)
    with pytest.raises(LimitsUsedUp):
        await added(store)
    assert (await store.usage(GUILD_ID, AUTHOR)).blocked
    assert await moderation.unblock(GUILD_ID, AUTHOR) and not await moderation.unblock(GUILD_ID, AUTHOR)
    await added(store)


async def test_the_queue_has_the_urgent_first(database: Database, store: SuggestionStore) -> None:
    moderation = ModerationStore(database, Traces(database))
    free = GuildSettings(cooldown_minutes=0, open_per_member=9)
    third = [await added(store, free, NOW + number * MINUTE) for number in range(5)][2]
    waiting = await added(store, GuildSettings(cooldown_minutes=0, open_per_member=9, review_first=True), NOW + DAY)
    await store.trouble(4, "lost")
    assert await moderation.report(third, 2, "rude", NOW) and not await moderation.report(third, 2, "rude", NOW)
    assert await moderation.queue(GUILD_ID) == [3, waiting.id, 4, 1, 2, 5]
    await moderation.settle(3, MOD, NOW)
    assert await moderation.queue(GUILD_ID) == [waiting.id, 4, 1, 2, 3, 5]
    assert not await moderation.report(third, 2, "still rude", NOW)  # one report a person, dealt with or not


async def test_a_database_of_before_keeps_its_suggestions(path: Path) -> None:
    scripts = files("bot.database.migrations") / "sqlite"
    with sqlite3.connect(path) as old:
        for name in ("0001_votes_and_suggestions.sql", "0002_servers.sql"):
            old.executescript((scripts / name).read_text())
        old.execute("PRAGMA user_version = 2")
        old.execute(
            "INSERT INTO suggestion (guild_id, author_id, film, year, scene, why, discipline, state, created_at)"
            " VALUES (7, 1, 'Rocky IV', 1985, 'Farm in the snow', 'He lifts logs.', 'boxing', 'accepted', 5)"
        )
    old.close()
    database = SqliteDatabase(path)
    await database.open()
    ((kept, at),) = await SuggestionStore(database, Traces(database)).accepted()
    assert (kept.id, kept.entry, kept.state, at) == (1, ENTRY, "accepted", 5)
    assert (await added(SuggestionStore(database, Traces(database)))).id == 2
    await database.close()
