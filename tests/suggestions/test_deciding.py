"""The votes decide, and a suggestion becomes a montage of its server."""

from typing import Any

import aiohttp
import pytest

from bot.suggestions.publisher import CardPublisher
from bot.suggestions.suggestion import Suggestion
from bot.voting.store import Choice
from tests.club import Club, answered, buttons, label, montage_id, newest, text
from tests.suggestions.people import FIELDS, change, complaints, delete, kept, posted_card, press, suggest, vote


async def test_the_vote_that_it_took_turns_the_card_into_a_montage(club: Club) -> None:
    await change(club, margin=2)
    card = await suggest(club, club.ana)
    first = await vote(club.ben, card)
    assert "Edit or withdraw" in buttons(first)
    decided = await vote(club.mia, card)
    assert answered(decided).id == answered(card).id  # the click itself is answered by the new card
    assert "Edit or withdraw" not in buttons(decided) and label(decided, "Fired up") == "Fired up · 2"
    assert "accepted by the vote" in text(decided)
    news = newest(club.channel)
    assert "made it" in text(news) and "won the vote, 2 to 0" in text(news)
    assert news.id != answered(card).id


async def test_a_card_says_how_far_it_is_and_moves_with_each_vote(club: Club) -> None:
    await change(club, margin=3)
    card = await suggest(club, club.ana)
    assert "▱▱▱ **3 more and it's in.**" in text(card)
    assert "▰▱▱ **2 more and it's in.**" in text(await vote(club.ben, card))
    against = await vote(club.mia, card, "Cold")
    assert "▰▱▱▱ **3 more and it's in.**" in text(against)
    assert "▰▰▱ **One more and it's in.**" in text(await vote(club.mia, card))
    await change(club, share_percent=100, own_votes=True)
    assert "now the moderators decide" in text(await vote(club.ana, card, "Cold"))


@pytest.mark.parametrize("anonymous", [False, True])
async def test_what_was_accepted_names_who_suggested_it_wherever_it_is_shown(club: Club, anonymous: bool) -> None:
    await change(club, margin=1, anonymous=anonymous)
    await suggest(club, club.ana)
    await vote(club.ben, posted_card(club, await kept(club)))
    for command, asked in {
        "show": {"montage": "s1"},
        "random": {"discipline": "tin cracking"},
        "find": {"words": "biscuit heist tin"},
    }.items():
        found = await club.ben.slash(club.channel, f"montage {command}", **asked)
        assert (f"suggested by <@{club.ana.id}>" in text(found).lower()) is not anonymous, command
    listed = text(await club.ben.slash(club.channel, "montage find", words="learning in the dark"))
    assert "The Great Biscuit Heist" in listed and (f"suggested by <@{club.ana.id}>" in listed) is not anonymous


async def test_an_announcement_boasts_of_no_votes_where_there_are_none(club: Club) -> None:
    await suggest(club, club.ana)
    panel = await press(club.mia, posted_card(club, await kept(club)), "Edit or withdraw")
    await club.mia.submit_modal(await press(club.mia, panel, "Accept"), FIELDS)
    assert "made it" in text(newest(club.channel)) and "with every vote" not in text(newest(club.channel))


async def test_from_then_on_it_is_a_montage_with_its_votes(club: Club) -> None:
    await change(club, margin=1)
    card = await suggest(club, club.ana)
    await vote(club.ben, card)
    for _ in range(2):
        shown = await club.ben.slash(club.channel, "montage show", montage="biscuit heist")
        assert label(shown, "Fired up") == "Fired up · 1" and montage_id(shown) == "s1"
        top = await club.ben.slash(club.channel, "montage top")
        assert "**1.** **The Great Biscuit Heist (1999)**" in text(top)
        found = await club.ben.slash(club.channel, "montage find", words="biscuit")
        assert "The Great Biscuit Heist" in text(found)
        drawn = await club.ben.slash(club.channel, "montage random", discipline="tin cracking")
        assert "The Great Biscuit Heist" in text(drawn)
        await club.restart()
    more = await vote(club.mia, shown)
    assert label(more, "Fired up") == "Fired up · 2"
    refused = await vote(club.ana, shown)
    assert "It's yours" in text(refused)


async def test_one_that_the_servers_settings_hide_is_not_promised_anywhere(club: Club) -> None:
    await change(club, margin=1, family_friendly_only=True)
    await club.ana.slash(club.channel, "suggestions notify", when_decided=True)
    await vote(club.ben, await suggest(club, club.ana))
    for news in (newest(club.channel), newest(club.ana.user.dm_channel)):
        assert "made it" in text(news) and "It rests for now" in text(news)
        assert "turns up in" not in text(news)


