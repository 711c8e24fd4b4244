"""What the servers feature adds to the bot."""

from discord import app_commands

from bot.client import MontageBot
from bot.servers.servers import Servers
from bot.servers.store import ServerStore


def add_to(bot: MontageBot, montage: app_commands.Group) -> None:
    """What each server chooses."""
    bot.add_service(Servers(ServerStore(bot.database)))
