"""Votes in brackets, in the database: who chose what, and who may still choose."""

from typing import NamedTuple

from bot.bracket.course import Bracket
from bot.bracket.rows import match_of
from bot.bracket.rules import Match
from bot.database import Database, Row


class BallotLine(NamedTuple):
    """A match that is voted on, as one person has it before them."""

    match: Match
    first_id: str  # montages; empty for one that was deleted
    second_id: str
    chosen: int | None  # a seed


_BALLOT = """
    SELECT pair.round, pair.position, pair.first_seed, pair.second_seed, pair.winner_seed, pair.reason,
           pair.first_votes, pair.second_votes,
           upper.montage_id AS upper_id, lower.montage_id AS lower_id, vote.seed AS chosen
    FROM bracket_match AS pair
    JOIN bracket ON bracket.id = pair.bracket_id
    LEFT JOIN bracket_entrant AS upper ON upper.bracket_id = pair.bracket_id AND upper.seed = pair.first_seed
    LEFT JOIN bracket_entrant AS lower ON lower.bracket_id = pair.bracket_id AND lower.seed = pair.second_seed
    LEFT JOIN bracket_vote AS vote ON vote.bracket_id = pair.bracket_id AND vote.round = pair.round
        AND vote.position = pair.position AND vote.user_id = :user
    WHERE pair.bracket_id = :bracket AND pair.round = :round AND pair.winner_seed IS NULL
        AND bracket.guild_id = :guild_id
    ORDER BY pair.position
"""
# Only in the round that is open, before it ends, for one of the two.
_VOTE = """
    INSERT INTO bracket_vote (bracket_id, round, position, user_id, seed, cast_at)
    SELECT pair.bracket_id, pair.round, pair.position, :user, :seed, :at
    FROM bracket_match AS pair
    JOIN bracket ON bracket.id = pair.bracket_id AND bracket.round = pair.round
    JOIN bracket_round AS opened ON opened.bracket_id = pair.bracket_id AND opened.round = pair.round
    WHERE pair.bracket_id = :bracket AND pair.round = :round AND pair.position = :position
        AND bracket.guild_id = :guild_id AND bracket.ended_at IS NULL AND opened.ends_at > :at
        AND pair.winner_seed IS NULL AND (pair.first_seed = :seed OR pair.second_seed = :seed)
    ON CONFLICT (bracket_id, round, position, user_id) DO UPDATE
    SET seed = excluded.seed, cast_at = excluded.cast_at
    RETURNING seed
"""


def _line(row: Row) -> BallotLine:
    return BallotLine(match_of(row), row["upper_id"] or "", row["lower_id"] or "", row["chosen"])


class BracketVoteStore:
    """Times are milliseconds since 1970."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def vote(
        self, guild_id: int, bracket_id: int, number: int, position: int, seed: int, user_id: int, at: int
    ) -> tuple[bool, list[BallotLine]]:
        """Choose a side, or change one's mind: (whether it counts, the person's ballot as it is then).

        It does not count where the round is over, or there is no such match. On disk when this returns.
        """
        counted, rows = await self._database.write_then_read(
            _VOTE,
            _BALLOT,
            guild_id=guild_id,
            bracket=bracket_id,
            round=number,
            position=position,
            seed=seed,
            user=user_id,
            at=at,
        )
        return bool(counted), list(map(_line, rows))

    async def ballot(self, guild_id: int, bracket_id: int, number: int, user_id: int) -> list[BallotLine]:
        """The matches of a round that are still open, with what the person chose in each."""
        rows = await self._database.read(_BALLOT, guild_id=guild_id, bracket=bracket_id, round=number, user=user_id)
        return list(map(_line, rows))

    async def turnout(self, bracket: Bracket) -> tuple[int, int]:
        """(people, votes) in the round that is open."""
        ((people, votes),) = await self._database.read(
            """
            SELECT count(DISTINCT user_id), count(*) FROM bracket_vote
            WHERE bracket_id = :bracket AND round = :round
            """,
            bracket=bracket.id,
            round=bracket.round,
        )
        return people, votes
