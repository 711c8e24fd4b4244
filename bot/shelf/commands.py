"""/montage saved."""

from typing import Literal

import discord
from discord import app_commands

from bot.client import Interaction, MontageBot
from bot.shelf.buttons import own_page
from bot.shelf.cards import LIST
from bot.ui.answers import answers, reply


def add_commands(bot: MontageBot, montage: app_commands.Group) -> None:
    """Add `/montage saved` to the group `/montage`."""

    @montage.command(name="saved", description="Your own list: what you saved from cards, and what you have seen.")
    @app_commands.describe(show="What you saved for later, or what you marked as seen")
    @answers
    async def saved(interaction: Interaction, show: Literal["saved", "seen"] = "saved") -> None:
        await reply(interaction, await own_page(interaction, show, 0), private=True)

    async def turned(interaction: Interaction, query: str, page: int) -> discord.ui.LayoutView:
        return await own_page(interaction, "seen" if query == "seen" else "saved", page)

    bot.lists.add(LIST, turned)
