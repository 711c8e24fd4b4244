"""Who is a moderator. Discord guards the commands; a button can be pressed by anybody, so it asks here."""

from collections.abc import Collection, Iterable
from typing import NamedTuple, cast

import discord
import structlog
from cachetools import TTLCache
from discord import app_commands

from bot import clock
from bot.aliases import JsonObject
from bot.client import Interaction, MontageBot
from bot.clock import MINUTE
from bot.errors import UserError
from bot.languages import _
from bot.refusals import TROUBLE

log = structlog.get_logger(__name__)

# The command whose permissions in a server say who moderates suggestions there.
COMMAND = "moderate"
_ROLE, _USER = 1, 2
_GUILDS_KEPT = 1_000


class Grant(NamedTuple):
    """What a server said about one role or member for the command."""

    kind: int
    id: int
    allowed: bool


def granted(grants: Iterable[Grant], user_id: int, role_ids: Collection[int]) -> bool:
    """Whether the grants give a person the command: a word on the person counts before any on their roles."""
    grants = list(grants)
    for grant in grants:
        if grant.kind == _USER and grant.id == user_id:
            return grant.allowed
    return any(grant.allowed for grant in grants if grant.kind == _ROLE and grant.id in role_ids)


class Moderators:
    """Manage Server, or what the server granted for the command in its settings (asked at most once a minute)."""

    def __init__(self, bot: MontageBot) -> None:
        self._bot = bot
        self._command: app_commands.AppCommand | None = None
        # Also that Discord would not say: each further question would be one more refused request.
        self._grants: TTLCache[int, list[Grant]] = TTLCache(_GUILDS_KEPT, ttl=MINUTE, timer=clock.steady)

    async def include(self, interaction: Interaction) -> bool:
        """Whether the person moderates suggestions in the server they are in."""
        user = interaction.user
        if interaction.permissions.manage_guild:
            return True
        if interaction.guild_id is None or not isinstance(user, discord.Member):
            return False
        if interaction.type is discord.InteractionType.application_command and self._is_command(interaction):
            return True  # Discord let them use it
        roles = {role.id for role in user.roles} | {interaction.guild_id}
        return granted(await self._grants_of(interaction.guild_id), user.id, roles)

    async def require(self, interaction: Interaction) -> None:
        """Raises UserError for anybody else."""
        if not await self.include(interaction):
            raise UserError(_("That one is for the moderators of this server."))

    @staticmethod
    def _is_command(interaction: Interaction) -> bool:
        data = cast("JsonObject", interaction.data)
        return bool(data.get("name") == COMMAND)

    async def _grants_of(self, guild_id: int) -> list[Grant]:
        grants = self._grants.get(guild_id)
        if grants is None:
            grants = self._grants[guild_id] = await self._ask_for_grants(guild_id)
        return grants

    async def _ask_for_grants(self, guild_id: int) -> list[Grant]:
        try:
            command = await self._own_command()
            told = await command.fetch_permissions(discord.Object(guild_id)) if command else None
        except discord.NotFound:  # the server changed nothing
            return []
        except TROUBLE as problem:
            log.warning("could not ask who moderates", guild=guild_id, problem=str(problem))
            return []
        return [Grant(p.type.value, p.id, p.permission) for p in told.permissions] if told else []

    async def _own_command(self) -> app_commands.AppCommand | None:
        if self._command is None:
            server = self._bot.settings.development_server
            commands = await self._bot.tree.fetch_commands(guild=discord.Object(server) if server else None)
            self._command = next((command for command in commands if command.name == COMMAND), None)
        return self._command
