"""Everybody's votes as they are counted everywhere: whole people at a time, and what has changed meanwhile."""

import json
from collections.abc import Collection, Iterable
from typing import NamedTuple

from bot.database import Database, Row

# Votes read at a time: a vote that is being cast waits a few milliseconds for a page at most.
_PAGE = 1_000
# After every id that there is.
_LAST = 2**63 - 1
# Changes that are remembered: about 8 MB. When more come before the next count, it begins from nothing.
_MOST_CHANGES = 20_000

# A vote's server and montage, and its value and time.
Key = tuple[int, str]
Said = tuple[int, int]


class Person(NamedTuple):
    """Whose votes have changed; `before` has what each changed vote was, None where there was none."""

    user: int
    before: dict[Key, Said | None]


class Everybody:
    """Reads whole people, and remembers what those who were read have changed since.

    One count at a time: `begin` it, read `people` until there are none, then those who have `changed` as often as
    wanted. Whatever is written in between, a vote was either read as it is or is among the changes; unless those
    are too many (`is_lost`), and only a count from nothing will do.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        # Whether changes are not remembered: nobody counts, or there were too many.
        self.is_lost = True
        # Everybody whose id is not above this has been read.
        self._read = _LAST
        self._before: dict[int, dict[Key, Said | None]] = {}
        self._changes = 0  # in `_before`, of all people together
        self._touched: set[Key] = set()
        database.watch_before("vote", ("user_id", "guild_id", "montage_id"), ("value", "cast_at"), self._changing)

    def begin(self) -> None:
        """Count from nothing."""
        self._forget()
        self._read, self.is_lost = -1, False

    def _forget(self) -> None:
        self._before.clear()
        self._touched.clear()
        self._changes = 0

    async def people(self) -> list[Row]:
        """The votes (user_id, guild_id, montage_id, value, cast_at) of those who come next, all that each of them
        has; sorted by person; nothing taken back. Empty once everybody was read.
        """
        async with self._database.nobody_writes():
            rows = await self._votes_after(self._read, _PAGE)
            if len(rows) == _PAGE:  # the last of them may have more
                last = rows[-1]["user_id"]
                whole = [row for row in rows if row["user_id"] != last]
                rows = whole or await self._votes_of([last])
            self._read = rows[-1]["user_id"] if rows else _LAST
        return rows

    @property
    def changed(self) -> int:
        """How many people have changed votes."""
        return len(self._before)

    async def some_changed(self, most: int) -> tuple[list[Row], list[Person]]:
        """The votes of some who have changed votes, as `people` gives them, and what they changed."""
        async with self._database.nobody_writes():
            return await self._some_changed(most)

    async def joined(self, guild: int, montage_id: str) -> tuple[list[Row], list[Person], list[Row]]:
        """Everybody who has changed votes, as `some_changed` gives them, and at the same moment the votes on a
        montage, wherever cast, of all who have voted on it in that server.
        """
        async with self._database.nobody_writes():
            rows, people = await self._some_changed(len(self._before))
            return rows, people, await self._votes_of_voters(guild, montage_id)

    async def crowds(self, more_than: int) -> list[Key]:
        """The servers and montages with more votes than that; all that grow to it later are among the touched."""
        found: list[Key] = []
        after: Key = (-1, "")
        while rows := await self._database.read(
            """
            SELECT guild_id, montage_id, up + down FROM tally WHERE (guild_id, montage_id) > (:guild, :montage)
            ORDER BY guild_id, montage_id LIMIT :most
            """,
            guild=after[0],
            montage=after[1],
            most=_PAGE,
        ):
            after = rows[-1][0], rows[-1][1]
            found += ((guild, montage) for guild, montage, votes in rows if votes > more_than)
        return found

    async def touched_crowds(self, more_than: int) -> list[Key]:
        """Those with more votes than that, of all on which anything was changed since the last call."""
        async with self._database.nobody_writes():
            touched, self._touched = self._touched, set()
        found: list[Key] = []
        asked = list(touched)
        for first in range(0, len(asked), _PAGE):
            rows = await self._database.read(
                """
                SELECT guild_id, montage_id FROM json_each(:touched) AS touched
                JOIN tally ON guild_id = touched.value ->> 0 AND montage_id = touched.value ->> 1
                WHERE up + down > :most
                """,
                touched=json.dumps(asked[first : first + _PAGE]),
                most=more_than,
            )
            found += ((guild, montage) for guild, montage in rows)
        return found

    async def _some_changed(self, most: int) -> tuple[list[Row], list[Person]]:
        users = sorted(self._before)[:most]
        rows = await self._votes_of(users)
        people = [Person(user, self._before.pop(user)) for user in users]
        self._changes -= sum(len(person.before) for person in people)
        return rows, people

    async def _votes_after(self, user: int, most: int) -> list[Row]:
        return await self._database.read(
            """
            SELECT user_id, guild_id, montage_id, value, cast_at FROM vote
            WHERE user_id > :user AND value <> 0 ORDER BY user_id, guild_id, montage_id LIMIT :most
            """,
            user=user,
            most=most,
        )

    async def _votes_of(self, users: Collection[int]) -> list[Row]:
        return await self._database.read(
            """
            SELECT user_id, guild_id, montage_id, value, cast_at FROM vote
            WHERE user_id IN (SELECT value FROM json_each(:users)) AND vote.value <> 0
            ORDER BY user_id, guild_id, montage_id
            """,
            users=json.dumps(list(users)),
        )

    async def _votes_of_voters(self, guild: int, montage_id: str) -> list[Row]:
        return await self._database.read(
            """
            SELECT theirs.user_id, theirs.guild_id, theirs.montage_id, theirs.value, theirs.cast_at
            FROM vote AS here CROSS JOIN vote AS theirs ON theirs.user_id = here.user_id
            WHERE here.guild_id = :guild AND here.montage_id = :montage
              AND theirs.montage_id = :montage AND theirs.value <> 0
            ORDER BY theirs.user_id, theirs.guild_id
            """,
            guild=guild,
            montage=montage_id,
        )

    def _changing(self, user: int, guild: int, montage_id: str, value: int | None, cast_at: int | None) -> None:
        # On the database's thread, while nobody reads: the reading holds the lock that every write holds.
        if self.is_lost:
            return
        self._touched.add((guild, montage_id))
        if user <= self._read:
            theirs = self._before.setdefault(user, {})
            if (guild, montage_id) not in theirs:
                theirs[guild, montage_id] = None if value is None or cast_at is None else (value, cast_at)
                self._changes += 1
        if self._changes + len(self._touched) > _MOST_CHANGES:
            self.is_lost = True
            self._forget()


def as_before(rows: Iterable[Row], people: Iterable[Person]) -> list[tuple[int, int, str, int, int]]:
    """The same people's votes as they were before they changed them: rows like those, sorted by person."""
    votes: dict[int, dict[Key, Said]] = {}
    for user, guild, montage_id, value, at in rows:
        votes.setdefault(user, {})[guild, montage_id] = (value, at)
    for person in people:
        theirs = votes.setdefault(person.user, {})
        for key, said in person.before.items():
            if said is not None and said[0]:
                theirs[key] = said
            else:
                theirs.pop(key, None)
    # In the order in which they are read, which decides between votes of the same moment.
    return [
        (user, guild, montage_id, value, at)
        for user, theirs in sorted(votes.items())
        for (guild, montage_id), (value, at) in sorted(theirs.items())
    ]
