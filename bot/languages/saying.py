"""Saying things: `_("Hello {name}", name=…)` in the language that is being spoken.

The language is a context variable: `speaking` sets it for what is done inside, tasks that are begun there included.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, cached_property, reduce
from gettext import NullTranslations
from typing import TYPE_CHECKING

import structlog

from bot.languages.catalogues import MESSAGES, by_key, read_translations
from bot.languages.codes import ENGLISH, languages

if TYPE_CHECKING:
    from babel import Locale

log = structlog.get_logger(__name__)


_GROUPED_FROM = 1_000


class SpokenLanguage:
    """One language: its messages, and how it writes numbers and lists."""

    def __init__(self, language: str, messages: NullTranslations) -> None:
        self.language = language
        self.messages = messages

    @cached_property
    def locale(self) -> "Locale":
        """What the CLDR knows of the language. Kept: 3 ms to read, and to take out what nobody asks for."""
        from babel import Locale, UnknownLocaleError  # noqa: PLC0415 (English needs none of it)

        try:
            locale = Locale.parse(self.language)
        except (UnknownLocaleError, ValueError):
            locale = Locale(ENGLISH)
        _lighten(str(locale))
        return locale

    def number(self, value: int) -> str:
        """`1,204` as the language writes it."""
        if self.language == ENGLISH or 0 <= value < _GROUPED_FROM:  # those every language writes alike
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

    def enumerated(self, items: Iterable[str]) -> str:
        """`a, b, c`: with what the language writes between."""
        parts = list(items)
        if self.language == ENGLISH:
            return ", ".join(parts)
        between: str = self.locale.list_patterns["standard"]["middle"]
        return between.replace("{0}", "").replace("{1}", "").join(parts)


_english: dict[object, object] = {}


def _share_english(messages: NullTranslations | None) -> None:
    """Have all languages hold the English of their messages once: 0.2 MB less of each."""
    catalog = by_key(messages)
    shared = {_english.setdefault(key, key): text for key, text in catalog.items()}
    catalog.clear()
    catalog.update(shared)


# What Babel keeps in memory and nobody asks for: more than half of each language, and 2 MB about all of them.
_UNUSED = (
    *("meta_zones", "zone_formats", "interval_formats", "eras", "variants", "scripts"),
    *("currency_names", "currency_names_plural", "currency_symbols", "currency_formats", "currency_unit_patterns"),
    *("compact_decimal_formats", "compact_currency_formats", "compound_unit_patterns", "unit_display_names"),
)


_UNUSED_OF_ALL = (
    *("likely_subtags", "territory_languages", "territory_currencies", "territory_zones", "meta_zones"),
    *("zone_territories", "zone_aliases", "windows_zone_mapping", "all_currencies", "currency_fractions"),
)


def _lighten(locale: str) -> None:
    """Forget what is not used of a language, of what it inherits from, and of the world."""
    from babel import localedata  # noqa: PLC0415
    from babel.core import get_global  # noqa: PLC0415

    for unused in _UNUSED_OF_ALL:
        dict.clear(get_global(unused))  # type: ignore[arg-type]  # Babel's own table, not a copy

    for name in ("root", locale.partition("_")[0], locale):
        data = localedata.load(name)
        for unused in _UNUSED:
            data.pop(unused, None)
        for unit in [unit for unit in data["unit_patterns"] if not unit.startswith("duration-")]:
            del data["unit_patterns"][unit]


@cache
def load_language(language: str) -> SpokenLanguage:
    """A language, read when it is first needed (2 to 6 ms) and kept: everything that is said asks for it."""
    messages = read_translations(MESSAGES, language) if language in languages() and language != ENGLISH else None
    _share_english(messages)
    return SpokenLanguage(language if messages else ENGLISH, messages or NullTranslations())


def cities_of(language: str) -> dict[str, str]:
    """By the zones that the CLDR has, what a language calls the city."""
    zones = load_language(language).locale.time_zones
    return {zone: str(names["city"]) for zone, names in zones.items() if "city" in names}


_spoken: ContextVar[SpokenLanguage | None] = ContextVar("spoken", default=None)


def _now() -> SpokenLanguage:
    return _spoken.get() or load_language(ENGLISH)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Inside, everything is said in that language."""
    token = _spoken.set(load_language(language))
    try:
        yield
    finally:
        _spoken.reset(token)


def language() -> str:
    """The language that is being spoken."""
    return _now().language


