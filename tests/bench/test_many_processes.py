"""The simulation of many processes, small; at its full size it is run by hand."""

import pytest

from tests.bench.many_processes import Scene, simulate
from tests.postgres import programs


@pytest.mark.slow
@pytest.mark.posix
@pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed")
async def test_a_process_killed_and_a_server_restarted_lose_and_repeat_nothing() -> None:
    notes = await simulate(Scene(processes=2, shards=4, servers=80, people=6, seconds=12))
    print("\n".join(notes))
