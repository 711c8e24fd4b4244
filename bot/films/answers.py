"""What TMDB's answers say: which film was meant, and what there is of it. No I/O.

Nothing is taken on trust: what has not the shape that is expected counts as not there.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2s
from typing import NamedTuple, TypeAlias

from bot.catalogue import Montage
from bot.catalogue.tokens import plain_words
from bot.films.offers import OFFER_KINDS, Offers, merged

# A JSON object as it came, of which nothing is known yet.
Answer: TypeAlias = Mapping[str, object]
# What TMDB calls the two halves of its catalogue.
MOVIE, SERIES = "movie", "tv"
_POSTER = re.compile(r"/[\w.-]{1,80}\.(?:jpg|jpeg|png|webp)", re.ASCII)
_VIDEO = re.compile(r"[\w-]{6,20}", re.ASCII)
_REGION = re.compile(r"[A-Z]{2}", re.ASCII)
_NUMBER_AT_MOST = 2**53
_SERVICE_AT_MOST = 60


class Wanted(NamedTuple):
    """Which film is looked for."""

    source: str  # what the answer is kept under
    titles: frozenset[str]  # as `_plain` writes them
    query: str
    year: int
    kinds: tuple[str, ...]
    imdb: str | None = None


class Identity(NamedTuple):
    """A film at TMDB: which half of its catalogue, and its number there."""

    kind: str
    number: int


class Details(NamedTuple):
    """What there is of a film; empty where there is none."""

    poster: str
    trailer: str
    offers: Offers


def wanted_film(montage: Montage) -> Wanted:
    """How the film of a montage is found: by its IMDb id, else by title and year.

    Members do not say whether theirs is a film or a series, so both are looked through.
    """
    names = filter(None, (montage.film, montage.original_title, *montage.seen_as))
    titles = frozenset(filter(None, map(_plain, names)))  # one of signs alone is like any other such
    kinds: tuple[str, ...] = (SERIES,) if "series" in montage.medium else (MOVIE,)
    if montage.suggested:
        kinds = (MOVIE, SERIES)
    return Wanted(source_of(montage), titles, montage.film, montage.year, kinds, montage.imdb)


def source_of(montage: Montage) -> str:
    """What is known of its film is kept under this: the IMDb id, or a code that stands for title and year.

    What members typed is not kept in yet another table.
    """
    if montage.imdb is not None:
        return montage.imdb
    wanted = f"{montage.film.casefold()}|{montage.year}|{'' if montage.suggested else montage.medium}"
    return blake2s(wanted.encode(errors="replace"), digest_size=12).hexdigest()


def _plain(title: str) -> str:
    return " ".join(plain_words(title.replace("&", " and ")))


def found_by_id(answer: Answer) -> Identity | None:
    """The film of an answer of `/find`, if that is one and no more."""
    results = ((kind, result) for kind in (MOVIE, SERIES) for result in _objects(answer.get(f"{kind}_results")))
    return the_only(filter(None, (_identity(kind, result) for kind, result in results)))


def fitting(wanted: Wanted, kind: str, answer: Answer) -> Iterator[Identity]:
    """Those of a search's results that have the title and the year."""
    title, original, date = (
        ("title", "original_title", "release_date")
        if kind == MOVIE
        else ("name", "original_name", "first_air_date")
    )
    for result in _objects(answer.get("results")):
        names = {_plain(name) for name in (result.get(title), result.get(original)) if isinstance(name, str)}
        year = str(result.get(date) or "")[:4]
        identity = _identity(kind, result)
        if identity is not None and names & wanted.titles and year == str(wanted.year):
            yield identity


def the_only(identities: Iterable[Identity]) -> Identity | None:
    """The one that there is; None for none, and for several, among which nobody should guess."""
    found = set(identities)
    return found.pop() if len(found) == 1 else None


def details_in(answer: Answer) -> Details | None:
    """What an answer of `/movie/…` or `/tv/…` says, with videos and perhaps watch providers appended to it.

    None for what is for adults only: nothing of that is shown here.
    """
    if answer.get("adult"):
        return None
    poster = answer.get("poster_path")
    return Details(
        poster if isinstance(poster, str) and _POSTER.fullmatch(poster) else "",
        _trailer(_objects(_object(answer.get("videos")).get("results"))),
        _offers(_object(_object(answer.get("watch/providers")).get("results"))),
    )


def _identity(kind: str, result: Answer) -> Identity | None:
    number = result.get("id")
    if result.get("adult") or type(number) is not int or not 0 < number < _NUMBER_AT_MOST:
        return None
    return Identity(kind, number)


def _trailer(videos: Iterable[Answer]) -> str:
    """YouTube's id of the trailer: an official one before others, else the first; empty where there is none."""
    best = ""
    for video in videos:
        key = video.get("key")
        if (video.get("site"), video.get("type")) != ("YouTube", "Trailer"):
            continue
        if isinstance(key, str) and _VIDEO.fullmatch(key):
            if video.get("official"):
                return key
            best = best or key
    return best


def _offers(regions: Answer) -> Offers:
    found: Offers = {}
    for region, offered in regions.items():
        if _REGION.fullmatch(region):
            kinds = {kind: merged(_services(_object(offered).get(kind))) for kind in OFFER_KINDS}
            kinds = {kind: services for kind, services in kinds.items() if services}
            if kinds:
                found[region] = kinds
    return found


def _services(listed: object) -> list[str]:
    """The names of services, in the order that TMDB shows them in."""
    ranked = []
    for service in _objects(listed):
        name, rank = service.get("provider_name"), service.get("display_priority")
        if isinstance(name, str) and 0 < len(name.strip()) <= _SERVICE_AT_MOST:
            ranked.append((rank if type(rank) is int else 10_000, name.strip()))
    return [name for _, name in sorted(ranked, key=lambda service: service[0])]


def _object(value: object) -> Answer:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> list[Answer]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
