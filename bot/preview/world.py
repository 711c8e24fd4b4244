"""The little server that the preview plays in."""

from typing import NamedTuple

import discord
import simcord

from bot.guilds import GuildSettings, GuildSettingsService
from bot.montages.random import AgainButton
from bot.ui.theme import GOLD, build_layout


class World(NamedTuple):
    """One channel, two members and a moderator. Its ids are the same at every start, so votes find their people."""

    guild_id: int
    channel: simcord.ChannelHandle
    viewers: tuple[simcord.MemberActor, ...]


def make_world(env: simcord.Env) -> World:
    """The server, before its clock is moved."""
    guild = env.create_guild("Montage Club")
    channel = guild.create_text_channel("the-gym", topic="Where the montages are.")
    mods = guild.create_role(
        name="Moderators", permissions=discord.Permissions(manage_guild=True, manage_messages=True)
    )
    ana = guild.add_member(env.create_user("ana", global_name="Ana"))
    ben = guild.add_member(env.create_user("ben", global_name="Ben"))
    mia = guild.add_member(env.create_user("mia", global_name="Mia (moderator)"), roles=[mods])
    return World(guild.id, channel, (ana, ben, mia))


async def settle_in(servers: GuildSettingsService, guild_id: int) -> None:
    """A club of three never leads by five: here a suggestion wins by two, unless somebody has set anything else."""
    if await servers.get(guild_id) == GuildSettings():
        await servers.change(guild_id, margin=2)


def welcome(*, pictures: bool = False) -> discord.ui.LayoutView:
    """What a newcomer sees first; `pictures`: it is one with posters."""
    container: discord.ui.Container[discord.ui.LayoutView] = discord.ui.Container(accent_colour=GOLD)
    container.add_item(
        discord.ui.TextDisplay(
            "## You are at the foot of the steps\n"
            "This is the real bot, running on your machine in a make-believe Discord. Nothing leaves it, and your "
            "votes are still here next time. Press the button, or type one of these below:"
        )
    )
    container.add_item(discord.ui.ActionRow(AgainButton("", label="Show me one")))
    container.add_item(
        discord.ui.TextDisplay(
            "- `/montage random` a montage, with everything worth knowing\n"
            "- `/montage top` what the club voted best\n"
            "- `/montage duel` two side by side: which one?\n"
            "- `/montage for-me` picked for your taste\n"
            "- `/montage stats` the votes as a picture\n"
            "- `/montage show` one by name: type a letter or two and pick\n"
            "- `/montage find` search: try *philly stairs*\n"
            "- `/suggest` put your own favourite to the vote"
        )
    )
    container.add_item(
        discord.ui.TextDisplay(
            "-# Send a command with the arrow at the right; Enter opens its first option instead.\n"
            "-# At the top of the page you choose who you are, Ana, Ben or Mia the moderator: each has one vote.\n"
            "-# A suggestion wins here once it leads by two. Mia also has `/moderate`, `/daily` and `/settings`."
        )
    )
    if pictures:
        container.add_item(
            discord.ui.TextDisplay(
                "-# Posters, trailers and where to watch are made up as well, drawn and invented on your machine: "
                "nobody was asked."
            )
        )
    view = build_layout(container)
    view.stop()
    return view
