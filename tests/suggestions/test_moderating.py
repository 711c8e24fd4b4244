"""What moderators do; and that nobody else can."""

from typing import Any

import discord
import pytest
import simcord

from bot import clock
from bot.suggestions.review.permissions import COMMAND, Grant, granted
from tests.club import Club, answered, button, buttons, label, newest, text
from tests.suggestions.people import FIELDS, change, kept, posted_card, press, suggest, vote

REVIEW, LOOK = f"{COMMAND} review", f"{COMMAND} look"


async def decline(person: Any, panel: Any, why: str = "Seen it in three other films") -> Any:
    return await person.submit_modal(await press(person, panel, "Decline"), {"why": why})


async def accept(person: Any, panel: Any, **fields: str) -> Any:
    return await person.submit_modal(await press(person, panel, "Accept"), FIELDS | fields)


async def test_the_queue_goes_round(club: Club) -> None:
    await change(club, cooldown_minutes=0)
    for film in ("Alpha", "Beta", "Gamma"):
        await suggest(club, club.ana, film=f"The {film} Story")
    panel = await club.mia.slash(club.channel, REVIEW)
    assert panel.ephemeral and "Alpha" in text(panel) and "3 in the queue" in text(panel)
    panel = await press(club.mia, panel, "Skip")
    assert "Beta" in text(panel)
    await club.restart()
    panel = await decline(club.mia, panel)
    assert "Declined: **The Beta Story (1999)**, suggestion 2" in text(panel) and "Gamma" in text(panel)
    back = await press(club.mia, panel, "Undo")
    assert "Undone; it is being voted on again: **The Beta Story (1999)**, suggestion 2" in text(back)
    assert (await kept(club, 2)).state == "open"
    panel = await decline(club.mia, await club.mia.slash(club.channel, LOOK, suggestion="2"))
    assert list(buttons(panel)).count("Undo “declined”") == 1, "on its own panel it is there anyway"
    panel = await club.mia.slash(club.channel, REVIEW)
    assert "Alpha Story" in text(panel)
    panel = await press(club.mia, panel, "Skip")
    assert "Gamma" in text(panel)
    panel = await press(club.mia, panel, "Skip")
    assert "Alpha Story" in text(panel)
    panel = await accept(club.mia, panel, film="The Alpha Story, Corrected")
    assert "Gamma" in text(panel) and "1 in the queue" in text(panel)
    panel = await press(club.mia, panel, "Skip")
    assert "the only one in the queue" in text(panel) and "Gamma" in text(panel)
    panel = await decline(club.mia, panel)
    assert "All clear" in text(panel)
    panel = await press(club.mia, panel, "Undo")
    assert "Gamma" in text(panel) and "1 in the queue" in text(panel)
    assert (await kept(club)).entry.film == "The Alpha Story, Corrected"


async def test_the_desk_says_what_a_suggestion_looks_like(club: Club) -> None:
    asked = await suggest(club, club.ana, film="Rocky 4", year="1985", scene="Training in Russia")
    await press(club.ana, asked, "No, it's new")
    panel = await club.mia.slash(club.channel, REVIEW)
    assert "⚠️ Looks like **Rocky IV (1985)** Farm in the snow" in text(panel), text(panel)
    decided = await accept(club.mia, panel, film="Rocky 4", year="1985", scene="Training in Russia")
    assert "All clear" in text(decided)
    looked = await club.mia.slash(club.channel, LOOK, suggestion="1")
    assert "Looks like" not in text(looked), "that is decided"
    await suggest(club, club.ben)
    assert "Looks like" not in text(await club.mia.slash(club.channel, REVIEW)), "and never like itself"


async def test_accepting_corrects_it_before_it_enters_the_catalogue(club: Club) -> None:
    card = await suggest(club, club.ana)
    await vote(club.ben, card)
    panel = await press(club.mia, card, "Edit or withdraw")
    mend = await accept(club.mia, panel, year="nope")
    assert "four digits" in text(mend)
    form = await press(club.mia, mend, "Open the form again")
    done = await club.mia.submit_modal(form, FIELDS | {"year": "2003", "discipline": "cooking"})
    assert "Accepted" in text(done)
    montage = club.bot.catalogue.get(club.guild_id, "s1")
    assert montage is not None and (montage.year, montage.discipline, montage.family) == (2003, "cooking", "craft")
    posted = posted_card(club, await kept(club))
    assert "(2003)" in text(posted) and "accepted by the moderators" in text(posted)
    assert label(posted, "Fired up") == "Fired up · 1"
    assert "got the moderators' nod" in text(newest(club.channel))


