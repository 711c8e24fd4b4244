"""Which engine an address means."""

from pathlib import Path

from bot.database.database import Database
from bot.database.sqlite import SqliteDatabase
from bot.errors import StartError
from bot.settings import Address


def database_at(address: Address) -> Database:
    """The database there, not open yet. Raises StartError where PostgreSQL's library is missing."""
    if isinstance(address, Path):
        return SqliteDatabase(address)
    try:
        from bot.database.postgresql import PostgresDatabase  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as missing:
        raise StartError(
            f"The database {address} needs a little more than the bot itself ({missing.name} is missing): "
            "pip install 'montage-bot[postgresql]', or in a checkout pip install -e '.[postgresql]'"
        ) from None
    return PostgresDatabase(address)


def file_of(address: Address, what: str) -> Path:
    """The file, for what can be done with one alone; `what` is how the sentence begins that refuses PostgreSQL.

    Raises StartError.
    """
    if isinstance(address, Path):
        return address
    raise StartError(
        f"{what} a SQLite file, and MONTAGE_DATABASE is {address}. With PostgreSQL use its own tools, pg_dump and "
        "pg_restore, or your provider's.",
        status=1,
    )
