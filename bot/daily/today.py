"""The montage of the day: one for each server, the same for everybody until midnight there."""

from datetime import date, datetime, tzinfo
from random import Random

from bot.catalogue import Catalogue, Filters, Montage
from bot.daily.choosing import choose
from bot.daily.schedule import day_at
from bot.daily.store import DailyStore
from bot.daily.zones import zone_of

UTC = "UTC"


class Today:
    """Picks it once, and finds it again."""

    def __init__(self, store: DailyStore, catalogue: Catalogue, random: Random | None = None) -> None:
        self._store = store
        self._catalogue = catalogue
        self._random = random or Random()  # noqa: S311 - a film night, not a lock

    async def pick_for(self, guild_id: int, day: date, filters: Filters) -> Montage | None:
        """The montage of that day there; None when nothing passes the filters.

        Filters count when it is picked; what was picked stays, as long as the server may see it.
        """
        last = await self._store.picks(guild_id)
        for identity in [identity for identity, had in last.items() if had == day]:
            montage = self._catalogue.get(guild_id, identity)
            if montage is not None:
                return montage
            await self._store.drop_pick(guild_id, identity)
            del last[identity]
        allowed = filters.apply(self._catalogue.visible_to(guild_id))
        if not allowed:
            return None
        latest = next(iter(last), "")
        chosen = choose(allowed, last, self._random, self._catalogue.get(guild_id, latest))
        return self._catalogue.get(guild_id, await self._store.pick(guild_id, day, chosen.id)) or chosen

    async def now(self, guild_id: int, moment: datetime) -> tuple[Montage | None, date, tzinfo]:
        """The montage of the day that it is there at that moment, that day, and the zone that says so.

        Raises UserError where the zone, or what the server chose from, cannot be read any more.
        """
        daily = await self._store.get(guild_id) if guild_id else None
        zone = zone_of(daily.timezone if daily else UTC)
        day = day_at(moment, zone)
        return await self.pick_for(guild_id, day, daily.readable_filters if daily else Filters()), day, zone
