"""What the doctor looks at where the database is PostgreSQL's."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from bot.database import database_at
from bot.doctor.finding import Finding, ok, problem
from bot.errors import StartError
from bot.settings import PostgresAddress
from bot.ui.text import count


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
