"""/settings."""

from discord import app_commands

from bot.client import Interaction, MontageBot
from bot.servers.panel import FIRST_PAGE, Panel
from bot.servers.permissions import require_manager
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
        await reply(interaction, await bot.service(Panel).view(interaction, FIRST_PAGE), private=True)
