"""Brackets in the database: who takes part, who met whom, who chose what, what was posted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from bot import clock
from bot.bracket.rules import Match, champion, next_round, rounds_of
from bot.catalogue import Filters
from bot.catalogue.stored_filters import UnreadableFilters, decode_filters, encode_filters
from bot.database import Database, Row, SqlValue, Transaction, restored_at
from bot.delivery import Claim
from bot.languages import kept, said_of
from bot.shards import EVERY_SHARD, Shards

Source = Literal["top", "suggested"]
# decide one match: (match, votes by seed) -> the match with its winner
Decide = Callable[[Match, Mapping[int, int]], Match]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bracket:
    """One bracket. `round` is the one whose post is due or stands; after the final it is the announcement.

    `due_at` None: it is over, or was given up. `filters` None: they cannot be read any more, and are only shown.
    """

    id: int
    guild_id: int
    channel_id: int
    size: int
    source: Source
    filters: Filters | None
    hours: int
    round: int = 1
    started_at: int
    due_at: int | None
    failing_since: int | None = None
    problem: str | None = None
    ended_at: int | None = None
    champion_seed: int | None = None

    @property
    def rounds(self) -> int:
        """How many rounds are played."""
        return rounds_of(self.size)

    @property
    def is_played(self) -> bool:
        """Whether the final is decided."""
        return self.round > self.rounds


class RoundPost(NamedTuple):
    """The right to make a round's post, and the post itself, if it stands."""

    claim: Claim
    ends_at: int


@dataclass(frozen=True, slots=True)
class Course:
    """A bracket with everything that has happened in it. `entrants`: montage ids by seed."""

    bracket: Bracket
    entrants: Mapping[int, str] = field(default_factory=dict)
    matches: Sequence[Match] = ()
    posts: Mapping[int, RoundPost] = field(default_factory=dict)

    def of_round(self, number: int) -> list[Match]:
        """The matches of a round, from top to bottom; none while it is not known who meets whom."""
        return [match for match in self.matches if match.round == number]


class BallotLine(NamedTuple):
    """A match that is voted on, as one person has it before them."""

    match: Match
    first_id: str  # montages; empty for one that was deleted
    second_id: str
    chosen: int | None  # a seed


def _bracket(row: Row) -> Bracket:
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


def _match(row: Row) -> Match:
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


def _post(row: Row, *, fresh: bool) -> RoundPost:
    return RoundPost(Claim(fresh, row["claimed_at"], row["message_id"]), row["ends_at"])


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
    return BallotLine(_match(row), row["upper_id"] or "", row["lower_id"] or "", row["chosen"])


class BracketStore:
    """Times are milliseconds since 1970."""

    def __init__(self, database: Database, shards: Shards = EVERY_SHARD) -> None:
        self._database = database
        self._own = shards.owned("guild_id")

    # --- what there is ---

    async def running(self, guild_id: int) -> Bracket | None:
        """The one that is not over."""
        rows = await self._database.read(
            "SELECT * FROM bracket WHERE guild_id = :guild_id AND ended_at IS NULL", guild_id=guild_id
        )
        return _bracket(rows[0]) if rows else None

    async def get(self, guild_id: int, bracket_id: int) -> Bracket | None:
        """One of that server's."""
        rows = await self._database.read(
            "SELECT * FROM bracket WHERE id = :bracket AND guild_id = :guild_id",
            bracket=bracket_id,
            guild_id=guild_id,
        )
        return _bracket(rows[0]) if rows else None

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
            tuple(map(_match, matches)),
            {row["round"]: _post(row, fresh=False) for row in posts},
        )

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
        return [(_bracket(row), row["champion_id"] or "") for row in rows]

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
            await _write_matches(transaction, number, matches)
        return int(number)

    async def stop(self, guild_id: int, bracket_id: int, at: int) -> bool:
        """End it without a champion; whether it was running. Its final may be decided, and not announced yet."""
        return bool(
            await self._database.write(
                """
                UPDATE bracket SET ended_at = :at, due_at = NULL, champion_seed = NULL, problem = NULL,
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

    # --- voting ---

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

    # --- what is due ---

    async def due(self, now: int, most: int) -> list[Bracket]:
        """Those whose time has come, in the servers of one's own shards; the longest due first."""
        rows = await self._database.read(
            f"SELECT * FROM bracket WHERE due_at <= :now AND {self._own} ORDER BY due_at LIMIT :most",  # noqa: S608 - a condition of our own
            now=now,
            most=most,
        )
        return list(map(_bracket, rows))

    async def next_due(self) -> int | None:
        """When the next one's time comes; None when nobody waits for any."""
        ((at,),) = await self._database.read(
            f"SELECT min(due_at) FROM bracket WHERE due_at IS NOT NULL AND {self._own}"  # noqa: S608 - a condition of our own
        )
        return at if at is None else int(at)

    async def post(self, bracket: Bracket) -> RoundPost | None:
        """The post of its round, if anybody has tried to make it."""
        rows = await self._database.read(
            "SELECT * FROM bracket_round WHERE bracket_id = :bracket AND round = :round",
            bracket=bracket.id,
            round=bracket.round,
        )
        return _post(rows[0], fresh=False) if rows else None

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
            decided = [decide_match(match, votes.get(match.position, {})) for match in map(_match, rows)]
            following = next_round(decided)
            await _write_matches(transaction, bracket.id, [*decided, *following])
            if not following:
                await transaction.run(
                    "UPDATE bracket SET champion_seed = :seed WHERE id = :bracket",
                    seed=champion(decided, is_here),
                    bracket=bracket.id,
                )
            (row,) = await transaction.run("SELECT * FROM bracket WHERE id = :bracket", bracket=bracket.id)
        return _bracket(row)

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
            return _post(fresh[0], fresh=True)
        (row,) = await self._database.read(
            "SELECT * FROM bracket_round WHERE bracket_id = :bracket AND round = :round", **values
        )
        return _post(row, fresh=False)

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
        return _post(rows[0], fresh=True)

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
        return _bracket(rows[0]) if rows else None

    async def failed(
        self, bracket: Bracket, at: int, problem: str, again_at: int | None, *, nothing_posted: bool
    ) -> None:
        """Why there is no post; tried again then, or never. `nothing_posted`: that is sure, so nobody need look."""
        async with self._database.transaction(bracket.guild_id) as transaction:
            if nothing_posted:
                await transaction.run(
                    """
                    DELETE FROM bracket_round
                    WHERE bracket_id = :bracket AND message_id IS NULL
                    """,
                    bracket=bracket.id,
                )
            await transaction.run(
                """
                UPDATE bracket
                SET due_at = :again, failing_since = coalesce(failing_since, :at), problem = :problem
                WHERE id = :bracket AND due_at = :was
                """,
                again=again_at,
                at=at,
                problem=kept(problem),
                bracket=bracket.id,
                was=bracket.due_at,
            )

    async def move(self, bracket: Bracket, due_at: int) -> None:
        """Look again then; nothing happens when somebody has changed it meanwhile."""
        await self._database.write(
            "UPDATE bracket SET due_at = :due WHERE id = :bracket AND due_at = :was",
            bracket=bracket.id,
            due=due_at,
            was=bracket.due_at,
        )

    async def restored_at(self) -> int | None:
        """See `bot.database.restored_at`."""
        return await restored_at(self._database)


def _end(bracket: Bracket, opened_at: int) -> int:
    return opened_at if bracket.is_played else opened_at + bracket.hours * clock.HOUR


async def _write_matches(transaction: Transaction, bracket_id: int, matches: Iterable[Match]) -> None:
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
