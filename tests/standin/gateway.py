"""The gateway: HELLO, IDENTIFY or RESUME, READY, heartbeats, and whatever is dispatched."""

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import Sequence
from typing import Any, Literal

from aiohttp import WSMsgType, web

from tests.standin import payloads
from tests.standin.payloads import APPLICATION, Raw

_DISPATCH, _HEARTBEAT, _IDENTIFY, _RESUME, _HELLO, _ACK = 0, 1, 2, 6, 10, 11

# When a connection goes wrong, and how: it is closed with a code, hangs, is cut, is answered with an HTTP status
# of 500 and more (only when it is opened), or is sent this text.
Step = Literal["open", "hello", "identify", "resume"]
Trouble = int | Literal["hang", "cut"] | str


class Gateway:
    """Every websocket that the bot has opened, one a shard."""

    def __init__(self, guilds: Sequence[Raw]) -> None:
        self.guilds = guilds
        self.address = ""
        self.silent = False
        self.heartbeat_interval = 41_250  # milliseconds
        # What becomes of the next connections, one after the other.
        self.script: deque[tuple[Step, Trouble]] = deque()
        self.opened = 0
        # In place of what READY tells otherwise; also nothing at all (None).
        self.greeting: Any = ...
        self.sequence_of_resume: int | None = None
        self.identified = 0
        self.resumed = 0
        self._sockets: list[web.WebSocketResponse] = []
        # (number, of how many) by socket and by session.
        self._shards: dict[object, tuple[int, int]] = {}
        self._sequence = 0
        self._changed = asyncio.Condition()

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection, from HELLO to its end."""
        self.opened += 1
        step, trouble = self.script.popleft() if self.script else (None, None)
        if step == "open":
            refused: web.WebSocketResponse = await self._not_opened(request, trouble)
            return refused
        socket = web.WebSocketResponse(timeout=0.1)
        await socket.prepare(request)
        if step == "hello":
            await self._goes_wrong(request, socket, trouble)
        else:
            await socket.send_json({"op": _HELLO, "d": {"heartbeat_interval": self.heartbeat_interval}})
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT and not self.silent:
                    payload = json.loads(frame.data)
                    if payload["op"] == {"identify": _IDENTIFY, "resume": _RESUME}.get(step or ""):
                        await self._goes_wrong(request, socket, trouble)
                    else:
                        await self._received(socket, payload)
        finally:
            if socket in self._sockets:
                self._sockets.remove(socket)
            self._shards.pop(socket, None)
        return socket

    async def _not_opened(self, request: web.Request, trouble: Trouble | None) -> Any:
        if trouble == "hang":
            await asyncio.sleep(30)
        if isinstance(trouble, int):
            return web.Response(status=trouble)
        _cut(request)
        return web.Response()

    async def _goes_wrong(
        self, request: web.Request, socket: web.WebSocketResponse, trouble: Trouble | None
    ) -> None:
        if isinstance(trouble, int):
            await socket.close(code=trouble)
        elif trouble == "cut":
            _cut(request)
        elif trouble != "hang":
            await socket.send_str(str(trouble))

    async def _received(self, socket: web.WebSocketResponse, payload: Raw) -> None:
        match payload["op"]:
            case 1:
                await socket.send_json({"op": _ACK})
            case 2:
                await self._ready(socket, payload["d"].get("shard") or [0, 1])
                await self._welcomed(socket, identified=1)
            case 6:
                self._shards[socket] = self._shards.get(payload["d"]["session_id"], (0, 1))
                self.sequence_of_resume = payload["d"]["seq"]
                await self._dispatch_on(socket, "RESUMED", {})
                await self._welcomed(socket, resumed=1)

    async def _ready(self, socket: web.WebSocketResponse, shard: list[int]) -> None:
        number, shards = shard
        self._shards[socket] = self._shards[f"session-{number}"] = (number, shards)
        own = [guild for guild in self.guilds if (int(guild["id"]) >> 22) % shards == number]
        await self._dispatch_on(socket, "READY", self.ready(own, shard) if self.greeting is ... else self.greeting)
        for guild in own:
            await self._dispatch_on(socket, "GUILD_CREATE", guild)

    def ready(self, guilds: Sequence[Raw], shard: Sequence[int] = (0, 1)) -> Raw:
        """What READY tells."""
        return {
            "v": 10,
            "user": payloads.bot_user(),
            "guilds": [{"id": guild["id"], "unavailable": True} for guild in guilds],
            "session_id": f"session-{shard[0]}",
            "resume_gateway_url": self.address,
            "shard": list(shard),
            "application": {"id": str(APPLICATION), "flags": 0},
        }

    async def _welcomed(self, socket: web.WebSocketResponse, identified: int = 0, resumed: int = 0) -> None:
        async with self._changed:
            self._sockets.append(socket)
            self.identified += identified
            self.resumed += resumed
            self._changed.notify_all()

    async def connected(self, times: int = 1) -> None:
        """Wait until there were `times` sessions, new or resumed, and one of them is open."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.identified + self.resumed >= times and self._sockets)

    async def dispatch(self, event: str, data: Any) -> None:
        """Send an event over every open connection of its server's shard (of the first, outside servers)."""
        if self.silent:
            return
        named = data.get("guild_id") if isinstance(data, dict) else None
        server = int(named) if isinstance(named, str) and named.isdecimal() else 0
        theirs = [socket for socket in self._sockets if _serves(self._shards[socket], server)]
        for socket in theirs:
            await self._dispatch_on(socket, event, data)

    def serving(self, server: int) -> int:
        """How many connections are open over which a server's events come."""
        return sum(_serves(self._shards[socket], server) for socket in self._sockets)

    async def _dispatch_on(self, socket: web.WebSocketResponse, event: str, data: Any) -> None:
        self._sequence += 1
        await socket.send_json({"op": _DISPATCH, "t": event, "s": self._sequence, "d": data})

    async def send(self, payload: Raw) -> None:
        """Send a raw payload over every open connection."""
        for socket in list(self._sockets):
            await socket.send_json(payload)

    async def hang_up(self, code: int = 1000) -> None:
        """Close every connection."""
        for socket in list(self._sockets):
            with contextlib.suppress(ConnectionError):
                await socket.close(code=code)

    async def send_text(self, text: str) -> None:
        """Send any text over every open connection."""
        for socket in list(self._sockets):
            await socket.send_str(text)


def _serves(shard: tuple[int, int], server: int) -> bool:
    number, shards = shard
    return (server >> 22) % shards == number


def _cut(request: web.Request) -> None:
    """As if a router had restarted: no goodbye."""
    if request.transport is not None:
        request.transport.abort()
