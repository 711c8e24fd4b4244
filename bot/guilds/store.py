"""Servers' choices in the database: only what differs from the default is kept."""

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from bot.database import Database
from bot.guilds.guild_settings import GuildSettings, SettingValue
from bot.shards import EVERY_SHARD, Shards

_DEFAULTS = {f.name: f.default for f in fields(GuildSettings)}


class GuildSettingsStore:
    """One row per choice that a server made."""

    def __init__(self, database: Database, shards: Shards = EVERY_SHARD) -> None:
        self._database = database
        self._own = shards.owned("guild_id")

    async def get(self, guild_id: int) -> GuildSettings:
        """What the server chose, and the defaults for the rest."""
        rows = await self._database.read(
            "SELECT name, value FROM guild_settings WHERE guild_id = :guild_id", guild_id=guild_id
        )
        return GuildSettings(**{row["name"]: _value(row["value"]) for row in rows if row["name"] in _DEFAULTS})

    async def choosing(self, *names: str) -> list[int]:
        """The servers of one's own shards that chose any of these."""
        marks = ", ".join(f":name{number}" for number in range(len(names)))
        rows = await self._database.read(
            f"SELECT DISTINCT guild_id FROM guild_settings WHERE name IN ({marks}) AND {self._own}",  # noqa: S608
            **{f"name{number}": name for number, name in enumerate(names)},
        )
        return [row["guild_id"] for row in rows]

    async def set(self, guild_id: int, changes: Mapping[str, SettingValue]) -> None:
        """Keep these choices; one that equals the default is forgotten."""
        async with self._database.transaction(guild_id) as transaction:
            for name, value in changes.items():
                if value == _DEFAULTS[name]:
                    await transaction.run(
                        "DELETE FROM guild_settings WHERE guild_id = :guild_id AND name = :name",
                        guild_id=guild_id,
                        name=name,
                    )
                else:
                    await transaction.run(
                        """
                        INSERT INTO guild_settings (guild_id, name, value) VALUES (:guild_id, :name, :value)
                        ON CONFLICT (guild_id, name) DO UPDATE SET value = excluded.value
                        """,
                        guild_id=guild_id,
                        name=name,
                        value=json.dumps(value),
                    )


def _value(text: str) -> Any:
    value = json.loads(text)
    return tuple(value) if isinstance(value, list) else value
