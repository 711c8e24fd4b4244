"""The rhythm as managers choose it: days, pauses, days left out, and the week in montages."""

from datetime import UTC, datetime

import pytest
import simcord
from hypothesis import given
from hypothesis import strategies as st

from bot import clock
from bot.daily.store import DailyStore
from bot.daily.week import movers
from bot.database import Database
from bot.ui.text import escape
from bot.voting import Choice, Ranked
from tests.club import Club, answered, button, buttons, components, montage_id, text
from tests.daily.test_daily import pass_time, posts, start


def at(day: int, month: int = 11, hour: int = 17, minute: int = 30) -> str:
    """How Discord shows a moment of 2026 (UTC): 18:30 in Berlin by default."""
    return f"<t:{int(datetime(2026, month, day, hour, minute, tzinfo=UTC).timestamp())}:f>"


def days(club: Club) -> list[str]:
    """The dates in the headings of the posts."""
    return [text(post).splitlines()[0].rpartition(" · ")[2] for post in posts(club)]


async def panel(club: Club) -> simcord.InteractionResult:
    """The daily post's page of the settings."""
    settings = await club.mia.slash(club.channel, "settings")
    return await club.mia.click(answered(settings), custom_id=button(settings, "Daily post"))


def form_values(opened: simcord.InteractionResult) -> dict[str, str]:
    """What stands in the fields of a form."""
    assert opened.modal is not None
    return {f["component"]["custom_id"]: f["component"].get("value", "") for f in opened.modal["components"]}


async def test_a_rhythm_is_said_in_words_and_kept(club: Club) -> None:
    started = await start(club, rhythm="Wed, Fri")  # it is a Tuesday
    assert "- on Wednesdays and Fridays" in text(started) and at(25) in text(started)
    await pass_time(club, 6)
    for _ in range(9):
        await pass_time(club, 24)
    assert days(club) == ["Wednesday 25 November", "Friday 27 November", "Wednesday 2 December"]
    assert "- on Wednesdays and Fridays" in text(await club.mia.slash(club.channel, "daily status"))


async def test_every_so_many_days_count_from_the_first_and_through_other_changes(club: Club) -> None:
    await start(club, rhythm="every 3 days")
    await pass_time(club, 6)
    page = await panel(club)
    assert "every 3 days, counted from Tuesday 24 November" in text(page)
    await club.mia.click(answered(page), custom_id=button(page, "Open a thread"))
    form = await club.mia.click(answered(page), custom_id=button(page, "Change the time"))
    changed = await club.mia.submit_modal(form, form_values(form) | {"time": "20:00"})
    assert "counted from Tuesday 24 November" in text(changed) and at(27, hour=19, minute=0) in text(changed)


async def test_a_rhythm_that_means_nothing_is_refused_with_examples(club: Club) -> None:
    refused = text(await start(club, rhythm="whenever"))
    assert "no rhythm I can train to" in refused and "`Mon, Wed, Fri`" in refused


async def test_rhythms_and_dates_are_offered_while_typing(club: Club) -> None:
    offered = await club.mia.autocomplete(club.channel, "daily start", "rhythm", "")
    assert [c["name"] for c in offered][:3] == ["Every day", "From Monday to Friday", "On Saturdays and Sundays"]
    offered = await club.mia.autocomplete(club.channel, "daily start", "rhythm", "tue thu")
    assert [(c["name"], c["value"]) for c in offered] == [("On Tuesdays and Thursdays", "Tue, Thu")]
    offered = await club.mia.autocomplete(club.channel, "daily pause", "until", "two w")
    assert [(c["name"], c["value"]) for c in offered] == [("Tuesday 8 December (in two weeks)", "2026-12-08")]


