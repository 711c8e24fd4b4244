"""/suggest, from the form to the card and its votes."""

import asyncio
from typing import Any

import discord
import pytest

from bot.suggestions.store import SuggestionStore
from tests.club import Club, answered, body, button, components, label, montage_id, newest, options, text
from tests.suggestions.people import FIELDS, change, kept, posted_card, press, suggest, vote


async def test_the_form_becomes_a_card_where_it_was_made(club: Club) -> None:
    card = await suggest(club, club.ana)
    assert not card.ephemeral
    assert "## The Great Biscuit Heist (1999)" in text(card) and f"<@{club.ana.id}>" in text(card)
    assert label(card, "Fired up") == "Fired up · 0"
    suggestion = await kept(club)
    assert suggestion.message_id == answered(card).id and suggestion.channel_id == club.channel.id


async def test_what_no_database_can_keep_is_left_out_at_the_door(club: Club) -> None:
    film, scene = "The Great\0 Biscuit\ud83e Heist\udfff", FIELDS["scene"] + "\0"
    note = await suggest(club, club.ana, film=film, scene=scene, year="9\ud800\0x")
    assert note.ephemeral and "**Year:** 9x\n" in text(note)
    form = await press(club.ana, note, "Open the form again")
    assert _typed(form.modal) == FIELDS | {"year": "9x"}
    assert (await club.ana.slash(club.channel, "montage find", words="phil\0ly\ud800 stairs")).response is not None
    await suggest(club, club.ana, film=film, scene=scene)
    assert (await kept(club)).entry.film == "The Great Biscuit Heist"


async def test_what_waits_for_votes_has_a_ranking_of_its_own(club: Club) -> None:
    empty = await club.ana.slash(club.channel, "montage top", what="suggested")
    assert empty.ephemeral and "/suggest" in text(empty)
    card = await suggest(club, club.ana)
    await vote(club.ben, card)
    waiting = await club.ben.slash(club.channel, "montage top", what="suggested")
    assert "The Great Biscuit Heist (1999)" in text(waiting) and "🔥 1 · 🧊 0" in text(waiting)
    assert list(options(waiting).values()) == [montage_id(card)]


async def test_what_is_wrong_is_said_beside_what_was_typed_and_nothing_is_lost(club: Club) -> None:
    note = await suggest(club, club.ana, year="198x", scene="x")
    assert note.ephemeral
    assert "**Year:** 198x\n⚠️ **Year** should be four digits, like 1976." in text(note)
    assert "⚠️ **Scene** is a little short" in text(note)
    await club.restart()
    form = await press(club.ana, note, "Open the form again")
    assert _typed(form.modal) == FIELDS | {"year": "198x", "scene": "x"}
    card = await club.ana.submit_modal(form, FIELDS)
    assert "The Great Biscuit Heist (1999)" in text(card)
    assert await club.bot.database.read("SELECT * FROM draft") == []


async def test_a_form_that_was_open_during_a_restart_still_arrives(club: Club) -> None:
    form = await club.ana.slash(club.channel, "suggest")
    await club.restart()
    assert "The Great Biscuit Heist (1999)" in text(await club.ana.submit_modal(form, FIELDS))


async def test_nobody_is_pinged_and_no_card_is_broken_by_what_is_typed(club: Club) -> None:
    card = await suggest(
        club,
        club.ana,
        film="**@everyone** ||<@&1>",
        scene="# [free](https://evil.example) \u202egnp",
        why="`" * 20,
    )
    shown = text(card)
    assert "@everyone" not in shown and "<@&1>" not in shown and "\u202e" not in shown
    assert "https://evil" not in shown and "**@" not in shown.replace("\\*\\*", "")
    sent = [body(r) for r in club.env.http_requests if "callback" in r.path][-1]
    assert sent["data"]["allowed_mentions"]["parse"] == []


async def test_rocky_4_finds_rocky_iv_and_taking_it_is_a_vote(club: Club) -> None:
    question = await suggest(club, club.ana, film="Rocky 4", year="1985", scene="Training in Russia")
    assert question.ephemeral and "Is it one of these?" in text(question) and "Rocky IV (1985)" in text(question)
    await club.restart()
    taken = await press(club.ana, question, "That's it")
    assert label(taken, "Fired up") == "Fired up · 1 ✓" and "your 🔥 is counted" in text(taken)
    shown = await club.ben.slash(club.channel, "montage show", montage="rocky-iv-1985")
    assert label(shown, "Fired up") == "Fired up · 1"
    assert await club.bot.services.suggestions.in_states(club.guild_id) == []
    assert await club.bot.database.read("SELECT * FROM draft") == []


