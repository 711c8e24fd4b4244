"""The rows of the tables of brackets, as what they stand for."""

from collections.abc import Iterable

from bot.bracket.course import Bracket, RoundPost
from bot.bracket.rules import Match
from bot.catalogue import Filters
from bot.catalogue.stored_filters import UnreadableFilters, decode_filters
from bot.database import Row, Transaction
from bot.delivery import Claim
from bot.languages import said_of


def bracket_of(row: Row) -> Bracket:
    """A row of `bracket`."""
    filters: Filters | None
    try:
        filters = decode_filters(row["filters"])
    except UnreadableFilters:
        filters = None
    return Bracket(
        id=row["id"],
        guild_id=row["guild_id"],
        channel_id=row["channel_id"],
        size=row["size"],
        source=row["source"],
        filters=filters,
        hours=row["hours"],
        round=row["round"],
        started_at=row["started_at"],
        due_at=row["due_at"],
        failing_since=row["failing_since"],
        problem=said_of(row["problem"]),
        ended_at=row["ended_at"],
        champion_seed=row["champion_seed"],
    )


def match_of(row: Row) -> Match:
    """A row of `bracket_match`."""
    return Match(
        row["round"],
        row["position"],
        row["first_seed"],
        row["second_seed"],
        row["winner_seed"],
        row["reason"],
        row["first_votes"] or 0,
        row["second_votes"] or 0,
    )


def post_of(row: Row, *, fresh: bool = False) -> RoundPost:
    """A row of `bracket_round`; `fresh`: it was written this moment."""
    return RoundPost(Claim(fresh, row["claimed_at"], row["message_id"]), row["ends_at"])


async def write_matches(transaction: Transaction, bracket_id: int, matches: Iterable[Match]) -> None:
    """Keep them, also how those are decided that are kept already."""
    for match in matches:
        await transaction.run(
            """
            INSERT INTO bracket_match (bracket_id, round, position, first_seed, second_seed,
                winner_seed, reason, first_votes, second_votes)
            VALUES (:bracket, :round, :position, :first, :second,
                :winner, :reason, :first_votes, :second_votes)
            ON CONFLICT (bracket_id, round, position) DO UPDATE
            SET winner_seed = excluded.winner_seed, reason = excluded.reason,
                first_votes = excluded.first_votes, second_votes = excluded.second_votes
            """,
            bracket=bracket_id,
            round=match.round,
            position=match.position,
            first=match.first,
            second=match.second,
            winner=match.winner,
            reason=match.decided_by,
            first_votes=None if match.winner is None else match.first_votes,
            second_votes=None if match.winner is None else match.second_votes,
        )
