"""Everybody's votes as they are counted everywhere: whole people at a time, and what has changed meanwhile."""

import json
from collections.abc import Collection, Iterable
from typing import NamedTuple

from bot.database import Database, Row, SqliteDatabase, Transaction

# Votes read at a time: a vote that is being cast waits a few milliseconds for a page at most.
_PAGE = 1_000
# After every id that there is.
_LAST = 2**63 - 1
# Changes that are remembered, in two megabytes. When more come before the next count, it begins from nothing.
_MOST_CHANGES = 10_000

# Tables and triggers that last as long as the connection: what is rolled back is rolled back in them, too.
# `counting`, one row: everybody whose id is not above `up_to` has been read; how many changes there were since.
# `changed_vote`: what a vote that has been read was before it was first changed; no value where there was none.
# `touched`: on what anything was changed.
_TABLES = (
    "PRAGMA temp_store = MEMORY",
    "CREATE TEMP TABLE IF NOT EXISTS counting (up_to INTEGER NOT NULL, changes INTEGER NOT NULL)",
    """
    CREATE TEMP TABLE IF NOT EXISTS changed_vote (
        user_id INTEGER, guild_id INTEGER, montage_id TEXT, value INTEGER, cast_at INTEGER,
        PRIMARY KEY (user_id, guild_id, montage_id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TEMP TABLE IF NOT EXISTS touched (
        guild_id INTEGER, montage_id TEXT, PRIMARY KEY (guild_id, montage_id)
    ) WITHOUT ROWID
    """,
)
# After an insert, not before it: one that conflicts with a row becomes an update.
_EVENTS = (
    ("AFTER INSERT", "new", "NULL, NULL"),
    ("BEFORE UPDATE", "old", "old.value, old.cast_at"),
    ("BEFORE DELETE", "old", "old.value, old.cast_at"),
)
_TRIGGER = """
    CREATE TEMP TRIGGER vote_changing_{number} {event} ON main.vote BEGIN
        UPDATE counting SET changes = changes + 1;
        INSERT INTO touched SELECT {row}.guild_id, {row}.montage_id FROM counting
            WHERE changes <= {most} ON CONFLICT DO NOTHING;
        INSERT INTO changed_vote SELECT {row}.user_id, {row}.guild_id, {row}.montage_id, {before} FROM counting
            WHERE changes <= {most} AND {row}.user_id <= up_to ON CONFLICT DO NOTHING;
    END
"""

_VOTES = "SELECT user_id, guild_id, montage_id, value, cast_at FROM vote"
_PEOPLE = f"{_VOTES} WHERE user_id > :user AND value <> 0 ORDER BY user_id, guild_id, montage_id LIMIT :most"
_ONE_PERSON = f"{_VOTES} WHERE user_id = :user AND value <> 0 ORDER BY guild_id, montage_id"

# A vote's server and montage, and its value and time.
Key = tuple[int, str]
Said = tuple[int, int]


class Person(NamedTuple):
    """Whose votes have changed; `before` has what each changed vote was, None where there was none."""

    user: int
    before: dict[Key, Said | None]


