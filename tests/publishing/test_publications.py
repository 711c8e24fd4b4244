"""What goes out to followers: what no longer changes, ten an hour a channel, nothing dropped, nothing twice."""

from types import SimpleNamespace
from typing import Any

import discord
import pytest
import simcord
from simcord.enums import ChannelType

from bot.clock import HOUR
from tests.club import Club, answered, button, buttons, message_of, newest, text
from tests.suggestions.people import change, kept, posted_card, suggest, vote


def announcement_channel(club: Club) -> simcord.ChannelHandle:
    channel = club.guild.create_text_channel("news")
    club.env.backend.edit_channel(channel.id, {"type": ChannelType.NEWS})
    return channel


def published(club: Club) -> list[int]:
    """The ids of what was published, in order."""
    paths = [entry.path for entry in club.env.http_requests if entry.path.endswith("/crosspost")]
    return [int(path.split("/")[-2]) for path in paths]


async def ask(club: Club, channel: simcord.ChannelHandle, many: int) -> list[int]:
    sent = [await club.bot.get_partial_messageable(channel.id).send(f"news {n}") for n in range(many)]
    for message in sent:
        await club.bot.services.publications.ask(club.guild_id, channel.id, message.id)
    await club.env.advance_time(1)
    return [message.id for message in sent]


async def test_ten_an_hour_and_the_rest_after_it(club: Club) -> None:
    channel = announcement_channel(club)
    asked = await ask(club, channel, 13)
    assert published(club) == asked[:10]
    await club.env.advance_time(120)
    assert published(club) == asked[:10]
    await club.restart()
    club.env.backend.advance_clock(HOUR / 1000)
    await club.env.advance_time(70)
    assert published(club) == asked


async def test_a_channel_that_is_full_keeps_no_other_waiting(club: Club) -> None:
    first, second = announcement_channel(club), announcement_channel(club)
    await ask(club, first, 12)
    (other,) = await ask(club, second, 1)
    assert other in published(club)


async def test_what_is_asked_twice_goes_out_once_and_no_other_channel_publishes(club: Club) -> None:
    channel = announcement_channel(club)
    (message,) = await ask(club, channel, 1)
    await club.bot.services.publications.ask(club.guild_id, channel.id, message)
    plain = await club.bot.get_partial_messageable(club.channel.id).send("plain")
    await club.bot.services.publications.ask(club.guild_id, club.channel.id, plain.id)
    await club.env.advance_time(70)
    assert published(club) == [message]


@pytest.mark.parametrize(
    ("status", "code", "left", "told"),
    [
        (400, 40033, 1, ""),
        (404, 10008, 0, "has been deleted"),
        (403, 50013, 0, "I need View Channel"),
        (503, 0, 1, ""),
    ],
)
async def test_what_discord_says_against_it(
    club: Club, monkeypatch: pytest.MonkeyPatch, status: int, code: int, left: int, told: str
) -> None:
    office = club.guild.create_text_channel("office")
    await change(club, moderator_channel_id=office.id)
    kinds: dict[int, type[discord.HTTPException]] = {403: discord.Forbidden, 404: discord.NotFound}

    async def refused(*_: object) -> None:
        response: Any = SimpleNamespace(status=status, reason="no")
        raise kinds.get(status, discord.HTTPException)(response, {"code": code})

    monkeypatch.setattr(discord.PartialMessage, "publish", refused)
    await ask(club, announcement_channel(club), 1)
    rows = await club.bot.database.read("SELECT published_at FROM publication")
    assert len(rows) == left and all((row["published_at"] is not None) is (code == 40033) for row in rows)
    assert [told in text(m) for m in office.history()] == ([True] if told else [])


async def test_an_announcement_is_published_and_the_card_that_is_voted_on_is_not(club: Club) -> None:
    channel = announcement_channel(club)
    await change(club, suggestion_channel_id=channel.id, margin=1, publish=True)
    await suggest(club, club.ana)
    await vote(club.ben, posted_card(club, await kept(club)))
    await club.env.advance_time(1)
    assert published(club) == [newest(channel).id] and "made it" in text(newest(channel))


async def test_nothing_is_published_unless_the_server_wants_it(club: Club) -> None:
    channel = announcement_channel(club)
    await change(club, suggestion_channel_id=channel.id, margin=1)
    await suggest(club, club.ana)
    await vote(club.ben, posted_card(club, await kept(club)))
    await club.env.advance_time(1)
    assert published(club) == []


async def test_the_daily_post_is_published_and_stays_as_it_is(club: Club) -> None:
    channel = announcement_channel(club)
    await club.mia.slash(club.channel, "daily start", channel=channel, time="18:30", timezone="Europe/Berlin")
    panel = await club.mia.slash(club.channel, "settings")
    page = await club.mia.click(answered(panel), custom_id=button(panel, "Daily post"))
    page = await club.mia.click(answered(page), custom_id="set:flip:publish_daily:on")
    assert "**Publish: on** · default: off" in text(page) and "## Daily post" in text(page)
    club.env.backend.advance_clock(6 * HOUR / 1000)
    await club.env.advance_time(70)
    post = newest(channel)
    assert published(club) == [post.id]
    labels = list(buttons(post))
    assert "Fired up" in labels and not any("·" in name for name in labels), "no counts that would be old tomorrow"
    pressed = await club.ben.click(message_of(post), custom_id=button(post, "Fired up"))
    said = pressed.followups[-1] if pressed.followups else answered(pressed)
    assert said.ephemeral and "🔥 1 · 🧊 0" in text(said)
    assert list(buttons(newest(channel))) == labels
    edits = [e for e in club.env.http_requests if e.method == "PATCH" and e.path.endswith(f"/messages/{post.id}")]
    assert not edits


async def test_the_week_in_montages_is_published_like_the_daily_post(club: Club) -> None:
    channel = announcement_channel(club)
    await club.mia.slash(club.channel, "daily start", channel=channel, time="18:30", timezone="utc", rhythm="Fri")
    await club.mia.slash(club.channel, "daily week", day="Tuesday")
    await change(club, publish_daily=True)
    club.env.backend.advance_clock(7 * HOUR / 1000)
    await club.env.advance_time(70)
    assert text(newest(channel)).startswith("### The week in montages")
    assert published(club) == [newest(channel).id]


async def test_the_switch_is_offered_where_there_can_be_followers(club: Club) -> None:
    await club.mia.slash(club.channel, "daily start", channel=club.channel, time="18:30", timezone="utc")
    panel = await club.mia.slash(club.channel, "settings")
    page = await club.mia.click(answered(panel), custom_id=button(panel, "Daily post"))
    assert "Publish" not in text(page)
