"""How often Discord has refused requests lately, and a brake before that gets the machine's address blocked.

Ten thousand answers 401, 403 or 429 within ten minutes, and Discord answers this address no more, whichever bot
asks. All requests pass here. Well before that line the bot stops what it does by itself (posts, edits, looking
things up); people still get their answers.
"""

import re
import time
from collections import Counter, deque
from collections.abc import Callable
from typing import Any

import aiohttp
import structlog

log = structlog.get_logger(__name__)

# Seconds that Discord looks back, and in how fine steps they are counted here.
_WINDOW = 600.0
_STEP = 10.0
# Discord's own line is 10,000. The rest is for answers under way, and for other bots at the same address.
BRAKE_AT = 7_500
_COUNTED = frozenset({401, 403, 429})
# Answers to people, and what a bot needs to be there at all; everything else waits while the brake is on.
_ALWAYS = re.compile(r"/(interactions|webhooks)/|/gateway(/bot)?$|/users/@me$|/applications/@me$|/commands$")


class BrakedError(aiohttp.ClientError):
    """A request that was not sent, because too many were refused. It passes, as a lost connection does."""


class RefusedRequests:
    """Counts what Discord refuses. `now` is a clock in seconds that never goes back."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        # Since the start, by status.
        self.total: Counter[int] = Counter()
        self._recent: deque[tuple[float, int]] = deque()  # (when the step began, how many)
        self._lately = 0
        self._braking = False

    @property
    def lately(self) -> int:
        """How many in the last ten minutes."""
        while self._recent and self._recent[0][0] <= self._now() - _WINDOW - _STEP:
            self._lately -= self._recent.popleft()[1]
        return self._lately

    def seen(self, status: int, scope: str = "") -> None:
        """Discord has answered with this status; `scope` is its X-RateLimit-Scope."""
        # What others in the same channel used up ("shared") is not held against the bot.
        if status not in _COUNTED or scope == "shared":
            return
        self.total[status] += 1
        self._lately += 1
        step = self._now() // _STEP * _STEP
        before = self._recent.pop()[1] if self._recent and self._recent[-1][0] == step else 0
        self._recent.append((step, before + 1))

    def check(self, path: str) -> None:
        """Raises BrakedError if a request to this path had better not be sent now."""
        braking = self.lately >= BRAKE_AT
        if braking is not self._braking:
            self._braking = braking
            say = log.error if braking else log.info
            say("too many requests were refused" if braking else "requests are sent again", lately=self._lately)
        if braking and path.startswith("/api") and not _ALWAYS.search(path):
            raise BrakedError(f"not sent: Discord refused {self._lately:,} requests in the last ten minutes")

    def watch(self, trace: aiohttp.TraceConfig) -> None:
        """Have every request of a session counted and checked."""
        trace.on_request_start.append(self._begins)
        trace.on_request_end.append(self._ended)

    async def _begins(self, session: Any, context: Any, request: aiohttp.TraceRequestStartParams) -> None:
        self.check(request.url.path)

    async def _ended(self, session: Any, context: Any, request: aiohttp.TraceRequestEndParams) -> None:
        self.seen(request.response.status, request.response.headers.get("X-RateLimit-Scope", ""))
