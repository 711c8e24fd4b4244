"""What countries and languages are called, in the language that is being spoken: by the CLDR, but for what it does
not know, or calls as nobody speaks.
"""

from bot.catalogue.codes import COUNTRY_CODES, LANGUAGE_CODES
from bot.catalogue.definition import FAMILIES
from bot.languages import ENGLISH, language, pgettext, spoken_locale, territory_name

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
    if country in COUNTRIES:
        return pgettext(COUNTRY, country)
    return territory_name(COUNTRY_CODES.get(country, "").upper(), country)


def family_name(family: str) -> str:
    """`kampf`, `combat`: what a family of disciplines is called in the middle of a sentence."""
    return pgettext(FAMILY, FAMILIES[family].lower()) if family in FAMILIES else family


def discipline_name(discipline: str) -> str:
    """`boxeo` for boxing in Spanish; one that only members have thought of as they typed it."""
    return pgettext(DISCIPLINE, discipline) if discipline else discipline


def language_name(spoken: str) -> str:
    """`alemán` for German in Spanish."""
    if spoken in LANGUAGES:
        return pgettext(LANGUAGE, spoken)
    if language() == ENGLISH:
        return spoken
    from babel.core import get_global  # noqa: PLC0415 (English needs none of it)

    code = LANGUAGE_CODES.get(spoken, "")
    # The CLDR knows most languages by two letters.
    return spoken_locale().languages.get(get_global("language_aliases").get(code, code)) or spoken
