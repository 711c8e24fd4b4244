"""The connection to TMDB: its pace, and what becomes of every kind of bad answer."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.films.client import REQUESTS_PER_SECOND, TMDBClient, TMDBUnavailableError
from bot.pacing import RequestPacer
from bot.preview.film_database import FilmDatabase, Trouble, made_up_films
from tests.films.cinema import TOKEN, few


class Seconds:
    """A clock that goes when it is told to, and a sleep that moves it."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
async def tmdb() -> AsyncIterator[FilmDatabase]:
    async with FilmDatabase(made_up_films(few())) as tmdb:
        yield tmdb


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
async def client(tmdb: FilmDatabase, seconds: Seconds) -> AsyncIterator[TMDBClient]:
    pacer = RequestPacer(REQUESTS_PER_SECOND, seconds, seconds.sleep)
    client = TMDBClient(TOKEN, tmdb.address, pacer, seconds, patience=3)
    yield client
    await client.close()
    await client.close()


def answering(status: int, body: str = "", **headers: str) -> Trouble:
    """Whatever is asked, this is the answer."""

    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=status, text=body, headers=headers, content_type="application/json")

    return answer


async def slowly(request: web.Request) -> None:
    await asyncio.sleep(0.2)


async def without_an_end(request: web.Request) -> web.StreamResponse:
    answer = web.StreamResponse()
    await answer.prepare(request)
    for _ in range(400):
        await answer.write(b" " * 10_000)
    return answer


async def hanging_up(request: web.Request) -> None:
    assert request.transport is not None
    request.transport.close()


async def fails(client: TMDBClient) -> float:
    """The seconds that the client asks to wait."""
    with pytest.raises(TMDBUnavailableError) as raised:
        await client.get("movie/1")
    return raised.value.seconds


async def test_the_token_goes_with_every_request_as_bearer(client: TMDBClient, tmdb: FilmDatabase) -> None:
    found = await client.get("movie/1", append_to_response="videos")
    assert found and found["id"] == 1 and found["videos"]
    assert await client.get("movie/999") is None, "a film that is not there is an answer, too"
    assert tmdb.tokens == {f"Bearer {TOKEN}"}


async def test_four_requests_a_second_and_no_more(client: TMDBClient, seconds: Seconds) -> None:
    began, sent = seconds.now, 13
    for _ in range(sent):
        await client.get("movie/1")
    assert seconds.now - began == pytest.approx((sent - 1) / 4)


@pytest.mark.parametrize(
    "trouble",
    [
        slowly,
        hanging_up,
        without_an_end,
        answering(500),
        answering(503, "<html>"),
        answering(301, Location="http://127.0.0.1:9/"),
        answering(429, **{"Retry-After": "2"}),
        answering(200, ""),
        answering(200, "[1, 2]"),
        answering(200, "<html>a hotel's network</html>"),
        answering(200, "[" * 100_000),
    ],
)
async def test_after_five_failures_it_is_left_alone_for_ten_minutes(
    client: TMDBClient, tmdb: FilmDatabase, seconds: Seconds, trouble: Trouble
) -> None:
    tmdb.trouble = trouble
    if trouble is slowly:
        client._patience = 0.1
    each = 2 if trouble is hanging_up else 1  # aiohttp itself asks once more where nothing came back at all
    pauses = []
    for _ in range(5):
        pauses.append(await fails(client))
        seconds.now += pauses[-1] + 0.01
    assert pauses[:4] == sorted(pauses[:4]) and pauses[0] < 10 and pauses[4] == 600
    sent = len(tmdb.requests)
    assert sent == 5 * each or (trouble is slowly and sent <= 5)  # a busy machine may give up before it has asked
    assert await fails(client) == 600, "still broken: it is left alone again after one try"
    seconds.now += 599
    assert 0 < await fails(client) <= 1 and len(tmdb.requests) - sent in (
        (0, 1) if trouble is slowly else (each,)
    ), "meanwhile nothing is sent"
    seconds.now += 2
    tmdb.trouble = None
    assert await client.get("movie/1")
    tmdb.trouble = answering(500)
    assert await fails(client) < 10, "what went well counts: it begins anew"


async def test_what_429_asks_for_is_done_within_reason(
    client: TMDBClient, tmdb: FilmDatabase, seconds: Seconds
) -> None:
    for asked, done in {"30": 30, "86400": 600, "Wed, 21 Oct 2026 07:28:00 GMT": 2, "-1": 2}.items():
        tmdb.trouble = answering(429, **{"Retry-After": asked})
        assert await fails(client) == done, asked
        tmdb.trouble = None
        seconds.now += done + 1
        assert await client.get("movie/1")


async def test_a_refused_token_is_not_tried_again_and_again(
    client: TMDBClient, tmdb: FilmDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    tmdb.trouble = answering(401, '{"status_code": 7}')
    assert await fails(client) == 600
    assert await fails(client) == 600 and len(tmdb.requests) == 1
    said = capsys.readouterr().out
    assert "API Read Access Token" in said and TOKEN not in said


async def test_who_waits_for_a_turn_while_another_fails_asks_no_more(tmdb: FilmDatabase) -> None:
    tmdb.trouble = answering(500)
    client = TMDBClient(TOKEN, tmdb.address, RequestPacer(10))
    outcomes = await asyncio.gather(*(client.get("movie/1") for _ in range(3)), return_exceptions=True)
    await client.close()
    assert [type(outcome) for outcome in outcomes] == [TMDBUnavailableError] * 3
    assert len(tmdb.requests) == 1
