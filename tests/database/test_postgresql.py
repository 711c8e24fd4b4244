"""PostgreSQL: several processes on one database, and a server that fails in every way."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from bot.daily import DailyStore
from bot.database import DatabaseError, database_at
from bot.database.postgresql import PostgresDatabase
from bot.database.postgresql_trouble import trouble_of_server
from bot.database.trouble import CANNOT_TELL, CANNOT_WRITE
from bot.duels import DuelStore
from bot.errors import StartError
from bot.guilds import GuildSettings
from bot.montages import ShowingStore
from bot.montages.store import Showing
from bot.settings import PostgresAddress, SettingsError, read_settings
from bot.suggestions import SuggestionStore, Traces
from bot.suggestions.entry import Entry
from bot.suggestions.store import LimitsUsedUp
from bot.voting import VoteStore
from bot.voting.store import Choice, Tally
from tests.databases import an_address
from tests.postgres import Server, programs

pytestmark = pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed")
NOW = 1_790_000_000_000


@pytest.fixture
def server_address(tmp_path: Path) -> Iterator[PostgresAddress]:
    """A database with the newest schema."""
    with an_address("postgresql", tmp_path) as address:
        assert isinstance(address, PostgresAddress)
        yield address


@pytest.fixture
async def two(server_address: PostgresAddress) -> AsyncIterator[tuple[PostgresDatabase, PostgresDatabase]]:
    """The same database, open twice, as two processes have it."""
    databases = PostgresDatabase(server_address), PostgresDatabase(server_address)
    for database in databases:
        await database.open()
    yield databases
    for database in databases:
        await database.close()


# --- several processes ---


async def test_many_may_start_at_once_on_a_new_database(server_address: PostgresAddress) -> None:
    connection = await asyncpg.connect(server_address.url)
    await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    many = [PostgresDatabase(server_address) for _ in range(5)]
    await asyncio.gather(*(database.open() for database in many))
    assert await connection.fetchval("SELECT count(*) FROM schema_version") == 1
    assert len({(await database.read("SELECT name FROM origin"))[0][0] for database in many}) == 1
    for database in many:
        await database.close()
    await connection.close()


async def test_what_a_newer_bot_has_written_is_refused_and_left_alone(server_address: PostgresAddress) -> None:
    connection = await asyncpg.connect(server_address.url)
    await connection.execute("UPDATE schema_version SET version = 9999")
    with pytest.raises(StartError, match="newer version of the bot"):
        await PostgresDatabase(server_address).open()
    assert await connection.fetchval("SELECT version FROM schema_version") == 9999
    await connection.close()


async def test_limits_hold_for_a_member_who_sends_to_two_processes_at_once(
    two: tuple[PostgresDatabase, PostgresDatabase],
) -> None:
    stores = [SuggestionStore(database, Traces(database)) for database in two]
    entry = Entry("Rocky IV", 1985, "Farm in the snow", "He lifts logs.", "boxing")
    limits = GuildSettings(cooldown_minutes=0, open_per_member=3)

    async def send(number: int) -> bool:
        with suppress(LimitsUsedUp):
            return await stores[number % 2].add(7, 1, entry, NOW, settings=limits) is not None
        return False

    assert sum(await asyncio.gather(*map(send, range(16)))) == 3


async def test_one_montage_a_day_whoever_picks(two: tuple[PostgresDatabase, PostgresDatabase]) -> None:
    stores, day = [DailyStore(database) for database in two], date(2026, 11, 24)
    picked = await asyncio.gather(*(stores[n % 2].pick(7, day, f"m-{n}") for n in range(12)))
    assert len(set(picked)) == 1
    claims = await asyncio.gather(*(stores[n % 2].claim(7, day, NOW + n) for n in range(12)))
    assert [claim.fresh for claim in claims].count(True) == 1
    assert len({claim.claimed_at for claim in claims}) == 1


async def test_a_person_has_one_choice_in_a_duel(two: tuple[PostgresDatabase, PostgresDatabase]) -> None:
    stores = [DuelStore(database) for database in two]
    duel = await stores[0].open(7, "a", "b", NOW)
    chosen = await asyncio.gather(*(stores[n % 2].choose(7, duel.id, n // 4, 1, NOW) for n in range(20)))
    assert sum(counted for said in chosen if said for counted in said[1:]) == 5
    now = await stores[0].get(7, duel.id)
    assert now is not None and now.first == 5


async def test_votes_from_two_processes_are_all_counted(two: tuple[PostgresDatabase, PostgresDatabase]) -> None:
    stores = [VoteStore(database) for database in two]
    await asyncio.gather(*(stores[n % 2].cast(7, f"m-{n % 3}", n, Choice.UP, NOW) for n in range(120)))
    assert await VoteStore(two[0]).tallies(7) == {f"m-{n}": Tally(40, 0) for n in range(3)}


async def test_what_is_shown_at_once_is_written_down_without_a_quarrel(
    two: tuple[PostgresDatabase, PostgresDatabase],
) -> None:
    stores = [ShowingStore(database) for database in two]
    rows = [(scope, Showing(f"m-{n}", n, NOW)) for scope in range(5) for n in range(20)]
    await asyncio.gather(*(stores[n % 2].record(rows if n % 3 else reversed(rows)) for n in range(20)))
    assert len(await stores[0].shown_in(3)) == 20


async def test_transactions_of_different_servers_do_not_wait_for_each_other(
    two: tuple[PostgresDatabase, PostgresDatabase],
) -> None:
    async def other(server: int | None) -> None:
        async with two[1].transaction(server) as transaction:
            await transaction.run("SELECT 1")

    async with two[0].transaction(7), asyncio.timeout(5):
        await other(8)
        waiting = [asyncio.create_task(other(7)), asyncio.create_task(other(None))]
        done, _ = await asyncio.wait(waiting, timeout=0.1)
        assert not done
    await asyncio.gather(*waiting)


async def test_statements_in_each_others_way_are_tried_again(
    two: tuple[PostgresDatabase, PostgresDatabase],
) -> None:
    for name in ("a", "b"):
        await two[0].write("INSERT INTO memo (name, value) VALUES (:name, '0')", name=name)
    add = "UPDATE memo SET value = CAST(CAST(value AS BIGINT) + 1 AS TEXT) WHERE name = :name"
    async with two[0].transaction() as transaction:
        await transaction.run(add, name="a")
        # In one statement, b before a: so that it waits for `a` while it holds `b`.
        both = asyncio.create_task(
            two[1].write(
                "WITH first AS (UPDATE memo SET value = value || '1' WHERE name = 'b' RETURNING 1) "
                "UPDATE memo SET value = value || '1' WHERE name = 'a' AND EXISTS (SELECT 1 FROM first)"
            )
        )
        await asyncio.sleep(0.2)
        with suppress(DatabaseError):
            await transaction.run(add, name="b")
    await both  # whichever of the two was given up for the other
    values = {row["name"]: row["value"] for row in await two[0].read("SELECT name, value FROM memo")}
    assert values["a"].endswith("1") and values["b"].endswith("1")


# --- a server that fails ---


@pytest.fixture(scope="module")
def failing() -> Iterator[Server]:
    """A server that tests may kill: what it has acknowledged is with the operating system, which lives on."""
    server = Server("synchronous_commit=on")
    yield server
    server.stop()


@pytest.fixture
async def shaky(failing: Server) -> AsyncIterator[PostgresDatabase]:
    """Open, on that server."""
    if failing.process.poll() is not None:
        failing.start()
    connection = await asyncpg.connect(failing.address().url)
    await connection.execute("DROP DATABASE IF EXISTS shaky WITH (FORCE)")
    await connection.execute("CREATE DATABASE shaky")
    await connection.close()
    database = PostgresDatabase(failing.address("shaky"))
    await database.open()
    yield database
    await database.close()


async def heals(database: PostgresDatabase, within: float = 8.0) -> None:
    """It can be written again soon, by itself."""
    async with asyncio.timeout(within):
        while True:
            with suppress(DatabaseError):
                await database.write(
                    "INSERT INTO memo (name, value) VALUES ('alive', '') ON CONFLICT (name) DO NOTHING"
                )
                assert database.trouble is None
                return
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
async def test_a_server_that_dies_takes_no_vote_with_it_and_none_twice(
    failing: Server, shaky: PostgresDatabase, how: signal.Signals
) -> None:
    store, counted, unsure = VoteStore(shaky), set[int](), set[int]()
    under_way, failed = asyncio.Event(), asyncio.Event()

    async def votes(first: int) -> None:
        for person in range(first, first + 150):
            try:
                await store.cast(7, "rocky-1976", person, Choice.UP, NOW)
            except DatabaseError as error:
                unsure.add(person)
                failed.set()
                assert str(error) in (CANNOT_WRITE, CANNOT_TELL)
                await asyncio.sleep(0.02)
            else:
                counted.add(person)
                if len(counted) == 100:
                    under_way.set()

    voting = asyncio.gather(*(votes(first) for first in range(0, 1500, 150)))
    await asyncio.wait_for(under_way.wait(), 30)
    failing.process.send_signal(how)
    failing.process.wait()
    await asyncio.wait_for(failed.wait(), 30)
    assert shaky.trouble is not None
    failing.start()
    await voting
    await heals(shaky)
    stands = {row["user_id"] for row in await shaky.read("SELECT user_id FROM vote")}
    assert counted <= stands <= counted | unsure
    assert await store.tally(7, "rocky-1976") == Tally(len(stands), 0)
    assert len(counted) > 300


async def test_connections_that_were_cut_are_made_anew(shaky: PostgresDatabase, failing: Server) -> None:
    await asyncio.gather(*(shaky.read("SELECT pg_sleep(0.05)") for _ in range(10)))
    connection = await asyncpg.connect(failing.address().url)
    await connection.fetch(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'shaky' AND pid <> pg_backend_pid()"
    )
    await connection.close()
    await heals(shaky)
    await asyncio.gather(*(shaky.read("SELECT pg_sleep(0.01)") for _ in range(20)))


async def test_after_a_switch_over_the_old_primary_is_left(shaky: PostgresDatabase, failing: Server) -> None:
    connection = await asyncpg.connect(failing.address().url)
    await shaky.write("ALTER DATABASE shaky SET default_transaction_read_only = on")
    await shaky._pool.expire_connections()  # type: ignore[union-attr]
    with pytest.raises(DatabaseError, match="nothing has changed"):
        await shaky.write("INSERT INTO memo (name, value) VALUES ('a', '')")
    assert shaky.trouble == "read-only"
    await connection.execute("ALTER DATABASE shaky SET default_transaction_read_only = off")
    await connection.close()
    await heals(shaky)


async def _lone(database: PostgresDatabase) -> object:
    return await database.write("INSERT INTO memo (name, value) SELECT 'slow', '' FROM pg_sleep(2)")


async def _committing(database: PostgresDatabase) -> object:
    # The commit itself takes its time.
    await database.write(
        "CREATE OR REPLACE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN PERFORM pg_sleep(2); RETURN NULL; END $$"
    )
    await database.write(
        "CREATE CONSTRAINT TRIGGER slowly AFTER INSERT ON memo DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION slowly()"
    )
    async with database.transaction() as transaction:
        return await transaction.run("INSERT INTO memo (name, value) VALUES ('slow', '')")


@pytest.mark.parametrize("write", [_lone, _committing])
async def test_whoever_writes_when_the_line_is_cut_is_told_that_nobody_can_tell(
    shaky: PostgresDatabase, failing: Server, write: Callable[[PostgresDatabase], Coroutine[Any, Any, object]]
) -> None:
    writing = asyncio.create_task(write(shaky))
    await asyncio.sleep(0.5)
    (backend,) = await shaky.read(
        "SELECT pid FROM pg_stat_activity WHERE datname = 'shaky' AND state = 'active' AND pid <> pg_backend_pid()"
    )
    os.kill(backend["pid"], signal.SIGKILL)
    with pytest.raises(DatabaseError, match="can't tell whether it went through"):
        await writing
    await heals(shaky)


async def test_a_process_that_stops_in_the_middle_holds_the_others_up_for_seconds_only(
    shaky: PostgresDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "bot.database.postgresql._BEGIN_ALL", "BEGIN; SET LOCAL idle_in_transaction_session_timeout = 100"
    )
    with pytest.raises(DatabaseError):
        async with shaky.transaction() as transaction:
            await transaction.run("INSERT INTO memo (name, value) VALUES ('half', '')")
            await asyncio.sleep(0.3)
            await transaction.run("INSERT INTO memo (name, value) VALUES ('done', '')")
    await heals(shaky)
    assert [row["name"] for row in await shaky.read("SELECT name FROM memo")] == ["alive"]


async def test_a_statement_that_takes_too_long_is_given_up(
    shaky: PostgresDatabase, failing: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.database.postgresql._ANSWERING", 0.2)
    impatient = PostgresDatabase(failing.address("shaky"))
    await impatient.open()
    with pytest.raises(DatabaseError):
        await impatient.read("SELECT pg_sleep(5)")
    assert impatient.trouble == "too slow"
    await heals(impatient)
    await impatient.close()


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (asyncpg.TooManyConnectionsError(), "too many connections"),
        (asyncpg.CannotConnectNowError(), "restarting"),
        (asyncpg.AdminShutdownError(), "restarting"),
        (asyncpg.CrashShutdownError(), "restarting"),
        (asyncpg.ReadOnlySQLTransactionError(), "read-only"),
        (asyncpg.ConnectionDoesNotExistError(), "unreachable"),
        (asyncpg.InterfaceError("connection is closed"), "unreachable"),
        (ConnectionRefusedError(), "unreachable"),
        (TimeoutError(), "too slow"),
        (asyncpg.InvalidPasswordError(), "refused"),
        (asyncpg.InvalidCatalogNameError(), "missing"),
        (asyncpg.InsufficientPrivilegeError(), "forbidden"),
        (asyncpg.DiskFullError(), "full"),
        (asyncpg.DataCorruptedError(), "damaged"),
        (asyncpg.UniqueViolationError(), None),
        (asyncpg.PostgresSyntaxError(), None),
        (asyncpg.DataError("no number"), None),
    ],
)
def test_what_an_error_means(error: Exception, name: str | None) -> None:
    found = trouble_of_server(error)
    assert (found and found.name) == name


# --- what is never shown ---

SECRET = "s3cr3t-%40word"  # noqa: S105


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://ana:{SECRET}@127.0.0.1:1/montage?sslmode=disable",
        f"postgres://ana@127.0.0.1:1/montage?password={SECRET}",
        f"postgresql://ana:{SECRET}@127.0.0.1:1,127.0.0.1:2/montage?target_session_attrs=read-write",
    ],
)
async def test_the_password_is_in_no_message(
    url: str, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = read_settings({"MONTAGE_DATABASE": url}, Path("/nowhere"))
    assert isinstance(settings.database, PostgresAddress) and settings.database.url == url
    database = database_at(settings.database)
    with pytest.raises(StartError, match="cannot be reached") as refused:
        await database.open()
    shown = [str(refused.value), str(settings), repr(settings), str(settings.database), caplog.text]
    shown += capsys.readouterr()
    assert not any("s3cr3t" in text for text in shown)
    assert "127.0.0.1:1" in str(refused.value)


@pytest.mark.parametrize(
    "text", [f"postgresql://ana:{SECRET}/@host/x", f"mysql://ana:{SECRET}@host/x", f"postgresql://a:{SECRET}#@h/x"]
)
def test_an_address_that_cannot_be_read_is_not_repeated(text: str) -> None:
    with pytest.raises(SettingsError, match="MONTAGE_DATABASE") as refused:
        read_settings({"MONTAGE_DATABASE": text}, Path("/nowhere"))
    assert "s3cr3t" not in str(refused.value)
