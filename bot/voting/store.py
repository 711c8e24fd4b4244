"""Votes and tallies in the database."""

from dataclasses import dataclass
from enum import IntEnum

from bot.database import Database


class Choice(IntEnum):
    """What a person thinks of a montage; NONE is a vote taken back."""

    DOWN = -1
    NONE = 0
    UP = 1


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people of a place are for and against."""

    up: int = 0
    down: int = 0

    @property
    def votes(self) -> int:
        """All of them."""
        return self.up + self.down


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote as it stands after a press, with the tally it is part of."""

    choice: Choice
    tally: Tally


NO_VOTES = Tally()


class VoteStore:
    """One row per (place, montage, person); triggers keep the tally."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def press(self, place: int, montage_id: str, user_id: int, choice: Choice, at: int) -> Vote:
        """Vote; the same choice a second time takes it back. On disk when this returns.

        One statement decides, so presses at the same moment are counted one after the other.
        """
        ((value,),) = await self._database.write(
            """
            INSERT INTO vote (guild_id, montage_id, user_id, value, cast_at)
            VALUES (:place, :montage, :user, :choice, :at)
            ON CONFLICT (guild_id, montage_id, user_id) DO UPDATE
            SET value = CASE WHEN vote.value = excluded.value THEN 0 ELSE excluded.value END,
                cast_at = excluded.cast_at
            RETURNING value
            """,
            place=place,
            montage=montage_id,
            user=user_id,
            choice=int(choice),
            at=at,
        )
        return Vote(Choice(value), await self.tally(place, montage_id))

    async def support(self, place: int, montage_id: str, user_id: int, at: int) -> Vote:
        """Vote for it, whatever was there before; unlike a press this never takes the vote back."""
        await self._database.write(
            """
            INSERT INTO vote (guild_id, montage_id, user_id, value, cast_at)
            VALUES (:place, :montage, :user, 1, :at)
            ON CONFLICT (guild_id, montage_id, user_id) DO UPDATE
            SET value = 1, cast_at = CASE WHEN vote.value = 1 THEN vote.cast_at ELSE excluded.cast_at END
            """,
            place=place,
            montage=montage_id,
            user=user_id,
            at=at,
        )
        return Vote(Choice.UP, await self.tally(place, montage_id))

    async def tally(self, place: int, montage_id: str) -> Tally:
        """The counts of one montage."""
        rows = await self._database.read(
            "SELECT up, down FROM tally WHERE guild_id = :place AND montage_id = :montage",
            place=place,
            montage=montage_id,
        )
        return Tally(*rows[0]) if rows else NO_VOTES

    async def voters(self, place: int, montage_id: str) -> list[tuple[int, Choice]]:
        """(person, choice) of everybody whose vote counts, the earliest first."""
        rows = await self._database.read(
            """
            SELECT user_id, value FROM vote
            WHERE guild_id = :place AND montage_id = :montage AND value <> 0
            ORDER BY cast_at, user_id
            """,
            place=place,
            montage=montage_id,
        )
        return [(user, Choice(value)) for user, value in rows]

    async def tallies(self, place: int) -> dict[str, Tally]:
        """The counts of every montage that anybody of this place has voted on."""
        rows = await self._database.read(
            "SELECT montage_id, up, down FROM tally WHERE guild_id = :place", place=place
        )
        return {montage: Tally(up, down) for montage, up, down in rows}
