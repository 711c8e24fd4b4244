"""The one SQLite file: one connection, one way to write, numbered migrations."""

from bot.database.database import Database, Row, Transaction

__all__ = ["Database", "Row", "Transaction"]
