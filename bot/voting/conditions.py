"""What others ask of votes inside their own statements, as conditions in SQL.

A suggestion is accepted, or still open to its author, by the votes of that very moment: so these are part of the
one statement that decides. `guild` and `montage` are expressions, such as `suggestion.guild_id` or `:montage`.
"""


def others_have_voted(guild: str, montage: str, user: str) -> str:
    """Whether anybody but `user` has a vote that stands."""
    return f"""EXISTS (
        SELECT 1 FROM vote
        WHERE vote.guild_id = {guild} AND vote.montage_id = {montage}
            AND vote.user_id <> {user} AND vote.value <> 0)"""


def is_ahead(guild: str, montage: str) -> str:
    """Whether more are for it than against it."""
    return f"""EXISTS (
        SELECT 1 FROM tally
        WHERE tally.guild_id = {guild} AND tally.montage_id = {montage} AND tally.up > tally.down)"""


def reaches_threshold(guild: str, montage: str) -> str:
    """Whether it has `:margin` more votes for than against, and `:share_percent` of all votes."""
    return f"""EXISTS (
        SELECT 1 FROM tally
        WHERE tally.guild_id = {guild} AND tally.montage_id = {montage} AND tally.up - tally.down >= :margin
            AND tally.up * 100 >= :share_percent * (tally.up + tally.down))"""
