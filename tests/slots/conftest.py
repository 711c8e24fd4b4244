"""A PostgreSQL for the tests of this folder, and in it a database for each."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.slots.postgres import MISSING, Server, postgresql


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server that stays up."""
    pytest.importorskip("asyncpg")
    if MISSING:
        pytest.skip(MISSING)
    with postgresql() as running:
        yield running


@pytest.fixture
async def address(server: Server, request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """Of an empty database."""
    import asyncpg  # noqa: PLC0415

    name = f"test_{abs(hash(request.node.name)) % 10**9}"
    connection = await asyncpg.connect(server.address)
    await connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    await connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 STRATEGY file_copy")
    own = server.address.removesuffix("postgres") + name
    inside = await asyncpg.connect(own)
    await inside.execute("CREATE TABLE memo (name text PRIMARY KEY, value text NOT NULL)")
    await inside.close()
    yield own
    await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await connection.close()
