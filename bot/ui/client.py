"""What `bot.ui` needs of the client that it runs in; `bot.client.MontageBot` is one."""

import asyncio
from collections.abc import Callable
from typing import Literal

import discord

from bot.catalogue import Catalogue
from bot.ui.rate_limit import RateLimiter
from bot.ui.registries import Forms, Lists

# How an interaction went: answered, refused with a reason, or failed.
Outcome = Literal["answered", "refused", "failed"]


class UIClient(discord.Client):
    """The attributes that every answer, button and list may use."""

    catalogue: Catalogue
    forms: Forms
    lists: Lists
    rate_limiter: RateLimiter
    # The same for what completes while somebody types.
    completion_limiter: RateLimiter
    # Answers and listeners under way, which `close` waits for.
    serving: set[asyncio.Task[None]]
    # Told of every interaction that was served, how it went, and the seconds it took.
    observers: "list[Observer]"

    async def server_language(self, guild_id: int, code: object = None) -> str:
        """What everybody in a server reads; `code` is what an interaction says of it."""
        raise NotImplementedError


Interaction = discord.Interaction[UIClient]
Observer = Callable[[Interaction, Outcome, float], None]
