"""What is kept of films, on both engines."""

from bot.database import Database
from bot.films.store import Film, FilmStore, KnownOffers

ROCKY = Film("tt0089927", "movie", 1374, "/rocky.jpg", "abcdefghijk", 1_800_000_000_000)
NOBODY_KNOWS = Film("code", "", 0, "", "", 1_700_000_000_000)
OFFERS = KnownOffers({"DE": {"free": ["Das Erste \ud800\x00 “Plus”"]}}, 1_750_000_000_000)


async def test_what_is_put_is_read_again_and_the_newest_holds(database: Database) -> None:
    store = FilmStore(database)
    for film in (ROCKY, NOBODY_KNOWS, ROCKY._replace(poster="", checked_at=1_900_000_000_000)):
        await store.put(film)
    assert sorted(await store.films()) == [NOBODY_KNOWS, ROCKY._replace(poster="", checked_at=1_900_000_000_000)]
    assert await store.offers(ROCKY.source) is None
    for offers in (KnownOffers({}, 1), OFFERS):
        await store.put_offers(ROCKY.source, offers)
    assert await store.offers(ROCKY.source) == OFFERS


async def test_what_is_too_old_goes_and_a_film_takes_its_offers_along(database: Database) -> None:
    store = FilmStore(database)
    await store.put(ROCKY)
    await store.put(NOBODY_KNOWS)
    await store.put_offers(ROCKY.source, OFFERS)
    await store.forget(films_before=NOBODY_KNOWS.checked_at + 1, offers_before=OFFERS.checked_at)
    assert await store.films() == [ROCKY] and await store.offers(ROCKY.source)
    await store.forget(films_before=0, offers_before=OFFERS.checked_at + 1)
    assert await store.films() == [ROCKY] and await store.offers(ROCKY.source) is None
    await store.put_offers(ROCKY.source, OFFERS)
    await store.erase()
    await store.erase()
    assert await store.films() == [] and await store.offers(ROCKY.source) is None
