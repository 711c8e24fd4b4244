"""Votes: the buttons, what they write, the tally, the ranking."""

from bot.voting.buttons import vote_buttons
from bot.voting.cards import ranked_row
from bot.voting.feature import add_to
from bot.voting.ranking import rank
from bot.voting.store import Choice, Tally, Vote, VoteStore
from bot.voting.voting import Voting

__all__ = ["Choice", "Tally", "Vote", "VoteStore", "Voting", "add_to", "rank", "ranked_row", "vote_buttons"]
