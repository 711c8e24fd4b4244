"""Votes: the buttons, what they write, the tally, the ranking.

`bot.voting.ballots` and `bot.voting.sums` are offered too, to those who count in bulk: they are not here because
numpy comes with them.
"""

from bot.voting.board import DUELS, Board
from bot.voting.buttons import VoteButton, hide_tally, montage_on, vote_buttons, with_tally
from bot.voting.cards import ranked_row
from bot.voting.conditions import is_ahead, others_have_voted, reaches_threshold
from bot.voting.erasing import delete_some_votes
from bot.voting.everybody import everybody_of
from bot.voting.everywhere import Everywhere
from bot.voting.feature import setup
from bot.voting.ranking import FEW_VOTES, PRIOR_VOTES, Ranked, bayesian_average, movement, rank
from bot.voting.shared_counts import SharedCounts
from bot.voting.store import Choice, Tally, Vote, VoteStore
from bot.voting.voting import VoteRules, Voting

__all__ = [
    "DUELS",
    "FEW_VOTES",
    "PRIOR_VOTES",
    "Board",
    "Choice",
    "Everywhere",
    "Ranked",
    "SharedCounts",
    "Tally",
    "Vote",
    "VoteButton",
    "VoteRules",
    "VoteStore",
    "Voting",
    "bayesian_average",
    "delete_some_votes",
    "everybody_of",
    "hide_tally",
    "is_ahead",
    "montage_on",
    "movement",
    "others_have_voted",
    "rank",
    "ranked_row",
    "reaches_threshold",
    "setup",
    "vote_buttons",
    "with_tally",
]
