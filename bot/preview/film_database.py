"""A make-believe TMDB on loopback, for the preview and for tests: three of its endpoints, made-up answers.

It knows the films that it is given, with pictures that `bot.preview.posters` draws and services that nobody runs.
"""

from collections.abc import Awaitable, Callable, Iterable
from random import Random
from typing import NamedTuple, Self, TypeAlias

from aiohttp import web

from bot.catalogue import Montage

_REGIONS = (
    *("AR", "AT", "AU", "BE", "BR", "CA", "CH", "CL", "CO", "CZ", "DE", "DK", "EG", "ES", "FI"),
    *("FR", "GB", "GR", "HK", "HU", "ID", "IE", "IN", "IT", "JP", "KE", "KR", "MX", "MY", "NG"),
    *("NL", "NO", "NZ", "PE", "PH", "PL", "PT", "RO", "SE", "SG", "TH", "TR", "UA", "US", "ZA"),
)
_SERVICES = {
    "flatrate": ("Attic Plus", "Attic Plus Standard with Ads", "Popcorn Hour", "The Long Run"),
    "free": ("Your Own Broadcaster",),
    "ads": ("The Penny Parlour", "Intermission TV"),
    "rent": ("Rewind & Sons", "Corner Video", "Popcorn Hour Store"),
    "buy": ("Corner Video", "Rewind & Sons"),
}
# What a test wants to happen in the place of an answer; None for the answer itself.
Trouble = Callable[[web.Request], Awaitable[web.StreamResponse | None]]


# As TMDB lists them: services by kind of offer, by country.
MadeUpOffers: TypeAlias = dict[str, dict[str, list[dict[str, object]]]]


class MadeUpFilm(NamedTuple):
    """One film as this TMDB knows it."""

    number: int
    kind: str  # movie or tv
    title: str
    year: int
    imdb: str | None
    poster: str | None
    trailer: str | None
    offers: MadeUpOffers
    adult: bool = False


def made_up_films(montages: Iterable[Montage]) -> list[MadeUpFilm]:
    """A film for each montage; the same ones every time."""
    return [_made_up(number, montage) for number, montage in enumerate(montages, 1)]


def _made_up(number: int, montage: Montage) -> MadeUpFilm:
    return MadeUpFilm(
        number,
        "tv" if "series" in montage.medium else "movie",
        montage.film,
        montage.year,
        montage.imdb,
        f"/{montage.id}.png",
        f"made-up-{number:03}",
        _offers(Random(number)),  # noqa: S311 - made up, not secret
    )


def _offers(random: Random) -> MadeUpOffers:
    offers: MadeUpOffers = {}
    for region in random.sample(_REGIONS, random.randint(25, len(_REGIONS))):
        kinds = random.sample(list(_SERVICES), random.randint(1, len(_SERVICES)))
        offers[region] = {
            kind: [
                {"provider_id": rank, "provider_name": name, "display_priority": rank}
                for rank, name in enumerate(_SERVICES[kind])
            ]
            for kind in kinds
        }
    return offers


class FilmDatabase:
    """Serves its films as long as it is entered; `requests` has (path, query) of each request, as they came."""

    def __init__(self, films: Iterable[MadeUpFilm], *, inventing: bool = False) -> None:
        self.films = list(films)
        # Whether there is a film for every title that is searched for.
        self._inventing = inventing
        self.requests: list[tuple[str, dict[str, str]]] = []
        # The Authorization headers that came.
        self.tokens: set[str] = set()
        self.trouble: Trouble | None = None
        self.address = ""
        application = web.Application(middlewares=[self._note])
        application.router.add_get("/3/find/{imdb}", self._find)
        application.router.add_get("/3/search/{kind:movie|tv}", self._search)
        application.router.add_get("/3/{kind:movie|tv}/{number}", self._details)
        self._runner = web.AppRunner(application)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.address = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    @web.middleware
    async def _note(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        self.requests.append((request.path, dict(request.query)))
        self.tokens.add(request.headers.get("Authorization", ""))
        if self.trouble is not None and (instead := await self.trouble(request)) is not None:
            return instead
        return await handler(request)

    async def _find(self, request: web.Request) -> web.Response:
        found = [film for film in self.films if film.imdb == request.match_info["imdb"]]
        return web.json_response(
            {f"{kind}_results": [_short(film) for film in found if film.kind == kind] for kind in ("movie", "tv")}
        )

    async def _search(self, request: web.Request) -> web.Response:
        """Everything with a word of the title in it, like the real one; of that year alone."""
        kind, title = request.match_info["kind"], request.query["query"]
        year = request.query.get("year") or request.query.get("first_air_date_year") or ""
        if self._inventing and kind == "movie" and not any(film.title == title for film in self.films):
            number = len(self.films) + 1
            self.films.append(
                MadeUpFilm(number, kind, title, int(year), None, f"/{number}.png", None, _offers(Random(number)))  # noqa: S311
            )
        wanted = title.casefold().split()
        found = [
            _short(film)
            for film in self.films
            if film.kind == kind and str(film.year) == year and set(wanted) & set(film.title.casefold().split())
        ]
        return web.json_response({"page": 1, "results": found, "total_results": len(found)})

    async def _details(self, request: web.Request) -> web.Response:
        kind, number = request.match_info["kind"], request.match_info["number"]
        for film in self.films:
            if (film.kind, str(film.number)) == (kind, number):
                return web.json_response(_long(film, request.query.get("append_to_response", "").split(",")))
        return web.json_response({"success": False, "status_code": 34}, status=404)


def _short(film: MadeUpFilm) -> dict[str, object]:
    title, date = ("title", "release_date") if film.kind == "movie" else ("name", "first_air_date")
    return {
        "id": film.number,
        title: film.title,
        f"original_{title}": film.title,
        date: f"{film.year}-11-27",
        "poster_path": film.poster,
        "adult": film.adult,
    }


def _long(film: MadeUpFilm, appended: list[str]) -> dict[str, object]:
    answer = _short(film)
    if "videos" in appended:
        teaser = {"site": "YouTube", "type": "Teaser", "key": "a-teaser-01", "official": True}
        trailer = {"site": "YouTube", "type": "Trailer", "key": film.trailer, "official": True}
        answer["videos"] = {"results": [teaser, trailer] if film.trailer else []}
    if "watch/providers" in appended:
        answer["watch/providers"] = {"results": film.offers}
    return answer
