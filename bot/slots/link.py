"""A connection of one's own to PostgreSQL: out of a pool it would lose its locks and what it listens to."""

import asyncio
import socket
import time
from typing import TYPE_CHECKING

import structlog

from bot.errors import StartError

if TYPE_CHECKING:
    import asyncpg

    Connection = asyncpg.Connection[asyncpg.Record]

log = structlog.get_logger(__name__)

# Seconds until the server ends a connection that says nothing. Its holder asks every second, so it was stopped or
# is cut off: without this a machine that lost its power would keep its locks for as long as TCP waits, two hours.
IDLE_SECONDS = 5.0
# Seconds for a connection to come to stand, and for a small question.
CONNECT_SECONDS = 5.0
PATIENCE_SECONDS = 1.5
# What pauses between two tries where the server cannot be reached, in seconds.
PAUSE_SECONDS = 1.0

_KEEPALIVE = (("TCP_KEEPIDLE", 3), ("TCP_KEEPINTVL", 1), ("TCP_KEEPCNT", 3))


def steady_seconds() -> float:
    """Seconds on a clock that nobody can set, and that goes on while the machine sleeps, where there is one."""
    boottime = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boottime is None else time.clock_gettime(boottime)


async def connect(address: str, purpose: str) -> "Connection":
    """A connection for locks or for listening.

    Raises StartError where somebody has to do something first; OSError, TimeoutError or asyncpg.PostgresError where
    it may pass.
    """
    try:
        import asyncpg  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        raise StartError(
            "MONTAGE_SLOTS needs a library that is not installed: pip install 'montage-bot[postgresql]'"
        ) from None
    settings = {
        "application_name": f"montage {purpose}",
        "idle_session_timeout": str(int(IDLE_SECONDS * 1000)),
    }
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            connection: Connection = await asyncpg.connect(
                address, server_settings=settings, command_timeout=PATIENCE_SECONDS, statement_cache_size=0
            )
    except (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidCatalogNameError) as refused:
        raise StartError(f"PostgreSQL refused the connection: {refused}. Mend MONTAGE_DATABASE.") from None
    except asyncpg.UndefinedObjectError:
        raise StartError("MONTAGE_SLOTS needs PostgreSQL 15 or later; this server is older.") from None
    _keep_alive(connection)
    return connection


def passing() -> tuple[type[Exception], ...]:
    """What comes out of a connection that is lost, or a server that is not there for now."""
    import asyncpg  # noqa: PLC0415

    return (
        OSError,
        TimeoutError,
        asyncpg.PostgresError,
        asyncpg.InterfaceError,
        asyncpg.InternalClientError,  # on a connection that ends in the middle of a statement
    )


def once_connected() -> tuple[type[Exception], ...]:
    """The same for whoever had a connection before: whatever refuses the next one may pass, too."""
    return (StartError, *passing())


def _keep_alive(connection: "Connection") -> None:
    """Have the system find out about a peer that is gone, within some seconds instead of two hours."""
    plug = connection._transport.get_extra_info("socket")  # type: ignore[attr-defined]
    if plug is None or plug.family == socket.AF_UNIX:
        return
    plug.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in _KEEPALIVE:
        if hasattr(socket, name):
            plug.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
