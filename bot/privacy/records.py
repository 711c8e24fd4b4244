"""Everything kept about a person or a server: read, and deleted."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bot import clock
from bot.database import Database, Row, Transaction
from bot.privacy.tables import TABLES, Fate, KeptTable

# Each vote corrects two tallies: so many at a time let everybody else's statements in between.
_VOTES_AT_ONCE = 500
_SOME_VOTES = """
    DELETE FROM vote WHERE (guild_id, montage_id, user_id) IN (
        SELECT guild_id, montage_id, user_id FROM vote WHERE guild_id = :guild_id LIMIT :most
    ) RETURNING 1
"""
_CARDS = """
    INSERT INTO leftover_card (message_id, channel_id, guild_id, suggestion_id)
    SELECT message_id, channel_id, guild_id, id FROM suggestion
    WHERE author_id = :user AND channel_id IS NOT NULL AND message_id IS NOT NULL
    ON CONFLICT DO NOTHING RETURNING 1
"""
# `{theirs}`: a column with that fate holds the person's id. `{cleared}`: every such column is emptied.
_ERASE = {
    Fate.GONE: "DELETE FROM {table} WHERE {theirs} RETURNING 1",
    Fate.NAMELESS: "UPDATE {table} SET {cleared} WHERE {theirs} RETURNING 1",
    Fate.STAYS: "SELECT 1 FROM {table} WHERE {theirs}",
}


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


class Records:
    """`TABLES` says what there is; table and column names come from there, never from outside."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_person(self, user_id: int) -> dict[str, list[dict[str, Any]]]:
        """Every row about a person, by what the rows are; without the ids of others."""
        found: dict[str, list[dict[str, Any]]] = {}
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
        erased = Erased()
        counted = {Fate.GONE: erased.gone, Fate.NAMELESS: erased.nameless, Fate.STAYS: erased.staying}
        async with self._database.transaction() as transaction:
            erased.cards = len(await transaction.run(_CARDS, user=user_id))
            if suggestions_too:
                await _erase_suggestions(transaction, user_id, erased)
            for kept in TABLES:
                for fate, doing in _ERASE.items():
                    columns = [column for column, its_fate in kept.person.items() if its_fate is fate]
                    if columns:
                        cleared = ", ".join(f"{column} = nullif({column}, :user)" for column in columns)
                        sql = doing.format(table=kept.table, theirs=_theirs(columns), cleared=cleared)
                        counted[fate][kept.says] += len(await transaction.run(sql, user=user_id))
        return erased

    async def erase_server(self, guild_id: int) -> Counter[str]:
        """Delete everything of a server, people's votes there included; rows by what they were.

        The votes go first and in parts, for a large server has a million: whoever is interrupted begins again.
        """
        gone: Counter[str] = Counter()
        while some := await self._database.write(_SOME_VOTES, guild_id=guild_id, most=_VOTES_AT_ONCE):
            gone["votes"] += len(some)
        async with self._database.transaction() as transaction:
            for kept in TABLES:
                if kept.server:
                    rows = await transaction.run(
                        f"DELETE FROM {kept.table} WHERE {kept.server} = :guild_id RETURNING 1",  # noqa: S608
                        guild_id=guild_id,
                    )
                    gone[kept.says] += len(rows)
        return +gone


def _theirs(columns: Iterable[str]) -> str:
    return " OR ".join(f"{column} = :user" for column in columns)


async def _erase_suggestions(transaction: Transaction, user_id: int, erased: Erased) -> None:
    rows = await transaction.run("SELECT id, guild_id FROM suggestion WHERE author_id = :user", user=user_id)
    erased.suggestions = [(row["guild_id"], f"s{row['id']}") for row in rows]
    for kept in TABLES:
        for column in kept.montages:
            await transaction.run(
                f"DELETE FROM {kept.table} WHERE ({kept.server}, {column}) IN "  # noqa: S608
                "(SELECT guild_id, 's' || id FROM suggestion WHERE author_id = :user)",
                user=user_id,
            )
    await transaction.run("DELETE FROM suggestion WHERE author_id = :user", user=user_id)
    erased.gone["suggestions"] += len(rows)


def _readable(kept: KeptTable, row: Row, user_id: int) -> dict[str, Any]:
    return dict(_values(kept, row, user_id))


def _values(kept: KeptTable, row: Row, user_id: int) -> Iterator[tuple[str, Any]]:
    for column in row.keys():  # noqa: SIM118 - a row iterates over its values
        value = row[column]
        if column in kept.person and value != user_id:
            continue  # somebody else, who has not asked
        if column == "at" or column.endswith("_at"):
            value = clock.moment(value).isoformat(timespec="seconds") if value is not None else None
        elif isinstance(value, int) and column.endswith("_id"):
            value = str(value)  # too long for a number in most programs that read JSON
        yield column, value


def as_file(user_id: int, records: dict[str, list[dict[str, Any]]], at: int) -> bytes:
    """An export as JSON."""
    content = {
        "person": str(user_id),
        "exported_at": clock.moment(at).isoformat(timespec="seconds"),
        "everything_kept": records,
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode()
