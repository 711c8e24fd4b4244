"""A PostgreSQL of the tests' own, in a temporary folder, on a loopback port."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.operations.waiting import free_port

_FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
MISSING = (
    "" if _FOLDERS or shutil.which("initdb") else "PostgreSQL is not installed (Debian: apt-get install postgresql)"
)
# Fast and careless: no test here cuts the power.
_OPTIONS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"


class Server:
    """One server; `address` names its only database."""

    def __init__(self, folder: Path) -> None:
        self._bin = _FOLDERS[0] if _FOLDERS else Path(str(shutil.which("initdb"))).parent
        self._data, self._port = folder / "data", free_port()
        self.address = f"postgresql://postgres@127.0.0.1:{self._port}/postgres"
        self._run("initdb", "-D", str(self._data), "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8")

    def start(self) -> None:
        """Returns when it takes connections."""
        options = f"{_OPTIONS} -c listen_addresses=127.0.0.1 -c port={self._port} -c unix_socket_directories=''"
        log = str(self._data / "log")
        self._run("pg_ctl", "-D", str(self._data), "-w", "-l", log, "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        """As its operator stops it; `immediate` is a crash."""
        self._run("pg_ctl", "-D", str(self._data), "-w", "-m", mode, "stop")

    def _run(self, program: str, *arguments: str) -> None:
        as_postgres = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
        subprocess.run(
            [*as_postgres, str(self._bin / program), *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=60,
            cwd="/",
        )


@contextmanager
def postgresql() -> Iterator[Server]:
    """A running server; gone at the end of the block."""
    # Not in pytest's own folder, which only its owner may enter: the server refuses to run as root.
    with TemporaryDirectory(prefix="montage-postgresql-") as folder:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        server = Server(Path(folder))
        server.start()
        try:
            yield server
        finally:
            with suppress(subprocess.CalledProcessError):  # a test has stopped it
                server.stop("immediate")
