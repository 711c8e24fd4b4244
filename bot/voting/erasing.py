"""The votes' part in the erase of a server."""

from bot.database import Transaction

_SOME = """
    DELETE FROM vote WHERE (guild_id, montage_id, user_id) IN (
        SELECT guild_id, montage_id, user_id FROM vote WHERE guild_id = :guild_id LIMIT :most
    ) RETURNING 1
"""


async def delete_some_votes(transaction: Transaction, guild_id: int, most: int) -> int:
    """Delete `most` votes of a server, or all where there are fewer; how many. The tallies follow by triggers."""
    return len(await transaction.run(_SOME, guild_id=guild_id, most=most))