async def test_correcting_an_accepted_one(club: Club) -> None:
    await change(club, margin=1)
    await vote(club.ben, await suggest(club, club.ana))
    panel = await club.mia.slash(club.channel, LOOK, suggestion="1")
    form = await press(club.mia, panel, "Correct")
    panel = await club.mia.submit_modal(form, FIELDS | {"film": "The Greatest Biscuit Heist"})
    montage = club.bot.catalogue.get(club.guild_id, "s1")
    assert montage is not None and montage.film == "The Greatest Biscuit Heist"
    assert "Greatest" in text(posted_card(club, await kept(club)))
    panel = await press(club.mia, panel, "Undo “corrected”")
    assert text(panel).startswith("Undone: **") and "Greatest" not in text(posted_card(club, await kept(club)))


async def test_declining_says_why_on_the_card_and_to_who_asked_for_it(club: Club) -> None:
    await club.ana.slash(club.channel, "suggestions notify", when_decided=True)
    card = await suggest(club, club.ana)
    await decline(club.mia, await press(club.mia, card, "Edit or withdraw"), "Too sad for a **gym** @here")
    posted = posted_card(club, await kept(club))
    assert buttons(posted) == {} and "Too sad for a \\*\\*gym\\*\\* @\u200bhere" in text(posted)
    assert str(club.mia.id) not in text(posted)
    note = newest(club.ana.user.dm_channel)
    assert "Not this time" in text(note) and "Too sad" in text(note)
    refused = await vote(club.ben, answered(card).message) if buttons(card) else None
    assert refused is None


async def test_a_waiting_one_is_put_to_the_vote(club: Club) -> None:
    await change(club, review_first=True)
    await suggest(club, club.ana)
    panel = await club.mia.slash(club.channel, REVIEW)
    await press(club.mia, panel, "Put to the vote")
    posted = newest(club.channel)
    assert (await kept(club)).message_id == posted.id and "Fired up · 0" in buttons(posted)
    panel = await club.mia.slash(club.channel, LOOK, suggestion="1")
    await press(club.mia, panel, "Undo")
    posted = posted_card(club, await kept(club))
    assert (await kept(club)).state == "waiting" and buttons(posted) == {}


async def test_a_waiting_one_is_accepted_or_declined_at_once(club: Club) -> None:
    await change(club, review_first=True, cooldown_minutes=0)
    for film in ("Alpha", "Beta"):
        await suggest(club, club.ana, film=f"The {film} Story")
    panel = await accept(club.mia, await club.mia.slash(club.channel, REVIEW), film="The Alpha Story")
    assert "Alpha" in text(posted_card(club, await kept(club)))
    posted = len(club.channel.history())
    await decline(club.mia, panel)
    assert (await kept(club, 2)).message_id is None and len(club.channel.history()) == posted


async def test_every_change_can_be_undone(club: Club) -> None:
    card = await suggest(club, club.ana)
    panel = await press(club.mia, card, "Edit or withdraw")
    panel = await decline(club.mia, panel)
    await club.restart()
    panel = await accept(club.mia, panel)
    assert club.bot.catalogue.get(club.guild_id, "s1") is not None
    await club.ana.slash(club.channel, "suggestions withdraw", suggestion="1")
    panel = await club.mia.slash(club.channel, LOOK, suggestion="1")
    for what, state in (("withdrawn", "accepted"), ("accepted", "declined"), ("declined", "open")):
        panel = await press(club.mia, panel, f"Undo “{what}”")
        assert text(panel).startswith("Undone; it ")
        await club.restart()
        assert (await kept(club)).state == state
        assert (club.bot.catalogue.get(club.guild_id, "s1") is not None) is (state == "accepted")
    assert "taken back by" in text(panel) and "Undo" not in str(buttons(panel))
    posted = posted_card(club, await kept(club))
    assert "Fired up · 0" in buttons(posted) and "Edit or withdraw" in buttons(posted)


async def test_what_the_votes_accepted_and_a_moderator_took_back(club: Club) -> None:
    await change(club, margin=1)
    card = await suggest(club, club.ana)
    await vote(club.ben, card)
    await press(club.mia, await club.mia.slash(club.channel, LOOK, suggestion="1"), "Undo “accepted”")
    await vote(club.mia, answered(card).message)
    assert (await kept(club)).state == "open"
    await club.restart()
    assert (await kept(club)).state == "open"


