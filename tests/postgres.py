"""A PostgreSQL server for tests: started by the first test that needs one, gone with the process of the tests."""

import asyncio
import atexit
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Coroutine
from contextlib import suppress
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic, sleep
from typing import Any, TypeVar

import asyncpg

from bot.database.postgresql import OLDEST, PostgresDatabase
from bot.settings import PostgresAddress

T = TypeVar("T")
_USER = "montage"
# No test cuts the power, so nothing is waited for until it is on the disk. A bot has ten connections.
_OPTIONS = (
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0"),
    *("max_wal_size=64MB", "min_wal_size=32MB", "autovacuum=off"),
    *("listen_addresses=", "max_connections=200"),
)
# For those who cut it, or measure: as a server is outside tests. What comes last counts.
_DURABLE = (
    *("fsync=on", "synchronous_commit=on", "full_page_writes=on", "max_wal_size=1GB", "autovacuum=on"),
    "shared_buffers=256MB",
)
# Where there is memory for it (a server takes 150 MB), a database is made in 8 ms, on a disk in 100.
_IN_MEMORY, _ROOM = Path("/dev/shm"), 1_000_000_000  # noqa: S108 - a folder is made in it, with a name of its own


@cache
def programs() -> Path | None:
    """The folder with PostgreSQL's programs, the newest; None where there is none that the bot takes."""
    found = sorted(
        (int(folder.parent.name), folder)
        for folder in Path("/usr/lib/postgresql").glob("*/bin")
        if folder.parent.name.isdigit() and (folder / "initdb").exists()
    )
    if found and found[-1][0] >= OLDEST:
        return found[-1][1]
    initdb = shutil.which("initdb")
    if initdb is None:
        return None
    version = subprocess.run([initdb, "--version"], capture_output=True, text=True, check=True).stdout
    return Path(initdb).resolve().parent if int(version.split()[2].split(".")[0]) >= OLDEST else None


class Server:
    """A server of its own, on a socket in a temporary folder. It runs for no root, so root has another run it."""

    def __init__(self, *options: str, durable: bool = False) -> None:
        """`options`: `name=value` of its configuration, besides those for speed.

        `durable`: on a disk, and what was committed has reached it.
        """
        found = programs()
        assert found is not None
        self._programs, self.options = found, (*_OPTIONS, *(_DURABLE if durable else ()), *options)
        roomy = not durable and _IN_MEMORY.is_dir() and shutil.disk_usage(_IN_MEMORY).free > _ROOM
        self.folder = Path(mkdtemp(prefix="montage-pg-", dir=_IN_MEMORY if roomy else None))
        self._as: list[str] = []
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
            self._as = ["--reuid=postgres", "--regid=postgres", "--clear-groups"]
        initdb = ["initdb", "-D", "data", "-U", _USER, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
        self._command(*initdb).wait()
        self.process = self.start()

    def _command(self, program: str, *arguments: str) -> "subprocess.Popen[bytes]":
        """Run it in the server's folder, as its user; it ends with this thread, however that ends."""
        with (self.folder / "log").open("ab") as said:
            return subprocess.Popen(
                [
                    str(shutil.which("setpriv")),
                    "--pdeathsig=INT",
                    *self._as,
                    str(self._programs / program),
                    *arguments,
                ],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )

    def start(self) -> "subprocess.Popen[bytes]":
        """Start it, and wait until it answers."""
        options = [part for option in self.options for part in ("-c", option)]
        self.process = self._command("postgres", "-D", "data", "-k", str(self.folder), *options)
        until = monotonic() + 30
        while subprocess.call([self._programs / "pg_isready", "-q", "-h", self.folder]):
            assert self.process.poll() is None and monotonic() < until, (self.folder / "log").read_text()
            sleep(0.01)
        return self.process

    def kill(self) -> None:
        """SIGKILL for all of its processes: nothing is finished, and the next start has to recover."""
        pid = self.process.pid
        self.process.send_signal(signal.SIGSTOP)  # so that it begins no other while these are found
        serving = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        for one in (pid, *serving):
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        self.process.wait()
        until = monotonic() + 10
        while any(_runs(one) for one in serving):
            assert monotonic() < until, "a process of the server outlives it"
            sleep(0.005)

    def restart(self) -> None:
        """End it in good order, without waiting for whoever is connected, and start it again."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)
        self.start()

    def stop(self) -> None:
        """End it at once and leave nothing behind."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, name: str = "postgres") -> PostgresAddress:
        """Where a database of this server is."""
        return PostgresAddress(f"postgresql://{_USER}@/{name}?host={self.folder}")


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


class _Databases:
    """Databases of one server, copies of one with the newest schema, which is ten times as fast as making each."""

    def __init__(self) -> None:
        self.server = Server()
        self._numbers = count(1)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="test databases", daemon=True)
        self._thread.start()
        self._connection = self.wait(self._prepare())

    def wait(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Its result; from any thread, with an event loop running in it or not."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(60)

    async def _prepare(self) -> "asyncpg.Connection[asyncpg.Record]":
        connection = await asyncpg.connect(self.server.address().url)
        await connection.execute("CREATE DATABASE template")
        template = PostgresDatabase(self.server.address("template"))
        await template.open()
        await template.close()
        return connection

    def make(self) -> PostgresAddress:
        """A new database."""
        name = f"test_{next(self._numbers)}"
        self.wait(self._run(f"CREATE DATABASE {name} TEMPLATE template STRATEGY FILE_COPY"))
        return self.server.address(name)

    def drop(self, address: PostgresAddress) -> None:
        """Let go of it, whoever is still connected."""
        name = str(address).rpartition("/")[2]
        self.wait(self._run(f"DROP DATABASE {name} WITH (FORCE)"))

    async def _run(self, sql: str) -> None:
        await self._connection.execute(sql)

    def close(self) -> None:
        """Stop the server."""
        with suppress(Exception):
            self.wait(self._connection.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self.server.stop()


@cache
def databases() -> _Databases:
    """This process's."""
    made = _Databases()
    atexit.register(made.close)
    return made
