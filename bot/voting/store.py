"""Votes and tallies in the database, with the tallies of servers that were active lately in memory."""

import json
from collections.abc import Iterable
from enum import IntEnum
from itertools import count
from typing import NamedTuple

from cachetools import LRUCache

from bot import clock
from bot.database import Database, DatabaseError, Row, either
from bot.shards import EVERY_SHARD, Shards
from bot.voting.board import A_WEEK, spans
from bot.voting.conditions import others_have_voted

# Tallies in memory, of all servers together; each takes about 150 bytes, and as much again where last week's are
# known. Pays for itself in the benchmark's rows "random" and "top": 1.1 times the floor with it, 1.5 to 1.7 and
# 3.5 when every answer reads its counts.
_TALLIES_KEPT = 50_000


class Choice(IntEnum):
    """What a person thinks of a montage; NONE is a vote taken back."""

    DOWN = -1
    NONE = 0
    UP = 1


class Tally(NamedTuple):
    """How many people of a server are for and against."""

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
    first: bool = False  # the person has pressed nothing else in that server


NO_VOTES = Tally()
Tallies = dict[str, Tally]


# By way of the tally, so that each montage's days are found together and nothing needs sorting: SQLite takes the
# tables in this order where it is told to, and PostgreSQL finds it by itself.
_BETWEEN_OF = """
    SELECT tally.montage_id,
           sum(CASE WHEN day.day >= :first THEN day.up ELSE 0 END),
           sum(CASE WHEN day.day >= :first THEN day.down ELSE 0 END),
           sum(CASE WHEN day.day <= :end THEN day.up ELSE 0 END),
           sum(CASE WHEN day.day <= :end THEN day.down ELSE 0 END)
    FROM tally {join} tally_of_day AS day
      ON day.guild_id = tally.guild_id AND day.montage_id = tally.montage_id
     AND day.day BETWEEN :begin AND :last
    WHERE tally.guild_id = :guild_id
    GROUP BY tally.guild_id, tally.montage_id
"""
_BETWEEN = either(_BETWEEN_OF.format(join="CROSS JOIN"), _BETWEEN_OF.format(join="JOIN"))
_VOTES_OF_DAYS_OF = """
    SELECT day.day, sum(day.up + day.down) AS votes
    FROM tally {join} tally_of_day AS day
      ON day.guild_id = tally.guild_id AND day.montage_id = tally.montage_id AND day.day >= :first
    WHERE tally.guild_id = :guild_id AND tally.montage_id IN ({montages})
    GROUP BY day.day HAVING sum(day.up + day.down) > 0
"""
_VOTES_OF_DAYS = either(
    _VOTES_OF_DAYS_OF.format(join="CROSS JOIN", montages="SELECT value FROM json_each(:montages)"),
    _VOTES_OF_DAYS_OF.format(join="JOIN", montages="SELECT json_array_elements_text(CAST(:montages AS json))"),
)

# Both give the vote as it stands, and whether the person has none on anything else in that server; on PostgreSQL
# the counts too, for there a second statement is a second trip (a sixth of the floor in the benchmark).
_VOTE = """
    INSERT INTO vote (guild_id, montage_id, user_id, value, cast_at)
    VALUES (:guild_id, :montage, :user, :choice, :at)
    ON CONFLICT (guild_id, montage_id, user_id) DO UPDATE
    SET {change}
    RETURNING value, NOT EXISTS (
        SELECT 1 FROM vote AS another
        WHERE another.user_id = :user AND another.guild_id = :guild_id AND another.montage_id <> :montage)
"""
_GIVE = "SELECT * FROM give_vote(:guild_id, :montage, :user, :choice, :at, {takes_back})"
_CAST = either(
    _VOTE.format(
        change="value = CASE WHEN vote.value = excluded.value THEN 0 ELSE excluded.value END, "
        "cast_at = excluded.cast_at"
    ),
    _GIVE.format(takes_back=True),
)
_CHOOSE = either(
    _VOTE.format(
        change="value = excluded.value, "
        "cast_at = CASE WHEN vote.value = excluded.value THEN vote.cast_at ELSE excluded.cast_at END"
    ),
    _GIVE.format(takes_back=False),
)
_COUNTS = either("SELECT up, down FROM tally WHERE guild_id = :guild_id AND montage_id = :montage", "")


def _two(rows: list[Row]) -> tuple[Tallies, Tallies]:
    """Both tallies of (montage, up, down, up before, down before), each without those that nobody voted on."""
    now = {montage: Tally(up, down) for montage, up, down, _, _ in rows if up or down}
    before = {montage: Tally(up, down) for montage, _, _, up, down in rows if up or down}
    return now, before


