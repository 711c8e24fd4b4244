"""What can be wrong with a PostgreSQL server, in words that somebody can do something with."""

import asyncpg

from bot.database.trouble import Trouble
from bot.errors import ACT, AGAIN

# Everything that a statement may fail with, the statement's own faults included.
FAILURES = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError, TimeoutError)
# Two statements were in each other's way, and one was given up for the other: it may simply be run again.
COLLISIONS = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError)

_UNREACHABLE = Trouble(
    "unreachable",
    "The database {path} cannot be reached. See that PostgreSQL runs there and lets this machine connect.",
    AGAIN,
)
_RESTARTING = Trouble("restarting", "The database {path} is starting or stopping. Wait a moment.", AGAIN)
_CROWDED = Trouble(
    "too many connections",
    "The database {path} has all the connections that it takes. Raise max_connections, or run fewer processes.",
    AGAIN,
)
_READ_ONLY = Trouble(
    "read-only",
    "The database {path} answers, but may only be read: after a switch-over the address may lead to the server "
    "that was the primary before. Name all servers in it, with target_session_attrs=read-write.",
    AGAIN,
)
_SLOW = Trouble("too slow", "The database {path} does not answer in time.", AGAIN)
_REFUSED = Trouble(
    "refused",
    "The database {path} refuses the bot's user or password, or wants TLS another way. See MONTAGE_DATABASE, and "
    "pg_hba.conf there.",
    ACT,
)
_MISSING = Trouble(
    "missing", "There is no database {path}. Make it first: createdb --encoding=UTF8 --template=template0 NAME", ACT
)
_FORBIDDEN = Trouble(
    "forbidden",
    "The bot's user may not do what it needs in the database {path}. Let it own the database: "
    "ALTER DATABASE NAME OWNER TO USER",
    ACT,
)
_FULL = Trouble("full", "The server of the database {path} has no room or no memory left.", AGAIN)
_DAMAGED = Trouble(
    "damaged", "The database {path} is damaged, says PostgreSQL. Look at its log before anything else.", ACT
)
_COLLIDING = Trouble("busy", "Others change the same rows of the database {path} all the time.", AGAIN)

# By SQLSTATE, the longest beginning that fits.
_BY_STATE = {
    "08": _UNREACHABLE,
    "25006": _READ_ONLY,
    "28": _REFUSED,
    "3D": _MISSING,
    "40": _COLLIDING,
    "42501": _FORBIDDEN,
    "53": _FULL,
    "53300": _CROWDED,
    "55P03": _SLOW,
    "25P03": _SLOW,
    "57014": _SLOW,
    "57P": _RESTARTING,
    "57P04": _MISSING,
    "58": _FULL,
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
}
# What a connection does not outlive: it is no good any more, or leads to the wrong server.
_LOST = (_UNREACHABLE, _RESTARTING, _READ_ONLY, _SLOW, _MISSING)


def trouble_of_server(error: BaseException) -> Trouble | None:
    """What is wrong with the server; None when it is not the server (a constraint, a slip in the SQL)."""
    if isinstance(error, asyncpg.PostgresError):
        state = error.sqlstate or ""
        return next((_BY_STATE[state[:n]] for n in (5, 3, 2) if state[:n] in _BY_STATE), None)
    if isinstance(error, TimeoutError):
        return _SLOW
    if isinstance(error, ValueError):  # a value or a setting that asyncpg does not take
        return None
    return _UNREACHABLE if isinstance(error, FAILURES) else None


def is_lost(error: BaseException) -> bool:
    """Whether the connection on which this happened must be thrown away."""
    return trouble_of_server(error) in _LOST


def is_unsure(error: BaseException) -> bool:
    """Whether what was being written when this happened may have been written all the same.

    What the server refuses in so many words is not.
    """
    refused = isinstance(error, asyncpg.PostgresError) and not (error.sqlstate or "08").startswith("08")
    return not refused and trouble_of_server(error) is not None
