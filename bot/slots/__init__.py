"""Several processes that share the shards, on PostgreSQL: who serves what, and what they tell each other.

asyncpg is imported by what needs it, when it is needed: a bot that is alone does without.
"""

from bot.slots.messages import Messages, announce
from bot.slots.slot import HeldSlot, Layout, parts_of
from bot.slots.taking import take_slot

__all__ = ["HeldSlot", "Layout", "Messages", "announce", "parts_of", "take_slot"]
