"""What the database keeps, table by table: whose rows they are, and what becomes of them.

A table that is missing here, or a column that holds somebody's id and is not named, fails a test.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Fate(Enum):
    """What an erase does with the rows in which a column holds the person's id."""

    GONE = "deleted"
    NAMELESS = "kept without your name"
    STAYS = "kept: a block that could be erased by whoever it blocks would be none"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTable:
    """One table. Rows of a table that `follows` another go with it, by `ON DELETE CASCADE`."""

    table: str
    says: str  # what the rows are, for people to read
    person: Mapping[str, Fate] = field(default_factory=dict)  # columns with a person's id
    server: str | None = None  # the column with the server's id
    montages: tuple[str, ...] = ()  # columns with a montage's id: a deleted suggestion takes these rows along
    follows: str | None = None


# Votes stand before the tallies that triggers make of them.
TABLES: tuple[KeptTable, ...] = (
    KeptTable(
        table="vote",
        says="votes",
        person={"user_id": Fate.GONE},
        server="guild_id",
        montages=("montage_id",),
    ),
    KeptTable(table="tally", says="counts of votes", server="guild_id", montages=("montage_id",)),
    KeptTable(table="tally_of_day", says="counts of votes by day", server="guild_id", montages=("montage_id",)),
    KeptTable(table="duel", says="duels put up", server="guild_id", montages=("first_id", "second_id")),
    KeptTable(table="duel_choice", says="duels", person={"user_id": Fate.GONE}, follows="duel"),
    KeptTable(table="suggestion", says="suggestions", person={"author_id": Fate.NAMELESS}, server="guild_id"),
    KeptTable(
        table="suggestion_event",
        says="changes to suggestions",
        person={"by_id": Fate.NAMELESS, "undone_by": Fate.NAMELESS},
        follows="suggestion",
    ),
    KeptTable(
        table="report",
        says="reports",
        person={"user_id": Fate.GONE, "settled_by": Fate.NAMELESS},
        follows="suggestion",
    ),
    KeptTable(
        table="blocked",
        says="blocks",
        person={"user_id": Fate.STAYS, "by_id": Fate.NAMELESS},
        server="guild_id",
    ),
    KeptTable(table="erased_trace", says="limits that people who were erased had used up", server="guild_id"),
    KeptTable(
        table="blocked_trace",
        says="blocks of people who were erased",
        person={"by_id": Fate.NAMELESS},
        server="guild_id",
    ),
    KeptTable(table="notice_wanted", says="requests for messages", person={"user_id": Fate.GONE}),
    KeptTable(table="draft", says="drafts", person={"author_id": Fate.GONE}, server="guild_id"),
    KeptTable(
        table="import_list",
        says="lists of suggestions waiting for a yes",
        person={"user_id": Fate.GONE},
        server="guild_id",
    ),
    KeptTable(
        table="import_row",
        says="suggestions in such lists",
        person={"author_id": Fate.NAMELESS},
        follows="import_list",
    ),
    KeptTable(
        table="showing",
        says="montages shown in direct messages",
        person={"scope_id": Fate.GONE},
        server="scope_id",
        montages=("montage_id",),
    ),
    KeptTable(
        table="shelf",
        says="montages on your list",
        person={"user_id": Fate.GONE},
        server="guild_id",
        montages=("montage_id",),
    ),
    KeptTable(table="leftover_card", says="cards to redraw or delete", server="guild_id"),
    KeptTable(table="forum_tag", says="tags of forums", server="guild_id"),
    KeptTable(table="publication", says="messages to publish", server="guild_id"),
    KeptTable(table="guild_settings", says="settings", server="guild_id"),
    KeptTable(table="daily_pick", says="montages of the day", server="guild_id", montages=("montage_id",)),
    KeptTable(table="daily", says="daily post", server="guild_id"),
    KeptTable(table="week_post", says="weeks in montages", server="guild_id"),
    KeptTable(table="daily_post", says="days posted", server="guild_id"),
    KeptTable(table="bracket", says="brackets", server="guild_id"),
    KeptTable(
        table="bracket_entrant",
        says="montages in brackets",
        server="guild_id",
        montages=("montage_id",),
        follows="bracket",
    ),
    KeptTable(table="bracket_match", says="matches of brackets", follows="bracket"),
    KeptTable(table="bracket_round", says="rounds of brackets", follows="bracket"),
    KeptTable(table="bracket_vote", says="votes in brackets", person={"user_id": Fate.GONE}, follows="bracket"),
    KeptTable(table="server", says="servers with the bot", server="guild_id"),
    KeptTable(table="film", says="what TMDB says of films"),
    KeptTable(table="film_offers", says="where films can be watched", follows="film"),
    KeptTable(table="arrival", says="when each shipped montage came"),
    KeptTable(table="memo", says="what the bot remembers of itself"),
    KeptTable(table="origin", says="which database this is"),
)
