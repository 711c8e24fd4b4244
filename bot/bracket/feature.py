"""What the brackets add to the bot."""

from discord import app_commands

from bot.bracket.buttons import (
    BallotButton,
    ChangeSelect,
    GoOnButton,
    PickButton,
    StopButton,
    TurnButton,
    WholeButton,
)
from bot.bracket.commands import add_commands
from bot.client import MontageBot


def setup(bot: MontageBot, montage: app_commands.Group) -> None:
    """`/bracket`, its buttons, and the routine that ends rounds and opens the next."""
    services = bot.services
    bot.add_dynamic_items(BallotButton, PickButton, TurnButton, ChangeSelect, WholeButton, StopButton, GoOnButton)
    bot.add_routine(services.bracket_delivery.routine)
    add_commands(bot)

    async def forget_guild(guild_id: int) -> None:
        services.champions.forget(guild_id)

    services.privacy.server_followers.append(forget_guild)
