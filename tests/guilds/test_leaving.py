"""Servers that come and go: the greeting, the thirty days, the return."""

import asyncio
import time
from email.utils import format_datetime

import discord
import pytest

from bot import clock
from bot.database import Database
from bot.guilds import Presence
from tests.club import Club, answered, button, text

DAY = 24 * 3600


async def remove_bot(club: Club) -> None:
    """The server removes the bot, as Discord tells it."""
    club.env.backend.emit("GUILD_DELETE", {"id": str(club.guild_id)})
    await asyncio.gather(*club.bot.serving)


async def add_bot(club: Club, guild: discord.Guild | None) -> None:
    """The server adds the bot; simulated servers are there from the start, so discord.py's event is given here."""
    club.bot.dispatch("guild_join", guild)
    await asyncio.gather(*club.bot.serving)


async def with_a_vote(club: Club) -> None:
    card = await club.ana.slash(club.channel, "montage random")
    await club.ana.click(answered(card), custom_id=button(card, "Fired up"))


async def votes(club: Club) -> int:
    ((number,),) = await club.bot.database.read("SELECT count(*) FROM vote")
    return int(number)


async def days_pass(club: Club, days: int) -> None:
    club.env.backend.advance_clock((days - 1) * DAY)
    await club.env.advance_time(DAY + 60)


async def test_thirty_days_after_leaving_everything_is_gone(club: Club) -> None:
    await with_a_vote(club)
    await club.mia.slash(club.channel, "daily start", channel=club.channel, time="18:00", timezone="utc")
    await club.mia.slash(club.channel, "daily stop")
    await remove_bot(club)
    await days_pass(club, 29)
    assert await votes(club) == 1
    await days_pass(club, 2)
    assert await votes(club) == 0
    for table in ("showing", "tally", "server", "guild_settings", "daily_pick"):
        assert await club.bot.database.read(f"SELECT * FROM {table}") == [], table  # noqa: S608


async def test_coming_back_in_time_keeps_everything(club: Club) -> None:
    await with_a_vote(club)
    guild = club.bot.get_guild(club.guild_id)
    await remove_bot(club)
    await days_pass(club, 20)
    await add_bot(club, guild)
    await days_pass(club, 20)
    assert await votes(club) == 1


async def test_a_server_lost_while_the_bot_was_off_is_noticed(club: Club) -> None:
    await with_a_vote(club)
    await club.env.settle()
    await club.bot.close()
    kept = club.env.backend.guilds.pop(club.guild_id)
    await club.restart()
    await club.env.settle()
    assert [row["left_at"] for row in await club.bot.database.read("SELECT left_at FROM server")] != [None]
    await days_pass(club, 31)
    assert await votes(club) == 0
    club.env.backend.guilds[club.guild_id] = kept


async def test_an_outage_is_not_a_removal(club: Club) -> None:
    await with_a_vote(club)
    club.env.backend.emit("GUILD_DELETE", {"id": str(club.guild_id), "unavailable": True})
    await club.env.settle()
    await days_pass(club, 40)
    assert await votes(club) == 1


async def test_a_server_that_is_there_is_not_forgotten_whatever_is_written(club: Club) -> None:
    await with_a_vote(club)
    await club.bot.database.write("UPDATE server SET left_at = 0")
    await days_pass(club, 2)
    assert await votes(club) == 1


@pytest.mark.parametrize("days", [31, 400])
async def test_a_clock_that_is_ahead_forgets_nobody(club: Club, days: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Discord says what time it is; this machine's clock jumps, and stays ahead."""
    await with_a_vote(club)
    right = clock.now
    club.bot.discord_time.note(format_datetime(clock.moment(right()), usegmt=True), time.monotonic())
    await remove_bot(club)
    monkeypatch.setattr(clock, "now", lambda: right() + days * clock.DAY)
    await days_pass(club, 2)
    assert await votes(club) == 1
    await days_pass(club, 30)
    assert await votes(club) == 0, "thirty days are thirty days all the same"


async def test_a_clock_that_was_behind_when_a_server_left_forgets_nobody(club: Club) -> None:
    await with_a_vote(club)
    now = clock.now()
    club.bot.discord_time.note(format_datetime(clock.moment(now), usegmt=True), time.monotonic())
    with pytest.MonkeyPatch.context() as behind:
        behind.setattr(clock, "now", lambda: now - 20_000 * clock.DAY)
        await remove_bot(club)
    await days_pass(club, 2)
    assert await votes(club) == 1


async def test_comparing_starts_and_stops_clocks_and_never_restarts_one(database: Database) -> None:
    presence = Presence(database)
    await presence.compare([1, 2, 3], 0)
    await presence.compare([1], 5)
    await presence.compare([1, 3], 9)
    rows = await database.read("SELECT guild_id, left_at FROM server ORDER BY guild_id")
    assert [tuple(row) for row in rows] == [(1, None), (2, 5), (3, None)]
    assert await presence.gone_for_good(5 + 30 * clock.DAY - 1) == []
    assert await presence.gone_for_good(5 + 30 * clock.DAY) == [2]


async def test_ten_thousand_servers_are_compared_without_holding_anybody_up(database: Database) -> None:
    presence = Presence(database)
    await presence.compare(range(1, 10_001), 1)
    assert await presence.here(77) is False
    ((number,),) = await database.read("SELECT count(*) FROM server WHERE left_at IS NULL")
    assert number == 10_000


@pytest.mark.parametrize("again", [False, True])
async def test_a_server_that_adds_the_bot_is_greeted_once(club: Club, again: bool) -> None:
    hall = club.guild.create_text_channel("hall")
    guild = club.bot.get_guild(club.guild_id)
    assert guild is not None
    guild._system_channel_id = hall.id
    if again:
        await remove_bot(club)
    else:
        await club.bot.database.write("DELETE FROM server")
    await add_bot(club, guild)
    (message,) = hall.history()
    assert ("The comeback montage" if again else "Cue the music") in text(message)
    assert "</montage random:" in text(message)
    assert "</settings:" in text(message)
    assert club.channel.last_message is None


async def test_where_it_may_not_write_it_says_nothing(club: Club) -> None:
    assert club.bot.user is not None
    hall = club.guild.create_text_channel(
        "hall", overwrites={club.bot.user: discord.PermissionOverwrite(send_messages=False)}
    )
    guild = club.bot.get_guild(club.guild_id)
    assert guild is not None
    for channel in (hall.id, None):
        guild._system_channel_id = channel
        before = len(club.env.http_requests)
        await add_bot(club, guild)
        assert len(club.env.http_requests) == before
