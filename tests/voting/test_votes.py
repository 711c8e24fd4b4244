"""Voting as people do it, on cards."""

from bot.app import create_bot
from bot.catalogue import Catalogue
from tests.club import Club, answered, button, label, montage_id, newest, text


async def test_a_click_is_answered_by_the_card_with_the_new_count(club: Club) -> None:
    card = await club.ana.slash(club.channel, "montage random")
    assert label(card, "Fired up") == "Fired up · 0"
    pressed = await club.ana.click(answered(card), custom_id=button(card, "Fired up"))
    assert label(pressed, "Fired up") == "Fired up · 1"
    assert answered(pressed).id == answered(card).id
    assert text(pressed) == text(card)


async def test_a_second_press_takes_the_vote_back_and_the_other_button_moves_it(club: Club) -> None:
    card = await club.ana.slash(club.channel, "montage random")
    up, down = button(card, "Fired up"), button(card, "Cold")
    await club.ana.click(answered(card), custom_id=up)
    moved = await club.ana.click(answered(card), custom_id=down)
    assert (label(moved, "Fired up"), label(moved, "Cold")) == ("Fired up · 0", "Cold · 1")
    taken_back = await club.ana.click(answered(card), custom_id=down)
    assert label(taken_back, "Cold") == "Cold · 0"


async def test_a_first_vote_in_a_server_is_told_to_count_and_no_other(club: Club) -> None:
    card = await club.ana.slash(club.channel, "montage random")
    pressed = await club.ana.click(answered(card), custom_id=button(card, "Cold"))
    (told,) = pressed.followups
    assert told.ephemeral and text(told).startswith("🧊 Counted, and that was your first vote here.")
    for start in ("Cold", "Cold", "Fired up"):  # taken back, cast again, moved: no news
        assert (await club.ana.click(answered(card), custom_id=button(card, start))).followups == []
    other = await club.ana.slash(club.channel, "montage random")
    assert (await club.ana.click(answered(other), custom_id=button(other, "Fired up"))).followups == []
    assert len((await club.ben.click(answered(other), custom_id=button(other, "Fired up"))).followups) == 1
    await club.restart()
    again = await club.ana.click(newest(club.channel), custom_id=button(other, "Cold"))
    assert again.followups == []


async def test_everybody_has_one_vote(club: Club) -> None:
    card = await club.ana.slash(club.channel, "montage random")
    for person in (club.ana, club.ben, club.mia):
        result = await person.click(answered(card), custom_id=button(card, "Fired up"))
    assert label(result, "Fired up") == "Fired up · 3"


async def test_old_buttons_work_after_a_restart(club: Club) -> None:
    card = await club.ana.slash(club.channel, "montage random")
    await club.ana.click(answered(card), custom_id=button(card, "Fired up"))
    await club.restart()
    result = await club.ben.click(newest(club.channel), custom_id=button(card, "Fired up"))
    assert label(result, "Fired up") == "Fired up · 2"


async def test_votes_of_one_server_do_not_count_in_another(club: Club) -> None:
    card = await club.ana.slash(club.channel, "montage show", montage="rocky-iv-1985")
    await club.ana.click(answered(card), custom_id=button(card, "Fired up"))
    other = club.env.create_guild("Elsewhere")
    channel = other.create_text_channel("hall")
    guest = other.add_member(club.env.create_user("guest"))
    there = await guest.slash(channel, "montage show", montage="rocky-iv-1985")
    assert label(there, "Fired up") == "Fired up · 0"


async def test_a_montage_that_left_the_catalogue_takes_no_votes(club: Club) -> None:
    card = await club.ana.slash(club.channel, "montage random")
    gone = montage_id(card)
    left = Catalogue(m for m in club.bot.catalogue.shipped if m.id != gone)
    await club.bot.close()
    club.bot = create_bot(club.bot.settings, left)
    await club.env.restart_bot(club.bot)
    refused = await club.ana.click(newest(club.channel), custom_id=button(card, "Fired up"))
    assert refused.followups == [] and answered(refused).ephemeral
    assert "not in this server's catalogue" in text(refused)
    assert await club.bot.database.read("SELECT * FROM vote") == []


async def test_votes_in_direct_messages_are_kept_apart(club: Club) -> None:
    card = await club.ana.user.slash("montage random")
    pressed = await club.ana.user.click(card.response, custom_id=button(card, "Fired up"))
    assert label(pressed, "Fired up") == "Fired up · 1 ✓", "nobody else sees it, so it shows whose vote that is"
    ((guild_id,),) = await club.bot.database.read("SELECT guild_id FROM vote")
    assert guild_id == 0


async def test_the_same_client_may_log_in_again(club: Club) -> None:
    card = await club.ana.slash(club.channel, "montage random")
    await club.env.restart_bot()
    result = await club.ben.click(newest(club.channel), custom_id=button(card, "Fired up"))
    assert label(result, "Fired up") == "Fired up · 1"
