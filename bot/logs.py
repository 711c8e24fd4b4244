"""Structured logs: readable on a terminal, JSON otherwise. Ids, never texts; never the token or a password."""

import logging
import re
import sys
from collections.abc import Iterable
from typing import Any

import structlog

from bot.settings import Settings


def set_up_logs(settings: Settings) -> None:
    """One format for the bot's own lines and those of its libraries."""
    as_text = settings.log_format == "text" or (settings.log_format == "auto" and sys.stderr.isatty())
    level = getattr(logging, settings.log_level.upper())
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    # A plain traceback: prettier ones show the values of variables, which are people's words.
    plain = structlog.dev.plain_traceback
    last: list[structlog.typing.Processor] = [
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)
    ]
    if not as_text:
        last = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        _WithoutToken(
            (settings.token, settings.tmdb_token),
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # What these say at `debug` holds whole messages: people's words, and tokens of interactions.
    for library in ("discord", "aiohttp", "aiosqlite", "asyncpg", "asyncio"):
        logging.getLogger(library).setLevel(max(level, logging.INFO))


# The address of an interaction, as discord.py logs it where Discord slows the bot down, ends in what is for
# fifteen minutes a right to speak for the bot.
_PASSING_TOKEN = re.compile(r"(/(?:interactions|webhooks)/\d+/)[^/\s\"?]+")
# An address of a database, with whatever stands before its host and after its name.
_PASSWORD = re.compile(r"(postgres(?:ql)?://)(?:[^\s'\"]*@)?([^\s'\"?]*)(?:\?[^\s'\"]*)?")


class _WithoutToken(structlog.stdlib.ProcessorFormatter):
    """The last thing that a line passes: whatever a library or a traceback put in it, no secret is there."""

    def __init__(self, tokens: Iterable[str | None], **options: Any) -> None:
        super().__init__(**options)
        self._tokens = tuple(filter(None, tokens))

    def format(self, record: logging.LogRecord) -> str:
        line = _PASSING_TOKEN.sub(r"\1[token]", super().format(record))
        line = _PASSWORD.sub(r"\1\2", line)
        for token in self._tokens:
            line = line.replace(token, "[token]")
        return line
