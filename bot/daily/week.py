"""What happened in a server's week: the rules that choose what is told, and the one who gathers it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from bot import clock
from bot.catalogue import Catalogue, Montage
from bot.voting import Ranked, VoteStore, movement, rank

DAYS = 7
# How many of each are told: one glance on a phone.
FAVOURITES, CLIMBERS, FALLEN, SUGGESTIONS = 3, 3, 1, 5


class Mover(NamedTuple):
    """A montage whose place has changed by so many (negative: it fell) to `rank`."""

    montage_id: str
    climbed: int
    rank: int


class Suggested(NamedTuple):
    """Some of the week's new suggestions, the newest first, and how many there are in all."""

    shown: Sequence[Montage] = ()
    total: int = 0


class Week(NamedTuple):
    """What is told of the week that ends on `day`."""

    day: date
    favourites: Sequence[tuple[Montage, Ranked[str]]] = ()
    movers: Sequence[tuple[Montage, Mover]] = ()
    suggested: Suggested = Suggested()
    champion: Montage | None = None


# What others know of a server's week, since that time: (server, milliseconds).
FindSuggested = Callable[[int, int, int], Awaitable[Suggested]]
FindChampion = Callable[[int, int], str | None]


def favourites(ranked: Sequence[Ranked[str]], most: int = FAVOURITES) -> list[Ranked[str]]:
    """The first few of the week's own ranking that more people liked than not."""
    return [one for one in ranked if one.up > one.down][:most]


def movers(ranked: Sequence[Ranked[str]], climbed: Mapping[str, int]) -> list[Mover]:
    """Who has climbed furthest, and under them who has fallen furthest; of equals the better placed."""
    moved = [Mover(one.key, climbed.get(one.key, 0), one.rank) for one in ranked if one.up or one.down]
    up = sorted((m for m in moved if m.climbed > 0), key=lambda m: (-m.climbed, m.rank))
    down = sorted((m for m in moved if m.climbed < 0), key=lambda m: (m.climbed, m.rank))
    return [*up[:CLIMBERS], *down[:FALLEN]]


class WeekReview:
    """Gathers a server's week."""

    def __init__(
        self,
        votes: VoteStore,
        catalogue: Catalogue,
        find_suggested: FindSuggested,
        find_champion: FindChampion,
    ) -> None:
        """`find_suggested(server, since, most)`; `find_champion(server, since)`: the id of who won meanwhile."""
        self._votes, self._catalogue = votes, catalogue
        self._find_suggested, self._find_champion = find_suggested, find_champion

    async def gather(self, guild_id: int, day: date) -> Week:
        """The last seven days there, under the name of that day. Nothing in it that the server hides."""
        since = clock.now() - DAYS * clock.DAY
        visible = {montage.id: montage for montage in self._catalogue.visible_to(guild_id)}
        of_week, _ = await self._votes.trend(guild_id, DAYS)
        now, before = await self._votes.trend(guild_id, None)
        # Only among those with votes: one disliked first vote would else be a fall of hundreds.
        voted = [key for key in visible if key in now and now[key].votes]
        ranked = rank(voted, now)
        moved = movers(ranked, movement(ranked, rank(voted, before)))
        champion = self._find_champion(guild_id, since)
        return Week(
            day,
            [(visible[one.key], one) for one in favourites(rank(list(visible), of_week))],
            [(visible[one.montage_id], one) for one in moved],
            await self._find_suggested(guild_id, since, SUGGESTIONS),
            self._catalogue.get(guild_id, champion) if champion else None,
        )
