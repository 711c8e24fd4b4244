"""Discord says no to a card, an announcement or a notice: what was decided stands, and what can follow does."""

import pytest

from bot.database import DatabaseError
from bot.suggestions.changes import ChangeStore
from tests.club import Club, buttons, newest, text
from tests.suggestions.people import FIELDS, change, kept, press, shown, suggest, vote


def _edits(club: Club) -> int:
    return len([r for r in club.env.http_requests if r.method == "PATCH" and "/channels/" in r.path])


def _announcements(club: Club) -> int:
    return len([m for m in club.channel.history() if "made it" in text(m)])


async def _accept(club: Club) -> str:
    panel = await club.mia.slash(club.channel, "moderate look", suggestion="1")
    form = await press(club.mia, panel, "Accept")
    return text(shown(await club.mia.submit_modal(form, FIELDS)))


@pytest.mark.parametrize(("status", "code"), [(400, 50083), (400, 30046), (400, 50035), (403, 50001), (404, 10008)])
async def test_a_card_that_cannot_be_changed_any_more_keeps_nothing_back(
    club: Club, status: int, code: int
) -> None:
    await suggest(club, club.ana)
    club.env.inject_error("PATCH", "/channels/*/messages/*", status=status, code=code, times=None)
    said = await _accept(club)
    assert "quarter of an hour" not in said
    assert (await kept(club)).state == "accepted" and _announcements(club) == 1
    for _ in range(6):
        await club.env.advance_time(3600)
    assert _edits(club) <= 2 and _announcements(club) == 1


async def test_a_decision_whose_card_is_refused_is_not_tried_for_ever(club: Club) -> None:
    await suggest(club, club.ana)
    club.env.inject_error("PATCH", "/channels/*/messages/*", status=400, code=50083, times=None)
    panel = await club.mia.slash(club.channel, "moderate look", suggestion="1")
    await club.mia.submit_modal(await press(club.mia, panel, "Decline"), {"why": "too much of it"})
    for _ in range(6):
        await club.env.advance_time(3600)
    assert _edits(club) <= 1


async def test_only_what_is_late_is_done_again(club: Club) -> None:
    await club.ana.slash(club.channel, "suggestions notify", when_decided=True)
    await suggest(club, club.ana)
    club.env.inject_error("POST", "/users/@me/channels", status=503, times=1)
    assert "quarter of an hour" in await _accept(club)
    assert _announcements(club) == 1
    edits = _edits(club)
    await club.env.advance_time(20 * 60)
    assert _announcements(club) == 1 and _edits(club) == edits
    assert "It made it" in text(newest(club.ana.user.dm_channel))


async def test_what_was_told_and_could_not_be_written_down_is_not_told_again(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise DatabaseError("the disk is full")

    await club.ana.slash(club.channel, "suggestions notify", when_decided=True)
    await suggest(club, club.ana)
    notices = len([r for r in club.env.http_requests if r.path == "/users/@me/channels"])
    with monkeypatch.context() as disk:
        disk.setattr(ChangeStore, "step_done", full)
        await _accept(club)
        for _ in range(4):  # longer than Discord remembers a nonce
            await club.env.advance_time(20 * 60)
        assert _announcements(club) == 1
    await club.env.advance_time(20 * 60)
    assert _announcements(club) == 1
    assert len([r for r in club.env.http_requests if r.path == "/users/@me/channels"]) == notices + 1
    await club.restart()  # by now it is on disk
    await club.env.advance_time(20 * 60)
    assert _announcements(club) == 1
    rows = await club.bot.database.read("SELECT told FROM suggestion_event WHERE what = 'accepted'")
    assert [row["told"] for row in rows] == [1]


@pytest.mark.parametrize("code", [200000, 50083])
async def test_a_refused_card_in_its_own_channel_is_said_and_reaches_the_moderators(club: Club, code: int) -> None:
    board = club.guild.create_text_channel("suggestions")
    await change(club, suggestion_channel_id=board.id)
    club.env.inject_error("POST", "/channels/*/messages", status=400, code=code, times=None)
    told = await suggest(club, club.ana)
    assert "It is kept" in text(shown(told)) and "try it" not in text(shown(told))
    assert (await kept(club)).trouble
    assert "I could not post it" in text(await club.mia.slash(club.channel, "moderate review"))


@pytest.mark.parametrize("code", [200000, 50083])
async def test_a_refused_answer_is_said_and_reaches_the_moderators(club: Club, code: int) -> None:
    form = await club.ana.slash(club.channel, "suggest")
    club.env.inject_error("POST", "/interactions/*/*/callback", status=400, code=code, times=1)
    told = await club.ana.submit_modal(form, FIELDS)
    assert "It is kept" in text(shown(told))
    assert (await kept(club)).trouble


async def test_a_card_that_is_late_follows_by_itself(club: Club) -> None:
    board = club.guild.create_text_channel("board")
    await change(club, suggestion_channel_id=board.id)
    club.env.inject_error("POST", f"/channels/{board.id}/messages", status=503, times=2)
    told = await suggest(club, club.ana)
    assert "follows by itself" in text(shown(told))
    assert (await kept(club)).message_id is None
    for _ in range(4):
        await club.env.advance_time(15 * 60)
    assert (await kept(club)).message_id is not None
    assert len(board.history()) == 1


async def test_a_bot_that_stopped_before_the_card_posts_it_later(club: Club) -> None:
    board = club.guild.create_text_channel("board")
    await change(club, suggestion_channel_id=board.id)
    await suggest(club, club.ana)
    await club.bot.database.write("UPDATE suggestion SET message_id = NULL")
    await club.restart()
    await club.env.advance_time(15 * 60)
    assert (await kept(club)).message_id is not None


async def test_a_full_list_of_threads_is_not_called_a_permission(club: Club) -> None:
    await change(club, threads=True)
    club.env.inject_error("POST", "/channels/*/messages/*/threads", status=400, code=160006, times=None)
    await suggest(club, club.ana)
    trouble = (await kept(club)).trouble
    assert "thousand open threads" in trouble and "I need" not in trouble


async def test_a_repeated_press_after_a_lost_answer_takes_nothing_back(club: Club) -> None:
    card = await club.ana.slash(club.channel, "montage random")
    club.env.inject_error("POST", "/interactions/*/callback", status=503, times=1)
    await vote(club.ana, card)
    again = await vote(club.ana, card)
    assert "Fired up · 1" in list(buttons(again))
    await club.env.advance_time(60)
    back = await vote(club.ana, card)
    assert "Fired up · 0" in list(buttons(back))


async def test_a_refusal_to_say_who_moderates_is_remembered_for_a_minute(club: Club) -> None:
    await suggest(club, club.ana)
    club.env.inject_error(
        "GET", "/applications/*/guilds/*/commands/*/permissions", status=403, code=50001, times=None
    )
    card = newest(club.channel)
    for _ in range(5):
        await press(club.ben, card, "Edit or withdraw")
    asked = [r for r in club.env.http_requests if r.path.endswith("/permissions")]
    assert len(asked) == 1
