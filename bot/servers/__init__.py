"""What each server chooses, who is still there, and what the bot may do in it."""

from bot.servers.choices import ServerChoices
from bot.servers.feature import add_to
from bot.servers.panel import Page, Panel
from bot.servers.permissions import TO_OPEN_THREADS, TO_POST, lacking, require, require_manager
from bot.servers.presence import Presence
from bot.servers.servers import Servers

__all__ = [
    "TO_OPEN_THREADS",
    "TO_POST",
    "Page",
    "Panel",
    "Presence",
    "ServerChoices",
    "Servers",
    "add_to",
    "lacking",
    "require",
    "require_manager",
]
