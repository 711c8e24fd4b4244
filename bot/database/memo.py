"""Texts that the bot keeps for itself, by name: which commands it has sent, what was counted last."""

from bot.database.database import Database


async def remembered(database: Database, name: str) -> str | None:
    """The text of that name; None where there is none."""
    rows = await database.read("SELECT value FROM memo WHERE name = :name", name=name)
    return str(rows[0]["value"]) if rows else None


async def remember(database: Database, name: str, value: str) -> None:
    """Keep it in the place of what was there before."""
    await database.write(
        "INSERT INTO memo (name, value) VALUES (:name, :value) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name=name,
        value=value,
    )
