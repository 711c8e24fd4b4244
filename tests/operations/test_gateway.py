"""The connection to Discord's gateway, going wrong at every step and in every way: what can pass is waited out."""

import asyncio
import time
from pathlib import Path
from typing import Any, Literal

import pytest
from discord.gateway import DiscordWebSocket

from bot import gateway
from bot.app import create_bot
from bot.client import MontageBot
from bot.errors import ACT, StartError
from bot.gateway import pause_after
from bot.run import _serve
from bot.settings import Settings
from tests.operations.waiting import until
from tests.pointed import TOKEN, point_at
from tests.standin import StandIn, logged_in
from tests.standin.gateway import Step, Trouble
from tests.standin.running import is_greeted

FOR_GOOD = {4004, 4010, 4011, 4012, 4013, 4014}
CODES = [1000, 1001, 1011, *range(4000, 4015)]
# Anything that is no greeting: nonsense, other JSON, a greeting that cannot be used.
NO_GREETING = (
    "",
    "nonsense",
    "[]",
    "null",
    "{}",
    '{"op": 99}',
    '{"op": 10}',
    '{"op": 10, "d": null}',
    '{"op": 10, "d": {"heartbeat_interval": null}}',
    '{"op": 10, "d": {"heartbeat_interval": 0}}',
    '{"op": 10, "d": {"heartbeat_interval": Infinity}}',
    '{"op": 10, "d": {"heartbeat_interval": "often"}}',
    '{"op": 9, "d": false}',
    '{"op": 9, "d": true}',
    '{"op": 7}',
)
WAYS: list[tuple[Step, Trouble]] = [
    *(("open", way) for way in (401, 403, 429, 500, 502, "cut", "hang")),
    *(("hello", way) for way in ("cut", "hang", 1000, 4000, *NO_GREETING)),
    *(("identify", way) for way in ("cut", "hang", "nonsense", '{"op": 9, "d": false}', '{"op": 7}')),
]


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Nobody waits long; returns after how many failures each pause came."""
    paused: list[int] = []

    def pause(failures: int) -> float:
        paused.append(failures)
        return 0.01

    monkeypatch.setattr(gateway, "pause_after", pause)
    monkeypatch.setattr(gateway, "_HELLO_SECONDS", 0.3)
    monkeypatch.setattr(gateway, "_READY_SECONDS", 0.3)
    monkeypatch.setattr(gateway, "_CLOSE_SECONDS", 0.05)
    return paused


async def reached(standin: StandIn, times: int = 1) -> None:
    async with asyncio.timeout(15):
        await standin.connected(times)


async def serves(standin: StandIn) -> bool:
    await until(lambda: standin.gateway._sockets)
    return (await standin.slash("ana", "montage random")).kind == 4


# --- steps ---


@pytest.mark.parametrize("shards", ["off", "2"])
async def test_a_first_connection_that_fails_in_any_way_is_waited_out(
    path: Path, shards: str, hurried: list[int]
) -> None:
    bot = create_bot(Settings(database=path, shards=shards))
    async with StandIn() as standin:
        standin.gateway.script.extend(WAYS)
        async with asyncio.timeout(30), logged_in(bot, standin):
            await reached(standin, 1 if shards == "off" else 2)
            await until(lambda: not standin.gateway.script)
            assert await serves(standin)
    # aiohttp itself asks once more where the first request on a connection was cut.
    assert len(hurried) >= len(WAYS) - 1, "a failure was not waited out"


@pytest.mark.parametrize("shards", ["off", "2"])
async def test_a_session_that_cannot_be_taken_up_again_is_begun_anew(path: Path, shards: str) -> None:
    bot = create_bot(Settings(database=path, shards=shards))
    async with StandIn() as standin, logged_in(bot, standin):
        await reached(standin, 1 if shards == "off" else 2)
        for way in ("cut", "hang", 4000, "nonsense", '{"op": 9, "d": false}', '{"op": 7}'):
            standin.gateway.script.append(("resume", way))
            before = standin.gateway.identified + standin.gateway.resumed
            await standin.hang_up(4000)
            await reached(standin, before + (1 if shards == "off" else 2))
            await until(lambda: bot.ws is None or is_greeted(bot.ws))
            assert await serves(standin), way


async def test_a_session_is_resumed_where_it_stopped_and_given_up_after_three_tries(path: Path) -> None:
    bot = create_bot(Settings(database=path))
    async with StandIn() as standin, logged_in(bot, standin):
        assert await serves(standin)
        sequence = standin.gateway._sequence
        standin.gateway.script.extend([("open", 502), ("hello", "cut")])
        await standin.hang_up(4000)
        await reached(standin, 2)
        assert (standin.gateway.identified, standin.gateway.resumed) == (1, 1)
        assert standin.gateway.sequence_of_resume == sequence
        standin.gateway.script.extend([("open", 502)] * 3)
        await until(lambda: is_greeted(bot.ws))
        await standin.hang_up(4000)
        await reached(standin, 3)
        assert (standin.gateway.identified, standin.gateway.resumed) == (2, 1)


async def test_an_address_for_resuming_that_leads_nowhere_does_not_keep_the_bot_away(path: Path) -> None:
    bot = create_bot(Settings(database=path))
    async with StandIn() as standin:
        standin.gateway.greeting = {**standin.gateway.ready([]), "resume_gateway_url": "ws://127.0.0.1:9/"}
        async with logged_in(bot, standin):
            await until(lambda: is_greeted(bot.ws))
            await standin.hang_up(4000)
            await reached(standin, 2)
            assert standin.gateway.identified == 2 and await serves(standin)


# --- close codes ---


@pytest.mark.parametrize("shards", ["off", "2"])
@pytest.mark.parametrize("step", ["hello", "identify", "standing", "resume"])
async def test_every_close_code_is_waited_out_or_ends_it_with_a_sentence(
    path: Path, step: Step | Literal["standing"], shards: str
) -> None:
    for code in CODES:
        await _meets(code, step, path, shards)


async def _meets(code: int, step: Step | Literal["standing"], path: Path, shards: str) -> None:
    """A bot whose connection is closed with `code` at that step."""
    bot = create_bot(Settings(database=path, token=TOKEN, shards=shards))
    stop = asyncio.Event()
    async with StandIn() as standin, asyncio.timeout(15):
        if step in ("hello", "identify"):
            standin.gateway.script.append((step, code))
        with point_at(standin.address):
            serving = asyncio.create_task(_serve(bot, stop))
            if step in ("standing", "resume"):
                await until(lambda: stands(bot))
                if step == "resume":
                    standin.gateway.script.append((step, code))
                before = standin.gateway.opened
                await standin.hang_up(code if step == "standing" else 4000)
                await until(lambda: standin.gateway.opened > before or serving.done())
            if code in FOR_GOOD:
                with pytest.raises(StartError) as refused:
                    await serving
                assert refused.value.status == ACT and str(refused.value).endswith("."), code
                return
            await until(lambda: not standin.gateway.script and stands(bot))
            assert await serves(standin), code
            stop.set()
            assert await serving is None


def stands(bot: MontageBot) -> bool:
    sockets = [bot.ws] if bot.ws else [info._parent.ws for info in getattr(bot, "shards", {}).values()]
    return len(sockets) == (bot.shard_count or 1) and all(is_greeted(socket) and socket.open for socket in sockets)


@pytest.mark.parametrize(("code", "anew"), [(4000, False), (4003, True), (4007, True), (4008, False), (4009, True)])
async def test_a_code_that_ends_the_session_begins_a_new_one(path: Path, code: int, anew: bool) -> None:
    bot = create_bot(Settings(database=path))
    async with StandIn() as standin, logged_in(bot, standin):
        await until(lambda: stands(bot))
        await standin.hang_up(code)
        await reached(standin, 2)
        assert (standin.gateway.identified == 2) is anew


@pytest.mark.parametrize("said", [{}, [], "<html>", {"shards": 0}, {"shards": None}, {"shards": "two"}, {"url": 5}])
async def test_a_number_of_shards_that_cannot_be_read_is_waited_for(path: Path, said: Any) -> None:
    bot = create_bot(Settings(database=path, token=TOKEN, shards="auto"))
    if isinstance(said, dict) and said:
        said = {"url": "ws://127.0.0.1:9", "shards": 1, "session_start_limit": {}, **said}
    async with StandIn() as standin:
        standin.trouble("/gateway/bot", says=said)
        with point_at(standin.address):
            assert "GatewayNotFound" in (await _serve(bot, asyncio.Event()) or "")


# --- pauses ---


def test_pauses_grow_from_nothing_to_five_minutes() -> None:
    pauses = {failures: [pause_after(failures) for _ in range(200)] for failures in range(1, 15)}
    assert max(pauses[1]) == 0 and 0.5 <= min(pauses[2]) <= max(pauses[2]) <= 1
    assert all(max(pauses[n]) > max(pauses[n - 1]) for n in range(2, 10)), "they do not grow"
    assert 270 < max(pauses[14]) <= 300
    assert 150 <= pause_after(10**9) <= 300, "days later"
    assert len({pause_after(8) for _ in range(20)}) > 10, "all come back at the same moment"


async def test_who_welcomes_and_hangs_up_is_left_alone_longer_and_longer(path: Path, hurried: list[int]) -> None:
    bot = create_bot(Settings(database=path))
    async with StandIn() as standin, logged_in(bot, standin):
        for times in range(1, 6):
            await reached(standin, times)
            await until(lambda: stands(bot))
            await standin.hang_up(4000)
        await reached(standin, 6)
    assert hurried[:5] == [1, 2, 3, 4, 5]


async def test_a_connection_that_held_is_taken_up_at_once(
    path: Path, hurried: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateway, "_HELD", 0.0)
    bot = create_bot(Settings(database=path))
    async with StandIn() as standin, logged_in(bot, standin):
        for times in range(1, 4):
            await reached(standin, times)
            await until(lambda: stands(bot))
            await standin.hang_up(4000)
        await reached(standin, 4)
    assert hurried[:3] == [1, 1, 1]


async def test_a_stop_does_not_wait_for_a_pause(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "pause_after", lambda failures: 300.0)
    for shards in ("off", "2"):
        bot = create_bot(Settings(database=path, token=TOKEN, shards=shards))
        stop = asyncio.Event()
        async with StandIn() as standin:
            standin.gateway.script.extend([("open", 502)] * 2)
            with point_at(standin.address):
                serving = asyncio.create_task(_serve(bot, stop))
                await until(lambda: not standin.gateway.script or standin.gateway.opened)
                await asyncio.sleep(0.1)
                began = time.monotonic()
                stop.set()
                assert await serving is None and time.monotonic() - began < 2


# --- heartbeats ---


async def test_a_heartbeat_whose_answer_is_quicker_than_the_library_is_not_behind(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It notes when it sent one in a thread of its own, which may get its turn after the answer has come."""
    send = DiscordWebSocket.send_heartbeat

    async def slowly(socket: DiscordWebSocket, tick: object) -> None:
        await send(socket, tick)
        await asyncio.sleep(0.05)

    monkeypatch.setattr(DiscordWebSocket, "send_heartbeat", slowly)
    bot = create_bot(Settings(database=path))
    async with StandIn() as standin:
        standin.gateway.heartbeat_interval = 200
        async with logged_in(bot, standin):
            seen: set[float] = set()
            async with asyncio.timeout(10):
                while len(seen) < 4:
                    await asyncio.sleep(0.02)
                    seen.add(bot.latency)
    assert max(seen) < 0.15, "what is measured is the time since the heartbeat before"
