"""The little server that the preview plays in."""

from typing import NamedTuple

import discord
import simcord

from bot.languages import _
from bot.preview.members import MEMBERS, PLAYED, ClubIds


class World(NamedTuple):
    """One channel and its people. Its ids are the same at every start, so votes find their people."""

    guild_id: int
    channel: simcord.ChannelHandle
    viewers: tuple[simcord.MemberActor, ...]
    members: tuple[simcord.MemberActor, ...]  # in the order of MEMBERS; in a blank club only those who are played

    @property
    def ids(self) -> ClubIds:
        """The same as numbers."""
        return ClubIds(self.guild_id, self.channel.id, [member.id for member in self.members])


def make_world(env: simcord.Env, *, blank: bool, locale: str = "en-US") -> World:
    """The server, before its clock is moved."""
    guild = env.create_guild("Montage Club", preferred_locale=locale)
    channel = guild.create_text_channel("the-gym", topic=_("Where the montages are."))
    mods = guild.create_role(
        name="Moderators", permissions=discord.Permissions(manage_guild=True, manage_messages=True)
    )
    members = []
    for number, member in enumerate(MEMBERS[: len(PLAYED)] if blank else MEMBERS):
        user = env.create_user(_account(member.name), global_name=member.name)
        members.append(guild.add_member(user, roles=[mods] if number == PLAYED.index("Mia") else []))
    return World(guild.id, channel, tuple(members[: len(PLAYED)]), tuple(members))


def _account(name: str) -> str:
    """`big.dave`; Discord takes small letters without marks."""
    first = name.partition(" (")[0].lower().replace("í", "i")
    return first.replace(" ", ".")
