"""Which of Discord's shards this process serves, and so which servers are its own.

Discord sends all events of a server over one shard. Where several processes share the shards, each judges only what
is its own: which servers left, what is due, what was left undone. A process that is alone owns everything.
"""

import asyncio
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from bot.errors import UserError


class NotServingError(UserError):
    """Another process may serve these shards by now: what happens once only is no longer this one's to do."""

    def __init__(self) -> None:
        super().__init__("I'm being swapped for a fresh me this very second. Try it once more in a moment.")


@dataclass(frozen=True, slots=True)
class Shards:
    """The shards `ids` of `count`. A process alone is all of one shard, however many Discord has it open."""

    count: int = 1
    ids: range = range(1)

    def owns(self, guild_id: int) -> bool:
        """Whether the server's events come to this process; direct messages (0) come over the first shard."""
        return (guild_id >> 22) % self.count in self.ids

    def owned(self, column: str) -> str:
        """The same as a condition of SQL on a column of guild ids."""
        if len(self.ids) == self.count:
            return "1 = 1"
        return f"(({column} >> 22) % {self.count}) BETWEEN {self.ids[0]} AND {self.ids[-1]}"

    @property
    def first(self) -> bool:
        """Whether this is the one process that does what is done once for all of them."""
        return 0 in self.ids

    def __str__(self) -> str:
        """As people are told: `4-7 of 16`."""
        last = f"-{self.ids[-1]}" if len(self.ids) > 1 else ""
        return f"{self.ids[0]}{last} of {self.count}"


EVERY_SHARD = Shards()


class Slot:
    """What a process serves, and whether it still may. This one is alone; `bot.slots` has those who share."""

    def __init__(self, shards: Shards = EVERY_SHARD, number: int = 0) -> None:
        self.shards, self.number = shards, number
        # Set once somebody else may serve these shards.
        self.lost = asyncio.Event()
        # How many IDENTIFYs Discord takes in five seconds (`max_concurrency`); it tells when it is asked.
        self.max_concurrency = 1
        self._identifying = asyncio.Lock()

    @property
    def alone(self) -> bool:
        """Whether no other process shares the shards."""
        return len(self.shards.ids) == self.shards.count

    @property
    def holds(self) -> bool:
        """Whether it was certain a moment ago that nobody else serves these shards."""
        return True

    async def require(self) -> None:
        """Before what happens once only: a daily post, a decision, an announcement. Raises NotServingError."""

    async def release(self) -> None:
        """Nothing is served any more, and whoever wants to may begin."""

    def identify_turn(self, shard_id: int | None) -> AbstractAsyncContextManager[None]:
        """Held while a connection sends IDENTIFY, of which Discord takes one at a time."""
        return self._identifying
