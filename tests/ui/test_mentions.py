"""Channels and roles that somebody has deleted are called so, wherever words name them."""

import re
from typing import Any

import discord

from bot.ui.mentions import living
from tests.club import Club, components, text
from tests.suggestions.people import change, kept, suggest


def guild(club: Club) -> discord.Guild:
    found = club.bot.get_guild(club.guild_id)
    assert found is not None
    return found


async def test_what_is_there_is_mentioned_and_what_is_gone_is_said(club: Club) -> None:
    here, there = f"<#{club.channel.id}>", guild(club)
    managers = next(role.id for role in there.roles if role.name == "Managers")
    for words, shown in {
        f"In {here} and <#1>, calling <@&{managers}> and <@&2>.": (
            f"In {here} and a deleted channel, calling <@&{managers}> and a deleted role."
        ),
        "The thread <#1> is archived.": "A closed or deleted thread is archived.",
        "Full: the thread <#1>.": "Full: a closed or deleted thread.",
        f"The thread {here} is archived.": f"The thread {here} is archived.",
        "<@5> and <t:1:R>": "<@5> and <t:1:R>",
    }.items():
        assert living(words, there) == shown
    assert living("In <#1>", None) == "In <#1>", "nobody knows"


async def test_the_settings_name_no_channel_that_is_gone(club: Club) -> None:
    hall = club.guild.create_text_channel("hall")
    await change(club, suggestion_channel_id=hall.id, moderator_channel_id=club.channel.id)
    chosen = [c["default_values"] for c in components(await settings(club)) if c.get("default_values")]
    assert [int(value["id"]) for (value,) in chosen] == [hall.id, club.channel.id]
    club.env.backend.delete_channel(hall.id)
    await club.env.settle()
    panel = await settings(club)
    assert "**Channel: a deleted channel**" in text(panel) and f"<#{hall.id}>" not in text(panel)
    chosen = [c["default_values"] for c in components(panel) if c.get("default_values")]
    assert [int(value["id"]) for (value,) in chosen] == [club.channel.id]


async def settings(club: Club) -> Any:
    return await club.mia.slash(club.channel, "settings")


async def test_moderators_read_of_no_raw_channel_in_a_card_s_trouble(club: Club) -> None:
    hall, office = club.guild.create_text_channel("hall"), club.guild.create_text_channel("office")
    await change(club, suggestion_channel_id=hall.id, moderator_channel_id=office.id)
    club.env.backend.delete_channel(hall.id)
    await club.env.settle()
    club.env.inject_error("POST", f"/channels/{hall.id}/messages", status=404, code=10003)
    await suggest(club, club.ana)
    trouble = (await kept(club)).trouble
    assert f"<#{hall.id}>" in trouble, "what is kept names it, for it may be an outage that hides it"
    shown = await club.mia.slash(club.channel, "moderate review")
    told = "\n".join(text(message) for message in office.history())
    for words in (text(shown), told):
        assert "a deleted channel" in words.lower() and not re.search(f"<#{hall.id}>", words)
