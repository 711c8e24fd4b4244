"""Saying things: `_("Hello {name}", name=…)` in the language that is being spoken.

The language is a context variable: `speaking` sets it for what is done inside, tasks that are begun there included.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, cached_property
from gettext import NullTranslations
from typing import TYPE_CHECKING

import structlog

from bot.languages.catalogues import MESSAGES, read
from bot.languages.codes import ENGLISH, languages

if TYPE_CHECKING:
    from babel import Locale

log = structlog.get_logger(__name__)


class Words:
    """One language: its messages, and how it writes numbers and lists."""

    def __init__(self, language: str, messages: NullTranslations) -> None:
        self.language = language
        self.messages = messages

    @cached_property
    def locale(self) -> "Locale":
        """What the CLDR knows of the language."""
        from babel import Locale, UnknownLocaleError  # noqa: PLC0415 (English needs none of it)

        try:
            return Locale.parse(self.language)
        except (UnknownLocaleError, ValueError):
            return Locale(ENGLISH)

    def number(self, value: int) -> str:
        """`1,204` as the language writes it."""
        if self.language == ENGLISH:
            return f"{value:,}"
        from babel.numbers import format_decimal  # noqa: PLC0415

        return format_decimal(value, locale=self.locale)

    def percent(self, share: float) -> str:
        """A share (0 to 1) as whole percents: `75%`."""
        if self.language == ENGLISH:
            return f"{share:.0%}"
        from babel.numbers import format_percent  # noqa: PLC0415

        return format_percent(share, locale=self.locale)

    def listed(self, items: Iterable[str], *, either: bool = False) -> str:
        """`a`, `a and b`, `a, b and c`; with `either` the last after `or`."""
        parts = list(items)
        if self.language == ENGLISH:
            *start, last = parts
            return f"{', '.join(start)} {'or' if either else 'and'} {last}" if start else last
        from babel.lists import format_list  # noqa: PLC0415

        return format_list(parts, style="or" if either else "standard", locale=self.locale)


@cache
def words_of(language: str) -> Words:
    """A language, read when it is first needed."""
    messages = read(MESSAGES, language) if language in languages() and language != ENGLISH else None
    return Words(language if messages else ENGLISH, messages or NullTranslations())


_spoken: ContextVar[Words | None] = ContextVar("spoken", default=None)


def _now() -> Words:
    return _spoken.get() or words_of(ENGLISH)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Inside, everything is said in that language."""
    token = _spoken.set(words_of(language))
    try:
        yield
    finally:
        _spoken.reset(token)


def language() -> str:
    """The language that is being spoken."""
    return _now().language


def _(message: str, /, **values: object) -> str:
    """A message as the reader's language has it, with the values in their places."""
    return _filled(_now().messages.gettext(message), message, values)


def pgettext(context: str, message: str, /, **values: object) -> str:
    """The same for a word that means different things in different places: `context` says which."""
    return _filled(_now().messages.pgettext(context, message), message, values)


def ngettext(one: str, many: str, amount: int, /, **values: object) -> str:
    """A message about so many of something; `{number}` in it is the amount as the language writes it."""
    words = _now()
    said = words.messages.ngettext(one, many, amount)
    return _filled(said, one if amount == 1 else many, {"number": words.number(amount), **values})


def N_(message: str) -> str:
    """Marks a message that is said later, by `_`, in the language of then."""
    return message


def NN_(one: str, many: str) -> tuple[str, str]:
    """The same of a message about so many of something, which `ngettext` says."""
    return one, many


def numeral(value: int) -> str:
    """`1,204`, in the language that is being spoken."""
    return _now().number(value)


def percent(share: float) -> str:
    """`75%`, in the language that is being spoken."""
    return _now().percent(share)


def listed(items: Iterable[str], *, either: bool = False) -> str:
    """`a`, `a and b`, `a, b and c` in the language that is being spoken; with `either` the last after `or`."""
    return _now().listed(items, either=either)


def _filled(said: str, message: str, values: Mapping[str, object]) -> str:
    """With a translation whose places are not those of the English, the English stands."""
    if not values:
        return said
    try:
        return said.format_map(values)
    except (KeyError, IndexError, ValueError):
        if said is message:
            raise
        log.warning("a translation does not fit its message", language=language(), message=message)
        return message.format_map(values)
