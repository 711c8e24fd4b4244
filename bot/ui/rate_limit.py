"""How fast one person may press things."""

import time
from collections import OrderedDict
from collections.abc import Callable

from bot.errors import UserError
from bot.languages import _

# Typing asks for completions several times before it comes to a press.
COMPLETIONS_TO_A_PRESS = 4
# People remembered at most, about 150 bytes each. Only those who pressed within the last minute are.
_PEOPLE = 10_000


class RateLimiter:
    """So many presses a minute for each person; a third of them may come at once. 0: no limit."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_minute / 60
        self._at_once = max(per_minute / 3, 1.0)
        self._clock = clock
        # When each person's allowance is (or was) full again; the longest quiet come first.
        self._full_at: OrderedDict[int, float] = OrderedDict()

    def __len__(self) -> int:
        """How many people are remembered."""
        return len(self._full_at)

    def check(self, person: int) -> None:
        """Count one press. Raises UserError when the person is too fast; such a press is not counted."""
        if not self._per_second:
            return
        now = self._clock()
        full_at = max(self._full_at.get(person, now), now) + 1 / self._per_second
        if full_at - now > self._at_once / self._per_second:
            raise UserError(
                _(
                    "Easy, champ! Even the best montage lets you catch your breath. Give me a few seconds, "
                    "then press on."
                )
            )
        self._full_at[person] = full_at
        self._full_at.move_to_end(person)
        self._forget(now)

    def _forget(self, now: float) -> None:
        """Drop whoever has their whole allowance again, which is what a stranger has."""
        while self._full_at:
            person, full_at = next(iter(self._full_at.items()))
            if full_at > now and len(self._full_at) <= _PEOPLE:
                return
            del self._full_at[person]
