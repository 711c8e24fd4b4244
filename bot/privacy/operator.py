"""`python -m bot erase-user` and `erase-server`: for requests that reach the operator, while the bot is off."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.database import Database
from bot.errors import StartError
from bot.privacy.cards import amounts
from bot.privacy.records import Records
from bot.ui.text import count


async def erase_user(path: Path, user_id: int, *, suggestions_too: bool) -> str:
    """Delete what is kept about a person; says what was. Raises StartError, also while a bot has the database."""
    async with _records(path) as records:
        erased = await records.erase_person(user_id, suggestions_too=suggestions_too)
    done = [f"{amounts(erased.gone)} deleted"]
    if +erased.nameless:
        done.append(f"{amounts(erased.nameless)} kept without a name")
    if +erased.staying:
        done.append(f"{amounts(erased.staying)} kept, for moderators to lift")
    return f"Person {user_id}: {'; '.join(done)}.{_on_discord(erased.cards)}"


def _on_discord(cards: int) -> str:
    return f" {count(cards, 'card')} of theirs on Discord will follow when the bot runs again." if cards else ""


async def erase_server(path: Path, guild_id: int) -> str:
    """Delete everything of a server; says what was. Raises StartError, also while a bot has the database."""
    async with _records(path) as records:
        gone = await records.erase_server(guild_id)
    return f"Server {guild_id}: {amounts(gone)} deleted."


def _existing(path: Path) -> Database:
    if not path.exists():
        raise StartError(f"There is no database {path}. Set MONTAGE_DATABASE to the file that the bot uses.")
    return Database(path)


@asynccontextmanager
async def _records(path: Path) -> AsyncIterator[Records]:
    database = _existing(path)
    await database.open()
    try:
        yield Records(database)
    finally:
        await database.close()
