"""How a command of the operator's reaches the bot that runs: a socket beside the database.

Why not write the file from a second process? One process holds one writing connection: SQLite before 3.51.3 may
damage a file in WAL mode when two write or checkpoint at the same moment, and the libraries of most machines are
older. And what the bot keeps in memory (tallies, catalogues, who was shown what) would not hear of it. So whoever
has the database does it, by the same code as for a press on a button, and says what was done; commands that only
read take a copy of their own.

The socket is made after the database's lock was taken and is for the owner alone. One line of JSON goes in, and one
comes back when it is done.
"""

import asyncio
import json
import os
import socket
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog

from bot.aliases import JsonObject
from bot.client import MontageBot
from bot.errors import AGAIN, StartError, UserError

log = structlog.get_logger(__name__)
Answer = Callable[[JsonObject], Awaitable[str]]
# Longer than any request; a stranger's flood ends there.
_LINE = 10_000
# Bytes of a socket's name, with some to spare.
_LONGEST = 100


def socket_of(database: Path) -> Path:
    """Where the bot that has this database listens."""
    real = database.resolve()
    return real.with_name(real.name + ".control")


class Control:
    """Listens while the bot runs, and has what is asked done."""

    def __init__(self, bot: MontageBot, database: Path) -> None:
        self._bot = bot
        self._path = socket_of(database)
        self._answers: dict[str, Answer] = {}
        self._server: asyncio.Server | None = None

    def answer(self, command: str, answer: Answer) -> None:
        """`answer` does what `command` asks and says what was done. It may raise UserError."""
        self._answers[command] = answer

    async def open(self) -> None:
        """Begin to listen. Where that cannot be done, the bot serves all the same."""
        if not hasattr(socket, "AF_UNIX") or sys.platform == "win32":
            return
        try:
            self._path.unlink(missing_ok=True)  # of a bot that was killed: its database is ours now
            listening = _bound(self._path)
        except OSError as problem:
            log.warning("no commands while the bot runs", problem=str(problem), socket=str(self._path))
            return
        self._server = await asyncio.start_unix_server(self._serve, sock=listening, limit=_LINE)

    async def close(self) -> None:
        """Listen no more; what is being done is waited for as an answer under way."""
        server, self._server = self._server, None
        if server is not None:
            server.close()
            self._path.unlink(missing_ok=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._bot.serving.add(task)
            task.add_done_callback(self._bot.serving.discard)
        try:
            said = await self._obey(await reader.readline())
            writer.write(json.dumps(said).encode() + b"\n")
            await writer.drain()
        except (OSError, ValueError) as problem:  # they are gone, or it was no line
            log.info("a command was not answered", problem=str(problem))
        finally:
            writer.close()

    async def _obey(self, line: bytes) -> JsonObject:
        request = json.loads(line)
        name = request.get("command") if isinstance(request, dict) else None
        answer = self._answers.get(str(name))
        if answer is None:
            return {"problem": "This bot is of another version and does not know that command. Restart it."}
        log.info("the operator asks", command=name)
        try:
            return {"said": await answer(request)}
        except UserError as problem:
            return {"problem": str(problem)}
        except Exception:
            log.exception("a command failed", command=name)
            return {"problem": "It failed; the bot's log says why. Nothing was half done."}


def ask_bot(database: Path, command: str, **request: object) -> str | None:
    """What the bot that runs on this database says it has done; None where none runs.

    Raises StartError where it could not do it.
    """
    try:
        with _connected(socket_of(database)) as connection, connection.makefile("rwb") as stream:
            stream.write(json.dumps({"command": command, **request}).encode() + b"\n")
            stream.flush()
            line = stream.readline()
    except (FileNotFoundError, ConnectionRefusedError, AttributeError):
        return None  # nobody there, or a system without such sockets
    except OSError as problem:
        raise StartError(f"The bot on {database} cannot be asked: {problem.strerror or problem}.", AGAIN) from None
    if not line:
        raise StartError("The bot was stopped before it was done. Give the command once more.", AGAIN)
    answer = json.loads(line)
    if "said" not in answer:
        raise StartError(str(answer.get("problem")), status=1)
    return str(answer["said"])


def _bound(path: Path) -> socket.socket:
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)  # there is no moment in which others could connect
    try:
        with _short(path) as name:
            listening.bind(name)
    except BaseException:
        listening.close()
        raise
    finally:
        os.umask(before)
    return listening


def _connected(path: Path) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with _short(path) as name:
            connection.connect(name)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def _short(path: Path) -> Iterator[str]:
    """A name of the socket that fits: systems take 104 to 108 bytes, and folders may be deep."""
    if sys.platform != "linux" or len(os.fsencode(path)) < _LONGEST:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
