"""What each server chooses, who is still there, and what the bot may do in it."""

from bot.guilds.controls import toggle
from bot.guilds.feature import setup
from bot.guilds.guild_settings import GuildSettings
from bot.guilds.panel import SettingsPage, SettingsPanel
from bot.guilds.permissions import TO_OPEN_THREADS, TO_POST, lacking, require, require_guild, require_manager
from bot.guilds.presence import Presence
from bot.guilds.questions import ELSEWHERE
from bot.guilds.settings_service import GuildSettingsService
from bot.guilds.store import GuildSettingsStore
from bot.guilds.voters import check_voter

__all__ = [
    "ELSEWHERE",
    "TO_OPEN_THREADS",
    "TO_POST",
    "GuildSettings",
    "GuildSettingsService",
    "GuildSettingsStore",
    "Presence",
    "SettingsPage",
    "SettingsPanel",
    "check_voter",
    "lacking",
    "require",
    "require_guild",
    "require_manager",
    "setup",
    "toggle",
]
