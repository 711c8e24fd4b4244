"""A member's own list: montages saved for later, and those seen already. Theirs everywhere, and nobody else's."""

from bot.shelf.buttons import MarkButton, SaveButton
from bot.shelf.feature import setup
from bot.shelf.narrowing import ONLY, Only, narrowed
from bot.shelf.store import ShelfStore

__all__ = ["ONLY", "MarkButton", "Only", "SaveButton", "ShelfStore", "narrowed", "setup"]