async def test_the_likely_answer_stands_out(club: Club) -> None:
    def styles(shown: Any) -> dict[str, int]:
        return {c["label"]: c["style"] for c in reversed(list(components(shown))) if "style" in c}

    question = await suggest(club, club.ana, film="Rocky 4", year="1985")
    assert styles(question) == {"Change what I typed": 2, "No, it's new": 2, "That's it": 1}
    question = await suggest(club, club.ben, film="Rocky", year="1996")
    assert styles(question)["No, it's new"] == 1 and set(styles(question).values()) == {1, 2}


async def test_a_discipline_that_is_new_may_be_a_slip(club: Club) -> None:
    await change(club, cooldown_minutes=0)
    question = await suggest(club, club.ana, discipline="boxng")
    assert question.ephemeral and text(question).startswith("### “boxng” is new here\nDid you mean this one?")
    await club.restart()
    gone = await press(club.ana, question, "Boxing")
    assert "Off it goes" in text(gone) and (await kept(club)).entry.discipline == "boxing"

    question = await suggest(club, club.ana, film="A Second One", discipline="flurbing")
    assert "Did you mean" in text(question)
    gone = await press(club.ana, question, "No, it's new")
    assert "Off it goes" in text(gone) and (await kept(club, 2)).entry.discipline == "flurbing"

    question = await suggest(club, club.ben, film="Rocky 4", year="1985", discipline="soccer")
    question = await press(club.ben, question, "Football")
    assert "Is it one of these?" in text(question), "one thing after the other"
    await press(club.ben, question, "No, it's new")
    assert (await kept(club, 3)).entry.discipline == "football"
    assert await club.bot.database.read("SELECT * FROM draft") == []


async def test_no_it_is_new_goes_on_and_twice_makes_one(club: Club) -> None:
    question = await suggest(club, club.ana, film="Rocky 4", year="1985", scene="The robot learns to serve")
    await club.restart()
    custom = button(question, "No, it's new")
    gone = await club.ana.click(answered(question), custom_id=custom)
    assert "Off it goes" in text(gone)
    card = newest(club.channel)
    assert "Rocky 4 (1985)" in text(card) and (await kept(club)).message_id == card.id


async def test_changing_what_was_typed_opens_the_form_with_it(club: Club) -> None:
    question = await suggest(club, club.ana, film="Rocky 4", year="1985")
    form = await press(club.ana, question, "Change what I typed")
    card = await club.ana.submit_modal(form, FIELDS)
    assert "The Great Biscuit Heist" in text(card)
    again = await press(club.ana, question, "No, it's new")
    assert "sent already" in text(again) and len(await club.bot.services.suggestions.in_states(club.guild_id)) == 1


async def test_a_form_that_lay_open_for_days_loses_nothing_that_was_typed(club: Club) -> None:
    question = await suggest(club, club.ana, film="Rocky 4", year="1985")
    form = await press(club.ana, question, "Change what I typed")
    await club.env.advance_time(2 * 24 * 60 * 60)
    late = await club.ana.submit_modal(form, FIELDS)
    assert "lay here for more than a day" in text(late) and "The Great Biscuit Heist" in text(late)
    again = await press(club.ana, late, "Open the form again")
    assert "The Great Biscuit Heist" in text(await club.ana.submit_modal(again, FIELDS))
    assert len(await club.bot.services.suggestions.in_states(club.guild_id)) == 1


async def test_a_suggestion_of_somebody_elses_is_found_and_gets_the_vote(club: Club) -> None:
    card = await suggest(club, club.ana)
    question = await suggest(club, club.ben, film="Great Biscuit Heist, The")
    assert "suggested here" in text(question)
    taken = await press(club.ben, question, "That's it")
    assert label(taken, "Fired up") == "Fired up · 1 ✓"
    voted = await vote(club.mia, card)
    assert label(voted, "Fired up") == "Fired up · 2"


