"""What everybody thinks, counted by one process for all: kept in the database, and the others are told.

Counting reads every vote there is, so of several processes one does it (`Shards.first`), also when another asks.
"""

import asyncio
import base64
import json
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from bot import clock
from bot.database import Database, remember, remembered
from bot.slots import Messages
from bot.voting.store import Tallies, Tally

if TYPE_CHECKING:
    from bot.voting.sums import Likes, Trends

_NAME = "counted everywhere"


class Counted(NamedTuple):
    """The outcome of a count, and of how many votes."""

    trends: "Trends"
    likes: "Likes"
    votes: int


class SharedCounts:
    """The latest count, for every process. `counts_here`: this is the one that counts."""

    def __init__(
        self, database: Database, messages: Messages, montages: Sequence[str], *, counts_here: bool
    ) -> None:
        self._database, self.messages, self.counts_here = database, messages, counts_here
        self._montages = list(montages)

    async def save(self, counted: Counted) -> None:
        """Keep it, and tell the others."""
        text = await asyncio.to_thread(_written, counted, self._montages)
        await remember(self._database, _NAME, text)
        await self.messages.tell("counted")

    async def load(self) -> Counted | None:
        """The latest; None where there is none. One that is an hour old is asked to be made anew."""
        text = await remembered(self._database, _NAME)
        read = await asyncio.to_thread(_read, text, self._montages) if text is not None else None
        if read is None or not clock.within(clock.HOUR, read[1]):
            await self.messages.tell("count")
        return read[0] if read else None


def _written(counted: Counted, montages: list[str]) -> str:
    import numpy as np  # noqa: PLC0415 - only for those who ask

    likes = counted.likes
    together = base64.b64encode(zlib.compress(likes.together.astype(np.int32).tobytes())).decode()
    return json.dumps(
        {
            "at": clock.now(),
            "montages": montages,
            "votes": counted.votes,
            "trends": [[days, *both] for days, both in counted.trends.items()],
            "likes": {"together": together, "up": likes.up.tolist(), "down": likes.down.tolist()},
            "voters": likes.voters,
        }
    )


def _read(text: str, montages: list[str]) -> tuple[Counted, int] | None:
    """What was written, and when; None for a count of other montages, as another version has them."""
    import numpy as np  # noqa: PLC0415

    from bot.voting.sums import Likes  # noqa: PLC0415

    kept = json.loads(text)
    if kept["montages"] != montages:
        return None
    likes, every = kept["likes"], len(montages)
    together = np.frombuffer(zlib.decompress(base64.b64decode(likes["together"])), np.int32)
    trends = {days: (_tallies(now), _tallies(before)) for days, now, before in kept["trends"]}
    learnt = Likes(
        together.reshape(every, every).astype(np.float64),
        np.array(likes["up"], np.int64),
        np.array(likes["down"], np.int64),
        int(kept["voters"]),
    )
    return Counted(trends, learnt, int(kept["votes"])), int(kept["at"])


def _tallies(kept: dict[str, list[int]]) -> Tallies:
    return {montage: Tally(*counts) for montage, counts in kept.items()}
