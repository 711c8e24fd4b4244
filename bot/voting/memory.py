"""Tallies in memory for the places that asked lately: no answer waits for the disk to learn a count."""

from collections import OrderedDict
from itertools import count

from bot.database import Database
from bot.voting.store import NO_VOTES, Tallies, Tally, VoteStore

# Tallies kept, of all places together; each takes about 150 bytes, and as much again where its past was asked for.
_KEPT = 50_000


class _Past:
    """What was voted until the day `end`, once it is read."""

    def __init__(self, end: int) -> None:
        self.end = end
        self.tallies: Tallies | None = None


class _Place:
    """What a place has voted; `stamp` changes with every change and never comes back."""

    _stamps = count(1)

    def __init__(self) -> None:
        self.tallies: Tallies = {}
        self.stamp = next(self._stamps)
        self.past: _Past | None = None

    def change(self, montage_id: str, tally: Tally) -> None:
        """One tally is another now."""
        self.tallies[montage_id] = tally
        self.stamp = next(self._stamps)


class VoteMemory(VoteStore):
    """The same store, with tallies answered from memory.

    It cannot drift: the database itself tells of every change to a tally, whichever statement brought it about.
    """

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._places: OrderedDict[int, _Place] = OrderedDict()
        # Being read: what changes meanwhile is newer than what the reading brings.
        self._reading: dict[int, _Place] = {}
        database.watch("tally", ("guild_id", "montage_id", "up", "down"), self._changed, self._undone)
        database.watch("tally_of_day", ("guild_id", "day"), self._day_changed, self._undone)

    async def tally(self, place: int, montage_id: str) -> Tally:
        return (await self._place(place)).tallies.get(montage_id, NO_VOTES)

    async def tallies(self, place: int) -> Tallies:
        return (await self._place(place)).tallies.copy()

    async def tallies_until(self, place: int, end: int) -> Tallies:
        known = await self._place(place)
        past = known.past
        if past is None or past.end != end:
            past = known.past = _Past(end)
        if past.tallies is None:
            # Should that past change while it is read, the place has forgotten it before it comes.
            past.tallies = await super().tallies_until(place, end)
        return past.tallies.copy()

    async def stamp(self, place: int) -> int:
        """A number that changes whenever anything was voted in the place."""
        return (await self._place(place)).stamp

    async def _place(self, place: int) -> _Place:
        known = self._places.get(place)
        if known is None:
            known = await self._read(place)
        else:
            self._places.move_to_end(place)
        return known

    async def _read(self, place: int) -> _Place:
        reading = self._reading.setdefault(place, _Place())
        read = await super().tallies(place)
        for montage_id, tally in read.items():
            reading.tallies.setdefault(montage_id, tally)
        # Nobody else has finished the same reading, and nothing of it was undone.
        if self._reading.get(place) is reading:
            self._places[place] = self._reading.pop(place)
            while sum(len(known.tallies) for known in self._places.values()) > _KEPT and len(self._places) > 1:
                self._places.popitem(last=False)
        return reading

    def _changed(self, place: int, montage_id: str, up: int, down: int) -> None:
        # On the database's thread: every step is one that Python does not interrupt.
        for known in (self._places.get(place), self._reading.get(place)):
            if known is not None:
                known.change(montage_id, Tally(up, down))

    def _day_changed(self, place: int, day: int) -> None:
        # Rare: an old vote was changed, or erased.
        known = self._places.get(place)
        if known is not None and known.past is not None and day <= known.past.end:
            known.past = None

    def _undone(self) -> None:
        self._places.clear()
        self._reading.clear()
