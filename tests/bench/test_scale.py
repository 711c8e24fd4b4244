"""The votes that the benchmark makes are such as the bot could have written."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.database import Database
from tests.bench.scale import FIRST_ID, make_votes

RECOUNT = "SELECT guild_id, montage_id, sum(value = 1), sum(value = -1) FROM vote GROUP BY 1, 2"


async def test_votes_made_in_bulk_leave_what_votes_one_by_one_would(database: Database, path: Path) -> None:
    await database.close()
    montages = [f"m-{number}" for number in range(20)]
    made = make_votes(path, montages, votes=3_000, people=2_500, servers=10)
    with closing(sqlite3.connect(path)) as connection:
        votes = connection.execute("SELECT guild_id, montage_id, user_id FROM vote").fetchall()
        assert connection.execute("SELECT * FROM tally ORDER BY 1, 2").fetchall() == (
            connection.execute(RECOUNT).fetchall()
        )
        ((by_day,),) = connection.execute("SELECT sum(up + down) FROM tally_of_day")
        kept = connection.execute("SELECT name FROM sqlite_master WHERE tbl_name = 'vote' AND type <> 'table'")
        assert {"vote_by_person", "vote_given", "vote_given_on_a_day"} <= {name for (name,) in kept}
    assert made == len(votes) == by_day and 2_900 < made < 3_200
    assert {guild for guild, _, _ in votes} <= set(range(FIRST_ID, FIRST_ID + 10))
    assert {montage for _, montage, _ in votes} <= set(montages)
    said = [(montage, user) for _, montage, user in votes]
    assert len(set(said)) < len(said), "some say the same in two servers"
