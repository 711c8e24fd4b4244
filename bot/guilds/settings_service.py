"""Servers' settings in memory, for those that were active lately."""

from collections.abc import Callable, Collection

from cachetools import LRUCache

from bot.catalogue import Catalogue
from bot.guilds.guild_settings import GuildSettings, SettingValue
from bot.guilds.store import GuildSettingsStore

# Servers kept in memory, about 300 bytes each. Every answer asks for its server's, and reading them takes 0.1 ms, a
# fifth of all that a `random` takes.
_KEPT = 5_000


class GuildSettingsService:
    """Reads a server's settings once, and changes them in both places; the catalogue obeys those on content."""

    def __init__(self, store: GuildSettingsStore, catalogue: Catalogue) -> None:
        self._store = store
        self._catalogue = catalogue
        self._cache: LRUCache[int, GuildSettings] = LRUCache(_KEPT)
        # Servers that want no posters: a card is drawn without asking the database.
        self._without_posters: set[int] = set()
        # Told which server has just chosen something anew, and the names of that.
        self.followers: list[Callable[[int, Collection[str]], None]] = []

    async def open(self) -> None:
        """Learn what servers do not want to see, and let the catalogue know; also where memory is out of step."""
        choosing = await self.choosing("hidden_notes", "family_friendly_only", "posters")
        chosen = {guild_id: await self._store.get(guild_id) for guild_id in choosing}
        self._cache.clear()
        for guild_id in self._catalogue.restricted | self._without_posters | chosen.keys():
            self._restrict(guild_id, chosen.get(guild_id, GuildSettings()))

    async def get(self, guild_id: int) -> GuildSettings:
        """What holds in a server; the defaults outside servers."""
        if not guild_id:
            return GuildSettings()
        if (known := self._cache.get(guild_id)) is not None:
            return known
        self._cache[guild_id] = settings = await self._store.get(guild_id)
        return settings

    def shows_posters(self, guild_id: int) -> bool:
        """Whether cards there have posters."""
        return guild_id not in self._without_posters

    async def change(self, guild_id: int, **changes: SettingValue) -> GuildSettings:
        """Keep these settings, on disk before this returns; gives all that hold then."""
        await self._store.set(guild_id, changes)
        self._cache.pop(guild_id, None)
        settings = await self.get(guild_id)
        self._restrict(guild_id, settings)
        for follower in self.followers:
            follower(guild_id, changes)
        return settings

    async def choosing(self, *names: str) -> list[int]:
        """The servers that chose any of these."""
        return await self._store.choosing(*names)

    def forget(self, guild_id: int) -> None:
        """Drop what memory holds of a server, because its rows were deleted."""
        self._cache.pop(guild_id, None)
        self._restrict(guild_id, GuildSettings())

    def _restrict(self, guild_id: int, settings: GuildSettings) -> None:
        (self._without_posters.discard if settings.posters else self._without_posters.add)(guild_id)
        self._catalogue.restrict(guild_id, settings.hidden_notes, settings.family_friendly_only)