async def test_taking_one_can_be_the_vote_that_decides(club: Club) -> None:
    await change(club, margin=1)
    await suggest(club, club.ana)
    question = await suggest(club, club.ben)
    await press(club.ben, question, "That's it")
    assert (await kept(club)).state == "accepted"
    assert "made it" in text(newest(club.channel))


async def test_ones_own_cannot_be_taken_for_a_vote(club: Club) -> None:
    await change(club, cooldown_minutes=0)
    await suggest(club, club.ana)
    question = await suggest(club, club.ana)
    refused = await press(club.ana, question, "That's it")
    assert "It's yours" in text(refused)
    sent = await press(club.ana, question, "No, it's new")
    assert "Off it goes" in text(sent)


def _seconds(club: Club) -> int:
    return int(club.env.now().timestamp())


async def test_the_cooldown_is_said_before_anybody_types(club: Club) -> None:
    await suggest(club, club.ana)
    refused = await club.ana.slash(club.channel, "suggest")
    assert refused.modal is None and f"<t:{_seconds(club) + 5 * 60}:R>" in text(refused)


async def test_a_limit_reached_while_typing_keeps_what_was_typed(club: Club) -> None:
    form = await club.ana.slash(club.channel, "suggest")
    await suggest(club, club.ana)
    late = await club.ana.submit_modal(form, FIELDS | {"film": "Another Film Altogether"})
    assert "Another Film Altogether" in text(late) and "Kept for a day" in text(late)
    await change(club, cooldown_minutes=0)
    form = await press(club.ana, late, "Open the form again")
    card = await club.ana.submit_modal(form, FIELDS | {"film": "Another Film Altogether"})
    assert "Another Film Altogether (1999)" in text(card)


async def test_too_many_undecided_ones(club: Club) -> None:
    await change(club, cooldown_minutes=0, open_per_member=1)
    await suggest(club, club.ana)
    refused = await club.ana.slash(club.channel, "suggest")
    assert "1 suggestion here" in text(refused)
    await club.ana.slash(club.channel, "suggestions withdraw", suggestion="1")
    assert (await club.ana.slash(club.channel, "suggest")).modal is not None


async def test_young_accounts_neither_suggest_nor_vote_on_suggestions(club: Club) -> None:
    newcomer = club.member("newcomer", days=2)
    card = await suggest(club, club.ana)
    when = f"<t:{_seconds(club) + 5 * 86_400}:R>"
    assert when in text(await newcomer.slash(club.channel, "suggest"))
    refused = await vote(newcomer, card)
    assert answered(refused).ephemeral and "at least 7 days" in text(refused)
    shipped = await newcomer.slash(club.channel, "montage show", montage="rocky-iv-1985")
    assert label(await vote(newcomer, shipped), "Fired up") == "Fired up · 1"
    await change(club, minimum_account_days=0)
    assert label(await vote(newcomer, card), "Fired up") == "Fired up · 1"


async def test_a_channel_for_suggestions(club: Club) -> None:
    suggestions_channel = club.guild.create_text_channel("suggestions")
    await change(club, suggestion_channel_id=suggestions_channel.id)
    told = await suggest(club, club.ana)
    suggestion = await kept(club)
    assert told.ephemeral and str(suggestion.address) in text(told)
    assert suggestion.channel_id == suggestions_channel.id
    voted = await vote(club.ben, newest(suggestions_channel))
    assert label(voted, "Fired up") == "Fired up · 1"


async def test_a_channel_that_is_closed_to_the_bot_falls_back_to_where_it_was_made(club: Club) -> None:
    silent = {club.guild.me: discord.PermissionOverwrite(send_messages=False)}
    suggestions_channel = club.guild.create_text_channel("suggestions", overwrites=silent)  # type: ignore[arg-type]
    await change(club, suggestion_channel_id=suggestions_channel.id)
    await suggest(club, club.ana)
    suggestion = await kept(club)
    assert suggestion.channel_id == club.channel.id and "Send Messages" in suggestion.trouble
    queue = await club.mia.slash(club.channel, "moderate review")
    assert f"<#{suggestions_channel.id}>" in text(queue)


