"""Time zones as people type them: a city, a country, a short name or an offset, in English and in the language that
they speak. Reads the tables of zones once; no other I/O.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz, process

from bot import languages
from bot.catalogue.tokens import plain_words
from bot.daily.zone_names import other_countries, short_names, towns
from bot.daily.zones import named_zone, offset_in, stored_offset, zone_keys, zone_of, zone_words
from bot.languages import _, pgettext, territories, territory_name

# What the list shows before anything is typed: a city for each hour that many people live in.
_FIRST = (
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/Madrid",
    "Europe/Warsaw",
    "Europe/Helsinki",
    "Europe/Istanbul",
    "Africa/Lagos",
    "Africa/Johannesburg",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Bangkok",
    "Asia/Manila",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
    "America/Sao_Paulo",
    "America/Halifax",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "Pacific/Honolulu",
)
# Names of zones that are no places: what they mean is looked up as the short name that they are, or not at all.
_NO_PLACES = frozenset(
    ("EST", "MST", "HST", "CET", "MET", "EET", "WET", "GMT", "GMT0", "GMT+0", "GMT-0", "Factory", "localtime")
)
_ALIKE = 75  # of 100
# Of so many languages the names of places are kept: 100 to 220 kB each, and read in 3 to 11 ms.
_LANGUAGES_KEPT = 4
# Characters of what was typed that are compared: more than any name has.
_TYPED_AT_MOST = 60
_OFFSET = re.compile(
    r"(?:utc|gmt|z)?\s*(?P<sign>[+\-\u2212\u2013])\s*(?P<hours>\d{1,2})(?:[:.h]?(?P<minutes>[0-5]\d)|(?P<half>\.5))?",
    re.IGNORECASE,
)
# Clocks on earth are set from twelve hours behind to fourteen ahead.
_WESTERNMOST, _EASTERNMOST = timedelta(hours=-12), timedelta(hours=14)


class ZoneOffer(NamedTuple):
    """A zone that somebody may mean; `called` is the place whose name fits, where that is another."""

    zone: str
    called: str = ""


class _Tables(NamedTuple):
    """Everything that has a name, by its plain words."""

    exact: dict[str, str]  # names of zones as they are written, in small letters
    meant: dict[str, tuple[str, ...]]  # countries, places and short names: the zones that they mean
    terms: list[str]  # what is compared with what was typed …
    offers: list[ZoneOffer]  # … and what each of them offers
    order: dict[str, int]  # of zones that keep the same time, the first speaks for the others


def zone_named(typed: str) -> str | None:
    """The zone that was typed, as it is stored; None for what means nothing, or more than one clock.

    Nothing is guessed: a slip of the finger is another name.
    """
    meant = meanings(typed)
    return meant[0] if len(meant) == 1 else None


def meanings(typed: str) -> list[str]:
    """The zones that were typed, one for each clock: `IST` is three, `UTC+2` one, `Berlni` none."""
    typed = typed.strip()[:_TYPED_AT_MOST]
    if match := _OFFSET.fullmatch(typed):
        offset = offset_in(match)
        return [stored_offset(offset)] if _WESTERNMOST <= offset <= _EASTERNMOST else []
    if name := _tables().exact.get("_".join(typed.casefold().split())):
        return [_named_after_place(name)]
    return _one_for_each_clock(_called(_plain(typed)))


def _called(plain: str) -> tuple[str, ...]:
    """The zones of a name, in English and in the language that is being spoken."""
    return *_tables().meant.get(plain, ()), *(offer.zone for offer in _spoken_names().get(plain, ()))


def _named_after_place(name: str) -> str:
    """`Etc/GMT+5`, which is five hours behind, as `UTC-05:00`, which says so."""
    return stored_offset(named_zone(name).utcoffset(_SOME_DAY) or timedelta()) if name.startswith("Etc/") else name


_SOME_DAY = datetime(2026, 1, 15)  # noqa: DTZ001 - of a zone that is the same all year


def _one_for_each_clock(zones: Iterable[str]) -> list[str]:
    clocks: defaultdict[tuple[timedelta | None, ...], list[str]] = defaultdict(list)
    for zone in zones:
        clocks[_behaviour(zone)].append(zone)
    order = _tables().order
    return [min(same, key=lambda zone: order.get(zone, len(order))) for same in clocks.values()]


def matching_zones(typed: str, most: int = 25) -> list[ZoneOffer]:
    """The zones that what was typed may mean, the likeliest first: half a city's name and slips count."""
    wanted = _plain(typed[:_TYPED_AT_MOST])
    if not typed.strip():
        return [ZoneOffer(name) for name in _FIRST[:most]]
    tables = _tables()
    found = [ZoneOffer(zone) for zone in meanings(typed)]
    if len(found) != 1:
        found += [ZoneOffer(zone) for zone in tables.meant.get(wanted, ())]
        found += _spoken_names().get(wanted, ())
    spoken = [(term, offer) for term, several in _spoken_names().items() for offer in several]
    in_their_words = {offer for _term, offer in spoken}
    terms = [*tables.terms, *(term for term, _offer in spoken)]
    offers = [*tables.offers, *(offer for _term, offer in spoken)]
    fitting = [
        fit
        for fit in process.extract(wanted, terms, scorer=fuzz.partial_ratio, score_cutoff=_ALIKE, limit=None)
        if len(fit[0]) >= len(wanted) or fuzz.ratio(wanted, fit[0]) >= _ALIKE  # no "rio" in "tokio"
    ]
    # Of those that fit alike, one that begins with it: "rome" is Rome before it is anything else.
    fitting.sort(key=lambda fit: (-fit[1], not fit[0].startswith(wanted), len(fit[0]), fit[0]))
    offered: dict[str, ZoneOffer] = {}
    for offer in (*found, *(offers[number] for _term, _score, number in fitting if wanted)):
        before = offered.setdefault(offer.zone, offer)
        if before.called and offer in in_their_words:  # "Italia" fits as well as "Italy"
            offered[offer.zone] = offer
        if len(offered) == most:
            break
    return list(offered.values())


