"""What people may do here, and what the bot may do in a channel."""

import discord

from bot.errors import UserError
from bot.languages import N_, Said, _
from bot.ui.client import Interaction

# What posting takes. Reading back is how the bot makes sure that it posts nothing twice.
TO_POST = ("view_channel", "send_messages", "read_message_history")
TO_OPEN_THREADS = ("create_public_threads", "send_messages_in_threads")

TO_POST_IN_FORUM = (*TO_POST, "send_messages_in_threads")

_EACH, _BOLD = "{permission}", "**{permission}**"
# What Discord calls the permissions that anything here asks for.
_CALLED = {
    "view_channel": N_("View Channel"),
    "send_messages": N_("Send Messages"),
    "read_message_history": N_("Read Message History"),
    "create_public_threads": N_("Create Public Threads"),
    "send_messages_in_threads": N_("Send Messages In Threads"),
    "attach_files": N_("Attach Files"),
    "manage_threads": N_("Manage Threads"),
    "manage_messages": N_("Manage Messages"),
}


def require_manager(interaction: Interaction) -> None:
    """Raises UserError unless the person may manage the server now, whoever they were when a panel was opened."""
    if interaction.guild_id is None or not interaction.permissions.manage_guild:
        raise UserError(_("That one is for people who manage this server."))


def require_guild(interaction: Interaction) -> discord.Guild:
    """The server. Raises UserError where the bot is no member of it: commands reach it there, too."""
    if interaction.guild is None:
        raise UserError(_("I have to be a member of the server for that one."))
    return interaction.guild


def lacking(channel: discord.abc.GuildChannel, *permissions: str) -> str:
    """The permissions that the bot has not got in a channel, as words; empty when it has them all."""
    mine = channel.permissions_for(channel.guild.me)
    missing = [name for name in permissions if not getattr(mine, name)]
    if not missing:
        return ""
    return Said(_EACH, permission=tuple(Said(_BOLD, permission=Said(_CALLED[name])) for name in missing))


def require(channel: discord.abc.GuildChannel, *permissions: str) -> None:
    """Raises UserError when the bot lacks a permission there."""
    if missing := lacking(channel, *permissions):
        raise UserError(
            _(
                "I can't post in {channel} yet: there I need {missing}. Allow me that and try again.",
                channel=channel.mention,
                missing=missing,
            )
        )
