"""Countries by their codes (ISO 3166: `DE`), and what they are called."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from bot.languages.codes import ENGLISH
from bot.languages.saying import language, spoken_locale


@cache
def territories() -> Mapping[str, str]:
    """The codes of all countries, with their English names in the database of time zones.

    Kept: 83 µs to read, and a list of countries asks 250 times.
    """
    table = files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text(encoding="utf-8")
    return dict(line.split("\t")[:2] for line in table.splitlines() if line and not line.startswith("#"))


def territory_name(code: str, english: str) -> str:
    """`Alemania` for `DE` in Spanish; `english` in English, and where the CLDR has no name for it."""
    return english if language() == ENGLISH else str(spoken_locale().territories.get(code, english))
