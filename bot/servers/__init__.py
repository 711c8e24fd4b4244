"""What each server chooses."""

from bot.servers.choices import ServerChoices
from bot.servers.feature import add_to
from bot.servers.servers import Servers

__all__ = ["ServerChoices", "Servers", "add_to"]
