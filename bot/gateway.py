"""The connection to Discord's gateway: it stays, whatever comes over it and however often it breaks.

discord.py's own loop ends the process where the first connection fails, where one event cannot be read, and
with several shards where a connection ends before its greeting; a gateway that accepts and hangs up it tries
again without a pause. Here whatever can pass is waited out; only what Discord says is for good gets out.
"""

import asyncio
import json
import random
import time
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import structlog
import yarl
from discord.gateway import DiscordWebSocket, ReconnectWebSocket

from bot.aliases import JsonObject

if TYPE_CHECKING:
    from bot.client import MontageBot

log = structlog.get_logger(__name__)
Raw = JsonObject

# Close codes after which coming back would only be refused again, and what somebody has to do.
CLOSED_FOR_GOOD = {
    4004: "Discord refused the DISCORD_TOKEN: it was reset. Copy the new one from the developer portal.",
    4010: "Discord refused the number of shards. Set MONTAGE_SHARDS to auto.",
    4011: "The bot is in too many servers for one connection. Set MONTAGE_SHARDS to auto.",
    4012: "Discord no longer speaks the version of its gateway that this bot knows. Install a newer version.",
    4013: "Discord does not know the events that this bot asks for. Install a newer version.",
    4014: "Discord does not let this bot have the events that it asks for. Install a newer version.",
}
# Close codes that end the session together with the connection: the next one begins anew.
_SESSION_ENDED = frozenset({4003, 4007, 4009})

# Seconds that Discord gets until its HELLO, and from there until READY or RESUMED.
_HELLO_SECONDS = 60.0
_READY_SECONDS = 60.0
# Seconds after which a connection counts as one that held; those that broke sooner lengthen the pauses.
_HELD = 60.0
# How often a session is tried to be taken up again before a new one is begun, at the usual address.
_RESUMES = 3
_LONGEST_PAUSE = 300.0
# Seconds for closing a connection that is given up.
_CLOSE_SECONDS = 1.0


class HandshakeError(Exception):
    """A connection that did not come to stand; the message says at which step."""


