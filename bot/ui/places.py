"""Whose votes, catalogue and memory apply to an interaction."""

from typing import Any

import discord


def place_of(interaction: discord.Interaction[Any]) -> int:
    """Where votes and catalogue belong: the server's id, or 0 outside servers that have the bot."""
    if interaction.guild_id is None:
        return 0
    visiting = interaction.is_user_integration() and not interaction.is_guild_integration()
    return 0 if visiting else interaction.guild_id


def scope_of(interaction: discord.Interaction[Any]) -> int:
    """Whose memory of what was shown applies: the server's, or outside one the person's."""
    return place_of(interaction) or interaction.user.id