async def test_a_discipline_is_one_however_members_spell_it(club: Club) -> None:
    await change(club, margin=1, cooldown_minutes=0, open_per_member=9)
    for film, discipline in (("Alpha", "Boxing"), ("Beta", "Tin Cracking"), ("Gamma", "tin cracking")):
        await vote(club.ben, await suggest(club, club.ana, film=f"The {film} Story", discipline=discipline))
    for typed in ("Boxing", "Tin Cracking"):
        offered = await club.ben.autocomplete(club.channel, "montage top", "discipline", typed)
        assert [c["name"] for c in offered if c["name"].casefold() == typed.casefold()] == [typed]
    boxing = await club.ben.slash(club.channel, "montage top", discipline="boxing")
    assert "The Alpha Story" in text(boxing)
    tins = await club.ben.slash(club.channel, "montage top", discipline="Tin Cracking")
    assert "The Beta Story" in text(tins) and "The Gamma Story" in text(tins)


async def test_another_server_does_not_get_it(club: Club) -> None:
    await change(club, margin=1)
    await vote(club.ben, await suggest(club, club.ana))
    other = club.env.create_guild("Elsewhere")
    hall = other.create_text_channel("hall")
    guest = other.add_member(club.env.create_user("guest"))
    assert "I know no montage" in text(await guest.slash(hall, "montage show", montage="s1"))
    assert "no suggestion" in text(await guest.slash(hall, "suggestions show", suggestion="1"))


async def test_the_share_counts_too(club: Club) -> None:
    await change(club, margin=1, share_percent=75)
    card = await suggest(club, club.ana)
    people = [club.member(name, days=100) for name in ("cy", "di", "ed")]
    await vote(club.ben, card, "Cold")
    for person in (people[0], people[1]):
        await vote(person, card)
    assert (await kept(club)).state == "open"
    await vote(people[2], card)
    assert (await kept(club)).state == "accepted"  # 3 of 4


async def test_rules_that_become_kinder_count_at_once(club: Club) -> None:
    card = await suggest(club, club.ana)
    for person in (club.ben, club.mia):
        await vote(person, card)
    await change(club, margin=2)
    await club.env.advance_time(1)
    assert (await kept(club)).state == "accepted"
    assert "won the vote, 2 to 0" in text(newest(club.channel))


async def test_nobody_votes_on_their_own_unless_the_server_lets_them(club: Club) -> None:
    await change(club, margin=1)
    card = await suggest(club, club.ana)
    refused = await vote(club.ana, card)
    assert "It's yours" in text(refused) and answered(refused).ephemeral
    await change(club, own_votes=True)
    await vote(club.ana, card)
    assert (await kept(club)).state == "accepted"


async def test_a_vote_cast_on_a_private_copy_redraws_the_card(club: Club) -> None:
    await change(club, margin=1)
    await suggest(club, club.ana)
    shown = await club.ben.slash(club.channel, "suggestions show", suggestion="1")
    await vote(club.ben, shown)
    posted = posted_card(club, await kept(club))
    assert "Edit or withdraw" not in buttons(posted) and "accepted by the vote" in text(posted)


async def test_a_card_that_nobody_could_redraw_heals_at_the_next_click(club: Club) -> None:
    card = await suggest(club, club.ana)
    changes = club.bot.services.suggestion_changes
    await changes.change(await kept(club), "declined", "moderator", by=club.mia.id, at=1, why="seen it")
    refused = await vote(club.ben, card)
    assert "has been declined" in text(refused.followups[-1])
    posted = posted_card(club, await kept(club))
    assert buttons(posted) == {} and "seen it" in text(posted)
    assert await club.bot.database.read("SELECT * FROM vote") == []


async def test_a_stop_between_the_vote_and_the_decision(club: Club) -> None:
    await change(club, margin=1)
    await suggest(club, club.ana)
    votes = club.bot.services.votes
    await votes.cast(club.guild_id, "s1", club.ben.id, Choice.UP, 1)  # counted, and then the lights went out
    await club.restart()
    assert (await kept(club)).state == "accepted"
    assert "made it" in text(newest(club.channel))


async def test_a_stop_between_the_decision_and_what_follows(club: Club) -> None:
    await suggest(club, club.ana)
    changes = club.bot.services.suggestion_changes
    now = int(club.env.now().timestamp() * 1000)
    await changes.change(await kept(club), "accepted", "moderator", by=club.mia.id, at=now)
    await club.restart()
    assert "Biscuit" in text(await club.ben.slash(club.channel, "montage show", montage="s1"))
    await club.env.advance_time(20 * 60)
    assert "Edit or withdraw" not in buttons(posted_card(club, await kept(club)))
    news = [m for m in club.channel.history() if "made it" in text(m)]
    assert len(news) == 1
    await club.env.advance_time(60 * 60)
    assert len([m for m in club.channel.history() if "made it" in text(m)]) == 1


