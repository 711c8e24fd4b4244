"""Where votes and suggestions are kept: one SQLite file, or PostgreSQL. Numbered migrations, checked copies."""

from bot.database.checking import (
    connect_to_read,
    damage_of,
    has_table,
    oddities_of,
    schema_of,
)
from bot.database.copying import copy_database
from bot.database.database import Database, Row, SqlValue, Transaction, either, restored_at
from bot.database.lock import lock_of
from bot.database.memo import remember, remembered
from bot.database.mending import mend
from bot.database.migrations import newest as newest_schema
from bot.database.opening import database_at, file_of
from bot.database.private import open_privately, private_database, private_file, private_folder
from bot.database.reading import a_copy_of
from bot.database.sqlite import SqliteDatabase
from bot.database.trouble import DatabaseError, trouble_of

__all__ = [
    "Database",
    "DatabaseError",
    "Row",
    "SqlValue",
    "SqliteDatabase",
    "Transaction",
    "a_copy_of",
    "connect_to_read",
    "copy_database",
    "damage_of",
    "database_at",
    "either",
    "file_of",
    "has_table",
    "lock_of",
    "mend",
    "newest_schema",
    "oddities_of",
    "open_privately",
    "private_database",
    "private_file",
    "private_folder",
    "remember",
    "remembered",
    "restored_at",
    "schema_of",
    "trouble_of",
]
