"""/settings: one panel with everything that a server chooses."""

from dataclasses import fields
from typing import Any

import discord
import pytest
import simcord

from bot import clock
from bot.catalogue import Catalogue
from bot.guilds import GuildSettings
from bot.guilds.questions import (
    ELSEWHERE,
    PAGES,
    QUESTIONS,
    Channel,
    OneOf,
    Roles,
    Several,
    Toggle,
    page_of,
    questions_of,
)
from tests.club import Club, answered, button, components, montage_id, options, text


async def opened(club: Club, page: str = "") -> simcord.InteractionResult:
    """The panel as Mia sees it, at a page."""
    panel = await club.mia.slash(club.channel, "settings")
    return await club.mia.click(answered(panel), custom_id=button(panel, page)) if page else panel


async def settings(club: Club) -> GuildSettings:
    return await club.bot.services.guild_settings.get(club.guild_id)


def test_every_choice_has_its_question_and_its_default_is_on_offer() -> None:
    assert QUESTIONS.keys() == {f.name for f in fields(GuildSettings)}
    for question in QUESTIONS.values():
        if isinstance(question, OneOf):
            values = list(question.values())
            assert question.default in values
            assert len(set(values)) == len(values) <= 25
            for value in values:
                assert question.read([str(value)]) == value
        if isinstance(question, Several):
            assert len(question.offered) <= 25
            assert question.read(list(question.offered)) == question.offered
        assert isinstance(question, Channel | OneOf | Roles | Several | Toggle)


async def test_the_panel_is_private_and_shows_what_holds_with_the_defaults_marked(club: Club) -> None:
    panel = await opened(club)
    assert panel.ephemeral
    assert "**Moderators look first: off** · default" in text(panel)
    for name, (label, _) in PAGES.items():
        page = panel if name == "suggestions" else await opened(club, label)
        assert f"## {label}" in text(page)
        assert text(page).count("default") == len(questions_of(name, posters=False))
    rules = await opened(club, "Voting rules")
    picked = {o["label"] for c in components(rules) for o in c.get("options", ()) if o.get("default")}
    assert picked == {
        "5 votes (default)",
        "75% (default)",
        "5 minutes (default)",
        "3 suggestions (default)",
        "7 days (default)",
        "until it wins (default)",
        "not asked (default)",
    }


async def test_a_toggle_applies_at_once_and_is_shown(club: Club) -> None:
    panel = await opened(club)
    changed = await club.mia.click(answered(panel), custom_id="set:flip:anonymous:on")
    assert answered(changed).id == answered(panel).id
    assert "**Without names: on** · default: off" in text(changed)
    assert (await settings(club)).anonymous
    back = await club.mia.click(answered(changed), custom_id="set:flip:anonymous:off")
    assert "**Without names: off** · default" in text(back)
    assert await club.bot.database.read("SELECT * FROM guild_settings") == []


async def test_a_number_applies_at_once(club: Club) -> None:
    rules = await opened(club, "Voting rules")
    changed = await club.mia.select(answered(rules), ["10"], custom_id="set:pick:margin")
    assert "**Lead to win: 10 votes** · default: 5 votes" in text(changed)
    assert (await settings(club)).margin == 10


async def test_a_channel_is_picked_and_dropped_again(club: Club) -> None:
    hall = club.guild.create_text_channel("hall")
    panel = await opened(club)
    picked = await club.mia.select(answered(panel), [hall], custom_id="set:channel:suggestion_channel_id")
    assert f"**Channel: {hall.mention}** · default: where each was made" in text(picked)
    assert (await settings(club)).suggestion_channel_id == hall.id
    dropped = await club.mia.select(answered(picked), [], custom_id="set:channel:suggestion_channel_id")
    assert "**Channel: where each was made** · default" in text(dropped)


