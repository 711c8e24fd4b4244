"""Which server an interaction counts for."""

from bot.ui.client import Interaction


def guild_id_of(interaction: Interaction) -> int:
    """Where votes and catalogue belong: the server's id, or 0 outside servers that have the bot."""
    if interaction.guild_id is None:
        return 0
    visiting = interaction.is_user_integration() and not interaction.is_guild_integration()
    return 0 if visiting else interaction.guild_id


def scope_id_of(interaction: Interaction) -> int:
    """Whose memory of what was shown applies: the server's, or outside one the person's."""
    return guild_id_of(interaction) or interaction.user.id


def is_private(interaction: Interaction) -> bool:
    """Whether the message that was pressed is a private answer."""
    return interaction.message is not None and interaction.message.flags.ephemeral


def only_they_see(interaction: Interaction) -> bool:
    """Whether the message that was pressed is for that person alone: a private answer, or one in their inbox."""
    return is_private(interaction) or bool(interaction.context.dm_channel)


def is_published(interaction: Interaction) -> bool:
    """Whether the message that was pressed went out to the followers of its channel."""
    message = interaction.message
    return message is not None and (message.flags.crossposted or message.flags.is_crossposted)
