"""The connection to TMDB: films are asked about at a gentle pace, and it is left alone while it has trouble."""

import json
import time
from collections.abc import Callable
from http import HTTPStatus

import aiohttp
import structlog

from bot.films.answers import Answer
from bot.pacing import RequestPacer

log = structlog.get_logger(__name__)

ADDRESS = "https://api.themoviedb.org"
REQUESTS_PER_SECOND = 4
# Seconds that one answer may take, and the bytes that it may have; the longest real ones have some 100 kB.
_PATIENCE = 5.0
_BYTES_AT_MOST = 2_000_000
# So many failures one after the other, and it is left alone for this long (seconds).
_FAILURES = 5
_OFF = 600.0
_REFUSED = (
    "TMDB refuses the TMDB_TOKEN. It takes the long API Read Access Token of the account's API settings, "
    "not the shorter API key."
)


class TMDBUnavailableError(Exception):
    """There is no answer, and none is asked for before `seconds` are over."""

    def __init__(self, problem: str, seconds: float) -> None:
        super().__init__(problem)
        self.seconds = seconds


class _FailedError(Exception):
    """One request came to nothing; `seconds` is what TMDB itself asks to wait."""

    def __init__(self, problem: str, seconds: float = 0.0) -> None:
        super().__init__(problem)
        self.seconds = seconds


class TMDBClient:
    """Reads TMDB's API with an operator's token. `now` is a clock in seconds that never goes back."""

    def __init__(
        self,
        token: str,
        address: str | None = None,
        pacer: RequestPacer | None = None,
        now: Callable[[], float] = time.monotonic,
        patience: float = _PATIENCE,
    ) -> None:
        self._token, self._address, self._now = token, address or ADDRESS, now
        self._pacer = pacer or RequestPacer(REQUESTS_PER_SECOND)
        self._patience = patience
        self._session: aiohttp.ClientSession | None = None
        self._failures = 0
        self._closed_until = float("-inf")

    async def get(self, path: str, **query: str) -> Answer | None:
        """The object at `path`, or None where there is none. Raises TMDBUnavailableError."""
        self._check()
        await self._pacer.turn()
        self._check()  # those before may have failed meanwhile
        try:
            found = await self._request(path, query)
        except (aiohttp.ClientError, OSError, TimeoutError, _FailedError) as problem:
            raise self._failed(problem) from problem
        self._failures = 0
        return found

    async def close(self) -> None:
        """Let go of the connection. Safe to call twice."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def _check(self) -> None:
        rest = self._closed_until - self._now()
        if rest > 0:
            raise TMDBUnavailableError("left alone for a while", rest)

    async def _request(self, path: str, query: dict[str, str]) -> Answer | None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                headers={"Authorization": f"Bearer {self._token}", "Accept": "application/json"},
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=self._patience),
            )
        # Not followed elsewhere: the token is for this address alone.
        async with self._session.get(f"{self._address}/3/{path}", params=query, allow_redirects=False) as answer:
            match answer.status:
                case HTTPStatus.OK:
                    return _object(await _body(answer))
                case HTTPStatus.NOT_FOUND:
                    return None
                case HTTPStatus.UNAUTHORIZED:
                    self._failures = max(self._failures, _FAILURES)  # asking again soon mends nothing
                    raise _FailedError(_REFUSED)
                case HTTPStatus.TOO_MANY_REQUESTS:
                    raise _FailedError("too many requests", _seconds(answer.headers.get("Retry-After", "")))
                case status:
                    raise _FailedError(f"status {status}")

    def _failed(self, problem: Exception) -> TMDBUnavailableError:
        self._failures += 1
        seconds = min(2.0**self._failures, _OFF)
        if isinstance(problem, _FailedError):
            seconds = max(seconds, problem.seconds)
        if self._failures >= _FAILURES:
            seconds = max(seconds, _OFF)
        self._closed_until = self._now() + seconds
        says = str(problem) or type(problem).__name__
        log.warning("TMDB does not answer", problem=says, failures=self._failures, seconds_until_next_try=seconds)
        return TMDBUnavailableError(says, seconds)


async def _body(answer: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in answer.content.iter_any():
        body += chunk
        if len(body) > _BYTES_AT_MOST:
            raise _FailedError("an answer without an end")
    return bytes(body)


def _object(body: bytes) -> Answer:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise _FailedError("an answer that cannot be read")
    return found


def _seconds(text: str) -> float:
    """What Retry-After asks for, within reason; it may also be a date, which is not worth reading."""
    return min(float(text), _OFF) if text.isascii() and text.isdigit() else 1.0
