"""Whatever happens, the person gets an answer."""

import asyncio
import re
from typing import Any

import discord
import pytest
from discord.webhook.async_ import AsyncWebhookAdapter

from bot.database import Database, SqlValue
from bot.stats import ChartRenderer
from bot.ui.answers import _DEFER_AFTER
from tests.club import Club, answered, body, button, text
from tests.suggestions.people import vote


async def test_a_failure_is_a_private_sentence_with_the_reference_that_the_log_has(
    club: Club, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the disk has gone for a walk")

    monkeypatch.setattr(type(club.bot.database), "read", broken)
    answer = await club.ana.slash(club.channel, "montage top")
    assert answer.ephemeral
    reference = re.search(r"reference \*\*(\w{6})\*\*", text(answer))
    assert reference
    logged = capsys.readouterr().out
    assert reference[1] in logged and "the disk has gone for a walk" in logged
    assert "walk" not in text(answer)


async def test_a_failing_button_answers_too(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    card = await club.ana.slash(club.channel, "montage random")

    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(type(club.bot.database), "write_then_read", broken)
    answer = await club.ana.click(answered(card), custom_id=button(card, "Fired up"))
    shown = answer.followups[0] if answer.followups else answered(answer)
    assert shown.ephemeral and "reference" in text(shown)


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_when_discord_itself_fails_nothing_is_written_twice(club: Club, status: int) -> None:
    card = await club.ana.slash(club.channel, "montage random")
    club.env.inject_error("POST", "/interactions/*/callback", status=status, times=1)
    await club.ana.click(answered(card), custom_id=button(card, "Fired up"))
    ((votes, up),) = await club.bot.database.read("SELECT count(*), (SELECT sum(up) FROM tally) FROM vote")
    assert (votes, up) == (1, 1)
    again = await club.ben.click(answered(card), custom_id=button(card, "Fired up"))
    assert "Fired up · 2" in str(answered(again).components)


async def test_slow_work_asks_for_time_instead_of_dying(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _DEFER_AFTER < 2.2, "the way there takes the rest of Discord's three seconds"
    monkeypatch.setattr("bot.ui.answers._DEFER_AFTER", _DEFER_AFTER / 10)
    read = type(club.bot.database).read

    async def slow(self: Database, sql: str, **values: SqlValue) -> object:
        await asyncio.sleep(0.22)
        return await read(self, sql, **values)

    monkeypatch.setattr(type(club.bot.database), "read", slow)
    answer = await club.ana.slash(club.channel, "montage top")
    monkeypatch.undo()
    first, second = [r for r in club.env.http_requests if "interaction" in r.path]
    assert (body(first)["type"], second.method) == (5, "PATCH")  # "thinking…", then the answer in its place
    assert "Rocky IV" in text(answer)


async def test_an_answer_that_is_long_on_its_way_is_not_overtaken(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.ui.answers._DEFER_AFTER", 0.05)
    send = AsyncWebhookAdapter.create_interaction_response

    async def slow(*args: Any, **kwargs: Any) -> Any:
        await asyncio.sleep(0.2)
        return await send(*args, **kwargs)

    monkeypatch.setattr(AsyncWebhookAdapter, "create_interaction_response", slow)
    answer = await club.ana.slash(club.channel, "montage top")
    await asyncio.sleep(0.2)
    assert [body(r)["type"] for r in club.env.http_requests if "interaction" in r.path] == [4]
    assert "Rocky IV" in text(answer)


async def test_sent_cards_leave_nothing_in_memory(club: Club) -> None:
    for _ in range(5):
        await club.ana.slash(club.channel, "montage random")
    form = await club.ana.slash(club.channel, "suggest")
    assert form.modal
    store = club.bot._connection._view_store
    assert not store._views and not store._modals


async def test_a_failure_after_a_public_thinking_is_private(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):  # a single bar would be words, and no picture
        await vote(club.ana, await club.ana.slash(club.channel, "montage random"))

    async def broken(*_: object) -> bytes:
        raise RuntimeError("no font")

    monkeypatch.setattr(ChartRenderer, "render", broken)
    await club.ben.slash(club.channel, "montage stats")
    assert not any("laces" in text(message) for message in club.channel.history())
    answer = club.env.http_requests[-1]
    assert answer.method == "POST" and "reference" in str(answer.json)
    assert body(answer)["flags"] & discord.MessageFlags(ephemeral=True).value
