"""/settings."""

from discord import app_commands

from bot.client import Interaction, MontageBot
from bot.guilds.panel import FIRST_PAGE
from bot.guilds.permissions import require_manager
from bot.ui.answers import answers, reply


def add_commands(bot: MontageBot) -> None:
    """Add `/settings`."""

    @bot.tree.command(
        name="settings",
        description="What this server chooses: suggestions, voting, content, the daily post.",
    )
    @app_commands.allowed_contexts(guilds=True)
    @app_commands.allowed_installs(guilds=True)
    @app_commands.default_permissions(manage_guild=True)
    @answers
    async def settings(interaction: Interaction) -> None:
        require_manager(interaction)
        await reply(interaction, await bot.services.settings_panel.view(interaction, FIRST_PAGE), private=True)
