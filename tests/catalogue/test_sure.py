"""When a search may be shown as the answer: never for what nobody can have meant."""

import pytest

from bot.catalogue import Catalogue
from bot.catalogue.search import FITS, SURE

# What has nothing to do with any montage, or with too many.
NONSENSE = """
    2099
    1234567890
    asdfghjkl
    gfdgfd hgfhgf
    lorem ipsum dolor sit amet
    a film about a boat
    a film with a dog
    movie about love
    the best movie ever made
    something with dogs
    what is this
    hello there
    good morning everyone
    can you help me please
    that thing you know
    something my dad likes
    i forgot the name
    a funny one
    old black and white film
    sad ending with rain
    pizza delivery guy
    quantum tax law
    javascript tutorial
    minecraft speedrun
    cheap flights to berlin
    weather in london tomorrow
    space pirates eat spaghetti
    a lawyer in a courtroom
    zombie apocalypse
    asdf rocky horror
    how much is a ticket
    who let the cat out
    the one with the train robbery
    the
""".strip().split("\n")
# Names, whole or half, with slips or in another language: nobody who types these must be asked back.
MEANT = {
    "rocky": "rocky-1976",
    "rocky 4": "rocky-iv-1985",
    "rokcy iv": "rocky-iv-1985",
    "mulan": "mulan-1998",
    "whipl": "whiplash-2014",
    "karate kid 2010": "the-karate-kid-2010",
    "7 samurai": "seven-samurai-1954",
    "ratatoullie": "ratatouille-2007",
    "philly stairs": "rocky-1976",
    "phily stairs": "rocky-1976",
    "philly stiars": "rocky-1976",
    "hearts on fire": "rocky-iv-1985",
    "bleeding drummer": "whiplash-2014",
    "boxing nun": "the-bells-of-st-marys-1945",
    "百円の恋": "100-yen-love-2014",
    "das boot": "das-boot-1981",
}


@pytest.mark.parametrize("words", [line.strip() for line in NONSENSE])
@pytest.mark.parametrize("typing", [True, False])
def test_nonsense_has_no_answer(words: str, typing: bool, catalogue: Catalogue) -> None:
    assert not catalogue.answer(0, words, typing=typing).sure


@pytest.mark.parametrize(("words", "meant"), MEANT.items())
def test_a_name_is_answered(words: str, meant: str, catalogue: Catalogue) -> None:
    answer = catalogue.answer(0, words, typing=True)
    assert answer.sure and answer.fits
    assert answer.montages[0].id == meant


def test_every_title_and_its_year_is_answered(catalogue: Catalogue) -> None:
    for montage in catalogue.shipped:
        answer = catalogue.answer(0, f"{montage.film} {montage.year}", typing=True)
        assert answer.sure and answer.montages[0] == montage, montage.id


def test_every_other_title_finds_its_film(catalogue: Catalogue) -> None:
    """Of those, some are another film's own title; that one may come first."""
    for montage in catalogue.shipped:
        for title in filter(None, (montage.original_title, *montage.seen_as)):
            assert montage in catalogue.search(0, title)[:2], (montage.id, title)


def test_every_name_of_a_scene_finds_it(catalogue: Catalogue) -> None:
    for montage in catalogue.shipped:
        for name in montage.known_as:
            assert montage in catalogue.search(0, name)[:3], (montage.id, name)


def test_two_that_are_as_good_are_no_answer(catalogue: Catalogue) -> None:
    kids = catalogue.answer(0, "the karate kid", typing=True)
    assert [montage.film for montage in kids.montages[:2]] == ["The Karate Kid", "The Karate Kid"]
    assert kids.fits and not kids.sure


def test_what_half_fits_is_called_that(catalogue: Catalogue) -> None:
    assert SURE > FITS
    for words in ("boxing", "macaroni", "bleeding drummer", "kubrik haircut"):
        assert catalogue.answer(0, words).fits, words
    for words in ("pizza delivery guy", "zombie apocalypse", "asdf rocky horror", "asdfghjkl"):
        assert not catalogue.answer(0, words).fits, words
