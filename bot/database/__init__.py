"""The one SQLite file: one connection, one way to write, numbered migrations, checked copies."""

from bot.database.checking import connect_to_read, drifted_tallies, problems_of, schema_of
from bot.database.copying import copy_database
from bot.database.database import Database, Row, Transaction
from bot.database.lock import FileLock, lock_of
from bot.database.migrations import newest as newest_schema
from bot.database.trouble import DatabaseError, trouble_of

__all__ = [
    "Database",
    "DatabaseError",
    "FileLock",
    "Row",
    "Transaction",
    "connect_to_read",
    "copy_database",
    "drifted_tallies",
    "lock_of",
    "newest_schema",
    "problems_of",
    "schema_of",
    "trouble_of",
]
