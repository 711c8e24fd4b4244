"""/montage random, show and find: a montage, picked, named or searched for, as a card."""

from bot.montages.cards import montage_card
from bot.montages.decks import Decks
from bot.montages.feature import add_to
from bot.montages.picker import next_of

__all__ = ["Decks", "add_to", "montage_card", "next_of"]
