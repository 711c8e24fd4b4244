"""The rounds of brackets in the database: what is due, how a round is closed, and what was posted of the next."""

from collections.abc import Callable, Mapping

from bot import clock
from bot.bracket.course import Bracket, RoundPost
from bot.bracket.rows import bracket_of, match_of, post_of, write_matches
from bot.bracket.rules import Match, champion, next_round
from bot.database import Row, SqlValue, Transaction
from bot.delivery import LastingStore

# decide one match: (match, votes by seed) -> the match with its winner
Decide = Callable[[Match, Mapping[int, int]], Match]


class RoundStore(LastingStore[Bracket]):
    """Times are milliseconds since 1970."""

    table = "bracket"

    def _job(self, row: Row) -> Bracket:
        return bracket_of(row)

    def _key(self, job: Bracket) -> tuple[str, int]:
        return "id", job.id

    async def close(self, bracket: Bracket, decide_match: Decide, is_here: Callable[[int], bool]) -> Bracket | None:
        """Decide every match of its round and draw the next one, all or nothing; None where somebody was faster.

        From then on no vote counts in that round. `is_here`: whether a seed's montage may still be shown.
        """
        async with self._database.transaction(bracket.guild_id) as transaction:
            moved = await transaction.run(
                """
                UPDATE bracket SET round = round + 1
                WHERE id = :bracket AND round = :round AND ended_at IS NULL RETURNING id
                """,
                bracket=bracket.id,
                round=bracket.round,
            )
            if not moved:
                return None
            votes = await self._votes(transaction, bracket)
            rows = await transaction.run(
                "SELECT * FROM bracket_match WHERE bracket_id = :bracket AND round = :round ORDER BY position",
                bracket=bracket.id,
                round=bracket.round,
            )
            decided = [decide_match(match, votes.get(match.position, {})) for match in map(match_of, rows)]
            following = next_round(decided)
            await write_matches(transaction, bracket.id, [*decided, *following])
            if not following:
                await transaction.run(
                    "UPDATE bracket SET champion_seed = :seed WHERE id = :bracket",
                    seed=champion(decided, is_here),
                    bracket=bracket.id,
                )
            (row,) = await transaction.run("SELECT * FROM bracket WHERE id = :bracket", bracket=bracket.id)
        return bracket_of(row)

    async def _votes(self, transaction: Transaction, bracket: Bracket) -> dict[int, dict[int, int]]:
        """Votes by position and seed, in the round."""
        rows = await transaction.run(
            """
            SELECT position, seed, count(*) AS votes FROM bracket_vote
            WHERE bracket_id = :bracket AND round = :round GROUP BY position, seed
            """,
            bracket=bracket.id,
            round=bracket.round,
        )
        votes: dict[int, dict[int, int]] = {}
        for row in rows:
            votes.setdefault(row["position"], {})[row["seed"]] = row["votes"]
        return votes

    async def claim(self, bracket: Bracket, at: int) -> RoundPost:
        """Take the right to make the post of its round, which opens with it; tells whether an earlier try has."""
        values: dict[str, SqlValue] = {"bracket": bracket.id, "round": bracket.round}
        fresh = await self._database.write(
            """
            INSERT INTO bracket_round (bracket_id, round, claimed_at, ends_at) VALUES (:bracket, :round, :at, :end)
            ON CONFLICT (bracket_id, round) DO NOTHING RETURNING claimed_at, ends_at, message_id
            """,
            **values,
            at=at,
            end=_end(bracket, at),
        )
        if fresh:
            return post_of(fresh[0], fresh=True)
        (row,) = await self._database.read(
            "SELECT * FROM bracket_round WHERE bracket_id = :bracket AND round = :round", **values
        )
        return post_of(row)

    async def renew(self, bracket: Bracket, at: int) -> RoundPost:
        """The post of an earlier try does not stand: the round opens only now."""
        rows = await self._database.write(
            """
            UPDATE bracket_round SET claimed_at = :at, ends_at = :end
            WHERE bracket_id = :bracket AND round = :round RETURNING claimed_at, ends_at, message_id
            """,
            bracket=bracket.id,
            round=bracket.round,
            at=at,
            end=_end(bracket, at),
        )
        return post_of(rows[0], fresh=True)

    async def done(self, bracket: Bracket, message_id: int) -> Bracket | None:
        """The post of its round stands (0: nobody knows where): it waits for the round's end, or it is over.

        None where somebody has stopped it meanwhile.
        """
        values: dict[str, SqlValue] = {"bracket": bracket.id, "round": bracket.round, "was": bracket.due_at}
        async with self._database.transaction(bracket.guild_id) as transaction:
            (post,) = await transaction.run(
                """
                UPDATE bracket_round SET message_id = :message WHERE bracket_id = :bracket AND round = :round
                RETURNING claimed_at, ends_at
                """,
                **values,
                message=message_id,
            )
            rows = await transaction.run(
                """
                UPDATE bracket SET due_at = :due, ended_at = :ended, failing_since = NULL, problem = NULL
                WHERE id = :bracket AND round = :round AND due_at = :was AND ended_at IS NULL RETURNING *
                """,
                **values,
                due=None if bracket.is_played else post["ends_at"],
                ended=post["claimed_at"] if bracket.is_played else None,
            )
        return bracket_of(rows[0]) if rows else None

    async def _forget_claim(self, transaction: Transaction, job: Bracket) -> None:
        await transaction.run(
            "DELETE FROM bracket_round WHERE bracket_id = :bracket AND message_id IS NULL", bracket=job.id
        )


def _end(bracket: Bracket, opened_at: int) -> int:
    return opened_at if bracket.is_played else opened_at + bracket.hours * clock.HOUR