def zone_label(offer: ZoneOffer, now: datetime) -> str:
    """`Europe/Berlin, where it is 18:30`; `Munich: Europe/Berlin, where it is 18:30`."""
    time = f"{now.astimezone(zone_of(offer.zone)):%H:%M}"
    zone = zone_words(offer.zone)
    if offer.called:
        return _("{city}: {zone}, where it is {time}", city=offer.called, zone=zone, time=time)
    return _("{zone}, where it is {time}", zone=zone, time=time)


def _spoken_names() -> dict[str, tuple[ZoneOffer, ...]]:
    language = languages.language()
    return {} if language == languages.ENGLISH else _names_in(language)


@lru_cache(maxsize=_LANGUAGES_KEPT)
def _names_in(language: str) -> dict[str, tuple[ZoneOffer, ...]]:
    """What a language calls cities and countries, by plain words."""
    by_country, zones = _zones_of_countries()
    here, links = set(zones), _links()
    found: defaultdict[str, dict[str, ZoneOffer]] = defaultdict(dict)
    for known, city in languages.cities_of(language).items():
        zone = known if known in here else links.get(known, "")
        if zone in here:
            found[_plain(city)][zone] = ZoneOffer(zone, city)
    others: list[tuple[str, Sequence[str]]]
    others = [(territory_name(code, ""), several) for code, (_name, several) in by_country.items()]
    others += [(name, _tables().meant.get(_plain(english), ())) for name, english in _written_by_translators()]
    for name, several in others:
        for zone in several:
            found[_plain(name)].setdefault(zone, ZoneOffer(zone, name))
    order = _tables().order
    return {
        name: tuple(sorted(offers.values(), key=lambda offer: order.get(offer.zone, len(order))))
        for name, offers in found.items()
        if name
    }


# --- the tables ---


def _written_by_translators() -> list[tuple[str, str]]:
    # For translators: places as people call them that the CLDR does not have so, and behind = what they are in
    # English; with commas between.
    pairs = (way.partition("=") for way in pgettext("typed", "The Big Apple = New York").split(","))
    return [(name.strip(), english.strip()) for name, _, english in pairs]


