"""/bracket: montages against each other, round by round, until one is the champion of its server."""

from bot.bracket.brackets import Brackets
from bot.bracket.champions import Champions
from bot.bracket.delivery import BracketDelivery
from bot.bracket.feature import setup
from bot.bracket.posting import BracketPoster
from bot.bracket.round_store import RoundStore
from bot.bracket.store import BracketStore
from bot.bracket.vote_store import BracketVoteStore

__all__ = [
    "BracketDelivery",
    "BracketPoster",
    "BracketStore",
    "BracketVoteStore",
    "Brackets",
    "Champions",
    "RoundStore",
    "setup",
]