async def test_a_channel_where_the_bot_may_not_post_is_refused(club: Club) -> None:
    assert club.bot.user is not None
    silent = club.guild.create_text_channel(
        "silent", overwrites={club.bot.user: discord.PermissionOverwrite(send_messages=False)}
    )
    panel = await opened(club)
    refused = await club.mia.select(answered(panel), [silent], custom_id="set:channel:suggestion_channel_id")
    assert "there I need **Send Messages**" in text(refused.followups[-1] if refused.followups else refused)
    assert (await settings(club)).suggestion_channel_id is None


async def test_a_page_goes_back_to_its_defaults_when_asked_twice(club: Club) -> None:
    rules = await opened(club, "Voting rules")
    assert "Back to the defaults" not in str(list(components(rules)))
    rules = await club.mia.select(answered(rules), ["10"], custom_id="set:pick:margin")
    panel = await opened(club)
    await club.mia.click(answered(panel), custom_id="set:flip:threads:on")
    asked = await club.mia.click(answered(rules), custom_id=button(rules, "Back to the defaults"))
    assert (await settings(club)).margin == 10
    reset = await club.mia.click(answered(asked), custom_id=button(asked, "Yes, the defaults"))
    assert "**Lead to win: 5 votes** · default" in text(reset)
    assert (await settings(club)) == GuildSettings(threads=True)


async def test_the_panel_works_after_a_restart(club: Club) -> None:
    panel = await opened(club)
    await club.restart()
    changed = await club.mia.click(answered(panel), custom_id="set:flip:review_first:on")
    assert "**Moderators look first: on**" in text(changed)


