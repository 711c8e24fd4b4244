"""Who serves what at the moment, seen from outside, without taking anything."""

import secrets
from typing import NamedTuple

from bot.errors import AGAIN, StartError
from bot.slots.link import connect, passing
from bot.slots.slot import Layout

_SPARES = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1"


class Seen(NamedTuple):
    """Which slots are held, how many spares wait, whether bots with other numbers run; whether locks hold at all.

    `keeps_locks` is False behind a pooler that gives each statement another connection.
    """

    held: set[int]
    spares: int
    others: bool
    keeps_locks: bool


async def look(address: str, layout: Layout) -> Seen:
    """Ask the database. Raises StartError where it cannot be asked."""
    try:
        connection = await connect(address, "doctor")
        try:
            held, others = await layout.held(connection)
            spares = await connection.fetchval(_SPARES, "montage spare")
            number = secrets.randbits(62)
            await connection.execute("SELECT pg_advisory_lock($1)", number)
            keeps_locks = await connection.fetchval("SELECT pg_advisory_unlock($1)", number)
            own_timeout = await connection.fetchval("SHOW idle_session_timeout")
        finally:
            connection.terminate()
    except passing() as problem:
        raise StartError(f"PostgreSQL cannot be asked about the slots: {problem}.", AGAIN) from problem
    return Seen(held, int(spares), others, bool(keeps_locks) and own_timeout != "0")