def _links() -> dict[str, str]:
    """The zones that are called otherwise today, by the name that they had: the CLDR says `Asia/Calcutta`."""
    links = (line.split() for line in _table("tzdata.zi") if line.startswith("L "))
    return {before: zone for _, zone, before in links}


def _zones_of_countries() -> tuple[dict[str, tuple[str, list[str]]], list[str]]:
    """(by the code of each country its name in the table and its zones; all zones).

    From the table that has a zone of its own for each country, so that the Netherlands are Amsterdam.
    """
    countries = territories()
    zones: defaultdict[str, list[str]] = defaultdict(list)
    for line in _table("zone.tab"):
        code, _where, zone = line.split("\t")[:3]
        if zone in zone_keys():
            zones[code].append(zone)
    return (
        {code: (countries[code], several) for code, several in zones.items()},
        [zone for several in zones.values() for zone in several],
    )


def _table(name: str) -> list[str]:
    lines = files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def read_tables() -> None:
    """Read everything that lies on disk, before anybody types."""
    _tables()


@cache
def _tables() -> _Tables:
    """Kept: it takes 40 ms to make, and is looked into at each key."""
    by_country, zones = _zones_of_countries()
    exact = {name.casefold(): name for name in zone_keys() if _is_name(name)}
    meant: defaultdict[str, list[str]] = defaultdict(list)
    offers: list[tuple[str, ZoneOffer]] = [("utc", ZoneOffer("UTC"))]
    for zone in zones:
        meant[_city(zone)].append(zone)
        offers += [(_city(zone), ZoneOffer(zone)), (_plain(zone), ZoneOffer(zone))]
    for country, several in by_country.values():
        meant[_plain(country)] += several
        offers += [(_plain(country), ZoneOffer(zone, country)) for zone in several]
    for name, country in other_countries():
        meant[_plain(name)] += meant[_plain(country)]
    for town, zone in towns():
        meant[_plain(town)].append(zone)
        offers.append((_plain(town), ZoneOffer(zone, town)))
    for name, zone in _called_by_zones(zones):
        meant[_plain(name)].append(zone)
    known = list(dict.fromkeys((*_FIRST, *(zone for _name, zone in towns()))))  # where most people are stands first
    order = {zone: number for number, zone in enumerate(known)}
    for several in meant.values():
        several.sort(key=lambda zone: order.get(zone, len(order)))
    for name, zone in short_names():
        meant[_plain(name)].append(zone)
    return _Tables(
        exact,
        {name: tuple(dict.fromkeys(several)) for name, several in meant.items()},
        [term for term, _offer in offers],
        [offer for _term, offer in offers],
        order,
    )


def _is_name(name: str) -> bool:
    """Whether it means itself: with a slash or digits in it, and not a place or a short name besides."""
    if name in _NO_PLACES or name.startswith(("posix/", "right/", "SystemV/")):
        return False
    return "/" in name or any(character.isdigit() for character in name) or "-" in name


def _called_by_zones(zones: Iterable[str]) -> list[tuple[str, str]]:
    """(abbreviation, zone) of everything that the zones call their own time in winter or in summer."""
    return [(name, zone) for zone in zones for name in _names_of_time(zone) if name.isalpha()]


def _names_of_time(zone: str) -> set[str]:
    there = ZoneInfo(zone)  # not kept: all of them are looked at, and few will be asked for
    return {moment.astimezone(there).tzname() or "" for moment in _moments()[::6]}


@cache
def _moments() -> tuple[datetime, ...]:
    """Twice a month for a year from when the bot was started, the same for all that are compared: zones that agree
    then keep one clock.
    """
    begin = datetime.now(UTC)
    return tuple(begin + timedelta(days=15 * number) for number in range(25))


@cache
def _behaviour(zone: str) -> tuple[timedelta | None, ...]:
    """What its clock shows through that year. Kept: 15 µs a zone, and "America" means 29 at each key."""
    return tuple(moment.astimezone(zone_of(zone)).utcoffset() for moment in _moments())


def _plain(text: str) -> str:
    return " ".join(plain_words(text))


def _city(name: str) -> str:
    return _plain(name.rpartition("/")[2])
