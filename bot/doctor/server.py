"""What the doctor looks at where the database is PostgreSQL's. Nothing is changed there."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from bot import clock
from bot.database import database_at
from bot.doctor.finding import Finding, ok, problem, warning
from bot.errors import StartError
from bot.settings import PostgresAddress, Settings
from bot.slots import Layout, Seen, look
from bot.ui.text import count

if TYPE_CHECKING:
    from bot.database.postgresql_checking import ServerState

# A process has so many connections, and a few to start with while another ends.
_SPARE = 15
# Milliseconds between two clocks from which on days begin at two moments.
_APART = 5 * clock.SECOND


def slot_findings(settings: Settings) -> Iterator[Finding]:
    """Where processes share the shards: who serves which, and whether somebody can take over."""
    if settings.slots is None or not isinstance(settings.database, PostgresAddress):
        return
    shards = int(settings.shards) if settings.shards.isdigit() else 1
    layout = Layout(shards if settings.slots > 1 else 1, settings.slots)
    try:
        with ThreadPoolExecutor(1) as apart:
            seen = apart.submit(asyncio.run, look(settings.database.url, layout)).result()
    except StartError as error:
        yield problem("slots", str(error), "See what is said about the database.")
        return
    yield from judged(seen, layout)


def judged(seen: Seen, layout: Layout) -> Iterator[Finding]:
    """What is to be said about what was seen. No I/O."""
    if not seen.keeps_locks:
        yield problem(
            "slots",
            "this address keeps no lock from one statement to the next: a pooler such as pgbouncer is between.",
            "Give the bots the server's own address, or one of the pooler's in session mode.",
        )
        return
    if seen.others:
        yield problem(
            "slots",
            "bots with other numbers of shards or slots run on this database.",
            "Stop them all, and start them with the same MONTAGE_SHARDS and MONTAGE_SLOTS.",
        )
    free = [f"{number} ({part})" for number, part in enumerate(layout.parts) if number not in seen.held]
    spares = count(seen.spares, "spare")
    if free and seen.held:
        yield problem("slots", f"nobody serves {', '.join(free)}.", "Start more processes: one for each slot.")
    elif free:
        yield ok("slots", f"none of {len(layout.parts)} is taken: no bot runs.")
    elif not seen.spares:
        yield warning(
            "slots",
            f"all {len(layout.parts)} are taken, and no spare waits.",
            "Start one process more: it takes over within seconds when another ends.",
        )
    else:
        yield ok(
            "slots", f"all {len(layout.parts)} are taken, and {spares} {'waits' if seen.spares == 1 else 'wait'}."
        )


def server_findings(address: PostgresAddress) -> Iterator[Finding]:
    """Whether the bot can rely on the database there."""
    try:
        state = _asked(address)
    except StartError as error:
        first, _, rest = str(error).partition(". ")
        yield problem("database", first.rstrip(".") + ".", rest)
        return
    yield from database_findings(str(address), state)
    yield from server_state_findings(state)
    yield ok("backups", "are made with PostgreSQL's own tools, or by your provider: docs/operate.md says how.")


def _asked(address: PostgresAddress) -> "ServerState":
    database_at(address)  # says what to install, where it is not there
    from bot.database.postgresql_checking import state_of_server  # noqa: PLC0415 - an extra

    with ThreadPoolExecutor(1) as apart:  # whoever calls may have an event loop running in this thread
        return apart.submit(asyncio.run, state_of_server(address)).result()


def database_findings(address: str, state: "ServerState") -> Iterator[Finding]:
    """What is in the database."""
    if state.schema > state.newest:
        yield problem(
            "database",
            f"{address} was written by a newer version of the bot (schema {state.schema}; this one knows up to "
            f"{state.newest}).",
            "Update the bot.",
        )
    elif state.encoding != "UTF8":
        yield problem(
            "database",
            f"{address} keeps text as {state.encoding}, which cannot hold what people write.",
            "Make one with UTF8: createdb --encoding=UTF8 --template=template0 NAME",
        )
    elif state.drifted:
        yield problem(
            "database",
            f"{address}: the counts of {count(state.drifted, 'montage')} differ from a recount of the votes.",
            "Somebody changed it by hand, or switched its triggers off. Bring a dump back, or count anew by hand.",
        )
    elif not state.schema:
        yield ok("database", f"{address} has nothing in it yet; the first start makes the tables.")
    else:
        coming = "" if state.schema == state.newest else f", to be upgraded to {state.newest} at the next start"
        yield ok(
            "database",
            f"{address} is sound: {count(state.votes, 'vote')}, tallies equal to a recount, "
            f"{state.megabytes:,.1f} MB, schema {state.schema}{coming}.",
        )
    if state.latest > clock.now() + 5 * 60 * clock.SECOND:
        yield warning(
            "votes",
            f"the newest vote is of {clock.moment(state.latest):%Y-%m-%d %H:%M} UTC, which is still to come.",
            "This machine's clock has gone back, or another's was ahead: check their time services.",
        )


def server_state_findings(state: "ServerState") -> Iterator[Finding]:
    """How the server is set up."""
    from bot.database.postgresql_checking import too_old  # noqa: PLC0415 - an extra

    if too_old(state):
        yield problem("server", f"it is PostgreSQL {state.version}.", "The bot needs 15 or later.")
    if state.unsafe:
        yield problem(
            "server",
            f"off there: {', '.join(state.unsafe)}. A vote that was answered may be lost when its power fails.",
            "Switch it on in postgresql.conf, or for this database: ALTER DATABASE NAME SET … = on",
        )
    if state.shared:
        yield problem(
            "server",
            "between here and there something gives one connection to several clients in turn, such as pgbouncer "
            "in transaction mode: prepared statements and locks break there.",
            "Name the server itself in MONTAGE_DATABASE, or set pool_mode = session.",
        )
    if state.most - state.connections < _SPARE:
        yield warning(
            "server",
            f"{state.connections} of its {state.most} connections are taken, and a process of the bot wants ten.",
            "Raise max_connections there, or run fewer processes.",
        )
    if abs(state.ahead) > _APART:
        yield warning(
            "server",
            f"its clock is {abs(state.ahead) / 1000:,.0f} seconds {'ahead of' if state.ahead > 0 else 'behind'} "
            "this machine's.",
            "Check the time services of both: days begin by this machine's.",
        )
    if not (too_old(state) or state.unsafe or state.shared):
        yield ok(
            "server",
            f"PostgreSQL {state.version}, writes are safe, {state.connections} of {state.most} connections taken.",
        )