def spoken_locale() -> "Locale":
    """What the CLDR knows of the language that is being spoken."""
    return _now().locale


def _(message: str, /, **values: object) -> str:
    """A message as the reader's language has it, with the values in their places."""
    return _filled(_now().messages.gettext(message), message, values)


def pgettext(context: str, message: str, /, **values: object) -> str:
    """The same for a word that means different things in different places: `context` says which."""
    return _filled(_now().messages.pgettext(context, message), message, values)


def ngettext(one: str, many: str, amount: int, /, **values: object) -> str:
    """A message about so many of something; `{number}` in it is the amount as the language writes it."""
    spoken = _now()
    said = spoken.messages.ngettext(one, many, amount)
    return _filled(said, one if amount == 1 else many, {"number": spoken.number(amount), **values})


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


def enumerated(items: Iterable[str]) -> str:
    """`a, b, c`, for what is looked through and not read out, in the language that is being spoken."""
    return _now().enumerated(items)


def _filled(said: str, message: str, values: Mapping[str, object]) -> str:
    """With a translation whose places are not those of the English, the English stands."""
    if not values:
        return said
    told = {name: _told(value) for name, value in values.items()}
    try:
        return said.format_map(told)
    except (KeyError, IndexError, ValueError):
        if said is message:
            raise
        log.warning("a translation does not fit its message", language=language(), message=message)
        return message.format_map(told)


class Said(str):
    """Something that is said later, or kept in the database: a message with its values, not words of one language.

    As text it is English, for logs and for comparing. As a value of another message, and by `now_said`, it is said
    in the language that is spoken then. Its own values may be some of these, too, or a tuple of them to be listed.
    """

    message: str
    values: Mapping[str, object]

    def __new__(cls, message: str, /, **values: object) -> "Said":
        with speaking(ENGLISH):
            said = super().__new__(cls, _filled(message, message, values))
        said.message, said.values = message, values
        return said

    def kept(self) -> str:
        """As a column holds it."""
        return json.dumps(_plain(self), ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> "Said":
        """What `kept` wrote. A sentence in English, which versions of before wrote, is said as it stands."""
        if not text.startswith(_KEPT):
            return cls(text)
        try:
            made = _made_of(json.loads(text))
        except (ValueError, KeyError, IndexError, TypeError, AttributeError):
            return cls(text)  # somebody has typed what only looks like it
        return made if isinstance(made, Said) else cls(text)


_KEPT = '{"message": '


def now_said(text: str) -> str:
    """Any text, in the language that is being spoken where it can be."""
    return _(text.message, **text.values) if isinstance(text, Said) else text


def one_after_the_other(*sentences: str) -> Said:
    """Several sentences as one text."""
    first, *others = sentences
    said = first if isinstance(first, Said) else Said(_ANY, text=first)
    for other in others:
        said = Said(_BOTH, first=said, second=other)
    return said


def in_a_row(sentences: Iterable[str]) -> str:
    """The same, in the language that is being spoken: some put no space between two sentences."""
    first, *others = tuple(sentences) or ("",)
    return reduce(lambda said, other: _(_BOTH, first=said, second=other), others, first)


def apart(parts: Iterable[str]) -> str:
    """`a; b; c`: what itself may hold commas, in the language that is being spoken."""
    return reduce(lambda said, other: _("{first}; {second}", first=said, second=other), parts)


_ANY = "{text}"
# For translators: two sentences, one after the other.
_BOTH = N_("{first} {second}")


def said_of(column: str | None) -> Said | None:
    """What a column holds that was `kept`."""
    return None if column is None else Said.read(column)


def kept(text: str) -> str:
    """As a column holds it, whichever text it is."""
    return text.kept() if isinstance(text, Said) else text


def _told(value: object) -> object:
    if isinstance(value, tuple):
        return listed(now_said(one) for one in value if isinstance(one, str))
    return now_said(value) if isinstance(value, Said) else value


def _plain(value: object) -> object:
    if isinstance(value, Said):
        return {"message": value.message, "values": {name: _plain(inner) for name, inner in value.values.items()}}
    return list(map(_plain, value)) if isinstance(value, tuple) else value


def _made_of(plain: object) -> object:
    if isinstance(plain, dict):
        message = plain["message"]
        return Said(message, **{name: _made_of(inner) for name, inner in plain["values"].items()})
    return tuple(map(_made_of, plain)) if isinstance(plain, list) else plain
