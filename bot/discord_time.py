"""What time it is at Discord: for what must not happen too early because this machine's clock is wrong."""

import time
from email.utils import parsedate_to_datetime
from types import SimpleNamespace

import aiohttp

from bot import clock

# Seconds after which an answer is looked at again; between two the time runs on by itself.
_OFTEN_ENOUGH = 60.0


class DiscordTime:
    """Read off the answers to the bot's requests, and counted on by a clock that nobody can set."""

    def __init__(self) -> None:
        self._known: tuple[int, float] | None = None

    def watch(self, trace: aiohttp.TraceConfig) -> None:
        """Be told of every answer in a session."""
        trace.on_request_end.append(self._answered)

    def now(self) -> int:
        """Milliseconds since 1970, UTC; by this machine's clock where Discord has not answered yet."""
        if self._known is None:
            return clock.now()
        then, counted = self._known
        return then + int((time.monotonic() - counted) * clock.SECOND)

    async def _answered(
        self, session: aiohttp.ClientSession, context: SimpleNamespace, answer: aiohttp.TraceRequestEndParams
    ) -> None:
        counted = time.monotonic()
        if self._known is None or counted - self._known[1] > _OFTEN_ENOUGH:
            self.note(answer.response.headers.get("Date", ""), counted)

    def note(self, date: str, counted: float) -> None:
        """Take the time from an answer's header; what is no date says nothing."""
        try:
            self._known = (clock.milliseconds(parsedate_to_datetime(date)), counted)
        except (TypeError, ValueError):
            return
