"""The discord.py client that features are added to."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import discord
import structlog
from discord import app_commands

from bot.catalogue import Catalogue
from bot.database import Database
from bot.discord_time import DiscordTime
from bot.errors import UserError
from bot.refusals import TROUBLE
from bot.routine import Routine
from bot.settings import Settings
from bot.ui.answers import answering
from bot.ui.client import UIClient
from bot.ui.forms import shorten_typed, submitted_values
from bot.ui.rate_limit import RateLimiter
from bot.ui.registries import Forms, Lists
from bot.ui.text import clean, cut, escape

if TYPE_CHECKING:  # the one name from above: the features' objects are typed, and nothing is imported for it
    from bot.services import Services

log = structlog.get_logger(__name__)
Listener = Callable[..., Coroutine[Any, Any, None]]

# Seconds that answers under way get when the bot is stopped, and then Discord for its goodbye.
_LAST_ANSWERS = 3.0
_GOODBYE = 1.0


class Tree(app_commands.CommandTree["MontageBot"]):
    """The slash commands. Each is served inside `answering`; what never reaches one is answered here."""

    async def interaction_check(self, interaction: discord.Interaction["MontageBot"], /) -> bool:
        """Bound and pace what completes while somebody types: whoever is too fast is offered nothing for now."""
        if interaction.type is not discord.InteractionType.autocomplete:
            return True
        shorten_typed(interaction.data)
        try:
            self.client.completion_limiter.check(interaction.user.id)
        except UserError:
            with suppress(*TROUBLE):
                await interaction.response.autocomplete([])
            return False
        return True

    async def on_error(
        self, interaction: discord.Interaction["MontageBot"], error: app_commands.AppCommandError, /
    ) -> None:
        async with answering(interaction):
            match error:
                case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
                    raise UserError(
                        "That command has just changed. Give Discord a minute (or restart it) and try again."
                    ) from error
                case app_commands.NoPrivateMessage():
                    raise UserError("That one works in servers only.") from error
                case app_commands.MissingPermissions():
                    raise UserError("That one is for people who manage this server.") from error
                case app_commands.TransformerError():
                    typed = escape(cut(clean(str(error.value)), 60))
                    raise UserError(f"I can't read “{typed}” there. Pick one from the list.") from error
                case _:
                    raise error


class MontageBot(UIClient):
    """The client, and what every feature shares: settings, database, catalogue, services.

    It is not connected when it is made; `setup_hook` opens the database and `close` closes it.
    """

    services: "Services"  # `bot.app.create_bot` makes them

    def __init__(self, settings: Settings, catalogue: Catalogue, **options: Any) -> None:
        self.discord_time = DiscordTime()
        super().__init__(
            http_trace=self.discord_time.trace,
            # Enough for commands, and for noticing that a server left; nothing privileged, and no caches.
            intents=discord.Intents(guilds=True),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            # Nobody is ever pinged by what somebody else typed.
            allowed_mentions=discord.AllowedMentions.none(),
            **options,
        )
        self.settings = settings
        self.catalogue = catalogue
        self.database = Database(settings.database)
        self.tree = Tree(self)
        self.forms = Forms()
        self.lists = Lists()
        self.rate_limiter = RateLimiter(0)
        self.completion_limiter = RateLimiter(0)
        self.observers = []
        self.serving = set()
        self._ending: asyncio.Task[None] | None = None
        self._openings: list[Callable[[], Awaitable[None]]] = []
        self._closings: list[Callable[[], Awaitable[None]]] = []
        self._heard_by: defaultdict[str, list[Listener]] = defaultdict(list)
        # What Discord calls each command, by name; `bot.commands_sync` fills it.
        self.command_ids: dict[str, int] = {}

    def add_opening(self, opening: Callable[[], Awaitable[None]]) -> None:
        """`opening` runs once the database is open, before the first event arrives; in the order of adding."""
        self._openings.append(opening)

    def add_closing(self, closing: Callable[[], Awaitable[None]]) -> None:
        """`closing` runs when the last answers are given, while the database is still open; twice does no harm."""
        self._closings.append(closing)

    def add_routine(self, routine: Routine) -> None:
        """`routine` runs from the moment the bot is ready until it is closed."""
        self.add_listener("ready", routine.start)
        self.add_closing(routine.stop)

    def add_listener(self, event: str, listener: Listener) -> None:
        """`listener` runs at each `event` (`ready`, `guild_join` …), beside everybody else's."""
        self._heard_by[event].append(listener)

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """Tell everybody who listens; discord.py itself knows one listener an event.

        Of interactions only forms are told of: commands and clicks are on their way already.
        """
        if event == "interaction" and args[0].type is not discord.InteractionType.modal_submit:
            return
        super().dispatch(event, *args, **kwargs)
        if self.is_closed():
            return
        for listener in self._heard_by.get(event, ()):
            task = self._schedule_event(listener, f"on_{event}", *args, **kwargs)
            self.serving.add(task)
            task.add_done_callback(self.serving.discard)

    def mention(self, command: str) -> str:
        """`montage top` as a link that puts the command into the message box."""
        identity = self.command_ids.get(command.partition(" ")[0])
        return f"</{command}:{identity}>" if identity else f"`/{command}`"

    async def setup_hook(self) -> None:
        """Everything that must stand before the first event arrives."""
        await self.database.open()
        await self.services.open()
        for opening in self._openings:
            await opening()

    async def on_interaction(self, interaction: discord.Interaction["MontageBot"]) -> None:
        """Forms find their code by custom id, so one that is open during a restart still arrives."""
        async with answering(interaction):
            self.rate_limiter.check(interaction.user.id)
            name, argument, values = submitted_values(interaction.data or {})
            await self.forms.serve(interaction, name, argument, values)

    async def close(self) -> None:
        """Finish what is being answered (for a bounded time), leave Discord, let go of the database.

        Whoever calls it, and however often, waits for the same end.
        """
        if self._ending is None:
            self._ending = asyncio.create_task(self._end(asyncio.current_task()))
        await asyncio.shield(self._ending)

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _end(self, caller: asyncio.Task[Any] | None) -> None:
        under_way = self.serving - {caller}
        if under_way:
            await asyncio.wait(under_way, timeout=_LAST_ANSWERS)
        try:
            for closing in self._closings:
                await _run_bounded(closing)
            await _run_bounded(self.services.close)
            await _run_bounded(super().close)
        finally:
            await self.database.close()


async def _run_bounded(part: Callable[[], Awaitable[None]]) -> None:
    """Run one part of the end for `_GOODBYE` seconds at most; a failure is logged and does not keep the others."""
    try:
        async with asyncio.timeout(_GOODBYE):
            await part()
    except Exception:
        log.exception("could not be ended properly")


class ShardedMontageBot(MontageBot, discord.AutoShardedClient):
    """The same for thousands of servers: several gateway connections in one process."""


Interaction = discord.Interaction[MontageBot]
