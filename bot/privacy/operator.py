"""For requests that reach the operator: `python -m bot erase-user`, `erase-server` and `export-user`.

They work whether the bot runs or not: a running bot erases by itself when asked, and who exports reads a copy.
"""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot import clock
from bot.aliases import JsonObject
from bot.client import MontageBot
from bot.control import Control, ask_bot
from bot.database import a_copy_of, database_at, open_privately
from bot.errors import StartError
from bot.privacy.cards import amounts
from bot.privacy.records import Erased, Record, Records, as_file
from bot.settings import Address, PostgresAddress
from bot.slots import announce
from bot.ui.text import count


def erase_user(path: Address, user_id: int, *, suggestions_too: bool, backups: Path | None) -> str:
    """Delete what is kept about a person; says what was. Raises StartError."""
    _must_exist(path)
    said = _ask(path, "erase-user", id=user_id, suggestions_too=suggestions_too)
    return said or asyncio.run(_erase_user(path, user_id, suggestions_too, backups))


def erase_server(path: Address, guild_id: int, *, backups: Path | None) -> str:
    """Delete everything of a server; says what was. Raises StartError."""
    _must_exist(path)
    return _ask(path, "erase-server", id=guild_id) or asyncio.run(_erase_server(path, guild_id, backups))


def export_user(path: Address, user_id: int, file: Path) -> str:
    """Write what is kept about a person to a file that is not there yet; says what it is. Raises StartError."""
    _must_exist(path)
    records = asyncio.run(_records_of(path, user_id))
    if not records:
        return f"Nothing is kept about person {user_id}."
    content = as_file(user_id, records, clock.now())
    try:
        with os.fdopen(open_privately(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY), "wb") as new:
            new.write(content)
    except FileExistsError:
        raise StartError(f"{file} is there already. Choose another name.", status=1) from None
    except OSError as problem:
        raise StartError(f"{file} cannot be written: {problem.strerror}.", status=1) from problem
    return f"Person {user_id}: {amounts({says: len(rows) for says, rows in records.items()})}, in {file}."


def add_control(bot: MontageBot) -> None:
    """Let the running bot obey the same commands, where it has the database to itself."""
    if not isinstance(bot.settings.database, Path):
        return
    control = Control(bot, bot.settings.database)

    async def erase_this_user(request: JsonObject) -> str:
        user_id, suggestions_too = int(request["id"]), bool(request["suggestions_too"])
        erased = await bot.services.privacy.erase_person(user_id, suggestions_too=suggestions_too)
        return _words(user_id, erased, "are being redrawn or deleted now")

    async def erase_this_server(request: JsonObject) -> str:
        guild_id = int(request["id"])
        return _server_words(guild_id, await bot.services.privacy.erase_server(guild_id))

    control.answer("erase-user", erase_this_user)
    control.answer("erase-server", erase_this_server)
    bot.add_opening(control.open)
    bot.add_closing(control.close)


async def _erase_user(path: Address, user_id: int, suggestions_too: bool, backups: Path | None) -> str:
    async with _records(path, backups) as records:
        erased = await records.erase_person(user_id, suggestions_too=suggestions_too)
    if isinstance(path, PostgresAddress):
        await announce(path.url, "person erased", id=user_id, suggestions=erased.suggestions)
        return _words(user_id, erased, "are redrawn or deleted by the bots that run, or the next that does")
    return _words(user_id, erased, "will follow when the bot runs again")


async def _erase_server(path: Address, guild_id: int, backups: Path | None) -> str:
    async with _records(path, backups) as records:
        gone = await records.erase_server(guild_id)
    if isinstance(path, PostgresAddress):
        await announce(path.url, "server erased", id=guild_id)
    return _server_words(guild_id, gone)


async def _records_of(path: Address, user_id: int) -> dict[str, list[Record]]:
    async with a_copy_of(path) as copy:
        return await Records(copy).of_person(user_id)


def _words(user_id: int, erased: Erased, cards: str) -> str:
    done = [f"{amounts(erased.gone)} deleted"]
    if +erased.nameless:
        done.append(f"{amounts(erased.nameless)} kept without a name")
    if +erased.staying:
        done.append(f"{amounts(erased.staying)} kept, for moderators to lift")
    on_discord = f" {count(erased.cards, 'card')} of theirs on Discord {cards}." if erased.cards else ""
    return f"Person {user_id}: {'; '.join(done)}.{on_discord}"


def _server_words(guild_id: int, gone: Counter[str]) -> str:
    return f"Server {guild_id}: {amounts(gone)} deleted."


def _ask(path: Address, command: str, **request: object) -> str | None:
    """What a running bot that has the file to itself says it has done; a server serves many."""
    return ask_bot(path, command, **request) if isinstance(path, Path) else None


def _must_exist(path: Address) -> None:
    if isinstance(path, Path) and not path.exists():
        raise StartError(f"There is no database {path}. Set MONTAGE_DATABASE to the file that the bot uses.")


@asynccontextmanager
async def _records(path: Address, backups: Path | None) -> AsyncIterator[Records]:
    database = database_at(path)
    await database.open()
    try:
        yield Records(database, backups)
    finally:
        await database.close()