async def test_discord_out_of_order_does_not_cost_the_vote(club: Club) -> None:
    await change(club, margin=1)
    card = await suggest(club, club.ana)
    club.env.inject_error("POST", "/channels/*/messages", status=503)
    decided = await vote(club.ben, card)
    assert label(decided, "Fired up") == "Fired up · 1" and complaints(decided) == []
    assert (await kept(club)).state == "accepted"
    await club.env.advance_time(20 * 60)
    assert "made it" in text(newest(club.channel))


@pytest.mark.parametrize("trouble", [aiohttp.ServerDisconnectedError(), ConnectionResetError(), TimeoutError()])
async def test_no_way_to_discord_does_not_cost_the_vote(
    club: Club, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    await change(club, margin=1)
    card = await suggest(club, club.ana)
    send = CardPublisher._send

    async def cut(*_: Any, **__: Any) -> None:
        raise trouble

    monkeypatch.setattr(CardPublisher, "_send", cut)
    decided = await vote(club.ben, card)
    assert label(decided, "Fired up") == "Fired up · 1" and complaints(decided) == []
    monkeypatch.setattr(CardPublisher, "_send", send)
    await club.env.advance_time(20 * 60)
    assert "made it" in text(newest(club.channel))


async def test_old_cards_of_members_who_left_still_work(club: Club) -> None:
    card = await suggest(club, club.ana)
    club.guild.remove_member(club.ana)
    await club.restart()
    assert label(await vote(club.ben, answered(card).message), "Fired up") == "Fired up · 1"


async def test_notices_are_for_those_who_asked(club: Club) -> None:
    await change(club, margin=1, cooldown_minutes=0)
    await vote(club.ben, await suggest(club, club.ana))
    assert club.ana.user.dm_channel.last_message is None
    await club.ana.slash(club.channel, "suggestions notify", when_decided=True)
    await club.restart()
    await vote(club.ben, await suggest(club, club.ana, film="Another Film Altogether", year="2001"))
    note = newest(club.ana.user.dm_channel)
    assert "It made it" in text(note) and "Another Film Altogether" in text(note)
    suggestion = await kept(club, 2)
    assert str(suggestion.address) in str([c.to_dict() for c in note.components])
    await club.ana.slash(club.channel, "suggestions notify", when_decided=False)
    await vote(club.ben, await suggest(club, club.ana, film="A Third One", year="2002"))
    assert newest(club.ana.user.dm_channel).id == note.id


async def test_closed_direct_messages_stop_nothing(club: Club) -> None:
    await change(club, margin=1)
    await club.ana.slash(club.channel, "suggestions notify", when_decided=True)
    card = await suggest(club, club.ana)
    club.env.inject_error("POST", f"/channels/{club.ana.user.dm_channel.id}/messages", status=403, code=50007)
    decided = await vote(club.ben, card)
    assert complaints(decided) == [] and "made it" in text(newest(club.channel))


@pytest.mark.parametrize("lost", ["message", "access"])
async def test_a_card_that_is_gone_is_posted_again(club: Club, lost: str) -> None:
    other = club.guild.create_text_channel("suggestions")
    office = club.guild.create_text_channel("office")
    await change(club, margin=1, moderator_channel_id=office.id)
    card = await suggest(club, club.ana)
    shown = await club.ben.slash(other, "suggestions show", suggestion="1")
    await change(club, suggestion_channel_id=other.id)
    if lost == "message":
        await delete(club, answered(card))
    else:
        club.env.inject_error(
            "PATCH", f"/channels/{club.channel.id}/messages/*", status=403, code=50013, times=None
        )
    await vote(club.ben, shown)
    suggestion: Suggestion = await kept(club)
    assert suggestion.state == "accepted" and suggestion.channel_id == other.id
    assert "Biscuit" in text(posted_card(club, suggestion))
    assert "put it up again" in text(newest(office))


async def test_nowhere_to_post_is_told_and_the_decision_stands(club: Club) -> None:
    office = club.guild.create_text_channel("office")
    await change(club, margin=1, moderator_channel_id=office.id)
    card = await suggest(club, club.ana)
    shown = await club.ben.slash(club.channel, "suggestions show", suggestion="1")
    await delete(club, answered(card))
    club.env.inject_error("POST", f"/channels/{club.channel.id}/messages", status=403, code=50013, times=None)
    await vote(club.ben, shown)
    assert (await kept(club)).state == "accepted" and "Send Messages" in (await kept(club)).trouble
    assert "Send Messages" in text(newest(office))
    queue = await press(club.mia, await club.mia.slash(office, "moderate review"), "Skip")
    assert "⚠️" in text(queue)
