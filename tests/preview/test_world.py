"""The club that the preview plays in, blank and with a past: no browser, the same simulated Discord."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple
from unittest.mock import AsyncMock
from zoneinfo import ZoneInfo

import discord
import pytest
import simcord
from simcord import _dpy_internals

from bot import clock
from bot.app import create_bot
from bot.bracket import RoundStore
from bot.client import MontageBot
from bot.errors import StartError
from bot.preview import serve
from bot.preview.club import kept_in
from bot.preview.members import AGE, MEMBERS, MemberTastes
from bot.preview.opening import open_club
from bot.preview.serve import preview, zone_of_offset
from bot.preview.simulation import real_time
from bot.preview.welcome import CardButton, CommandButton
from bot.preview.world import World
from bot.settings import Settings
from bot.shelf import ShelfStore
from tests.club import answered, button, buttons, montage_id, newest, shipped_montages, text
from tests.contract import violations


class Opened(NamedTuple):
    """A preview without its page."""

    env: simcord.Env
    bot: MontageBot
    world: World
    welcome: discord.Message


@asynccontextmanager
async def opened(database: Path, *, empty: bool = False) -> AsyncIterator[Opened]:
    bot = create_bot(Settings(database=database))
    bot.add_dynamic_items(CommandButton, CardButton)
    try:
        async with simcord.run(bot) as env:
            world = await open_club(env, bot, empty=empty)
            yield Opened(env, bot, world, newest(world.channel))
            assert not [v for sent in env.http_requests for v in violations(sent.method, sent.path, sent.json)]
    finally:
        await bot.close()


async def _press(club: Opened, person: int, label: str) -> simcord.InteractionResult:
    """Press a button of the welcome."""
    return await club.world.viewers[person].click(club.welcome, custom_id=button(club.welcome, label))


ANA, BEN, MIA = 0, 1, 2


async def test_in_a_blank_club_a_suggestion_wins_by_two_and_nobody_waits(tmp_path: Path) -> None:
    async with opened(tmp_path / "blank.db", empty=True) as club:
        settings = await club.bot.services.guild_settings.get(club.world.guild_id)
        assert (settings.margin, settings.cooldown_minutes) == (2, 0)
        assert len(club.world.members) == 3
        assert "Nobody has voted yet" in text(
            await club.world.viewers[ANA].slash(club.world.channel, "montage top")
        )
        await club.bot.services.guild_settings.change(club.world.guild_id, margin=3)
    async with opened(tmp_path / "blank.db") as again:  # what it holds counts, and what the moderator has set stays
        assert (await again.bot.services.guild_settings.get(again.world.guild_id)).margin == 3
        assert len(again.world.members) == 3


async def test_a_club_that_lives_has_something_to_say_to_every_command(tmp_path: Path) -> None:
    async with opened(tmp_path / "club.db") as club:
        top = text(await _press(club, ANA, "The ranking"))
        assert "says this server" in top and ("▲" in top or "▼" in top)
        assert len(answered(await _press(club, ANA, "In pictures")).attachments) == 3
        assert "Because you liked" in text(await _press(club, ANA, "Picks for me"))
        assert "Which of these fires you up?" in text(await _press(club, BEN, "Picks for me"))
        assert "Which one gets you going?" in text(await _press(club, BEN, "A duel"))
        assert montage_id(await _press(club, MIA, "Show me one"))
        duels = await club.world.viewers[ANA].slash(club.world.channel, "montage top", ranked_by="duels")
        assert "Who wins this server's duels" in text(duels)


async def test_the_welcome_s_vote_wins_and_its_queue_is_mia_s(tmp_path: Path) -> None:
    async with opened(tmp_path / "club.db") as club:
        card = await _press(club, BEN, "Show me that one")
        won = await club.world.viewers[BEN].click(answered(card), custom_id=button(card, "Fired up"))
        assert "accepted by the vote" in text(won)
        assert "Be her for a moment" in text(await _press(club, ANA, "The queue"))
        queue = text(await _press(club, MIA, "The queue"))
        assert "Rocky 4" in queue and "2 reports" in queue
        assert (await _press(club, ANA, "Suggest a montage")).modal is not None


async def test_suggestions_are_in_every_state(tmp_path: Path) -> None:
    async with opened(tmp_path / "club.db") as club:
        services, guild_id = club.bot.services, club.world.guild_id
        all_of_them = await services.suggestions.in_states(guild_id)
        assert {s.state for s in all_of_them} == {"waiting", "open", "accepted", "declined", "withdrawn"}
        assert await services.moderation.reported(guild_id) == 1 and await services.moderation.blocked(guild_id)
        history = [event for s in all_of_them for event in await services.suggestions.history(s.id)]
        assert {("accepted", "votes"), ("accepted", "moderator")} <= {(e.action, e.actor) for e in history}
        assert all(event.why for event in history if event.action == "declined")
        assert not await services.suggestion_changes.untold(clock.milliseconds(club.env.now()))
        shown = {message.id for message in club.world.channel.history()}
        assert {s.message_id for s in all_of_them if s.state == "open"} <= shown
        today = [m for m in club.world.channel.history() if "Today" in text(m)]
        assert len(today) == 1 and today[0].created_at.date() == club.env.now().date()


async def test_the_club_has_a_champion_and_a_round_to_vote_in(tmp_path: Path) -> None:
    async with opened(tmp_path / "club.db") as club:
        ana, _, mia = club.world.viewers
        services, channel, now = club.bot.services, club.world.channel, clock.milliseconds(club.env.now())
        ((over, champion_id),) = await services.bracket_store.over(club.world.guild_id)
        assert over.ended_at and 21 < (now - over.ended_at) / clock.DAY < 60
        champion = club.bot.catalogue.get(club.world.guild_id, champion_id)
        assert champion and champion.film in text(await mia.slash(channel, "bracket history"))
        assert "Champion of this server" in text(await ana.slash(channel, "montage show", montage=champion_id))

        running = await services.bracket_store.running(club.world.guild_id)
        assert running and running.round == 2 and running.due_at and running.due_at - now > 24 * clock.HOUR
        people, votes = await services.bracket_votes.turnout(running)
        status = text(await mia.slash(channel, "bracket status"))
        assert people > 1 and f"{votes} votes so far, by {people} people" in status
        (post,) = [message for message in channel.history() if "Vote" in buttons(message)]
        assert post.jump_url in status and post.created_at < club.welcome.created_at
        ballot = await ana.click(post, custom_id=button(post, "Vote"))
        await ana.click(answered(ballot), custom_id=button(ballot, "This one"))
        assert await services.bracket_votes.turnout(running) == (people + 1, votes + 1)


async def test_everybody_who_is_played_has_a_list_that_is_theirs_to_take_away(tmp_path: Path) -> None:
    async with opened(tmp_path / "club.db") as club:
        for person in club.world.viewers:
            entries = {e.montage_id: e for e in await club.bot.services.shelf.of_person(person.id)}
            seen = {identity for identity, entry in entries.items() if entry.seen_at}
            saved = {identity for identity, entry in entries.items() if entry.saved_at}
            assert len(saved) >= 3 and len(seen) == 2 and len(seen & saved) == 1
            assert "Saved for later" in text(await person.slash(club.world.channel, "montage saved"))
            only = await person.slash(club.world.channel, "montage random", only="what I saved")
            assert montage_id(only) in saved
        ana, ben, _ = club.world.viewers
        (file,) = answered(await ana.slash(club.world.channel, "privacy export")).attachments
        kept = json.loads(await file.read())["everything_kept"]
        assert len(kept["montages on your list"]) == len(await club.bot.services.shelf.of_person(ana.id))
        asked = await ana.slash(club.world.channel, "privacy erase")
        await ana.click(answered(asked), custom_id="erase:most")
        assert await club.bot.services.shelf.of_person(ana.id) == []
        assert await club.bot.services.shelf.of_person(ben.id) != []


async def brackets_of(club: Opened) -> list[tuple[object, ...]]:
    """Who took part in each bracket, how each match went, and how many have voted in the round that is open."""
    store, votes = club.bot.services.bracket_store, club.bot.services.bracket_votes
    running = await store.running(club.world.guild_id)
    assert running
    courses = [await store.course(b) for b in (*(b for b, _ in await store.over(club.world.guild_id)), running)]
    return [(course.entrants, course.matches) for course in courses] + [await votes.turnout(running)]


async def test_brackets_go_the_same_way_at_every_hour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(tmp_path / "one.db") as club:
        one = await brackets_of(club)
    monkeypatch.setattr("bot.preview.opening.real_time", lambda: real_time() + 7 * clock.HOUR)
    async with opened(tmp_path / "other.db") as club:
        assert await brackets_of(club) == one


@pytest.mark.parametrize("store, step", [(RoundStore, "close"), (ShelfStore, "mark")])
async def test_a_start_that_was_interrupted_is_made_up_for(
    store: type, step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(tmp_path / "one.db") as club:
        one = await brackets_of(club)
    with monkeypatch.context() as patching:
        patching.setattr(store, step, AsyncMock(side_effect=RuntimeError("interrupted")))
        with pytest.raises(RuntimeError, match="interrupted"):
            async with opened(tmp_path / "club.db"):
                pass
    async with opened(tmp_path / "club.db") as club:
        assert len(club.world.members) == len(MEMBERS)
        assert await brackets_of(club) == one
        assert await club.bot.services.shelf.of_person(club.world.viewers[MIA].id)


async def test_a_bracket_goes_on_to_its_champion_from_start_to_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = 0
    monkeypatch.setattr("bot.preview.opening.real_time", lambda: real_time() + later)
    async with opened(tmp_path / "club.db") as club:
        running = await club.bot.services.bracket_store.running(club.world.guild_id)
        assert running
        few = await club.bot.services.bracket_votes.turnout(running)
    later = clock.DAY
    async with opened(tmp_path / "club.db") as club:
        assert await club.bot.services.bracket_store.running(club.world.guild_id) == running
        assert await club.bot.services.bracket_votes.turnout(running) > few, "the members vote on"
        (post,) = [message for message in club.world.channel.history() if "Vote" in buttons(message)]
        kept = await club.bot.services.bracket_store.post(running)
        assert kept and kept.claim.message_id == post.id
    for days, heading in ((3, "## The final"), (6, "is the champion of Montage Club")):
        later = days * clock.DAY
        async with opened(tmp_path / "club.db") as club:
            *_, post, welcome = club.world.channel.history()
            assert heading in text(post)
            assert welcome.id == club.welcome.id and "foot of the steps" in text(welcome)


async def test_the_cards_come_back_and_the_members_vote_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(tmp_path / "club.db") as club:
        before = await club.bot.services.votes.tallies(club.world.guild_id)
        founded = await kept_in(club.bot.database)
    later = int(time.time() * 1000) + 3 * 86_400_000 + 60_000
    monkeypatch.setattr("bot.preview.opening.real_time", lambda: later)
    async with opened(tmp_path / "club.db") as again:
        kept = await kept_in(again.bot.database)
        assert founded and kept and kept.founded_at == founded.founded_at and kept.days_lived == AGE + 3
        now = await again.bot.services.votes.tallies(again.world.guild_id)
        assert sum(t.votes for t in now.values()) > sum(t.votes for t in before.values())
        suggestions = await again.bot.services.suggestions.in_states(again.world.guild_id)
        history = again.world.channel.history()
        ids = {message.id for message in history}
        assert {s.message_id for s in suggestions if s.state == "open"} <= ids
        assert all(s.message_id in ids for s in suggestions if s.message_id is not None)
        assert len([m for m in history if "Today" in text(m)]) == 1
        assert [m.created_at for m in history] == sorted(m.created_at for m in history)


async def test_a_blank_club_does_not_take_the_place_of_one_that_lives(tmp_path: Path) -> None:
    async with opened(tmp_path / "club.db"):
        pass
    with pytest.raises(StartError, match="--fresh"):
        async with opened(tmp_path / "club.db", empty=True):
            pass


async def test_the_club_s_past_is_made_in_less_than_a_second(tmp_path: Path) -> None:
    bot = create_bot(Settings(database=tmp_path / "club.db"))
    async with simcord.run(bot) as env:
        began = time.process_time()
        await open_club(env, bot, empty=False)
        took = time.process_time() - began
    await bot.close()
    assert took < 1.0


@pytest.mark.parametrize("hours", [-12, -8, 0, 2, 14, 5.5])
def test_the_page_shows_the_computer_s_own_time(hours: float) -> None:
    there = ZoneInfo(zone_of_offset(timedelta(hours=hours)))
    assert clock.moment(0).astimezone(there).utcoffset() == timedelta(hours=hours if hours == int(hours) else 0)


def test_the_same_people_vote_the_same_at_every_start() -> None:
    one, other = MemberTastes(shipped_montages()), MemberTastes(shipped_montages())
    for day in (0, 50, AGE):
        assert list(one.votes(day)) == list(other.votes(day))
        assert list(one.duels(day)) == list(other.duels(day))
        assert all(day <= vote.day < day + 1 for vote in one.votes(day))
    votes = [vote for day in range(AGE) for vote in one.votes(day)]
    minds = {(vote.member, vote.montage_id, vote.choice) for vote in votes}
    assert len(minds) == len({mind[:2] for mind in minds}), "somebody changes their mind with the day"
    assert 400 < len(minds) < 1_000
    assert {MEMBERS[vote.member].name for vote in votes}.isdisjoint({"Ana", "Ben", "Mia (moderator)"})


async def test_at_the_page_nobody_waits_for_a_routine_that_rests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tests have `rests_end_by_its_clock` around all of them; the preview has its own."""
    for_tests, for_the_page = _dpy_internals.tasks_loop_sleep, []

    async def no_page(*_club: object, **_options: object) -> None:
        for_the_page.append(_dpy_internals.tasks_loop_sleep)
        raise StartError("no page")

    monkeypatch.setattr(serve, "_page_of", no_page)
    monkeypatch.setattr(serve, "set_by_ending_signals", asyncio.Event)
    with pytest.raises(StartError, match="no page"):
        await preview(
            tmp_path / "preview.db",
            port=0,
            fresh=False,
            empty=True,
            open_browser=False,
            served=tmp_path / "montage.db",
        )
    assert for_the_page not in ([], [for_tests]) and _dpy_internals.tasks_loop_sleep is for_tests