async def test_a_pause_ends_by_itself(club: Club) -> None:
    await start(club)
    assert "no day ahead" in text(await club.mia.slash(club.channel, "daily pause", until="yesterday"))
    paused = await club.mia.slash(club.channel, "daily pause", until="27 November")
    assert "Holidays until Friday 27 November" in text(paused) and at(27) in text(paused)
    assert "Paused until Friday 27 November" in text(await club.mia.slash(club.channel, "daily status"))
    for hours in (6, 24, 24):
        await pass_time(club, hours)
        assert days(club) == []
    await pass_time(club, 24)
    assert days(club) == ["Friday 27 November"]
    assert "Paused" not in text(await club.mia.slash(club.channel, "daily status"))


async def test_a_pause_can_be_ended_now(club: Club) -> None:
    await start(club)
    paused = await club.mia.slash(club.channel, "daily pause", until="2 weeks")
    ended = await club.mia.click(answered(paused), custom_id=button(paused, "End the pause now"))
    assert "Back in training" in text(ended) and at(24) in text(ended)
    await pass_time(club, 6)
    assert days(club) == ["Tuesday 24 November"]


async def test_there_is_nothing_to_pause_or_to_skip_without_a_daily_post(club: Club) -> None:
    for command in ({"until": "Monday"}, {}):
        name = "daily pause" if command else "daily skip"
        assert "no daily post here yet" in text(await club.mia.slash(club.channel, name, **command))
    assert "no daily post here yet" in text(await club.mia.slash(club.channel, "daily week", day="Sunday"))


async def test_today_s_is_left_out_and_the_days_after_are_not(club: Club) -> None:
    await start(club)
    done = await club.mia.slash(club.channel, "daily skip")
    assert "**Tuesday 24 November** is a rest day" in text(done) and at(25) in text(done)
    assert "Left out: **Tuesday 24 November**" in text(await club.mia.slash(club.channel, "daily status"))
    await club.mia.slash(club.channel, "daily skip")  # once more changes nothing
    await pass_time(club, 6)
    assert days(club) == []
    await pass_time(club, 24)
    assert days(club) == ["Wednesday 25 November"]


async def test_a_day_left_out_can_be_taken_back(club: Club) -> None:
    await start(club)
    done = await club.mia.slash(club.channel, "daily skip")
    back = await club.mia.click(answered(done), custom_id=button(done, "Post after all"))
    assert at(24) in text(back)
    await pass_time(club, 6)
    assert days(club) == ["Tuesday 24 November"]


async def test_a_change_of_the_channel_does_not_bring_a_day_back_that_is_left_out(club: Club) -> None:
    await start(club)
    await club.mia.slash(club.channel, "daily skip")
    page, hall = await panel(club), club.guild.create_text_channel("hall")
    await club.mia.select(answered(page), [hall], custom_id="daily:channel")
    await pass_time(club, 6)
    assert posts(club, hall) == []


async def test_where_today_s_is_out_already_the_next_one_is_offered(club: Club) -> None:
    await start(club)
    await pass_time(club, 6)
    none = await club.mia.slash(club.channel, "daily skip")
    assert "nothing to leave out" in text(none)
    left = await club.mia.click(answered(none), custom_id=button(none, "Leave out Wednesday 25 November"))
    assert at(26) in text(left)
    await pass_time(club, 24)
    assert days(club) == ["Tuesday 24 November"]
    late = await club.mia.slash(club.channel, "daily skip")
    assert "**Wednesday 25 November** is a rest day" in text(late), "it says what holds"
    status = await club.mia.slash(club.channel, "daily status")
    await pass_time(club, 24)
    pressed = await club.mia.click(answered(status), custom_id=button(status, "Leave out Thursday 26 November"))
    assert "out already" in text(pressed)


async def test_the_panel_pauses_leaves_out_and_takes_back(club: Club) -> None:
    await start(club)
    page = await panel(club)
    page = await club.mia.click(answered(page), custom_id=button(page, "Leave out Tuesday 24 November"))
    page = await club.mia.click(answered(page), custom_id=button(page, "Leave out Wednesday 25 November"))
    assert "Left out: **Tuesday 24 November and Wednesday 25 November**" in text(page)
    page = await club.mia.click(answered(page), custom_id=button(page, "Post after all"))
    assert "Left out" not in text(page)
    form = await club.mia.click(answered(page), custom_id=button(page, "Pause"))
    page = await club.mia.submit_modal(form, {"until": "1 December"})
    assert "Paused until Tuesday 1 December" in text(page) and "Pause" not in buttons(page)
    page = await club.mia.click(answered(page), custom_id=button(page, "End the pause now"))
    assert "Paused" not in text(page)


