"""What one process has to tell the others, over LISTEN and NOTIFY: what is global, and never a vote.

NOTIFY makes commits wait for each other, which a vote must not. Messages are small and rare: somebody was erased,
the counts were made anew. They may be missed while the connection is lost; so after each new connection everything
that messages are about is dropped from memory.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

import structlog

from bot.aliases import JsonObject
from bot.errors import AGAIN, StartError
from bot.slots.link import IDLE_SECONDS, PATIENCE_SECONDS, PAUSE_SECONDS, connect, once_connected, passing

if TYPE_CHECKING:
    from bot.slots.link import Connection

log = structlog.get_logger(__name__)
Handler = Callable[[JsonObject], Awaitable[None]]
AfterGap = Callable[[], Awaitable[None]]

_CHANNEL = "montage"
# PostgreSQL takes less than 8,000 bytes.
_LONGEST = 7_900
# Seconds between two looks whether the connection still stands.
_CHECK_SECONDS = IDLE_SECONDS / 2
_SAY = f"SELECT pg_notify('{_CHANNEL}', $1)"
# What is told where one message cannot say what has changed: drop whatever messages may be about.
EVERYTHING = "everything"


def _text(kind: str, details: Mapping[str, object]) -> str:
    text = json.dumps({"kind": kind, **details})
    return text if len(text) < _LONGEST else json.dumps({"kind": EVERYTHING})


async def announce(address: str, kind: str, **details: object) -> None:
    """Tell all bots on this database, from a process that is none of them. Raises StartError."""
    try:
        connection = await connect(address, "announcement")
        try:
            await connection.execute(_SAY, _text(kind, details))
        finally:
            connection.terminate()
    except passing() as problem:
        raise StartError(
            "It is done, but the bots that run could not be told, and may show what they remember for up to a day. "
            "Start them again.",
            AGAIN,
        ) from problem


class Messages:
    """Told and heard; a bot that is alone has nobody to tell, and hears nothing."""

    def __init__(self) -> None:
        self._handlers: dict[str, Handler] = {}
        self._after_gap: list[AfterGap] = []
        self._address: str | None = None
        self._connection: Connection | None = None
        self._heard: asyncio.Queue[str] = asyncio.Queue()
        self._unsaid: list[str] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._saying = asyncio.Lock()

    def hear(self, kind: str, handler: Handler) -> None:
        """`handler` is told of what other processes `tell` of this kind."""
        self._handlers[kind] = handler

    def after_gap(self, forget: AfterGap) -> None:
        """`forget` drops from memory whatever a message that was missed may have been about."""
        self._after_gap.append(forget)

    async def tell(self, kind: str, **details: object) -> None:
        """Tell the other processes. Where that cannot be done now, it follows as soon as it can."""
        if self._address is None:
            return
        self._unsaid.append(_text(kind, details))
        await self._say()

    async def open(self, address: str) -> None:
        """Listen from now on; the database is there, for a slot was just taken in it."""
        if self._address is not None:  # a client that logs in again keeps its connection
            return
        self._address = address
        with suppress(*passing()):  # else it is connected as soon as that can be done
            self._connection = await self._connected(address)
        self._tasks = [
            asyncio.create_task(self._stay_connected(address), name="messages"),
            asyncio.create_task(self._serve(), name="what others tell"),
        ]
        # Whoever served these shards before may have died before it could tell what it had done.
        await self.tell(EVERYTHING)

    async def close(self) -> None:
        """Say what is unsaid, and listen no more. Safe to call twice."""
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
            await asyncio.wait([task])
        await self._say()
        connection, self._connection, self._address = self._connection, None, None
        if connection is not None:
            connection.terminate()

    async def _connected(self, address: str) -> "Connection":
        connection = await connect(address, "messages")
        await connection.add_listener(_CHANNEL, self._came)
        return connection

    def _came(self, connection: object, by: int, channel: str, text: object) -> None:
        if self._connection is None or by != self._connection.get_server_pid():
            self._heard.put_nowait(str(text))

    async def _say(self) -> None:
        async with self._saying:
            while self._unsaid and self._connection is not None:
                try:
                    async with asyncio.timeout(PATIENCE_SECONDS):
                        await self._connection.execute(_SAY, self._unsaid[0])
                except passing() as problem:
                    log.warning("the others could not be told yet", problem=str(problem))
                    return
                self._unsaid.pop(0)

    async def _stay_connected(self, address: str) -> None:
        """Ask now and then whether the connection stands, for one that is cut off looks like a quiet one."""
        while True:
            connection = self._connection
            try:
                if connection is None:
                    self._connection = await self._connected(address)
                    self._heard.put_nowait(json.dumps({"kind": EVERYTHING}))
                else:
                    async with self._saying, asyncio.timeout(PATIENCE_SECONDS):
                        await connection.execute("SELECT 1")
            except once_connected() as problem:
                if connection is not None:
                    log.warning("messages are lost for a while", problem=str(problem) or "no answer")
                    connection.terminate()
                self._connection = None
                await asyncio.sleep(PAUSE_SECONDS)
                continue
            await self._say()
            await asyncio.sleep(_CHECK_SECONDS)

    async def _serve(self) -> None:
        while True:
            text = await self._heard.get()
            try:
                await self._obey(json.loads(text))
            except Exception:
                log.exception("what another process told could not be followed")

    async def _obey(self, message: JsonObject) -> None:
        kind = message.get("kind")
        if kind == EVERYTHING:
            for forget in self._after_gap:
                await forget()
        elif kind in self._handlers:
            await self._handlers[str(kind)](message)
        else:
            log.info("another version tells something that is not known here", kind=str(kind))