async def test_anonymous_means_that_nothing_public_names_anybody(club: Club) -> None:
    await change(club, anonymous=True)
    told = await suggest(club, club.ana)
    assert told.ephemeral
    card = posted_card(club, await kept(club))
    assert str(club.ana.id) not in str([c.to_dict() for c in card.components])
    assert card.interaction_metadata is None  # an answer would say who asked
    await change(club, anonymous=False)
    shown = await club.ben.slash(club.channel, "suggestions show", suggestion="1")
    assert str(club.ana.id) not in text(shown)  # as it was on the day
    panel = await club.mia.slash(club.channel, "moderate look", suggestion="1")
    assert f"<@{club.ana.id}>" in text(panel) and "anonymous" in text(panel)


async def test_an_anonymous_one_that_cannot_be_posted_is_kept(club: Club) -> None:
    await change(club, anonymous=True)
    silent = {club.guild.me: discord.PermissionOverwrite(send_messages=False)}
    closed = club.guild.create_text_channel("closed", overwrites=silent)  # type: ignore[arg-type]
    told = await suggest(club, club.ana, closed)
    assert told.ephemeral and "not allowed to post" in text(told)
    suggestion = await kept(club)
    assert suggestion.message_id is None and suggestion.trouble


async def test_a_thread_under_each(club: Club) -> None:
    await change(club, threads=True)
    await suggest(club, club.ana)
    (thread,) = club.channel.threads
    assert thread.name == "The Great Biscuit Heist (1999)"


async def test_threads_that_are_not_allowed_are_told_to_moderators(club: Club) -> None:
    await change(club, threads=True)
    club.env.inject_error("POST", "/channels/*/messages/*/threads", status=403, code=50013)
    card = await suggest(club, club.ana)
    assert "Biscuit" in text(card) and "Create Public Threads" in (await kept(club)).trouble


async def test_review_first_shows_it_to_nobody_but_moderators(club: Club) -> None:
    await change(club, review_first=True)
    told = await suggest(club, club.ana)
    assert told.ephemeral and "waiting for a moderator" in text(told)
    assert club.channel.last_message is None
    assert "no suggestion" in text(await club.ben.slash(club.channel, "suggestions show", suggestion="1"))
    mine = await club.ana.slash(club.channel, "suggestions show", suggestion="1")
    assert mine.ephemeral and "Biscuit" in text(mine)


async def test_from_a_message(club: Club) -> None:
    message = await club.ben.send(club.channel, "Whiplash (2014): he plays until his hands bleed, again and again")
    form = await club.ana.context_menu(club.channel, "Suggest as montage", message)
    values = _typed(form.modal)
    assert (values["film"], values["year"]) == ("Whiplash", "2014")
    assert values["why"] == "he plays until his hands bleed, again and again"


async def test_suggestions_belong_to_servers(club: Club) -> None:
    assert "suggest" not in club.ana.user.available_commands()
    nowhere = await club.ana.user.slash("montage top", what="suggested")
    assert "belong to a server" in text(nowhere) and "`/suggest`" not in text(nowhere)


def _typed(modal: Any) -> dict[str, str]:
    fields = [component["component"] for component in modal["components"]]
    return {field["custom_id"]: field.get("value", "") for field in fields}


@pytest.mark.parametrize("allowed", [True, False])
async def test_a_slow_moment_hides_no_card_from_the_server(
    club: Club, monkeypatch: pytest.MonkeyPatch, allowed: bool
) -> None:
    monkeypatch.setattr("bot.ui.answers._DEFER_AFTER", 0.05)
    add = SuggestionStore.add

    async def slow(*args: Any, **values: Any) -> Any:
        await asyncio.sleep(0.2)
        return await add(*args, **values)

    monkeypatch.setattr(SuggestionStore, "add", slow)
    if not allowed:
        club.env.inject_error("POST", f"/channels/{club.channel.id}/messages", status=403, code=50013, times=None)
    answer = await suggest(club, club.ana)
    suggestion = await kept(club)
    if allowed:
        card = posted_card(club, suggestion)
        assert str(card.id) in text(answer)
        assert label(await vote(club.ben, card), "Fired up") == "Fired up · 1"
    else:
        assert suggestion.message_id is None and "kept" in text(answer)


async def test_a_draft_is_gone_after_a_day_also_where_nobody_types_any_more(club: Club) -> None:
    await suggest(club, club.ana, year="19x5")
    await club.env.advance_time(23 * 60 * 60)
    assert len(await club.bot.database.read("SELECT * FROM draft")) == 1
    await club.env.advance_time(2 * 60 * 60)
    assert await club.bot.database.read("SELECT * FROM draft") == []
