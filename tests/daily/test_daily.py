"""The montage of the day, asked for and posted by itself."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord

from bot import clock
from bot.app import create_bot
from bot.backups import add_backups, back_up, restore
from bot.catalogue import Catalogue
from bot.daily.store import DailyStore
from tests.club import Club, answered, body, button, components, montage_id, newest, text
from tests.languages.speech import speaking_of, write

HOUR = 3600


async def start(club: Club, **options: Any) -> simcord.InteractionResult:
    """Mia begins the daily post at 18:30 in Berlin, 17:30 UTC, five and a half hours from now."""
    asked = {"channel": club.channel, "time": "18:30", "timezone": "Europe/Berlin"} | options
    return await club.mia.slash(club.channel, "daily start", **asked)


async def pass_time(club: Club, hours: float) -> None:
    """Move the clock; what is due by then is done a minute later at most."""
    club.env.backend.advance_clock(hours * HOUR)
    await club.env.advance_time(70)


def posts(club: Club, channel: simcord.ChannelHandle | None = None) -> list[discord.Message]:
    """The daily posts of a channel, the oldest first."""
    found = [m for m in (channel or club.channel).history() if "### Today's montage" in text(m)]
    return sorted(found, key=lambda message: message.id)


def sent(club: Club) -> list[Any]:
    """The bodies of the requests that made daily posts."""
    requests = [e.json for e in club.env.http_requests if e.method == "POST" and e.path.endswith("/messages")]
    return [body for body in requests if "### Today's montage" in str(body)]


async def test_today_is_the_same_for_everybody_all_day(club: Club) -> None:
    first = montage_id(await club.ana.slash(club.channel, "montage today"))
    club.env.backend.advance_clock(11 * HOUR)
    assert montage_id(await club.ben.slash(club.channel, "montage today")) == first
    await club.restart()
    assert montage_id(await club.mia.slash(club.channel, "montage today")) == first
    club.env.backend.advance_clock(1 * HOUR)
    assert montage_id(await club.ana.slash(club.channel, "montage today")) != first


async def test_today_does_not_disturb_what_random_has_shown(club: Club) -> None:
    await club.ana.slash(club.channel, "montage today")
    assert await club.bot.database.read("SELECT * FROM showing") == []


async def test_today_in_direct_messages_is_one_for_all_of_them(club: Club) -> None:
    picks = {montage_id(await who.user.slash("montage today")) for who in (club.ana, club.ben)}
    assert len(picks) == 1


async def test_it_is_posted_every_day_and_is_the_same_as_today(club: Club) -> None:
    today = montage_id(await club.ana.slash(club.channel, "montage today"))
    answer = await start(club)
    assert answer.ephemeral
    assert "by the clock in Europe/Berlin" in text(answer)
    await pass_time(club, 5)
    assert posts(club) == []
    await pass_time(club, 0.5)
    (post,) = posts(club)
    assert montage_id(post) == today
    assert text(post).startswith("### Today's montage · Tuesday 24 November")
    await pass_time(club, 24)
    assert len({montage_id(p) for p in posts(club)}) == 2
    pressed = await club.ana.click(posts(club)[-1], custom_id=button(posts(club)[-1], "Fired up"))
    assert text(pressed) == text(posts(club)[-1])


async def test_after_the_start_everybody_goes_on_at_once(club: Club) -> None:
    await start(club)
    assert "at **18:30**" in text(await club.mia.slash(club.channel, "daily status"))
    today = montage_id(await club.ana.slash(club.channel, "montage today"))
    assert montage_id(await club.ben.slash(club.channel, "montage today")) == today
    skipped = await club.mia.slash(club.channel, "daily skip")
    assert "**Tuesday 24 November** is a rest day" in text(skipped)
    await pass_time(club, 6)
    assert posts(club) == []
    await pass_time(club, 24)
    assert "Wednesday 25 November" in text(newest(club.channel))


async def test_seconds_before_a_post_is_due_nobody_waits_for_it(club: Club) -> None:
    await start(club, time="13:01")  # a minute from now
    await club.env.advance_time(57)
    assert montage_id(await club.ana.slash(club.channel, "montage random"))
    assert posts(club) == [], "the club's time passes only when somebody moves it"
    await club.env.advance_time(3)
    assert len(posts(club)) == 1


async def test_a_restart_neither_repeats_nor_loses_one(club: Club) -> None:
    await start(club)
    await pass_time(club, 5.6)
    await club.restart()
    await pass_time(club, 1)
    assert len(posts(club)) == 1
    await club.bot.close()
    club.env.backend.advance_clock(23 * HOUR)
    await club.restart()
    await club.env.settle()
    assert len(posts(club)) == 2, "the one of the day that the bot slept through comes late"


@pytest.mark.parametrize("by_hand", [False, True])
@pytest.mark.parametrize("language", ["en", "de"])
async def test_a_backup_of_this_morning_does_not_post_today_again(
    club: Club, path: Path, tmp_path: Path, by_hand: bool, language: str
) -> None:
    role = club.guild.create_role(name="lifters", mentionable=True)
    write(tmp_path, "de", {"### Today's montage · {day}": "### Today's montage · am {day}"})
    with speaking_of(tmp_path):
        await club.bot.services.guild_settings.change(club.guild_id, language=language)
        await start(club, role=role)
        await asyncio.to_thread(back_up, path, tmp_path / "morning.db")
        await pass_time(club, 5.6)
        (post,) = posts(club)
        assert ("Dienstag" in text(post)) == (language == "de"), "in the language of the server"
        await club.bot.close()
        if by_hand:
            path.write_bytes((tmp_path / "morning.db").read_bytes())
        else:
            restore(tmp_path / "morning.db", path)
        # No backups by the clock: each is made in a process of its own, for which the simulated Discord would wait.
        club.bot = create_bot(replace(club.bot.settings, backup_hours=0))
        add_backups(club.bot)
        await club.env.restart_bot(club.bot)
        await pass_time(club, 1)
        assert [message.id for message in posts(club)] == [post.id]
        assert montage_id(await club.ana.slash(club.channel, "montage today")) == montage_id(post)
        await pass_time(club, 24)
        assert len(posts(club)) == 2


async def test_each_post_carries_a_nonce_that_discord_is_asked_to_enforce(club: Club) -> None:
    await start(club)
    await pass_time(club, 5.6)
    await pass_time(club, 24)
    bodies = sent(club)
    assert [body["enforce_nonce"] for body in bodies] == [True, True]
    assert len({body["nonce"] for body in bodies}) == 2


async def test_killed_after_sending_it_finds_its_own_post(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    async def lost(*_: Any) -> None:
        raise OSError("killed before it was written down")

    today = montage_id(await club.ana.slash(club.channel, "montage today"))
    await start(club)
    with monkeypatch.context() as killed:
        killed.setattr(DailyStore, "done", lost)
        await pass_time(club, 5.6)
    again = await club.ana.slash(club.channel, "montage show", montage=today)  # not to be taken for the post
    assert montage_id(again) == today
    await club.restart()
    await pass_time(club, 1.1)
    assert len(posts(club)) == 1
    ((message,),) = await club.bot.database.read("SELECT message_id FROM daily_post")
    assert message == posts(club)[0].id


async def test_what_somebody_asked_for_is_not_taken_for_the_post(club: Club) -> None:
    today = montage_id(await club.ana.slash(club.channel, "montage today"))
    await start(club)
    club.env.inject_error("POST", f"/channels/{club.channel.id}/messages", status=503)
    club.env.backend.advance_clock(5.5 * HOUR)
    while not sent(club):
        await club.env.advance_time(10)
    await club.ana.slash(club.channel, "montage show", montage=today)
    await pass_time(club, 0.1)
    assert len(posts(club)) == 1


async def test_only_the_chosen_role_is_called(club: Club) -> None:
    gym = club.guild.create_role("Gym", mentionable=True)
    await start(club, role=gym)
    await pass_time(club, 5.6)
    (body,) = sent(club)
    assert body["allowed_mentions"] == {"parse": [], "roles": [gym.id]}
    assert f"<@&{gym.id}>" in text(posts(club)[0])


async def test_a_role_that_is_gone_is_not_called(club: Club) -> None:
    gym = club.guild.create_role("Gym", mentionable=True)
    await start(club, role=gym)
    club.env.backend.delete_role(club.guild_id, gym.id)
    await pass_time(club, 5.6)
    (body,) = sent(club)
    assert body["allowed_mentions"] == {"parse": []}
    assert "<@&" not in text(posts(club)[0])


async def test_a_role_that_can_t_be_called_is_refused_at_once(club: Club) -> None:
    assert club.bot.user is not None
    hall = club.guild.create_text_channel(
        "hall", overwrites={club.bot.user: discord.PermissionOverwrite(mention_everyone=False)}
    )
    refused = await start(club, channel=hall, role=club.guild.create_role("Quiet"))
    assert "Allow anyone to @mention this role" in text(refused)
    assert "Everybody at once" in text(await start(club, role=club.guild.default_role))
    assert await club.bot.database.read("SELECT * FROM daily") == []


async def test_a_channel_where_it_may_not_post_is_refused_at_once(club: Club) -> None:
    quiet = silent_channel(club)
    refused = await start(club, channel=quiet)
    assert refused.ephemeral
    assert "there I need **Send Messages**" in text(refused)
    assert await club.bot.database.read("SELECT * FROM daily") == []


def silent_channel(club: Club) -> simcord.ChannelHandle:
    """A channel in which the bot may not write."""
    assert club.bot.user is not None
    return club.guild.create_text_channel(
        "quiet", overwrites={club.bot.user: discord.PermissionOverwrite(send_messages=False)}
    )


async def test_a_thread_under_each_post_and_no_half_language(club: Club) -> None:
    # There are no words in that language yet, so its dates do not stand among English ones.
    await club.bot.services.guild_settings.change(club.guild_id, language="tlh")
    await start(club, thread=True)
    await pass_time(club, 5.6)
    assert [thread.name for thread in club.channel.threads] == ["Your workout today · Tuesday 24 November"]
    assert text(posts(club)[0]).startswith("### Today's montage · Tuesday 24 November")


async def test_filters_count_and_must_leave_something(club: Club, catalogue: Catalogue) -> None:
    assert "Nothing here is both" in text(await start(club, discipline="boxing", decade=1930))
    await start(club, discipline="boxing")
    await pass_time(club, 5.6)
    found = catalogue.get(0, montage_id(posts(club)[0]))
    assert found is not None
    assert found.discipline == "boxing"


async def test_a_time_already_past_begins_tomorrow_and_a_second_start_moves_it(club: Club) -> None:
    await start(club, time="12:30")  # half past eleven in UTC, half an hour ago
    await pass_time(club, 1)
    assert posts(club) == []
    await start(club, time="14:05")
    await pass_time(club, 0.2)
    assert len(posts(club)) == 1
    moved = await start(club, time="20:00")  # today has had its post
    assert f"<t:{int(datetime(2026, 11, 25, 19, tzinfo=UTC).timestamp())}:f>" in text(moved)
    await pass_time(club, 8)
    assert len(posts(club)) == 1


@pytest.mark.parametrize(
    ("options", "says"),
    [({"time": "tea time"}, "no time I can set a clock by"), ({"timezone": "Xyzzy"}, "no time zone like")],
)
async def test_what_can_t_be_read_is_said(club: Club, options: dict[str, str], says: str) -> None:
    assert says in text(await start(club, **options))


async def test_where_no_post_can_stand_it_is_not_called_gone(club: Club) -> None:
    lounge = club.guild.create_voice_channel("lounge")
    panel = await club.mia.slash(lounge, "settings")
    panel = await club.mia.click(answered(panel), custom_id=button(panel, "Daily post"))
    form = await club.mia.click(answered(panel), custom_id=button(panel, "Start one in this channel"))
    refused = await club.mia.submit_modal(form, {"time": "18:30", "timezone": "London", "rhythm": "every day"})
    assert "no text channel" in text(refused.followups[-1] if refused.followups else refused)


async def test_time_zones_are_found_while_typing(club: Club) -> None:
    offered = await club.mia.autocomplete(club.channel, "daily start", "timezone", "new y")
    assert [(c["name"], c["value"]) for c in offered][:1] == [
        ("America/New York, where it is 07:00", "America/New_York")
    ]


async def test_status_and_stop(club: Club) -> None:
    assert "No daily post yet" in text(await club.mia.slash(club.channel, "daily status"))
    assert "There was no daily post" in text(await club.mia.slash(club.channel, "daily stop"))
    await start(club)
    status = await club.mia.slash(club.channel, "daily status")
    assert status.ephemeral
    assert f"In {club.channel.mention}" in text(status)
    assert "at **18:30**" in text(status)
    await club.mia.slash(club.channel, "daily stop")
    await pass_time(club, 6)
    assert posts(club) == []


async def test_the_preview_is_private_calls_nobody_and_is_today_s(club: Club) -> None:
    gym = club.guild.create_role("Gym", mentionable=True)
    before = await club.mia.slash(club.channel, "daily preview")
    assert before.ephemeral and "`/daily start` begins it" in text(before)
    await start(club, role=gym)
    shown = await club.mia.slash(club.channel, "daily preview")
    assert shown.ephemeral
    assert f"<@&{gym.id}>" in text(shown)
    assert body(club.env.http_requests[-1])["data"].get("allowed_mentions", {"parse": []})["parse"] == []
    await pass_time(club, 5.6)
    assert montage_id(posts(club)[0]) == montage_id(shown) == montage_id(before)


async def test_members_can_t_touch_it(club: Club) -> None:
    with pytest.raises(simcord.SetupError):
        await club.ana.slash(club.channel, "daily stop")


@pytest.mark.parametrize("chosen", [False, True], ids=["where newcomers are greeted", "the moderators' channel"])
async def test_a_deleted_channel_stops_it_after_three_days_and_the_moderators_are_told(
    club: Club, chosen: bool
) -> None:
    gym, office = club.guild.create_text_channel("gym"), club.guild.create_text_channel("office")
    club.env.backend.guilds[club.guild_id].system_channel_id = club.channel.id if chosen else office.id
    await club.restart()
    if chosen:
        await club.bot.services.guild_settings.change(club.guild_id, moderator_channel_id=office.id)
    await start(club, channel=gym)
    club.env.backend.delete_channel(gym.id)
    for hours in (6, 24, 24):
        await pass_time(club, hours)
        assert "⚠️ **Failing since" in text(await club.mia.slash(club.channel, "daily status"))
    assert office.last_message is None
    await pass_time(club, 24)
    assert office.last_message is not None
    assert "I have stopped the daily montage" in text(newest(office))
    assert "the channel is gone" in text(newest(office))
    status = text(await club.mia.slash(club.channel, "daily status"))
    assert "⚠️ **Given up:** the channel is gone" in status
    await pass_time(club, 24)
    assert len(list(office.history())) == 1
    await start(club)
    await pass_time(club, 24)
    assert len(posts(club)) == 1


async def test_discord_out_of_order_only_delays_it(club: Club) -> None:
    await start(club)
    club.env.inject_error("POST", f"/channels/{club.channel.id}/messages", status=503, times=2)
    await pass_time(club, 5.5)
    await pass_time(club, 0.1)
    await pass_time(club, 0.1)
    assert len(posts(club)) == 1
    assert len(sent(club)) == 3


async def test_what_a_server_hides_is_not_the_montage_of_the_day(club: Club, catalogue: Catalogue) -> None:
    shown = montage_id(await club.ana.slash(club.channel, "montage today"))
    found = catalogue.get(0, shown)
    assert found is not None
    club.bot.catalogue.restrict(club.guild_id, family_friendly_only=not found.family_friendly)
    if found.family_friendly:
        club.bot.catalogue.restrict(club.guild_id, hidden_notes=["mild violence"])
    again = montage_id(await club.ana.slash(club.channel, "montage today"))
    assert club.bot.catalogue.get(club.guild_id, again) is not None
    assert {montage_id(await club.ben.slash(club.channel, "montage today")) for _ in range(4)} == {again}


async def test_old_claims_are_tidied_away(club: Club) -> None:
    store = DailyStore(club.bot.database)
    now = clock.milliseconds(club.env.now())
    await store.claim(club.guild_id, club.env.now().date(), now - 31 * clock.DAY)
    await club.env.advance_time(25 * HOUR)
    assert await club.bot.database.read("SELECT * FROM daily_post") == []


async def test_a_post_that_a_moderator_removed_at_once_is_not_made_again(club: Club) -> None:
    await start(club, thread=True)
    club.env.inject_error("POST", f"/channels/{club.channel.id}/messages", status=404, code=10008)
    await pass_time(club, 5.6)
    await pass_time(club, 2)
    assert len(sent(club)) == 1
    assert posts(club) == []
    assert not [e for e in club.env.http_requests if e.path.endswith("/threads")]
    await pass_time(club, 24)
    assert len(posts(club)) == 1


async def test_a_refusal_of_discord_s_own_is_said_in_the_status(club: Club) -> None:
    await start(club)
    club.env.inject_error(
        "POST", f"/channels/{club.channel.id}/messages", status=403, code=50013, message="Missing Permissions"
    )
    await pass_time(club, 5.6)
    assert "I need View Channel and Send Messages in <#" in text(await club.mia.slash(club.channel, "daily status"))
    await pass_time(club, 1)
    assert len(posts(club)) == 1, "an hour later it is tried again"


@pytest.mark.parametrize(
    ("code", "says"), [(200000, "AutoMod"), (50024, "not the kind of channel"), (123456, "code 123456")]
)
async def test_a_lasting_refusal_is_shown_given_up_and_told(club: Club, code: int, says: str) -> None:
    await start(club)
    moderators = club.guild.create_text_channel("mods")
    await club.bot.services.guild_settings.change(club.guild_id, moderator_channel_id=moderators.id)
    club.env.inject_error("POST", f"/channels/{club.channel.id}/messages", status=400, code=code, times=None)
    await pass_time(club, 5.6)
    status = text(await club.mia.slash(club.channel, "daily status"))
    assert "Failing since" in status and says in status
    for hours in (1, 1, 24, 24, 24):
        assert moderators.last_message is None, "it is tried again for three days"
        await pass_time(club, hours)
    assert "Given up" in text(await club.mia.slash(club.channel, "daily status"))
    assert says in text(newest(moderators))


async def test_a_refused_thread_does_not_fail_the_post(club: Club) -> None:
    await start(club, thread=True)
    club.env.inject_error("POST", "/channels/*/messages/*/threads", status=400, code=160006, times=None)
    await pass_time(club, 5.6)
    assert len(posts(club)) == 1
    status = text(await club.mia.slash(club.channel, "daily status"))
    assert "stands, but not its thread" in status and "thousand open threads" in status
    club.env.backend.faults.clear()
    await pass_time(club, 24)
    assert len(posts(club)) == 2 and "⚠️" not in text(await club.mia.slash(club.channel, "daily status"))


# --- zones, and what somebody has deleted since ---


async def test_an_abbreviation_of_several_clocks_is_asked_about(club: Club) -> None:
    said = text(await start(club, timezone="EST"))
    assert "“EST” is more than one clock" in said
    assert "- America/New York, where it is 07:00" in said and "Australia/Sydney, where it is 23:00" in said
    assert "Australia/West" not in said
    assert await club.bot.database.read("SELECT * FROM daily") == []
    assert "America/Jamaica" in text(await start(club, timezone="America/Jamaica"))


async def test_a_slip_is_refused_with_the_nearest(club: Club) -> None:
    said = text(await start(club, timezone="berlni"))
    assert "no time zone called “berlni”" in said and "- Europe/Berlin, where it is 13:00" in said
    assert await club.bot.database.read("SELECT * FROM daily") == []


async def test_a_fixed_offset_is_kept_and_obeyed(club: Club) -> None:
    answer = await start(club, time="18:30", timezone="GMT-3:30")
    assert "by a clock that shows UTC-3:30 all year" in text(answer)
    assert f"<t:{int(datetime(2026, 11, 24, 22, tzinfo=UTC).timestamp())}:f>" in text(answer)
    await pass_time(club, 10.1)
    assert len(posts(club)) == 1
    assert (await club.ana.slash(club.channel, "montage today")).response is not None
    panel = await club.mia.slash(club.channel, "settings")
    panel = await club.mia.click(answered(panel), custom_id=button(panel, "Daily post"))
    form = await club.mia.click(answered(panel), custom_id=button(panel, "Change the time"))
    assert form.modal is not None
    fields = {f["component"]["custom_id"]: f["component"]["value"] for f in form.modal["components"]}
    changed = await club.mia.submit_modal(form, fields | {"time": "19:30"})
    assert "**19:30** by a clock that shows UTC-3:30 all year" in text(changed)


async def test_a_zone_that_is_gone_is_said_and_trips_nothing(club: Club) -> None:
    await start(club)
    await club.bot.database.write("UPDATE daily SET timezone = 'Mars/Olympus'")
    for who, command in ((club.ana, "montage today"), (club.mia, "daily preview")):
        said = await who.slash(club.channel, command)
        assert "Mars/Olympus" in text(said) and "/daily start" in text(said) and "tripped" not in text(said)
    await pass_time(club, 6)
    assert posts(club) == []
    status = text(await club.mia.slash(club.channel, "daily status"))
    assert "Failing since" in status and "time zone, “Mars/Olympus”, is in no table of mine" in status
    panel = await club.mia.slash(club.channel, "settings")
    panel = await club.mia.click(answered(panel), custom_id=button(panel, "Daily post"))
    assert "a time zone that I can't find any more" in text(panel)
    assert "Europe/London" in text(await start(club, timezone="London"))


async def test_a_deleted_role_and_channel_are_called_so(club: Club) -> None:
    gym = club.guild.create_role("Gym", mentionable=True)
    hall = club.guild.create_text_channel("hall")
    await start(club, role=gym, channel=hall)
    club.env.backend.delete_role(club.guild_id, gym.id)
    preview = text(await club.mia.slash(club.channel, "daily preview"))
    assert "<@&" not in preview and "The role it was to call is deleted" in preview
    club.env.backend.delete_channel(hall.id)
    await club.env.settle()
    preview = text(await club.mia.slash(club.channel, "daily preview"))
    assert "The channel it was to come in is deleted" in preview
    status = await club.mia.slash(club.channel, "daily status")
    panel = await club.mia.slash(club.channel, "settings")
    panel = await club.mia.click(answered(panel), custom_id=button(panel, "Daily post"))
    for shown in (text(status), text(panel)):
        assert "In a deleted channel" in shown and "calling a deleted role" in shown
        assert "<#" not in shown and "<@&" not in shown
    assert not [c for c in components(panel) if c.get("default_values")]
    await pass_time(club, 6)
    assert "Failing since" in (failing := text(await club.mia.slash(club.channel, "daily status")))
    assert "the channel is gone" in failing and "<#" not in failing