class Socket(DiscordWebSocket):
    """One connection. An event that cannot be read is logged by its name, counted and left."""

    # Whether READY or RESUMED has come.
    stood = False

    async def received_message(self, msg: str | bytes, /) -> None:
        # What cannot be unpacked spoils all that follows it, so that is let out: the connection is lost.
        text = self._decompressor.decompress(msg) if isinstance(msg, bytes) else msg
        if text is None:  # the rest of it is still on its way
            return
        sequence = self.sequence
        try:
            await super().received_message(text if self.stood else self._greeting(text))
        except (ReconnectWebSocket, HandshakeError, discord.ConnectionClosed, OSError, aiohttp.ClientError):
            raise
        except Exception as problem:
            self._left(self._event_in(text), problem)
        finally:
            if type(self.sequence) is not int:  # a heartbeat that carries anything else is refused
                self.sequence = sequence

    def _greeting(self, text: str) -> str:
        """A message of the handshake, made such that discord.py can go on from it."""
        message = json.loads(text)
        if message.get("op") == self.HELLO:
            _check_hello(message.get("d"))
        event, data = message.get("t"), message.get("d")
        if message.get("op") != self.DISPATCH or event not in ("READY", "RESUMED"):
            return text
        self.stood = True
        message["d"] = data if isinstance(data, dict) else {}
        if event == "READY":
            message["d"] = self._ready_from(message["d"])
            message.setdefault("s", self.sequence)
        return json.dumps(message)

    def _ready_from(self, data: Raw) -> Raw:
        """READY with all that the connection needs; what cannot be read of it stands as the login told it."""
        state = self._connection
        user, session, address, guilds = (
            data.get(name) for name in ("user", "session_id", "resume_gateway_url", "guilds")
        )
        known = [_identity(guild) for guild in guilds] if isinstance(guilds, list) else [None]
        readable = {
            "user": _is_user(user, state),
            "session_id": isinstance(session, str) and session != "",
            "resume_gateway_url": _is_address(address),
            "guilds": None not in known,
        }
        odd = [name for name, fine in readable.items() if not fine]
        if odd:
            self._left("READY", None, fields=odd)
        return {
            **data,
            "user": _raw_user(state.user) if "user" in odd else user,
            # Without its name the session cannot be taken up again, and the next connection begins a new one.
            "session_id": None if "session_id" in odd else session,
            "resume_gateway_url": str(self.DEFAULT_GATEWAY) if "resume_gateway_url" in odd else address,
            # Everything else about them comes with GUILD_CREATE.
            "guilds": [{"id": number, "unavailable": True} for number in known if number],
            "shard": [self.shard_id or 0, self.shard_count or 1],
        }

    def _event_in(self, text: str) -> str:
        """The name of the event, if it is one that there is: it becomes a label of the metrics."""
        with suppress(Exception):
            name = json.loads(text)["t"]
            return name if name in self._discord_parsers else "unknown"
        return "unknown"

    def _left(self, event: str, problem: Exception | None, **more: object) -> None:
        client: Any = self._connection._get_client()
        client.left_unread(event, problem, **more)

    async def send_heartbeat(self, data: Raw) -> None:
        # discord.py notes the time of sending in its own thread, some time after the sending. Where the answer
        # is quicker, it measures from the heartbeat before: "30 s behind", on a connection where all is well.
        if self._keep_alive is not None:
            self._keep_alive._last_send = time.perf_counter()
        await super().send_heartbeat(data)

    # What discord.py does before it hands the connection over: given up there, nobody else would let go of it.

    async def poll_event(self) -> None:
        async with self._or_let_go():
            await super().poll_event()

    async def identify(self) -> None:
        async with self._or_let_go():
            if self._keep_alive is None:
                raise HandshakeError("Discord did not greet")
            await super().identify()

    async def resume(self) -> None:
        async with self._or_let_go():
            if self._keep_alive is None:
                raise HandshakeError("Discord did not greet")
            await super().resume()

    @asynccontextmanager
    async def _or_let_go(self) -> AsyncIterator[None]:
        try:
            yield
        except BaseException:
            await self.let_go()
            raise

    async def let_go(self) -> None:
        """End it, whatever state it is in; a closing handshake of a minute is not waited for."""
        if self._keep_alive is not None:
            self._keep_alive.stop()
            self._keep_alive = None
        with suppress(Exception):
            async with asyncio.timeout(_CLOSE_SECONDS):
                await self.socket.close(code=4000)


class Line:
    """Keeps one connection to Discord, one socket after the other, until the client is closed."""

    def __init__(self, client: "MontageBot", take: Callable[[Socket], None], shard: int | None = None) -> None:
        self._client, self._take, self._shard = client, take, shard
        self._last: Socket | None = None  # whose session can be taken up again
        self._resumes = self._failures = 0

    async def hold(self, gateway: yarl.URL | None = None, *, initial: bool = True) -> None:
        """Returns when the client is closed. Raises ConnectionClosed where Discord says it is for good."""
        client = self._client
        while not client.is_closed():
            problem = await self._once(gateway, initial=initial)
            gateway, initial = None, False
            if client.is_closed():
                return
            client.dispatch("disconnect")
            pause = pause_after(self._failures)
            say = log.warning if pause else log.info  # Discord asks for a new connection several times a day
            say("connection lost", shard=self._shard, problem=problem, seconds_until_next_try=round(pause, 1))
            await client.closed_within(pause)

    async def _once(self, gateway: yarl.URL | None, *, initial: bool) -> str:
        """One connection from its beginning to its end; returns why it ended."""
        socket, began = None, time.monotonic()
        try:
            socket = await self._opened(gateway, initial=initial)
            self._take(socket)
            await self._welcomed(socket)
            self._resumes, began = 0, time.monotonic()
            while True:
                await socket.poll_event()
        except ReconnectWebSocket as asked:
            if not asked.resume:
                self._last = None
            return "Discord hung up, or asked for a new connection"
        except discord.ConnectionClosed as closed:
            if closed.code in CLOSED_FOR_GOOD:
                raise
            return f"closed with code {closed.code}"
        except (OSError, aiohttp.ClientError, TimeoutError, HandshakeError) as problem:
            return f"{type(problem).__name__}: {problem}"
        except Exception as problem:  # whatever else comes out of a connection is waited out as well
            return f"{type(problem).__name__} in {where(problem)}"
        finally:
            held = socket is not None and socket.stood and time.monotonic() - began >= _HELD
            self._failures = 1 if held else self._failures + 1
            if socket is not None:
                self._learn(socket)
                await socket.let_go()

    def _learn(self, socket: Socket) -> None:
        code = socket._close_code or socket.socket.close_code
        if socket.session_id is None or code in _SESSION_ENDED:
            self._last = None
        else:
            self._last = socket

    async def _opened(self, gateway: yarl.URL | None, *, initial: bool) -> Socket:
        """A connection that has had Discord's HELLO, and has sent IDENTIFY or RESUME."""
        if self._last is not None and self._resumes >= _RESUMES:
            self._last = None
        last = self._last
        self._resumes = self._resumes + 1 if last else 0
        # One IDENTIFY at a time: discord.py leaves the five seconds between two that Discord asks for.
        turn = nullcontext() if last else self._client.slot.identify_turn(self._shard)
        async with turn, _in_time(_HELLO_SECONDS, "Discord did not greet in time"):
            return await Socket.from_client(
                self._client,
                initial=initial,
                shard_id=self._shard,
                gateway=last.gateway if last else gateway,
                session=last.session_id if last else None,
                sequence=last.sequence if last else None,
                resume=last is not None,
            )

    async def _welcomed(self, socket: Socket) -> None:
        async with _in_time(_READY_SECONDS, "Discord neither welcomed the bot nor refused it in time"):
            while not socket.stood:
                await socket.poll_event()


