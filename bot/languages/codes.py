"""Which languages there are, and which of them Discord means: its codes are not those of the CLDR."""

import pickle
from functools import cache
from pathlib import Path

from bot.languages.catalogues import MESSAGES, names_of

ENGLISH = "en"
# Discord's codes that are more than another way to write the same.
_MEANT = {"en-US": ENGLISH, "en-GB": ENGLISH, "es-ES": "es", "no": "nb", "sv-SE": "sv"}
_MEANT |= {"zh-CN": "zh_Hans", "zh-TW": "zh_Hant"}


@cache
def languages() -> tuple[str, ...]:
    """Every language that the bot speaks, as its folder is called: `en`, `de`, `es_419` …; English comes first."""
    return (ENGLISH, *sorted(names_of(MESSAGES)))


@cache
def language_for(code: object) -> str:
    """What to speak with whoever has this code of Discord's, or chose this language: the same, else one that they
    understand (Spanish is Spanish), else English.
    """
    text = str(code or "")
    meant = _MEANT.get(text, text.replace("-", "_"))
    if meant in languages():
        return meant
    base = meant.partition("_")[0]
    return next((one for one in languages() if one.partition("_")[0] == base), ENGLISH)


@cache
def own_name(language: str) -> str:
    """What its speakers call it: `Deutsch`, `Español (Latinoamérica)`."""
    if language == ENGLISH:
        return "English"
    from babel import Locale, UnknownLocaleError, localedata  # noqa: PLC0415 (English needs none of it)

    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return language
    # Read by itself: Babel would keep a megabyte of each language whose name is shown.
    with Path(localedata.resolve_locale_filename(locale.language)).open("rb") as file:
        names = pickle.load(file)  # noqa: S301 - a part of Babel
    name = str(names["languages"][locale.language])
    inside = [
        str(names[kind][code])
        for kind, code in (("scripts", locale.script), ("territories", locale.territory))
        if code is not None
    ]
    name = f"{name} ({', '.join(inside)})" if inside else name
    return name[:1].upper() + name[1:]
