"""Brackets in the database: who takes part, and what has happened; begun and ended by hand."""

from collections.abc import Iterable, Sequence

from bot.bracket.course import Bracket, Course, RoundPost
from bot.bracket.rows import bracket_of, match_of, post_of, write_matches
from bot.bracket.rules import Match
from bot.catalogue import Filters
from bot.catalogue.stored_filters import encode_filters
from bot.database import Database


class BracketStore:
    """Times are milliseconds since 1970."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- what there is ---

    async def running(self, guild_id: int) -> Bracket | None:
        """The one that is not over."""
        rows = await self._database.read(
            "SELECT * FROM bracket WHERE guild_id = :guild_id AND ended_at IS NULL", guild_id=guild_id
        )
        return bracket_of(rows[0]) if rows else None

    async def get(self, guild_id: int, bracket_id: int) -> Bracket | None:
        """One of that server's."""
        rows = await self._database.read(
            "SELECT * FROM bracket WHERE id = :bracket AND guild_id = :guild_id",
            bracket=bracket_id,
            guild_id=guild_id,
        )
        return bracket_of(rows[0]) if rows else None

    async def course(self, bracket: Bracket) -> Course:
        """Everything that has happened in it."""
        entrants = await self._database.read(
            "SELECT seed, montage_id FROM bracket_entrant WHERE bracket_id = :bracket", bracket=bracket.id
        )
        matches = await self._database.read(
            "SELECT * FROM bracket_match WHERE bracket_id = :bracket ORDER BY round, position", bracket=bracket.id
        )
        posts = await self._database.read(
            "SELECT * FROM bracket_round WHERE bracket_id = :bracket", bracket=bracket.id
        )
        return Course(
            bracket,
            {row["seed"]: row["montage_id"] for row in entrants},
            tuple(map(match_of, matches)),
            {row["round"]: post_of(row) for row in posts},
        )

    async def post(self, bracket: Bracket) -> RoundPost | None:
        """The post of its round, if anybody has tried to make it."""
        rows = await self._database.read(
            "SELECT * FROM bracket_round WHERE bracket_id = :bracket AND round = :round",
            bracket=bracket.id,
            round=bracket.round,
        )
        return post_of(rows[0]) if rows else None

    async def over(self, guild_id: int) -> list[tuple[Bracket, str]]:
        """(bracket, the champion's montage id or nothing) of those that are over, the latest first."""
        rows = await self._database.read(
            """
            SELECT bracket.*, entrant.montage_id AS champion_id FROM bracket
            LEFT JOIN bracket_entrant AS entrant
                ON entrant.bracket_id = bracket.id AND entrant.seed = bracket.champion_seed
            WHERE bracket.guild_id = :guild_id AND bracket.ended_at IS NOT NULL ORDER BY bracket.id DESC
            """,
            guild_id=guild_id,
        )
        return [(bracket_of(row), row["champion_id"] or "") for row in rows]

    async def champions(self) -> list[tuple[int, str, int]]:
        """(server, montage, when) of every champion, the earliest first."""
        rows = await self._database.read(
            """
            SELECT bracket.guild_id, entrant.montage_id, bracket.ended_at FROM bracket
            JOIN bracket_entrant AS entrant
                ON entrant.bracket_id = bracket.id AND entrant.seed = bracket.champion_seed
            WHERE bracket.ended_at IS NOT NULL ORDER BY bracket.ended_at
            """
        )
        return [(row["guild_id"], row["montage_id"], row["ended_at"]) for row in rows]

    # --- beginning and ending by hand ---

    async def start(self, bracket: Bracket, entrants: Sequence[str], matches: Iterable[Match]) -> int | None:
        """Keep a new one, whose `id` does not matter; gives its id, or None where another one is running there."""
        async with self._database.transaction(bracket.guild_id) as transaction:
            begun = await transaction.run(
                """
                INSERT INTO bracket (guild_id, channel_id, size, source, filters, hours, round, started_at, due_at)
                VALUES (:guild_id, :channel, :size, :source, :filters, :hours, 1, :at, :due)
                ON CONFLICT (guild_id) WHERE ended_at IS NULL DO NOTHING RETURNING id
                """,
                guild_id=bracket.guild_id,
                channel=bracket.channel_id,
                size=bracket.size,
                source=bracket.source,
                filters=encode_filters(bracket.filters or Filters()),
                hours=bracket.hours,
                at=bracket.started_at,
                due=bracket.due_at,
            )
            if not begun:
                return None
            ((number,),) = begun
            for seed, montage_id in enumerate(entrants, 1):
                await transaction.run(
                    """
                    INSERT INTO bracket_entrant (bracket_id, seed, guild_id, montage_id)
                    VALUES (:bracket, :seed, :guild_id, :montage)
                    """,
                    bracket=number,
                    seed=seed,
                    guild_id=bracket.guild_id,
                    montage=montage_id,
                )
            await write_matches(transaction, number, matches)
        return int(number)

    async def stop(self, guild_id: int, bracket_id: int, at: int) -> bool:
        """End it without a champion; whether it was running. Its final may be decided, and not announced yet.

        It is due once more, for the post that stands.
        """
        return bool(
            await self._database.write(
                """
                UPDATE bracket SET ended_at = :at, due_at = :at, champion_seed = NULL, problem = NULL,
                    failing_since = NULL
                WHERE id = :bracket AND guild_id = :guild_id AND ended_at IS NULL RETURNING id
                """,
                bracket=bracket_id,
                guild_id=guild_id,
                at=at,
            )
        )

    async def go_on(self, guild_id: int, bracket_id: int, channel_id: int, at: int) -> bool:
        """Try again at once, in that channel, what has failed; whether anything had."""
        return bool(
            await self._database.write(
                """
                UPDATE bracket SET channel_id = :channel, due_at = :at, failing_since = NULL, problem = NULL
                WHERE id = :bracket AND guild_id = :guild_id AND ended_at IS NULL AND problem IS NOT NULL
                RETURNING id
                """,
                bracket=bracket_id,
                guild_id=guild_id,
                channel=channel_id,
                at=at,
            )
        )
