"""/montage random, show and find: a montage, picked, named or searched for, as a card."""

from bot.montages.cards import ChampionSince, montage_card
from bot.montages.decks import Decks
from bot.montages.feature import setup
from bot.montages.random import AgainButton, forget_drawn
from bot.montages.rotation import next_of
from bot.montages.store import ShowingStore

__all__ = [
    "AgainButton",
    "ChampionSince",
    "Decks",
    "ShowingStore",
    "forget_drawn",
    "montage_card",
    "next_of",
    "setup",
]
