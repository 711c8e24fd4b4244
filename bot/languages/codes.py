"""Which languages there are, and which of them Discord means: its codes are not those of the CLDR."""

from functools import cache

from bot.languages.catalogues import MESSAGES, names_of

ENGLISH = "en"
# Discord's codes that are more than another way to write the same.
_MEANT = {"en-US": ENGLISH, "en-GB": ENGLISH, "es-ES": "es", "no": "nb", "sv-SE": "sv"}
_MEANT |= {"zh-CN": "zh_Hans", "zh-TW": "zh_Hant"}


@cache
def languages() -> tuple[str, ...]:
    """Every language that the bot speaks, as its folder is called: `en`, `de`, `es_419` …; English comes first.

    Kept: every interaction asks, and the folders are looked through for it in 0.1 ms.
    """
    return (ENGLISH, *sorted(names_of(MESSAGES)))


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


# What the speakers of each language call it. The CLDR knows as well, but Babel would keep a megabyte of each.
_OWN_NAMES = {
    ENGLISH: "English",
    "de": "Deutsch",
    "es": "Español (España)",
    "es_419": "Español (Latinoamérica)",
    "fr": "Français",
    "hi": "हिन्दी",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt_BR": "Português (Brasil)",
    "tr": "Türkçe",
    "uk": "Українська",
}


def own_name(language: str) -> str:
    """What its speakers call it: `Deutsch`, `Español (Latinoamérica)`."""
    if language in _OWN_NAMES:
        return _OWN_NAMES[language]
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 (English needs none of it)

    try:
        name = Locale.parse(language).get_display_name() or language
    except (UnknownLocaleError, ValueError):
        return language
    return name[:1].upper() + name[1:]
