"""What is logged: readable or JSON, by level; never a token, never what people wrote."""

import asyncio
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import set_up_logs
from bot.settings import Settings
from tests.club import Club
from tests.pointed import TOKEN

FORMATS = ("text", "json")


@pytest.fixture(autouse=True)
def logs_as_they_were() -> Iterator[None]:
    """Other tests find logging as it was."""
    root = logging.getLogger()
    before = root.handlers[:], root.level, structlog.get_config()
    yield
    root.handlers[:], level, config = before
    root.setLevel(level)
    structlog.configure(**config)
    for library in ("discord", "aiohttp", "aiosqlite", "asyncio"):
        logging.getLogger(library).setLevel(logging.NOTSET)


def set_up(form: str, level: str = "info") -> None:
    set_up_logs(Settings(token=TOKEN, log_format=form, log_level=level))
    structlog.configure(cache_logger_on_first_use=False)  # or the bot's loggers would keep this for later tests


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("level", ["debug", "info"])
def test_the_token_appears_nowhere(form: str, level: str, capsys: pytest.CaptureFixture[str]) -> None:
    set_up(form, level)
    ours, theirs = structlog.get_logger("bot.somewhere"), logging.getLogger("discord.somewhere")
    secret = TOKEN  # a local variable, which some tracebacks show
    ours.info("logging in", token=secret, deep={"headers": [f"Bot {secret}"]}, raw=secret.encode())
    theirs.warning("Unauthorized: %r", {"Authorization": f"Bot {secret}"})
    try:
        raise ValueError(f"{secret * 3} was refused")
    except ValueError as problem:
        ours.error("failed", exc_info=problem)
        ours.exception("failed again")
        theirs.exception("Ignoring exception")
    said = capsys.readouterr().err
    assert len(said.splitlines()) >= 5 and said.count("[token]") >= 8
    assert TOKEN not in said and TOKEN.rsplit(".", 1)[1] not in said
    assert not any(part in said.replace("\n", "") for part in (TOKEN, TOKEN[10:40]))


@pytest.mark.parametrize("form", FORMATS)
def test_what_an_interaction_is_answered_with_is_not_told(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    set_up(form)
    logging.getLogger("discord.http").warning(
        "We are being rate limited. %s %s responded with 429.",
        "POST",
        "https://discord.com/api/v10/interactions/14/aW50ZXJ:x-y_z/callback",
    )
    logging.getLogger("discord.http").warning(
        "PATCH https://discord.com/api/v10/webhooks/77/aW50ZXJ:x-y_z/messages/@original"
    )
    said = capsys.readouterr().err
    assert "aW50ZXJ" not in said
    assert "/interactions/14/[token]/callback" in said and "/webhooks/77/[token]/messages/@original" in said


def test_json_is_one_object_a_line_tracebacks_included(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("json")
    try:
        raise ValueError("a reason")
    except ValueError:
        structlog.get_logger("bot.x").exception("failed", guild=7)
    logging.getLogger("discord.x").warning("theirs %s", "too")
    ours, theirs = map(json.loads, capsys.readouterr().err.splitlines())
    assert ours["event"] == "failed" and ours["guild"] == 7 and ours["level"] == "error"
    assert "ValueError: a reason" in ours["exception"] and ours["timestamp"].endswith("Z")
    assert theirs["event"] == "theirs too" and theirs["logger"] == "discord.x"


@pytest.mark.parametrize(("level", "seen"), [("debug", 4), ("info", 3), ("warning", 2), ("error", 1)])
def test_levels(level: str, seen: int, capsys: pytest.CaptureFixture[str]) -> None:
    set_up("json", level)
    log = structlog.get_logger("bot.x")
    for name in ("debug", "info", "warning", "error"):
        getattr(log, name)("said")
    assert len(capsys.readouterr().err.splitlines()) == seen


@pytest.mark.parametrize("form", FORMATS)
async def test_what_people_write_is_not_logged_even_when_it_breaks(
    club: Club, form: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(form, "debug")
    form_shown = await club.ana.slash(club.channel, "suggest")

    async def broken(*anything: object, **more: object) -> None:
        raise RuntimeError("the store is on holiday")

    monkeypatch.setattr("bot.suggestions.store.SuggestionStore.add", broken)
    words = {
        "film": "Xyzzy Rising",
        "year": "1999",
        "scene": "Plugh at dawn",
        "why": "Frobozz frobozz frobozz!",
        "discipline": "quux",
    }
    await club.ana.submit_modal(form_shown, words)
    await asyncio.sleep(0)
    said = capsys.readouterr().err
    assert "the store is on holiday" in said and str(club.ana.id) in said
    assert not [word for word in ("Xyzzy", "Plugh", "Frobozz", "quux") if word in said]
