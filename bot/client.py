"""The discord.py client that features are added to."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import structlog
import yarl
from discord import app_commands
from discord.shard import Shard

from bot.aliases import Coro, JsonObject
from bot.catalogue import Catalogue
from bot.database import database_at
from bot.discord_time import DiscordTime
from bot.errors import UserError
from bot.gateway import Line, Socket, where, without_new_kinds
from bot.languages import ENGLISH, _, language, language_for, languages, speaking
from bot.languages.command_names import path_in
from bot.refusals import TROUBLE
from bot.refused_requests import RefusedRequests
from bot.routine import Routine
from bot.settings import Settings
from bot.shards import NotServingError, Slot
from bot.slots import Messages
from bot.ui.answers import answering
from bot.ui.client import UIClient
from bot.ui.forms import shorten_typed, submitted_values
from bot.ui.rate_limit import RateLimiter
from bot.ui.registries import Forms, Lists
from bot.ui.text import clean, cut, escape, keepable

if TYPE_CHECKING:  # the one name from above: the features' objects are typed, and nothing is imported for it
    from bot.services import Services

log = structlog.get_logger(__name__)
Listener = Callable[..., Coro[None]]

# Seconds that answers under way get when the bot is stopped, and then the closing of the connection to Discord.
_LAST_ANSWERS = 3.0
_CLOSE_SECONDS = 1.0


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
                        _("That command has just changed. Give Discord a minute (or restart it) and try again.")
                    ) from error
                case app_commands.NoPrivateMessage():
                    raise UserError(_("That one works in servers only.")) from error
                case app_commands.MissingPermissions():
                    raise UserError(_("That one is for people who manage this server.")) from error
                case app_commands.TransformerError():
                    typed = escape(cut(clean(str(error.value)), 60))
                    raise UserError(
                        _("I can't read “{typed}” there. Pick one from the list.", typed=typed)
                    ) from error
                case _:
                    raise error

    async def _call(self, interaction: discord.Interaction["MontageBot"]) -> None:
        """Serve a command. What discord.py cannot make out of it would otherwise stay unanswered."""
        try:
            await super()._call(interaction)
        except app_commands.AppCommandError:
            raise
        except Exception as problem:
            async with answering(interaction):
                raise self.client.cannot_read(problem) from None


class MontageBot(UIClient):
    """The client, and what every feature shares: settings, database, catalogue, services.

    It is not connected when it is made; `setup_hook` opens the database and `close` closes it.
    """

    services: "Services"  # `bot.app.create_bot` makes them

    def __init__(
        self,
        settings: Settings,
        catalogue: Catalogue,
        slot: Slot | None = None,
        **options: Any,
    ) -> None:
        self.discord_time = DiscordTime()
        # What Discord refuses; at ten thousand in ten minutes it would block the machine's address.
        self.refused_requests = RefusedRequests()
        trace = aiohttp.TraceConfig()
        self.discord_time.watch(trace)
        self.refused_requests.watch(trace)
        trace.on_request_start.append(self._may_send)
        super().__init__(
            http_trace=trace,
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
        # Which shards this process serves, and whether it still may.
        self.slot = slot or Slot()
        # What is told to the other processes, and heard of them.
        self.messages = Messages()
        self.database = database_at(settings.database)
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
        self._parse_interaction = self._connection.parsers["INTERACTION_CREATE"]
        self._connection.parsers["INTERACTION_CREATE"] = self._interaction_came
        # Whether Discord has said that it knows this bot.
        self.logged_in = False
        # How many events could not be read, by name.
        self.unread: Counter[str] = Counter()
        self._leaving = asyncio.Event()

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

    def dispatch(self, event: str, /, *args: object, **kwargs: object) -> None:
        """Tell everybody who listens; discord.py itself knows one listener an event.

        Of interactions only forms are told of: commands and clicks are on their way already.
        """
        if event == "interaction" and getattr(args[0], "type", None) is not discord.InteractionType.modal_submit:
            return
        super().dispatch(event, *args, **kwargs)
        if self.is_closed():
            return
        for listener in self._heard_by.get(event, ()):
            task = self._schedule_event(listener, f"on_{event}", *args, **kwargs)
            self.serving.add(task)
            task.add_done_callback(self.serving.discard)

    async def _may_send(self, *_: object) -> None:
        """Right before a request leaves for Discord, however long it has waited: for a slot that may be another's
        by now nothing is sent. Raises NotServingError.
        """
        if not self.slot.holds:
            raise NotServingError

    def _interaction_came(self, data: JsonObject) -> None:
        if not self.slot.holds:
            log.warning("left to whoever serves these shards now", interaction=data.get("id"))
            return
        message = data.get("message")
        if message:
            message["components"] = without_new_kinds(message.get("components", []))
        if "data" in data:  # everything that people type comes in here
            sent = data["data"]
            data["data"] = keepable(sent)
            if message and data["data"] != sent:  # an id that lost something is looked for on its message, too
                message["components"] = keepable(message["components"])
        # Whatever comes of it begins in there, and so speaks the person's language.
        with speaking(language_for(data.get("locale"))):
            self._parse_interaction(data)

    async def server_language(self, guild_id: int, code: object = None) -> str:
        """What everybody in a server reads: the language that it chose, else the one it gave Discord (`code`, where
        an interaction says it).
        """
        if len(languages()) == 1:
            return ENGLISH
        chosen = (await self.services.guild_settings.get(guild_id)).language
        if chosen in languages():
            return chosen
        guild = self.get_guild(guild_id)
        return language_for(code or (guild.preferred_locale if guild else None))

    def mention(self, command: str) -> str:
        """`montage top` as a link that puts the command into the message box. Discord knows it by its English name
        there, and shows that; where no link can be, it is what people type.
        """
        identity = self.command_ids.get(command.partition(" ")[0])
        return (
            f"</{command}:{identity}>"
            if identity
            else f"`/{path_in(language(), self.tree.get_commands(), command)}`"
        )

    async def setup_hook(self) -> None:
        """Everything that must stand before the first event arrives."""
        self.logged_in = True
        await self.database.open()
        await self.services.open()
        for opening in self._openings:
            await opening()

    async def connect(self, *, reconnect: bool = True) -> None:
        """Stay connected until the bot is closed. Raises ConnectionClosed where Discord says it is for good."""
        await Line(self, self._take).hold()

    def _take(self, socket: Socket) -> None:
        self.ws = socket

    async def closed_within(self, seconds: float) -> bool:
        """Wait so long, or until the bot begins to close; returns whether it does."""
        try:
            async with asyncio.timeout(seconds):
                await self._leaving.wait()
        except TimeoutError:
            return False
        return True

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """The pause between two IDENTIFYs, which several processes keep together (`Slot.identify_turn`)."""
        if self.slot.alone:
            await super().before_identify_hook(shard_id, initial=initial)

    def left_unread(self, event: str, problem: Exception | None, **more: object) -> None:
        """Note that an event could not be read: its name and where it failed, never what it holds."""
        self.unread[event] += 1
        if problem is not None:
            more |= {"problem": type(problem).__name__, "at": where(problem)}
        log.warning("an event could not be read", name=event, **more)

    def cannot_read(self, problem: Exception) -> UserError:
        """What somebody is told whose command or form came in a shape that is not known here."""
        self.left_unread("INTERACTION_CREATE", problem)
        return UserError(
            _(
                "Discord told me about that in a way I can't read. Try it once more; if it happens again, whoever "
                "runs this bot may have to bring me up to date."
            )
        )

    async def on_interaction(self, interaction: discord.Interaction["MontageBot"]) -> None:
        """Forms find their code by custom id, so one that is open during a restart still arrives."""
        async with answering(interaction):
            self.rate_limiter.check(interaction.user.id)
            try:
                name, argument, values = submitted_values(interaction.data or {})
                if not all(isinstance(text, str) for text in (*values, *values.values())):
                    raise TypeError("no text in a field")
            except Exception as problem:
                raise self.cannot_read(problem) from None
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

    async def _end(self, caller: asyncio.Task[None] | None) -> None:
        self._leaving.set()
        under_way = self.serving - {caller}
        if under_way and self.slot.holds:  # otherwise somebody else may be about to serve the same people
            await asyncio.wait(under_way, timeout=_LAST_ANSWERS)
        try:
            for closing in self._closings:
                await _run_bounded(closing)
            await _run_bounded(self.services.close)
            await _run_bounded(super().close)
        finally:
            await self.database.close()


async def _run_bounded(part: Callable[[], Awaitable[None]]) -> None:
    """Run one part of the end for `_CLOSE_SECONDS` at most; a failure is logged and does not keep the others."""
    try:
        async with asyncio.timeout(_CLOSE_SECONDS):
            await part()
    except Exception:
        log.exception("could not be ended properly")


class ShardedMontageBot(MontageBot, discord.AutoShardedClient):
    """The same for thousands of servers: several gateway connections in one process."""

    async def connect(self, *, reconnect: bool = True) -> None:
        """Stay connected with every shard until the bot is closed; raises what the first of them raises."""
        if not self.slot.alone:
            _, _, limit = await self.http.get_bot_gateway()
            self.slot.max_concurrency = max(int(limit["max_concurrency"]), 1)
        self._reconnect = reconnect  # which a `Shard` asks for
        self._lines: list[asyncio.Task[None]] = []
        try:
            await self._begin_lines()
            await asyncio.gather(*self._lines)
        finally:
            for line in self._lines:
                line.cancel()

    async def _begin_lines(self) -> None:
        """One line a shard, as many as Discord says; raises GatewayNotFound where it says nothing of use."""
        try:
            await self.launch_shards()
        except (LookupError, TypeError, ValueError) as problem:
            raise discord.GatewayNotFound from problem
        if not self._lines:
            raise discord.GatewayNotFound

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Begin one shard's connection; they send IDENTIFY one after the other."""
        shards: dict[int, Shard] = self._AutoShardedClient__shards  # type: ignore[attr-defined]

        def take(socket: Socket) -> None:
            shards.setdefault(shard_id, Shard(socket, self, lambda item: None)).ws = socket

        line = Line(self, take, shard_id)
        self._lines.append(asyncio.create_task(line.hold(gateway, initial=initial), name=f"shard {shard_id}"))


Interaction = discord.Interaction[MontageBot]
