"""A suggestion's part in an erase: cards to redraw, what stays of limits, others' drafts of the same words."""

from bot.database import Transaction
from bot.suggestions.card_cleanup import leave_cards
from bot.suggestions.traces import leave_traces

# A moderator who corrects a suggestion may have a draft of it, with its author's words.
_DRAFTS_OF_OTHERS = """
    DELETE FROM draft WHERE form IN ('accept', 'correct') AND EXISTS (
        SELECT 1 FROM suggestion
        WHERE author_id = :user AND suggestion.guild_id = draft.guild_id AND argument LIKE suggestion.id || '.%')
"""


async def prepare_erase(transaction: Transaction, user_id: int, now: int) -> int:
    """Before a person's rows are deleted or lose their name; returns how many cards of theirs have to follow."""
    cards = await leave_cards(transaction, "author_id = :user", user=user_id)
    await leave_traces(transaction, user_id, now)
    await transaction.run(_DRAFTS_OF_OTHERS, user=user_id)
    return cards


async def suggestions_of(transaction: Transaction, user_id: int) -> list[tuple[int, str]]:
    """(server, montage id) of everything that a person has suggested."""
    rows = await transaction.run("SELECT id, guild_id FROM suggestion WHERE author_id = :user", user=user_id)
    return [(row["guild_id"], f"s{row['id']}") for row in rows]


async def delete_suggestions(transaction: Transaction, user_id: int) -> None:
    """Everything that a person has suggested, with its history."""
    await transaction.run("DELETE FROM suggestion WHERE author_id = :user", user=user_id)
