"""Whether a PostgreSQL server is such that the bot can rely on it; nothing is changed there."""

from contextlib import suppress
from typing import NamedTuple

import asyncpg

from bot import clock
from bot.database.checking import DRIFTED
from bot.database.migrations import scripts
from bot.database.postgresql import OLDEST, schema_of_server
from bot.database.postgresql_trouble import FAILURES, trouble_of_server
from bot.errors import StartError
from bot.settings import PostgresAddress

# Seconds: until a connection stands; until a question is answered, and counting a million votes takes one.
_CONNECTING, _ANSWERING = 5.0, 300.0
# Without any of these a vote that was answered may be lost when the server's power fails.
_SAFE = ("fsync", "full_page_writes", "synchronous_commit")


class ServerState(NamedTuple):
    """How a database and its server are."""

    version: int  # of PostgreSQL
    encoding: str
    schema: int  # 0: nothing of the bot's is there
    newest: int  # the newest schema this code knows
    unsafe: tuple[str, ...]  # settings that are off and should be on
    ahead: int  # by how many milliseconds the server's clock is ahead of this machine's
    connections: int  # taken now, by everybody …
    most: int  # … and how many the server takes
    shared: bool  # somebody between here and there gives one connection to several clients in turn
    megabytes: float
    votes: int
    drifted: int  # tallies that differ from a recount of the votes
    latest: int  # when the newest vote was cast


async def state_of_server(address: PostgresAddress) -> ServerState:
    """Ask the server. Raises StartError where it cannot be asked."""
    try:
        connection = await _connected(address)
        try:
            return await _state(connection, await _is_shared(connection, address))
        finally:
            with suppress(*FAILURES):
                await connection.close(timeout=_CONNECTING)
    except FAILURES as error:
        if (trouble := trouble_of_server(error)) is not None:
            raise trouble.start_error(address) from error
        raise StartError(f"The database {address} cannot be used: {error}.") from error


async def _connected(address: PostgresAddress) -> "asyncpg.Connection[asyncpg.Record]":
    return await asyncpg.connect(address.url, timeout=_CONNECTING, command_timeout=_ANSWERING)


async def _is_shared(connection: "asyncpg.Connection[asyncpg.Record]", address: PostgresAddress) -> bool:
    """Two clients of one server process: a pooler that gives connections out by the transaction."""
    mine = await connection.fetchval("SELECT pg_backend_pid()")
    other = await _connected(address)
    try:
        return bool(await other.fetchval("SELECT pg_backend_pid()") == mine)
    finally:
        await other.close(timeout=_CONNECTING)


async def _state(connection: "asyncpg.Connection[asyncpg.Record]", shared: bool) -> ServerState:
    async def ask(sql: str) -> int:
        return int(await connection.fetchval(sql) or 0)

    schema, newest = await schema_of_server(connection), scripts("postgresql")[-1][0]
    sent = clock.now()
    there = await ask("SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)")
    readable = 0 < schema <= newest
    return ServerState(
        version=connection.get_server_version().major,
        encoding=await connection.fetchval("SHOW server_encoding"),
        schema=schema,
        newest=newest,
        unsafe=tuple([name for name in _SAFE if await connection.fetchval(f"SHOW {name}") == "off"]),
        ahead=there - (sent + clock.now()) // 2,
        connections=await ask("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"),
        most=await ask("SELECT current_setting('max_connections')"),
        shared=shared,
        megabytes=await ask("SELECT pg_database_size(current_database())") / 1_000_000,
        votes=await ask("SELECT count(*) FROM vote") if readable else 0,
        drifted=sum([len(await connection.fetch(sql)) for sql in DRIFTED.values()]) if readable else 0,
        latest=await ask("SELECT max(cast_at) FROM vote") if readable else 0,
    )


def too_old(state: ServerState) -> bool:
    """Whether the bot needs a later version of PostgreSQL."""
    return state.version < OLDEST