class _GuildTallies:
    """What is known of one server's votes."""

    def __init__(self) -> None:
        self.tallies: Tallies = {}
        self.version = 0  # changes with every vote, and is never used twice; 0: not read yet
        self.last_week: tuple[int, int, Tallies] | None = None  # (day, version, the tallies until then)

    def load(self, tallies: Tallies, version: int) -> None:
        """Take in all tallies of the server; those of votes that came while these were read stay."""
        self.tallies = {**tallies, **self.tallies}
        self.version = version

    def put(self, montage_id: str, tally: Tally, version: int) -> None:
        """Take in the tally that the latest vote made."""
        self.tallies[montage_id] = tally
        if self.version:
            self.version = version


class VoteStore:
    """One row per (guild, montage, person); triggers in the database keep the tallies.

    Every vote passes through here and is written before memory learns of it. `forget` is for whoever deletes votes.
    """

    def __init__(self, database: Database, shards: Shards = EVERY_SHARD) -> None:
        self._database, self._shards = database, shards
        # Votes written since the start, for those who count all of them now and then.
        self.written = 0
        self._guilds: LRUCache[int, _GuildTallies] = LRUCache(
            _TALLIES_KEPT, getsizeof=lambda known: min(1 + len(known.tallies), _TALLIES_KEPT)
        )
        self._versions = count(1)

    async def cast(self, guild_id: int, montage_id: str, user_id: int, choice: Choice, at: int) -> Vote:
        """Vote; the same choice a second time takes it back. On disk when this returns.

        One statement decides, so presses at the same moment are counted one after the other.
        """
        return await self._vote(_CAST, guild_id, montage_id, user_id, choice, at)

    async def choose(self, guild_id: int, montage_id: str, user_id: int, choice: Choice, at: int) -> Vote:
        """Have this vote, whatever was there before; unlike `cast` this never takes it back."""
        return await self._vote(_CHOOSE, guild_id, montage_id, user_id, choice, at)

    async def _vote(self, sql: str, guild_id: int, montage_id: str, user_id: int, choice: Choice, at: int) -> Vote:
        """Write the vote and read what it made of the count, in one trip; then memory may know."""
        before = self._guilds.get(guild_id)
        try:
            ((value, first, *along),), counts = await self._database.write_then_read(
                sql,
                _COUNTS,
                guild_id=guild_id,
                montage=montage_id,
                user=user_id,
                choice=int(choice),
                at=at,
            )
        except DatabaseError:  # perhaps it was written all the same
            self._guilds.pop(guild_id, None)
            raise
        self.written += 1
        vote = Vote(Choice(value), Tally(*along, *(counts[0] if counts else ())), bool(first))
        now = self._guilds.get(guild_id)
        if now is not None and now is before:
            now.put(montage_id, vote.tally, next(self._versions))
        else:
            # What is known was read or dropped meanwhile: whether with this vote or without it is not sure.
            self._guilds.pop(guild_id, None)
        return vote

    async def tally(self, guild_id: int, montage_id: str) -> Tally:
        """The counts of one montage."""
        return (await self._guild(guild_id)).tallies.get(montage_id, NO_VOTES)

    async def tallies(self, guild_id: int) -> Tallies:
        """The counts of every montage that anybody of this server has voted on."""
        return (await self._guild(guild_id)).tallies.copy()

    async def version(self, guild_id: int) -> int:
        """A number that changes with every vote in a server, and is never used twice."""
        return (await self._guild(guild_id)).version

    def forget(self) -> None:
        """Votes were deleted: read all counts again when somebody asks."""
        self._guilds.clear()

    async def _guild(self, guild_id: int) -> _GuildTallies:
        if not self._shards.owns(guild_id):  # its votes come to another process as well: nothing holds for long
            self._guilds.pop(guild_id, None)
        known = self._guilds.get(guild_id)
        if known is None:
            known = self._guilds[guild_id] = _GuildTallies()
        if not known.version:
            rows = await self._database.read(
                "SELECT montage_id, up, down FROM tally WHERE guild_id = :guild_id", guild_id=guild_id
            )
            known.load({montage: Tally(up, down) for montage, up, down in rows}, next(self._versions))
            if self._guilds.get(guild_id) is known:
                self._guilds[guild_id] = known  # its size is known only now
        return known

    async def voters(self, guild_id: int, montage_id: str) -> list[tuple[int, Choice]]:
        """(person, choice) of everybody whose vote counts, the earliest first."""
        rows = await self._database.read(
            """
            SELECT user_id, value FROM vote
            WHERE guild_id = :guild_id AND montage_id = :montage AND value <> 0
            ORDER BY cast_at, user_id
            """,
            guild_id=guild_id,
            montage=montage_id,
        )
        return [(user, Choice(value)) for user, value in rows]

    async def trend(self, guild_id: int, days: int | None) -> tuple[Tallies, Tallies]:
        """The counts of the last `days` (None: of all votes), and what they were without the last week
        (or for a single week, those of the week before).

        Only votes that still stand count: one that was changed since counts where and when it was last cast.
        """
        today = clock.now() // clock.DAY
        if days is None:
            return await self.tallies(guild_id), await self._until(guild_id, today - A_WEEK)
        return await self._between(guild_id, *spans(today, days))

    async def _until(self, guild_id: int, end: int) -> Tallies:
        """`tallies_until`, read again only after a vote."""
        known = await self._guild(guild_id)
        if known.last_week is None or known.last_week[:2] != (end, known.version):
            version = known.version  # a vote that comes while this is read makes it old
            known.last_week = end, version, await self.tallies_until(guild_id, end)
        return known.last_week[2]

    async def _between(
        self, guild_id: int, now: tuple[int, int], before: tuple[int, int]
    ) -> tuple[Tallies, Tallies]:
        """The counts of votes cast in two spans of days (first and last, counted from 1970, UTC).

        `before` neither begins nor ends later than `now`.
        """
        rows = await self._database.read(
            _BETWEEN,
            guild_id=guild_id,
            first=now[0],
            last=now[1],
            begin=before[0],
            end=before[1],
        )
        return _two(rows)

    async def tallies_until(self, guild_id: int, end: int) -> Tallies:
        """The counts of all votes that were cast until day `end` and still stand."""
        rows = await self._database.read(
            """
            SELECT tally.montage_id, tally.up - coalesce(sum(day.up), 0), tally.down - coalesce(sum(day.down), 0)
            FROM tally LEFT JOIN tally_of_day AS day
              ON day.guild_id = tally.guild_id AND day.montage_id = tally.montage_id AND day.day > :end
            WHERE tally.guild_id = :guild_id
            GROUP BY tally.guild_id, tally.montage_id
            """,
            guild_id=guild_id,
            end=end,
        )
        return {montage: Tally(up, down) for montage, up, down in rows if up or down}

    async def votes_by_week(self, guild_id: int, weeks: int, montages: Iterable[str]) -> list[int]:
        """How many votes on these montages were cast in each of the last `weeks` spans of seven days, the latest
        last.
        """
        today = clock.now() // clock.DAY
        numbers = [0] * weeks
        by_day = await self._votes_of_days(guild_id, today - 7 * weeks + 1, montages)
        for day, votes in by_day.items():
            numbers[weeks - 1 - max(today - day, 0) // 7] += votes
        return numbers

    async def _votes_of_days(self, guild_id: int, first: int, montages: Iterable[str]) -> dict[int, int]:
        """How many votes on these montages were cast on each day from `first` on; days without any are left out."""
        rows = await self._database.read(
            _VOTES_OF_DAYS,
            guild_id=guild_id,
            first=first,
            montages=json.dumps(list(montages)),
        )
        return dict(map(tuple, rows))

    async def others_voted(self, guild_id: int, montage_id: str, user_id: int) -> bool:
        """Whether anybody but this person has a vote on it that stands."""
        condition = others_have_voted(":guild_id", ":montage", ":user")
        ((found,),) = await self._database.read(
            f"SELECT {condition}",
            guild_id=guild_id,
            montage=montage_id,
            user=user_id,
        )
        return bool(found)

    async def choice_of(self, guild_id: int, montage_id: str, user_id: int) -> Choice:
        """What one person thinks of one montage in one server."""
        rows = await self._database.read(
            "SELECT value FROM vote WHERE guild_id = :guild_id AND montage_id = :montage AND user_id = :user",
            guild_id=guild_id,
            montage=montage_id,
            user=user_id,
        )
        return Choice(rows[0][0]) if rows else Choice.NONE

    async def choices_of(self, user_id: int) -> dict[str, Choice]:
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
        user, guild_id, montage = after
        return await self._database.read(
            """
            SELECT user_id, guild_id, montage_id, value, cast_at FROM vote
            WHERE (user_id, guild_id, montage_id) > (:user, :guild_id, :montage) AND value <> 0
            ORDER BY user_id, guild_id, montage_id LIMIT :most
            """,
            user=user,
            guild_id=guild_id,
            montage=montage,
            most=most,
        )
