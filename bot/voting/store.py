"""Votes and tallies in the database."""

import json
from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from bot.database import Database, Row


class Choice(IntEnum):
    """What a person thinks of a montage; NONE is a vote taken back."""

    DOWN = -1
    NONE = 0
    UP = 1


class Tally(NamedTuple):
    """How many people of a place are for and against."""

    up: int = 0
    down: int = 0

    @property
    def votes(self) -> int:
        """All of them."""
        return self.up + self.down


class Vote(NamedTuple):
    """A vote as it stands after a press, with the tally it is part of."""

    choice: Choice
    tally: Tally


NO_VOTES = Tally()
Tallies = dict[str, Tally]


def _two(rows: list[Row]) -> tuple[Tallies, Tallies]:
    """Both tallies of (montage, up, down, up before, down before), each without those that nobody voted on."""
    now = {montage: Tally(up, down) for montage, up, down, _, _ in rows if up or down}
    before = {montage: Tally(up, down) for montage, _, _, up, down in rows if up or down}
    return now, before


class VoteStore:
    """One row per (place, montage, person); triggers keep the tally."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # Votes written since the start, for those who count all of them now and then.
        self.written = 0

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
        self.written += 1
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
        self.written += 1
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

    async def tallies(self, place: int) -> Tallies:
        """The counts of every montage that anybody of this place has voted on."""
        rows = await self._database.read(
            "SELECT montage_id, up, down FROM tally WHERE guild_id = :place", place=place
        )
        return {montage: Tally(up, down) for montage, up, down in rows}

    async def trend(self, place: int, now: tuple[int, int], before: tuple[int, int]) -> tuple[Tallies, Tallies]:
        """The same of votes cast in two spans of days (first and last, counted from 1970, UTC).

        `before` neither begins nor ends later than `now`.
        """
        # By way of the tally, so that each montage's days are found together and nothing needs sorting; by
        # products, which are twice as fast as FILTER.
        rows = await self._database.read(
            """
            SELECT tally.montage_id,
                   sum(day.up * (day.day >= :first)), sum(day.down * (day.day >= :first)),
                   sum(day.up * (day.day <= :end)), sum(day.down * (day.day <= :end))
            FROM tally CROSS JOIN tally_of_day AS day
              ON day.guild_id = tally.guild_id AND day.montage_id = tally.montage_id
             AND day.day BETWEEN :begin AND :last
            WHERE tally.guild_id = :place
            GROUP BY tally.guild_id, tally.montage_id
            """,
            place=place,
            first=now[0],
            last=now[1],
            begin=before[0],
            end=before[1],
        )
        return _two(rows)

    async def tallies_until(self, place: int, end: int) -> Tallies:
        """The counts of all votes that were cast until day `end` and still stand."""
        rows = await self._database.read(
            """
            SELECT tally.montage_id, tally.up - coalesce(sum(day.up), 0), tally.down - coalesce(sum(day.down), 0)
            FROM tally LEFT JOIN tally_of_day AS day
              ON day.guild_id = tally.guild_id AND day.montage_id = tally.montage_id AND day.day > :end
            WHERE tally.guild_id = :place
            GROUP BY tally.guild_id, tally.montage_id
            """,
            place=place,
            end=end,
        )
        return {montage: Tally(up, down) for montage, up, down in rows if up or down}

    async def votes_of_days(self, place: int, first: int, montages: Iterable[str]) -> dict[int, int]:
        """How many votes on these montages were cast on each day from `first` on; days without any are left out."""
        rows = await self._database.read(
            """
            SELECT day.day, sum(day.up + day.down) AS votes
            FROM tally CROSS JOIN tally_of_day AS day
              ON day.guild_id = tally.guild_id AND day.montage_id = tally.montage_id AND day.day >= :first
            WHERE tally.guild_id = :place AND tally.montage_id IN (SELECT value FROM json_each(:montages))
            GROUP BY day.day HAVING votes > 0
            """,
            place=place,
            first=first,
            montages=json.dumps(list(montages)),
        )
        return dict(map(tuple, rows))

    async def of_person(self, user_id: int) -> dict[str, Choice]:
        """What one person thinks of each montage, wherever they said so last; nothing taken back."""
        rows = await self._database.read(
            "SELECT montage_id, value FROM vote WHERE user_id = :user AND value <> 0 ORDER BY cast_at",
            user=user_id,
        )
        return {montage: Choice(value) for montage, value in rows}

    async def everybody(self, after: tuple[int, int, str], most: int) -> list[Row]:
        """The next `most` votes (user_id, guild_id, montage_id, value, cast_at), person by person, after the
        one whose first three these are; nothing taken back.
        """
        user, place, montage = after
        return await self._database.read(
            """
            SELECT user_id, guild_id, montage_id, value, cast_at FROM vote
            WHERE (user_id, guild_id, montage_id) > (:user, :place, :montage) AND value <> 0
            ORDER BY user_id, guild_id, montage_id LIMIT :most
            """,
            user=user,
            place=place,
            montage=montage,
            most=most,
        )