@asynccontextmanager
async def _in_time(seconds: float, otherwise: str) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        raise HandshakeError(otherwise) from None


def pause_after(failures: int) -> float:
    """Seconds before the next try: none after the first failure, then longer each time.

    With some chance in it, so that all the bots that lost Discord together do not come back together.
    """
    if failures <= 1:
        return 0.0
    return min(2.0 ** min(failures - 2, 20), _LONGEST_PAUSE) * random.uniform(0.5, 1.0)  # noqa: S311


# Kinds of components that discord.py can make something of.
_KINDS = frozenset(kind.value for kind in discord.ComponentType)


def without_new_kinds(components: object) -> object:
    """Components as a message carries them, without those of kinds that are not known here.

    One of them anywhere in a message, and discord.py no longer finds the button beside it that was pressed.
    """
    if not isinstance(components, list):
        return components
    return [_with_known_parts(one) for one in components if _is_known(one)]


def _is_known(component: object) -> bool:
    if not isinstance(component, dict) or component.get("type") not in _KINDS:
        return False
    return all(_is_known(component[part]) for part in ("accessory", "component") if part in component)


def _with_known_parts(component: Raw) -> Raw:
    if "components" not in component:
        return component
    return {**component, "components": without_new_kinds(component["components"])}


def where(problem: BaseException) -> str:
    """The place in the code where it was raised: what can be told of an error whose message may hold texts."""
    frames = traceback.extract_tb(problem.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "nowhere"


def _check_hello(data: object) -> None:
    interval = data.get("heartbeat_interval") if isinstance(data, dict) else None
    # Milliseconds. discord.py would send without a pause at 0, and never at infinity.
    if isinstance(interval, bool) or not isinstance(interval, int | float) or not 100 <= interval <= 3_600_000:
        raise HandshakeError("Discord's greeting cannot be read")


def _identity(guild: object) -> str | None:
    number = guild.get("id") if isinstance(guild, dict) else None
    return number if isinstance(number, str) and number.isascii() and number.isdigit() else None


def _is_address(text: object) -> bool:
    if not isinstance(text, str):
        return False
    try:
        url = yarl.URL(text)
    except ValueError:
        return False
    return url.scheme in ("ws", "wss") and bool(url.host)


def _is_user(user: Any, state: Any) -> bool:
    try:
        return discord.ClientUser(state=state, data=user).id == int(state.user.id)
    except Exception:
        return False


def _raw_user(user: Any) -> Raw:
    """The bot's own user, as the login told it, in the shape of an event."""
    return {
        "id": str(user.id),
        "username": user.name,
        "discriminator": user.discriminator,
        "global_name": user.global_name,
        "avatar": user._avatar,
        "bot": True,
    }
