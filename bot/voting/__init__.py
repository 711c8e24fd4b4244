"""Votes: the buttons, what they write, the tally, the ranking."""

from bot.voting.buttons import vote_buttons
from bot.voting.feature import add_to
from bot.voting.store import Choice, Tally, Vote
from bot.voting.voting import Voting

__all__ = ["Choice", "Tally", "Vote", "Voting", "add_to", "vote_buttons"]