async def test_a_form_that_is_refused_comes_back_filled(club: Club) -> None:
    page = await panel(club)
    form = await club.mia.click(answered(page), custom_id=button(page, "Start one"))
    assert form.modal is not None
    hints = [f["component"].get("placeholder") for f in form.modal["components"]]
    assert all(hints), "an example stands in each field"
    assert form_values(form)["rhythm"] == "every day"
    typed = {"time": "25:99", "timezone": "San Francisco | somewhere", "rhythm": "Mon, Wed, Fri"}
    refused = await club.mia.submit_modal(form, typed)
    said = refused.followups[-1] if refused.followups else answered(refused)
    assert "“25:99” is no time" in text(said)
    again = await club.mia.click(said, custom_id=button(said, "Open the form again"))
    assert form_values(again) == typed | {"timezone": "San Francisco   somewhere"}
    shown = await club.mia.submit_modal(again, typed | {"time": "18:30", "timezone": "Berlin"})
    assert "- on Mondays, Wednesdays and Fridays\n- at **18:30**" in text(shown)
    form = await club.mia.click(answered(shown), custom_id=button(shown, "Pause"))
    refused = await club.mia.submit_modal(form, {"until": "4/5"})
    said = refused.followups[-1] if refused.followups else answered(refused)
    again = await club.mia.click(said, custom_id=button(said, "Open the form again"))
    assert form_values(again) == {"until": "4/5"}