class Everybody:
    """Reads whole people, and nothing of what they change afterwards: each count begins from nothing.

    One count at a time: `begin` it, then read `people` until there are none. `FollowedEverybody` knows more.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._up_to = -1

    async def begin(self) -> None:
        """Count from nothing."""
        self._up_to = -1

    async def is_lost(self) -> bool:
        """Whether not all changes since the count began are known."""
        return True

    async def people(self) -> list[Row]:
        """The votes (user_id, guild_id, montage_id, value, cast_at) of those who come next, all that each of them
        has; sorted by person; nothing taken back. Empty once everybody was read.
        """
        rows = await self._database.read(_PEOPLE, user=self._up_to, most=_PAGE)
        if len(rows) == _PAGE:  # the last of them may have more
            last = rows[-1]["user_id"]
            whole = [row for row in rows if row["user_id"] != last]
            rows = whole or await self._database.read(_ONE_PERSON, user=last)
        self._up_to = rows[-1]["user_id"] if rows else _LAST
        return rows

    async def changed(self) -> int:
        """How many people are known to have changed votes since they were read."""
        return 0

    async def some_changed(self, most: int) -> tuple[list[Row], list[Person]]:
        """The votes of some who have changed votes, as `people` gives them, and what they changed."""
        return [], []

    async def joined(self, guild_id: int, montage_id: str) -> tuple[list[Row], list[Person], list[Row]]:
        """Everybody who has changed votes, as `some_changed` gives them, and at the same moment the votes on a
        montage, wherever cast, of all who have voted on it in that server.
        """
        return [], [], []

    async def crowds(self, more_than: int) -> list[Key]:
        """The servers and montages with more votes than that; all that grow to it later are among the touched."""
        found: list[Key] = []
        after: Key = (-1, "")
        while rows := await self._database.read(
            """
            SELECT guild_id, montage_id, up + down FROM tally WHERE (guild_id, montage_id) > (:guild_id, :montage)
            ORDER BY guild_id, montage_id LIMIT :most
            """,
            guild_id=after[0],
            montage=after[1],
            most=_PAGE,
        ):
            after = rows[-1][0], rows[-1][1]
            found += ((guild_id, montage_id) for guild_id, montage_id, votes in rows if votes > more_than)
        return found

    async def touched_crowds(self, more_than: int) -> list[Key]:
        """Those with more votes than that, of all on which anything was changed since the last call."""
        return []


class FollowedEverybody(Everybody):
    """For SQLite, where one connection writes everything: remembers what those who were read have changed since.

    After the first count read those who have `changed`, as often as wanted. Whatever is written in between, a vote
    was either read as it is or is among the changes; unless those are too many (`is_lost`), and only a count from
    nothing will do.
    """

    def __init__(self, database: SqliteDatabase) -> None:
        super().__init__(database)
        self._file = database

    async def begin(self) -> None:
        """Count from nothing."""
        async with self._file.while_nobody_writes() as reading:
            for table in _TABLES:
                await reading.run(table)
            for number, (event, row, before) in enumerate(_EVENTS):
                trigger = {"number": number, "event": event, "row": row, "before": before, "most": _MOST_CHANGES}
                await reading.run(f"DROP TRIGGER IF EXISTS temp.vote_changing_{number}")
                await reading.run(_TRIGGER.format(**trigger))
            for table in ("counting", "changed_vote", "touched"):
                await reading.run(f"DELETE FROM temp.{table}")  # noqa: S608 - one of three fixed names
            await reading.run("INSERT INTO temp.counting VALUES (-1, 0)")

    async def is_lost(self) -> bool:
        """Whether not all changes are known: nobody has begun on this connection, or there were too many."""
        if not await self._database.read("SELECT 1 FROM temp.sqlite_master WHERE name = 'counting'"):
            return True
        ((changes,),) = await self._database.read("SELECT changes FROM temp.counting")
        return bool(changes > _MOST_CHANGES)

    async def people(self) -> list[Row]:
        """The votes (user_id, guild_id, montage_id, value, cast_at) of those who come next, all that each of them
        has; sorted by person; nothing taken back. Empty once everybody was read.
        """
        async with self._file.while_nobody_writes() as reading:
            ((up_to,),) = await reading.run("SELECT up_to FROM temp.counting")
            rows = await reading.run(
                _PEOPLE,
                user=up_to,
                most=_PAGE,
            )
            if len(rows) == _PAGE:  # the last of them may have more
                last = rows[-1]["user_id"]
                whole = [row for row in rows if row["user_id"] != last]
                rows = whole or await _votes_of(reading, [last])
            up_to = rows[-1]["user_id"] if rows else _LAST
            await reading.run("UPDATE temp.counting SET up_to = :user", user=up_to)
        return rows

    async def changed(self) -> int:
        """How many people have changed votes."""
        ((people,),) = await self._database.read("SELECT count(DISTINCT user_id) FROM temp.changed_vote")
        return int(people)

    async def some_changed(self, most: int) -> tuple[list[Row], list[Person]]:
        """The votes of some who have changed votes, as `people` gives them, and what they changed."""
        async with self._file.while_nobody_writes() as reading:
            return await _some_changed(reading, most)

    async def joined(self, guild_id: int, montage_id: str) -> tuple[list[Row], list[Person], list[Row]]:
        """Everybody who has changed votes, as `some_changed` gives them, and at the same moment the votes on a
        montage, wherever cast, of all who have voted on it in that server.
        """
        async with self._file.while_nobody_writes() as reading:
            rows, people = await _some_changed(reading, -1)
            theirs = await reading.run(
                """
                SELECT theirs.user_id, theirs.guild_id, theirs.montage_id, theirs.value, theirs.cast_at
                FROM vote AS here CROSS JOIN vote AS theirs ON theirs.user_id = here.user_id
                WHERE here.guild_id = :guild_id AND here.montage_id = :montage
                  AND theirs.montage_id = :montage AND theirs.value <> 0
                ORDER BY theirs.user_id, theirs.guild_id
                """,
                guild_id=guild_id,
                montage=montage_id,
            )
            return rows, people, theirs

    async def touched_crowds(self, more_than: int) -> list[Key]:
        """Those with more votes than that, of all on which anything was changed since the last call."""
        async with self._file.while_nobody_writes() as reading:
            rows = await reading.run(
                """
                SELECT guild_id, montage_id FROM temp.touched CROSS JOIN tally USING (guild_id, montage_id)
                WHERE up + down > :most
                """,
                most=more_than,
            )
            await reading.run("DELETE FROM temp.touched")
            await reading.run("UPDATE temp.counting SET changes = (SELECT count(*) FROM temp.changed_vote)")
        return [(guild_id, montage_id) for guild_id, montage_id in rows]


def everybody_of(database: Database) -> Everybody:
    """How everybody is counted there.

    PostgreSQL's transactions are many and do not wait for each other: what was changed since would have to be
    written down with every vote. Counting a million votes takes two seconds of a core there, in which nobody waits.
    """
    return FollowedEverybody(database) if isinstance(database, SqliteDatabase) else Everybody(database)


def as_before(rows: Iterable[Row], people: Iterable[Person]) -> list[tuple[int, int, str, int, int]]:
    """The same people's votes as they were before they changed them: rows like those, sorted by person."""
    votes: dict[int, dict[Key, Said]] = {}
    for user, guild_id, montage_id, value, at in rows:
        votes.setdefault(user, {})[guild_id, montage_id] = (value, at)
    for person in people:
        theirs = votes.setdefault(person.user, {})
        for key, said in person.before.items():
            if said is not None and said[0]:
                theirs[key] = said
            else:
                theirs.pop(key, None)
    # In the order in which they are read, which decides between votes of the same moment.
    return [
        (user, guild_id, montage_id, value, at)
        for user, theirs in sorted(votes.items())
        for (guild_id, montage_id), (value, at) in sorted(theirs.items())
    ]


