"""Dates as words, where Discord's own timestamps cannot stand: the names of threads. Pure."""

from collections.abc import Callable
from datetime import date

_Write = Callable[[str, int, str], str]


def _names(words: str) -> tuple[str, ...]:
    return tuple(words.split())


# Language: its own name, the days from Monday, the months (as they stand beside a day), how they are put together.
_LANGUAGES: dict[str, tuple[str, tuple[str, ...], tuple[str, ...], _Write]] = {
    "en": (
        "English",
        _names("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
        _names("January February March April May June July August September October November December"),
        lambda weekday, day, month: f"{weekday} {day} {month}",
    ),
    "de": (
        "Deutsch",
        _names("Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag"),
        _names("Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
        lambda weekday, day, month: f"{weekday}, {day}. {month}",
    ),
    "es": (
        "Español",
        _names("lunes martes miércoles jueves viernes sábado domingo"),
        _names("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
        lambda weekday, day, month: f"{weekday}, {day} de {month}",
    ),
    "fr": (
        "Français",
        _names("lundi mardi mercredi jeudi vendredi samedi dimanche"),
        _names("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
        lambda weekday, day, month: f"{weekday} {'1er' if day == 1 else day} {month}",
    ),
    "it": (
        "Italiano",
        _names("lunedì martedì mercoledì giovedì venerdì sabato domenica"),
        _names("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"),
        lambda weekday, day, month: f"{weekday} {'1º' if day == 1 else day} {month}",
    ),
    "nl": (
        "Nederlands",
        _names("maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"),
        _names("januari februari maart april mei juni juli augustus september oktober november december"),
        lambda weekday, day, month: f"{weekday} {day} {month}",
    ),
    "pl": (
        "Polski",
        _names("poniedziałek wtorek środa czwartek piątek sobota niedziela"),
        _names(
            "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"
        ),
        lambda weekday, day, month: f"{weekday}, {day} {month}",
    ),
    "pt": (
        "Português",
        _names("segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo"),
        _names("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"),
        lambda weekday, day, month: f"{weekday}, {'1º' if day == 1 else day} de {month}",
    ),
}

# In English, from Monday.
WEEKDAYS, MONTHS = _LANGUAGES["en"][1:3]
# (code, its own name) of each language that dates can be written in.
LANGUAGES = tuple((code, language[0]) for code, language in _LANGUAGES.items())


def spoken(day: date, language: str = "en") -> str:
    """`Tuesday 24 November`; English for a language that is not known."""
    _, days, months, write = _LANGUAGES.get(language, _LANGUAGES["en"])
    return write(days[day.weekday()], day.day, months[day.month - 1])


def month_of(day: date, language: str = "en") -> str:
    """`November 2026`."""
    _, _, months, _ = _LANGUAGES.get(language, _LANGUAGES["en"])
    return f"{months[day.month - 1]} {day.year}"