async def test_members_don_t_get_it_and_can_t_press_it(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(simcord.SetupError):
        await club.ana.slash(club.channel, "settings")
    panel = await opened(club)
    club.env.backend.guilds[club.guild_id].members[club.mia.id].role_ids.clear()  # Mia was a manager until now
    for custom_id in ("set:page:rules", "set:flip:anonymous:on"):
        refused = await club.mia.click(answered(panel), custom_id=custom_id)
        assert "for people who manage this server" in text(refused)
    refused = await club.mia.select(answered(panel), [club.channel], custom_id="set:channel:suggestion_channel_id")
    assert "for people who manage this server" in text(refused)
    assert (await settings(club)) == GuildSettings()


async def test_the_daily_post_has_its_page(club: Club) -> None:
    page = await opened(club, "Daily post")
    assert "No daily post yet" in text(page)
    form = await club.mia.click(answered(page), custom_id=button(page, "Start one"))
    page = await club.mia.submit_modal(form, {"time": "18:30", "timezone": "berlin", "rhythm": "every day"})
    assert f"In {club.channel.mention}" in text(page)
    assert "at **18:30** by the clock in Europe/Berlin" in text(page)
    hall, gym = club.guild.create_text_channel("hall"), club.guild.create_role("Gym", mentionable=True)
    page = await club.mia.select(answered(page), [hall], custom_id="daily:channel")
    page = await club.mia.select(answered(page), [gym], custom_id="daily:role")
    page = await club.mia.click(answered(page), custom_id=button(page, "Open a thread"))
    form = await club.mia.click(answered(page), custom_id=button(page, "Change the time"))
    page = await club.mia.submit_modal(form, {"time": "7 am", "timezone": "new york", "rhythm": "weekends"})
    shown = text(page)
    assert f"In {hall.mention}" in shown
    assert f"calling <@&{gym.id}>" in shown
    assert "with a thread" in shown
    assert "- on Saturdays and Sundays\n- at **07:00** by the clock in America/New York" in shown
    page = await club.mia.select(answered(page), [], custom_id="daily:role")
    assert "calling" not in text(page)
    page = await club.mia.click(answered(page), custom_id=button(page, "Stop it"))
    assert "No daily post yet" in text(page)


async def test_the_daily_page_obeys_managers_only(club: Club) -> None:
    await club.mia.slash(club.channel, "daily start", channel=club.channel, time="18:30", timezone="utc")
    page = await opened(club, "Daily post")
    club.env.backend.guilds[club.guild_id].members[club.mia.id].role_ids.clear()
    for label in ("Stop it", "Change the time", "Open a thread"):
        refused = await club.mia.click(answered(page), custom_id=button(page, label))
        assert "for people who manage this server" in text(refused)
    assert len(await club.bot.database.read("SELECT * FROM daily")) == 1


# --- what a server hides ---


async def hide(club: Club, *notes: str) -> None:
    page = await opened(club, "Content")
    await club.mia.select(answered(page), list(notes), custom_id="set:pick:hidden_notes")


_TOPS: list[dict[str, Any]] = [
    {},
    {"whose": "everywhere"},
    {"whose": "editors"},
    {"ranked_by": "duels"},
    {"ranked_by": "duels", "whose": "everywhere"},
]


async def test_hidden_montages_are_nowhere(club: Club, catalogue: Catalogue) -> None:
    hidden = next(m for m in catalogue.shipped[:5] if m.content_notes)
    notes = set(hidden.content_notes or ())
    card = await club.ana.slash(club.channel, "montage show", montage=hidden.id)
    await club.ana.click(answered(card), custom_id=button(card, "Fired up"))
    duels, now = club.bot.services.duel_store, clock.milliseconds(club.env.now())
    other = next(m for m in catalogue.shipped if not m.content_notes)
    for one in (hidden.id, other.id):
        duel = await duels.open(club.guild_id, one, catalogue.shipped[-1].id, now)
        await duels.choose(club.guild_id, duel.id, club.ana.id, 1, now)
    for options_of in _TOPS:  # each is drawn once before, for drawn pages are kept
        await club.ana.slash(club.channel, "montage top", **options_of)
    await hide(club, *notes)
    seen = club.bot.catalogue.visible_to(club.guild_id)
    assert 0 < len(seen) < len(catalogue.shipped)
    assert not any(notes & set(m.content_notes or ()) for m in seen)
    shown = await club.ana.slash(club.channel, "montage show", montage=hidden.id)
    if shown.ephemeral:  # nothing fits, or a few that are much like it: never the hidden one
        offered = [str(part.get("custom_id", "")) for part in components(shown)]
        assert not any(hidden.id in custom_id for custom_id in offered)
    else:
        assert montage_id(shown) != hidden.id
    found = await club.ana.slash(club.channel, "montage find", words=hidden.film[:36])
    assert hidden.id not in options(found).values() if not found.ephemeral else True
    for options_of in _TOPS:
        top = await club.ana.slash(club.channel, "montage top", **options_of)
        assert options(top) and hidden.id not in options(top).values(), options_of
    old = await club.ben.click(answered(card), custom_id=button(card, "Fired up"))
    assert "not in this server's catalogue" in text(old)
    assert club.bot.catalogue.get(0, hidden.id) is not None, "elsewhere it is there"


async def test_family_friendly_only_holds_after_a_restart_until_it_is_taken_back(club: Club) -> None:
    page = await opened(club, "Content")
    page = await club.mia.click(answered(page), custom_id="set:flip:family_friendly_only:on")
    await club.restart()
    seen = club.bot.catalogue.visible_to(club.guild_id)
    assert seen and all(montage.family_friendly for montage in seen)
    await club.mia.click(answered(page), custom_id="set:flip:family_friendly_only:off")
    assert club.bot.catalogue.visible_to(club.guild_id) == club.bot.catalogue.shipped


async def test_what_one_server_hides_is_there_in_the_next(club: Club, catalogue: Catalogue) -> None:
    await hide(club, "violence")
    assert len(club.bot.catalogue.visible_to(club.env.create_guild("Elsewhere").id)) == len(catalogue.shipped)


def test_a_page_is_found_by_its_question() -> None:
    assert {page_of(name) for name in QUESTIONS} == PAGES.keys() | ELSEWHERE.keys()
