"""Several processes that share the shards, on PostgreSQL: who serves what, and what they tell each other.

asyncpg is imported by what needs it, when it is needed: a bot that is alone does without.
"""

from bot.slots.looking import Seen, look
from bot.slots.messages import Messages, announce
from bot.slots.slot import HeldSlot, Layout
from bot.slots.taking import SPARE, Waiting, take_slot

__all__ = [
    "SPARE",
    "HeldSlot",
    "Layout",
    "Messages",
    "Seen",
    "Waiting",
    "announce",
    "look",
    "take_slot",
]