async def test_a_moderator_decides_only_what_they_have_seen(club: Club) -> None:
    card = await suggest(club, club.ana)
    panel = await press(club.mia, card, "Edit or withdraw")
    form = await press(club.mia, panel, "Accept")
    edit = await club.ana.slash(club.channel, "suggestions edit", suggestion="1")
    await club.ana.submit_modal(edit, FIELDS | {"why": "Something rude that nobody has looked at."})
    refused = await club.mia.submit_modal(form, FIELDS)
    assert "Somebody was quicker" in text(refused) and (await kept(club)).state == "open"
    assert "Somebody was quicker" in text(await press(club.mia, panel, "Decline"))


async def test_from_the_messages_menu(club: Club) -> None:
    card = await suggest(club, club.ana)
    panel = await club.mia.context_menu(club.channel, "Moderate suggestion", answered(card).message)
    assert panel.ephemeral and "Accept" in buttons(panel)
    await decline(club.mia, panel)
    assert (await kept(club)).state == "declined"
    message = await club.ben.send(club.channel, "hello")
    nothing = await club.mia.context_menu(club.channel, "Moderate suggestion", message)
    assert "not the card of a suggestion" in text(nothing)


async def test_a_report_that_nobody_has_read_is_not_settled(club: Club) -> None:
    card = await suggest(club, club.mia)
    await club.ben.submit_modal(await press(club.ben, card, "Report"), {"why": "The first thing wrong"})
    panel = await club.mia.slash(club.channel, REVIEW)
    await club.ana.submit_modal(await press(club.ana, card, "Report"), {"why": "The second thing wrong"})
    panel = await press(club.mia, panel, "The reports are settled")
    assert "Another report has come in" in text(panel) and "The second thing wrong" in text(panel)
    panel = await press(club.mia, panel, "The reports are settled")
    assert "The reports are settled." in text(panel) and "thing wrong" not in text(panel)


async def test_who_voted(club: Club) -> None:
    card = await suggest(club, club.ana)
    nobody = await club.mia.slash(club.channel, f"{COMMAND} voters", suggestion="1")
    assert "Nobody has voted" in text(nobody)
    await vote(club.ben, card)
    await vote(club.mia, card, "Cold")
    voters = await club.mia.slash(club.channel, f"{COMMAND} voters", suggestion="biscuit")
    assert voters.ephemeral
    assert f"🔥 <@{club.ben.id}>" in text(voters) and f"🧊 <@{club.mia.id}>" in text(voters)


async def test_block_and_unblock(club: Club) -> None:
    card = await suggest(club, club.ana)
    panel = await press(club.mia, await press(club.mia, card, "Edit or withdraw"), "Block its author")
    assert "(blocked)" in text(panel)
    assert "asked me not to take suggestions" in text(await club.ana.slash(club.channel, "suggest"))
    listed = await club.mia.slash(club.channel, f"{COMMAND} unblock")
    assert f"<@{club.ana.id}>: over suggestion 1" in text(listed)
    assert "Nobody is blocked here any more" in text(await press(club.mia, listed, "Unblock"))
    assert "not blocked" in text(await club.mia.slash(club.channel, f"{COMMAND} unblock", member=club.ana))
    assert "asked me not" not in text(await club.ana.slash(club.channel, "suggest"))
    other = await suggest(club, club.mia, film="Another Story")
    form = await press(club.ben, other, "Report")
    await club.mia.slash(club.channel, f"{COMMAND} block", member=club.ben, reason="spam")
    for refused in (
        await club.ben.submit_modal(form, {"why": "I dislike it"}),
        await press(club.ben, other, "Report"),  # nobody types a reason only to hear that it is not taken
    ):
        assert refused.modal is None and "not to take reports" in text(refused)
    assert label(await vote(club.ben, other), "Fired up") == "Fired up · 1"


async def test_whoever_is_blocked_puts_no_new_words_into_an_old_one(club: Club) -> None:
    await suggest(club, club.ana)
    form = await club.ana.slash(club.channel, "suggestions edit", suggestion="1")
    await club.mia.slash(club.channel, f"{COMMAND} block", member=club.ana)
    for refused in (
        await club.ana.submit_modal(form, FIELDS | {"film": "Something rude"}),
        await club.ana.slash(club.channel, "suggestions edit", suggestion="1"),
    ):
        assert refused.modal is None and "new words in an old one" in text(refused)
    assert (await kept(club)).entry.film == FIELDS["film"]
    assert "Taken back" in text(await club.ana.slash(club.channel, "suggestions withdraw", suggestion="1"))