async def _some_changed(reading: Transaction, most: int) -> tuple[list[Row], list[Person]]:
    """At `most` so many people; all where that is negative."""
    found = await reading.run(
        """
        SELECT user_id, guild_id, montage_id, value, cast_at FROM temp.changed_vote
        WHERE user_id IN (SELECT DISTINCT user_id FROM temp.changed_vote ORDER BY user_id LIMIT :most)
        """,
        most=most,
    )
    before: dict[int, dict[Key, Said | None]] = {}
    for user, guild_id, montage_id, value, at in found:
        before.setdefault(user, {})[guild_id, montage_id] = None if value is None else (value, at)
    rows = await _votes_of(reading, before)
    await reading.run(
        "DELETE FROM temp.changed_vote WHERE user_id IN (SELECT value FROM json_each(:users))",
        users=json.dumps(list(before)),
    )
    return rows, [Person(user, theirs) for user, theirs in before.items()]


async def _votes_of(reading: Transaction, users: Collection[int]) -> list[Row]:
    return await reading.run(
        """
        SELECT user_id, guild_id, montage_id, value, cast_at FROM vote
        WHERE user_id IN (SELECT value FROM json_each(:users)) AND vote.value <> 0
        ORDER BY user_id, guild_id, montage_id
        """,
        users=json.dumps(list(users)),
    )
