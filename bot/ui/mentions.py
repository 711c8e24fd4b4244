"""People, channels and roles in words; those that are gone are called so.

Discord shows the mention of a deleted channel or role as a raw id, or as "unknown".
"""

import re

import discord

from bot.languages import N_, _
from bot.ui.text import capital

_MENTION = re.compile(r"(?P<thread>[Tt]he thread )?<(?P<kind>#|@&)(?P<id>\d{1,20})>")
CHANNEL_GONE = N_("a deleted channel")
THREAD_GONE = N_("a closed or deleted thread")  # one that is archived is not known either
ROLE_GONE = N_("a deleted role")


def person(identity: int | None) -> str:
    """A person as everybody may read it; None for one who asked to be forgotten, who may well be here still."""
    return _("somebody") if identity is None else f"<@{identity}>"


def living(text: str, guild: discord.Guild | None) -> str:
    """`text`, with words in place of each mention of a channel or a role that the server has not got any more.

    As it is where nobody knows: outside a server, and while Discord has an outage there.
    """
    if guild is None or guild.unavailable:
        return text

    def shown(mention: re.Match[str]) -> str:
        identity = int(mention["id"])
        if mention["kind"] == "@&":
            return mention[0] if guild.get_role(identity) else _(ROLE_GONE)
        if guild.get_channel_or_thread(identity):
            return mention[0]
        if mention["thread"] is None:
            return _(CHANNEL_GONE)
        return _(THREAD_GONE) if mention["thread"].islower() else capital(_(THREAD_GONE))

    return _MENTION.sub(shown, text)
