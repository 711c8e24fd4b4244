"""What the doctor looks at where the database is PostgreSQL's."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from bot.database import database_at
from bot.doctor.finding import Finding, ok, problem, warning
from bot.errors import StartError
from bot.settings import PostgresAddress, Settings
from bot.slots import Layout, Seen, look
from bot.ui.text import count


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
    """What is to be said about what was seen. Pure."""
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
    """Whether the bot can use the database there."""
    try:
        with ThreadPoolExecutor(1) as apart:  # whoever calls may have an event loop running in this thread
            votes = apart.submit(asyncio.run, _votes(address)).result()
    except StartError as error:
        first, _, rest = str(error).partition(". ")
        yield problem("database", first + ".", rest)
    else:
        yield ok("database", f"{address} can be used: {count(votes, 'vote')}.")


async def _votes(address: PostgresAddress) -> int:
    database = database_at(address)
    await database.open()
    try:
        ((votes,),) = await database.read("SELECT count(*) FROM vote")
        return int(votes)
    finally:
        await database.close()
