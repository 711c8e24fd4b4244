"""A database that several processes may share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import PostgresAddress
from tests.databases import an_address


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[PostgresAddress]:
    """An empty database of PostgreSQL's, with the newest schema."""
    with an_address("postgresql", tmp_path) as address:
        assert isinstance(address, PostgresAddress)
        yield address


@pytest.fixture
def url(shared: PostgresAddress) -> str:
    """The same, as PostgreSQL's library takes it."""
    return shared.url