async def test_what_a_moderator_let_through_is_what_stands_there(club: Club) -> None:
    await change(club, review_first=True)
    await suggest(club, club.ana)
    form = await club.ana.slash(club.channel, "suggestions edit", suggestion="1")
    await press(club.mia, await club.mia.slash(club.channel, REVIEW), "Put to the vote")
    for refused in (
        await club.ana.submit_modal(form, FIELDS | {"film": "Something rude"}),
        await club.ana.slash(club.channel, "suggestions edit", suggestion="1"),
    ):
        assert refused.modal is None and "A moderator has read it" in text(refused)
    assert "rude" not in text(posted_card(club, await kept(club)))
    await press(club.mia, await club.mia.slash(club.channel, LOOK, suggestion="1"), "Undo")
    form = await club.ana.slash(club.channel, "suggestions edit", suggestion="1")
    assert "Changed" in text(await club.ana.submit_modal(form, FIELDS | {"film": "The Second Biscuit Heist"}))


async def test_a_moderators_own_suggestion_has_both_desks(club: Club) -> None:
    panel = await press(club.mia, await suggest(club, club.mia), "Edit or withdraw")
    assert {"Accept", "Decline", "Edit", "Withdraw"} <= set(buttons(panel))
    assert "Block its author" not in buttons(panel)


async def test_no_command_and_no_button_lets_anybody_else(club: Club) -> None:
    assert not [name for name in club.ben.available_commands(club.channel) if name.startswith("moderate")]
    card = await suggest(club, club.ana)
    with pytest.raises(simcord.SetupError, match="Moderate suggestion"):
        await club.ben.context_menu(club.channel, "Moderate suggestion", answered(card).message)
    panel = await press(club.mia, card, "Edit or withdraw")
    form = await press(club.mia, panel, "Decline")
    club.env.backend.get_guild(club.guild_id).members[club.mia.id].role_ids.clear()  # no moderator any more
    for name in buttons(panel):
        refused = await club.mia.click(answered(panel), custom_id=button(panel, name))
        assert refused.modal is None and "for the moderators" in text(
            refused.followups[-1] if refused.followups else refused
        )
    refused = await club.mia.submit_modal(form, {"why": "because"})
    assert "for the moderators" in text(refused)
    assert (await kept(club)).state == "open" and await club.bot.services.suggestions.history(1) == []


async def test_a_role_that_the_server_granted_the_command_moderates(club: Club) -> None:
    helpers = club.guild.create_role(name="Helpers", permissions=discord.Permissions())
    cy = club.guild.add_member(club.env.create_user("cy"), roles=[helpers])
    card = await suggest(club, club.ana)
    assert "for the moderators" in text(await press(cy, card, "Edit or withdraw"))
    (command,) = [c for c in await club.bot.tree.fetch_commands() if c.name == COMMAND]
    club.guild.set_command_permissions(command, {helpers: True})
    await club.env.advance_time(61)  # what Discord said is believed for a minute
    panel = await cy.slash(club.channel, REVIEW)
    await decline(cy, panel)
    assert (await kept(club)).state == "declined"
    assert "Undo" in str(buttons(await cy.slash(club.channel, LOOK, suggestion="1")))
    club.guild.set_command_permissions(command, {helpers: False})
    await club.env.advance_time(61)
    assert "for the moderators" in text(
        await press(cy, await suggest(club, club.ben, film="Another"), "Edit or withdraw")
    )


async def test_a_clock_that_is_set_back_keeps_no_grant_for_longer_than_a_minute(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    helpers = club.guild.create_role(name="Helpers", permissions=discord.Permissions())
    cy = club.guild.add_member(club.env.create_user("cy"), roles=[helpers])
    (command,) = [c for c in await club.bot.tree.fetch_commands() if c.name == COMMAND]
    club.guild.set_command_permissions(command, {helpers: True})
    card = await suggest(club, club.ana)
    assert "for the moderators" not in text(await press(cy, card, "Edit or withdraw"))
    club.guild.set_command_permissions(command, {helpers: False})
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now - clock.HOUR)
    await club.env.advance_time(61)
    assert "for the moderators" in text(await press(cy, card, "Edit or withdraw"))


@pytest.mark.parametrize(
    ("grants", "allowed"),
    [
        ([], False),
        ([Grant(1, 5, True)], True),
        ([Grant(1, 6, True)], False),
        ([Grant(1, 5, False), Grant(1, 7, True)], True),
        ([Grant(2, 1, True)], True),
        ([Grant(2, 1, False), Grant(1, 5, True)], False),
        ([Grant(3, 5, True)], False),
    ],
)
def test_grants(grants: list[Grant], allowed: bool) -> None:
    assert granted(grants, 1, {5, 7}) is allowed
