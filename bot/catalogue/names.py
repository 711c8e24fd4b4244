"""What countries and languages are called, in the language that is being spoken: by the CLDR, but for what it does
not know, or calls as nobody speaks.
"""

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING

from bot.catalogue.codes import COUNTRY_CODES, LANGUAGE_CODES
from bot.catalogue.definition import FAMILIES
from bot.languages import ENGLISH, language, pgettext, words_of

if TYPE_CHECKING:
    from babel import Locale

# The contexts of the messages.
COUNTRY, DISCIPLINE, FAMILY, LANGUAGE = "country", "discipline", "family", "language"
# Countries that are gone, and one that has the name of an administrative region.
COUNTRIES = ("Czechoslovakia", "East Germany", "Hong Kong", "Soviet Union", "West Germany", "Yugoslavia")
LANGUAGES = (
    "American Sign Language",
    "Korean Sign Language",
    "Mandarin",
    "Na'vi",
    "silent, English intertitles",
    "silent, Spanish intertitles",
)


def country_name(country: str) -> str:
    """`Japan` for Japan in English and German, `日本` in Japanese."""
    return _called(country, COUNTRY, COUNTRIES, COUNTRY_CODES, _territory)


def family_name(family: str) -> str:
    """`kampf`, `combat`: what a family of disciplines is called in the middle of a sentence."""
    return pgettext(FAMILY, FAMILIES[family].lower()) if family in FAMILIES else family


def discipline_name(discipline: str) -> str:
    """`boxeo` for boxing in Spanish; one that only members have thought of as they typed it."""
    return pgettext(DISCIPLINE, discipline) if discipline else discipline


def language_name(spoken: str) -> str:
    """`deutsch` for German in Spanish."""
    return _called(spoken, LANGUAGE, LANGUAGES, LANGUAGE_CODES, _language)


def _called(
    name: str,
    context: str,
    written: Collection[str],
    codes: Mapping[str, str],
    in_cldr: "Callable[[Locale, str], str | None]",
) -> str:
    """A name in the language that is being spoken: as translators wrote it, else as the CLDR has its code."""
    if name in written:
        return pgettext(context, name)
    code = codes.get(name)
    if code is None or language() == ENGLISH:
        return name
    return in_cldr(words_of(language()).locale, code) or name


def _territory(locale: "Locale", code: str) -> str | None:
    return locale.territories.get(code.upper())


def _language(locale: "Locale", code: str) -> str | None:
    """The CLDR knows most languages by two letters."""
    from babel.core import get_global  # noqa: PLC0415 (English needs none of it)

    return locale.languages.get(get_global("language_aliases").get(code, code))