async def test_the_longest_that_can_be_typed_fits_into_the_button(club: Club) -> None:
    page = await panel(club)
    form = await club.mia.click(answered(page), custom_id=button(page, "Start one"))
    assert form.modal is not None
    typed = {
        f["component"]["custom_id"]: "🔥" * (f["component"]["max_length"] // 2) for f in form.modal["components"]
    }
    refused = await club.mia.submit_modal(form, typed)
    said = refused.followups[-1] if refused.followups else answered(refused)
    assert form_values(await club.mia.click(said, custom_id=button(said, "Open the form again"))) == typed


async def test_members_can_press_none_of_it(club: Club) -> None:
    await start(club)
    page = await panel(club)
    club.env.backend.guilds[club.guild_id].members[club.mia.id].role_ids.clear()
    for custom_id in (button(page, "Leave out"), button(page, "Pause"), "daily:week"):
        if custom_id == "daily:week":
            refused = await club.mia.select(answered(page), ["2"], custom_id=custom_id)
        else:
            refused = await club.mia.click(answered(page), custom_id=custom_id)
        assert "for people who manage this server" in text(refused)


async def test_a_schedule_of_before_goes_on_every_day(database: Database) -> None:
    await database.write(
        """
        INSERT INTO daily (guild_id, channel_id, minute, timezone, filters, day, due_at)
        VALUES (1, 2, 1110, 'Europe/Berlin', '', '2026-11-24', 1)
        """
    )
    daily = await DailyStore(database).get(1)
    assert daily is not None
    assert all(daily.plan.includes(datetime(2026, 11, day, tzinfo=UTC).date()) for day in range(1, 31))


# --- the week in montages ---


def weeks(club: Club) -> list[str]:
    """The cards of weeks in the channel, the oldest first."""
    found = [m for m in club.channel.history() if text(m).startswith("### The week in montages")]
    return [text(m) for m in sorted(found, key=lambda m: m.id)]


async def vote(club: Club, montage: str, voters: range, choice: Choice = Choice.UP) -> None:
    for voter in voters:
        await club.bot.services.votes.cast(club.guild_id, montage, voter, choice, clock.now())


async def test_the_week_tells_what_was_loved_what_moved_and_what_is_new(club: Club) -> None:
    rocky, karate, mulan = "rocky-1976", "karate-kid-1984", "mulan-1998"
    known = {m.id for m in club.bot.catalogue.shipped}
    rocky, karate, mulan = [m if m in known else sorted(known)[n] for n, m in enumerate((rocky, karate, mulan))]
    await vote(club, rocky, range(1, 20))
    await vote(club, karate, range(1, 10))
    club.env.backend.advance_clock(8 * 24 * 3600)
    await vote(club, karate, range(10, 60))
    await vote(club, mulan, range(1, 4), Choice.DOWN)
    titles = {m.id: m.film for m in club.bot.catalogue.shipped}
    veteran = club.member("vera", days=400)
    form = await veteran.slash(club.channel, "suggest")
    await veteran.submit_modal(
        form,
        {
            "film": "Strictly Footwork",
            "year": "1999",
            "scene": "The kitchen floor",
            "why": "They dance until the tiles give up, and then they dance on the table.",
            "discipline": "dance",
        },
    )
    preview = await club.mia.slash(club.channel, "daily preview", of="the week in montages")
    shown = text(preview)
    assert preview.ephemeral and shown.startswith("### The week in montages, up to Wednesday 2 December")
    loved = shown[shown.index("Loved most") : shown.index("On the move")]
    assert titles[karate] in loved and "🔥 50 · 🧊 0 in seven days" in loved
    assert titles[mulan] not in loved, "what nobody liked is not told"
    assert "▲ 1 place, now number 1 here" in shown and "▼ 1 place, now number 2 here" in shown
    assert "waiting for your vote" in shown and "Strictly Footwork" in shown
    opened = await club.mia.select(answered(preview), [karate], custom_id="open:week")
    assert opened.ephemeral and montage_id(opened) == karate


async def test_what_a_server_hides_is_not_in_its_week(club: Club) -> None:
    loved = next(m for m in club.bot.catalogue.shipped if not m.family_friendly)
    await vote(club, loved.id, range(1, 9))
    preview = {"of": "the week in montages"}
    assert escape(loved.film) in text(await club.mia.slash(club.channel, "daily preview", **preview))
    await club.bot.services.guild_settings.change(club.guild_id, family_friendly_only=True)
    assert "A quiet week" in text(await club.mia.slash(club.channel, "daily preview", **preview))


async def test_a_quiet_week_says_so_and_comes_once(club: Club) -> None:
    await start(club)
    wanted = await club.mia.slash(club.channel, "daily week", day="Wednesday")
    assert "on Wednesdays" in text(wanted) and at(25) in text(wanted)
    assert "the week in montages on Wednesdays" in text(await club.mia.slash(club.channel, "daily status"))
    await pass_time(club, 6)
    assert weeks(club) == []
    await pass_time(club, 24)
    await club.restart()
    await pass_time(club, 1)
    assert len(weeks(club)) == 1 and "A quiet week" in weeks(club)[0]
    sent = [e.json for e in club.env.http_requests if "The week in montages, up to" in str(e.json)]
    assert all(isinstance(body, dict) and body["enforce_nonce"] for body in sent)
    # Off and on again, at another time of the same day: that week has had its card.
    await club.mia.slash(club.channel, "daily week", day="never")
    assert "week in montages" not in text(await club.mia.slash(club.channel, "daily status"))
    await start(club, time="21:30")
    again = await club.mia.slash(club.channel, "daily week", day="Wednesday")
    assert at(2, month=12, hour=20) in text(again)


async def test_killed_after_sending_the_week_it_finds_its_own_card(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    await start(club)
    await club.mia.slash(club.channel, "daily week", day="Tuesday")

    async def killed(*_: object) -> None:
        raise RuntimeError("the power fails here")

    with monkeypatch.context() as broken:
        broken.setattr("bot.daily.week_store.WeekStore.done", killed)
        await pass_time(club, 5.6)
    assert len(weeks(club)) == 1
    await club.restart()
    await pass_time(club, 2)
    assert len(weeks(club)) == 1
    assert "late" not in text(await club.mia.slash(club.channel, "daily status"))


async def test_a_week_that_a_moderator_removed_at_once_is_not_made_again(club: Club) -> None:
    await start(club)
    await club.mia.slash(club.channel, "daily week", day="Tuesday")
    # Discord has the message of that nonce, and somebody has deleted it, like the daily post: unknown message.
    club.env.inject_error(
        "POST", f"/channels/{club.channel.id}/messages", status=404, code=10008, times=2
    )  # the daily post, too
    await pass_time(club, 5.6)
    await pass_time(club, 3)
    assert weeks(club) == []
    assert "late" not in text(await club.mia.slash(club.channel, "daily status"))


async def test_the_week_moves_with_the_daily_post_and_ends_with_it(club: Club) -> None:
    await start(club)
    page = await panel(club)
    page = await club.mia.select(answered(page), ["1"], custom_id="daily:week")
    picked = [o["label"] for c in components(page) for o in c.get("options", ()) if o.get("default")]
    assert picked == ["Week in montages: Tuesdays"]
    await start(club, time="21:30")
    await pass_time(club, 6)
    assert weeks(club) == []
    await pass_time(club, 3)
    assert len(weeks(club)) == 1
    await club.mia.slash(club.channel, "daily stop")
    await pass_time(club, 24 * 7)
    assert len(weeks(club)) == 1


async def test_what_keeps_the_week_away_is_told(club: Club) -> None:
    gym = club.guild.create_text_channel("gym")
    await start(club, channel=gym)
    await club.mia.slash(club.channel, "daily week", day="Tuesday")
    club.env.backend.delete_channel(gym.id)
    await pass_time(club, 5.6)
    assert "**The week in montages is late:** the channel is gone" in text(
        await club.mia.slash(club.channel, "daily status")
    )


async def test_the_champion_stands_in_the_week_where_there_is_one(club: Club) -> None:
    champion, services = club.bot.catalogue.shipped[0], club.bot.services
    services.champions.crown(club.guild.id, champion.id, clock.now() - 8 * clock.DAY)
    assert "Champion" not in text(await club.mia.slash(club.channel, "daily preview", of="the week in montages"))
    services.champions.crown(club.guild.id, champion.id, clock.now() - clock.DAY)
    shown = text(await club.mia.slash(club.channel, "daily preview", of="the week in montages"))
    assert "Champion of the bracket" in shown and champion.film in shown


climbs = st.lists(st.integers(-3, 3), max_size=30)


@given(climbed=climbs)
def test_who_moved_furthest_is_told_and_who_fell_furthest(climbed: list[int]) -> None:
    ranked = [Ranked(number + 1, f"m{number}", 1, 0, 1.0) for number in range(len(climbed))]
    told = movers(ranked, {f"m{number}": by for number, by in enumerate(climbed)})
    up, down = [m for m in told if m.climbed > 0], [m for m in told if m.climbed < 0]
    assert told == [*up, *down], "nobody is told to have moved who has not"
    assert [m.climbed for m in up] == sorted((by for by in climbed if by > 0), reverse=True)[:3]
    assert [m.climbed for m in down] == sorted(by for by in climbed if by < 0)[:1]
    assert all(climbed[m.rank - 1] == m.climbed for m in told)


async def test_a_first_vote_against_is_no_fall_of_hundreds(club: Club) -> None:
    first, second, third = (m.id for m in club.bot.catalogue.shipped[:3])
    await vote(club, first, range(1, 9))
    await vote(club, second, range(1, 3), Choice.DOWN)
    await vote(club, third, range(1, 5), Choice.DOWN)
    club.env.backend.advance_clock(8 * 24 * 3600)
    await vote(club, third, range(5, 35))
    shown = text(await club.mia.slash(club.channel, "daily preview", of="the week in montages"))
    assert "▲ 1 place, now number 2 here" in shown
    assert not any(f" {n} places" in shown for n in range(4, 500))
