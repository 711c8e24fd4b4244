"""Everything kept about a person or a server: read, and deleted."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeAlias

import structlog

from bot import clock
from bot.database import Database, Row, Transaction
from bot.privacy.erase_list import EraseList, What
from bot.privacy.tables import TABLES, Fate, KeptTable
from bot.suggestions import delete_suggestions, prepare_erase, suggestions_of
from bot.voting import delete_some_votes

log = structlog.get_logger(__name__)

# Each vote corrects two tallies: so many at a time let everybody else's statements in between.
_VOTES_AT_ONCE = 500
# `{theirs}`: a column with that fate holds the person's id. `{cleared}`: every such column is emptied.
_ERASE = {
    Fate.GONE: "DELETE FROM {table} WHERE {theirs} RETURNING 1",
    Fate.NAMELESS: "UPDATE {table} SET {cleared} WHERE {theirs} RETURNING 1",
    Fate.STAYS: "SELECT 1 FROM {table} WHERE {theirs}",
}


# A row as whoever it is about reads it: values by columns.
Record: TypeAlias = dict[str, object]


@dataclass(slots=True)
class Erased:
    """What an erase did: rows by what they are, and by what became of them."""

    gone: Counter[str] = field(default_factory=Counter)
    nameless: Counter[str] = field(default_factory=Counter)
    staying: Counter[str] = field(default_factory=Counter)
    # (server, montage id) of suggestions that went, for they may stand in a catalogue in memory.
    suggestions: list[tuple[int, str]] = field(default_factory=list)
    # How many cards of their suggestions stand on Discord, of those that went and those that stay.
    cards: int = 0


class ErasedAgain(NamedTuple):
    """Who had been erased, came back with a backup and was erased again; people with what went of theirs."""

    people: dict[int, Erased]
    servers: list[int]


class Records:
    """`TABLES` says what there is; table and column names come from there, never from outside."""

    def __init__(self, database: Database, backups: Path | None = None) -> None:
        """`backups`: the folder with the list of who was erased; None: there is none."""
        self._database, self._backups = database, backups
        # One erase after the other, so that the database never says it has followed a list that is ahead of it.
        self._erasing = asyncio.Lock()

    async def of_person(self, user_id: int) -> dict[str, list[Record]]:
        """Every row about a person, by what the rows are; without the ids of others."""
        found: dict[str, list[Record]] = {}
        for kept in TABLES:
            if kept.person:
                rows = await self._database.read(
                    f"SELECT * FROM {kept.table} WHERE {_theirs(kept.person)}",  # noqa: S608
                    user=user_id,
                )
                if rows:
                    found[kept.says] = [_readable(kept, row, user_id) for row in rows]
        return found

    async def counts_of_person(self, user_id: int) -> dict[str, int]:
        """How many rows there are about a person, by what they are."""
        return {says: len(rows) for says, rows in (await self.of_person(user_id)).items()}

    async def erase_person(self, user_id: int, *, suggestions_too: bool = False) -> Erased:
        """Delete what is kept about a person, all of it or nothing.

        Their suggestions stay without an author, unless they are to go too: then with every vote on them.
        """
        async with self._erasing:
            number = None
            if await self.of_person(user_id):  # otherwise a press repeated for ever makes an endless list
                number = await self._note("person", user_id, suggestions_too)
            return await self._erase_person(user_id, suggestions_too, number)

    async def _erase_person(self, user_id: int, suggestions_too: bool, number: int | None) -> Erased:
        erased = Erased()
        counted = {Fate.GONE: erased.gone, Fate.NAMELESS: erased.nameless, Fate.STAYS: erased.staying}
        async with self._database.transaction() as transaction:
            erased.cards = await prepare_erase(transaction, user_id, clock.now())
            if suggestions_too:
                await _erase_suggestions(transaction, user_id, erased)
            for kept in TABLES:
                for fate, doing in _ERASE.items():
                    columns = [column for column, its_fate in kept.person.items() if its_fate is fate]
                    if columns:
                        cleared = ", ".join(f"{column} = nullif({column}, :user)" for column in columns)
                        sql = doing.format(table=kept.table, theirs=_theirs(columns), cleared=cleared)
                        counted[fate][kept.says] += len(await transaction.run(sql, user=user_id))
            await _followed(transaction, number)
        await self._database.empty_journal()
        return erased

    async def erase_server(self, guild_id: int) -> Counter[str]:
        """Delete everything of a server, people's votes there included; rows by what they were.

        The votes go first and in parts, for a large server has a million: whoever is interrupted begins again.
        """
        gone: Counter[str] = Counter()
        while some := await self._erase_some_votes(guild_id):
            gone["votes"] += some
        async with self._erasing:
            gone += await self._erase_server(guild_id, await self._note("server", guild_id))
        return +gone

    async def _erase_some_votes(self, guild_id: int) -> int:
        async with self._database.transaction(guild_id) as transaction:  # others that erase lock the same tallies
            return await delete_some_votes(transaction, guild_id, _VOTES_AT_ONCE)

    async def _erase_server(self, guild_id: int, number: int | None) -> Counter[str]:
        gone: Counter[str] = Counter()
        async with self._database.transaction() as transaction:
            for kept in TABLES:
                if kept.server:
                    rows = await transaction.run(
                        f"DELETE FROM {kept.table} WHERE {kept.server} = :guild_id RETURNING 1",  # noqa: S608
                        guild_id=guild_id,
                    )
                    gone[kept.says] += len(rows)
            await _followed(transaction, number)
        await self._database.empty_journal()
        return gone

    async def erase_again(self) -> ErasedAgain:
        """Erase whoever was erased after this database was backed up, as the list beside the backups says."""
        again = ErasedAgain({}, [])
        erase_list, followed = await self._erase_list()
        if erase_list is None:
            return again
        entries = [entry for entry in await asyncio.to_thread(erase_list.entries) if entry.number > followed]
        if not entries:
            return again
        people = erase_list.among(entries, "person", await self._ids(lambda kept: tuple(kept.person)))
        servers = erase_list.among(entries, "server", await self._ids(lambda kept: (kept.server,)))
        async with self._erasing:
            for user_id, found in people.items():
                too = any(entry.suggestions_too for entry in found)
                again.people[user_id] = await self._erase_person(user_id, too, None)
            for guild_id in servers:
                await self._erase_server(guild_id, None)
                again.servers.append(guild_id)
            async with self._database.transaction() as transaction:
                await _followed(transaction, max(entry.number for entry in entries))
        log.warning("erased again after a restore", people=len(people), servers=len(servers))
        return again

    async def _ids(self, columns: Callable[[KeptTable], Iterable[str | None]]) -> set[int]:
        """Every id in these columns of all tables."""
        found: set[int] = set()
        for kept in TABLES:
            for column in filter(None, columns(kept)):
                rows = await self._database.read(
                    f"SELECT DISTINCT {column} FROM {kept.table} WHERE {column} IS NOT NULL"  # noqa: S608
                )
                found.update(row[0] for row in rows)
        return found

    async def _erase_list(self) -> tuple[EraseList | None, int]:
        """The list of this database, and how far it has followed it."""
        if self._backups is None:
            return None, 0
        (row,) = await self._database.read("SELECT name, erasures FROM origin")
        return EraseList(self._backups, row["name"]), row["erasures"]

    async def _note(self, what: What, identity: int, suggestions_too: bool = False) -> int | None:
        """Put somebody on the list, before they are erased; the entry's number.

        Where it cannot be written they are erased all the same: a promise to them, the list a help to the operator.
        """
        erase_list, followed = await self._erase_list()
        if erase_list is None:
            return None
        try:
            return await asyncio.to_thread(erase_list.add, what, identity, suggestions_too, followed)
        except OSError:
            log.exception("the erase list cannot be written", file=str(erase_list.file))
            return None


async def _followed(transaction: Transaction, number: int | None) -> None:
    if number is not None:
        await transaction.run("UPDATE origin SET erasures = :number WHERE erasures < :number", number=number)


def _theirs(columns: Iterable[str]) -> str:
    return " OR ".join(f"{column} = :user" for column in columns)


async def _erase_suggestions(transaction: Transaction, user_id: int, erased: Erased) -> None:
    erased.suggestions = await suggestions_of(transaction, user_id)
    for guild_id, montage_id in erased.suggestions:
        for kept in TABLES:
            for column in kept.montages:
                await transaction.run(
                    f"DELETE FROM {kept.table} WHERE {kept.server} = :guild_id AND {column} = :montage",  # noqa: S608
                    guild_id=guild_id,
                    montage=montage_id,
                )
    await delete_suggestions(transaction, user_id)
    erased.gone["suggestions"] += len(erased.suggestions)


def _readable(kept: KeptTable, row: Row, user_id: int) -> Record:
    return dict(_values(kept, row, user_id))


def _values(kept: KeptTable, row: Row, user_id: int) -> Iterator[tuple[str, object]]:
    for column in row.keys():  # noqa: SIM118 - a row iterates over its values
        value = row[column]
        if column in kept.person and value != user_id:
            continue  # somebody else, who has not asked
        if column == "at" or column.endswith("_at"):
            value = clock.moment(value).isoformat(timespec="seconds") if value is not None else None
        elif isinstance(value, int) and column.endswith("_id"):
            value = str(value)  # too long for a number in most programs that read JSON
        yield column, value


def as_file(user_id: int, records: dict[str, list[Record]], at: int) -> bytes:
    """An export as JSON."""
    content = {
        "person": str(user_id),
        "exported_at": clock.moment(at).isoformat(timespec="seconds"),
        "everything_kept": records,
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode()
