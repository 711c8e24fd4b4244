"""What people type into `/montage find` and `show`, and what must come up."""

import asyncio
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import Catalogue, Montage
from bot.catalogue.search import FOUND_AT_MOST, SearchIndex
from bot.catalogue.tokens import plain_words, stem

FIRST = {
    "wax on": "the-karate-kid-1984",
    "pai mei": "kill-bill-vol-2-2004",
    "donny osmond": "mulan-1998",
    "bobsled": "cool-runnings-1993",
    "bleeding drummer": "whiplash-2014",
    "yoda swamp": "star-wars-episode-v-the-empire-strikes-back-1980",
    "dolphin trainer": "waterboys-2001",
    "macaroni": "home-alone-1990",
    "chess ceiling": "the-queens-gambit-2020",
    "mr miagi": "the-karate-kid-1984",
    "hearts on fire": "rocky-iv-1985",
    "rocky snow barn": "rocky-iv-1985",
    "welder dancing": "flashdance-1983",
    "skipping rope spelling": "akeelah-and-the-bee-2006",
    "tom cruise beach football": "top-gun-maverick-2022",
    "kubrik haircut": "full-metal-jacket-1987",
    "tarrantino": "kill-bill-vol-2-2004",
    "kurasawa farmers": "seven-samurai-1954",
    "bill murray piano": "groundhog-day-1993",
    "do re mi": "the-sound-of-music-1965",
    "rain in spain": "my-fair-lady-1964",
    "sledgehammer desert": "creed-ii-2018",
    "dirt bikes philly": "creed-2015",
    "minigolf clown": "happy-gilmore-1996",
    "throwing wrenches at people": "dodgeball-a-true-underdog-story-2004",
    "raw eggs hockey": "the-mighty-ducks-1992",
    "cricket in india": "lagaan-once-upon-a-time-in-india-2001",
    "dragon tail fin": "how-to-train-your-dragon-2010",
    "chopping onions": "julie-julia-2009",
    "ratatoullie": "ratatouille-2007",
    "ramen shop": "tampopo-1985",
    "coconut van dam": "kickboxer-1989",
    "blindfold ninja": "bloodsport-1988",
    "ash chainsaw hand": "evil-dead-ii-1987",
    "boxing nun": "the-bells-of-st-marys-1945",
    "korean ski jump": "take-off-2009",
    "donna summer dole queue": "the-full-monty-1997",
    "vangellis": "chariots-of-fire-1981",
    "oil drillers nasa": "armageddon-1998",
    "arm wrestling trucker": "over-the-top-1987",
    "napolean dynamite": "napoleon-dynamite-2004",
    "scorcese": "taxi-driver-1976",
    "batman sword fight ice": "batman-begins-2005",
    "patrick bateman skincare": "american-psycho-2000",
    "morpheus dojo": "the-matrix-1999",
    "synchronized swimming france": "sink-or-swim-2018",
    "ballet lessons 2000": "billy-elliot-2000",
    "will smith boxing": "ali-2001",
    "venus and serena": "king-richard-2021",
    "towers tightrope": "man-on-wire-2008",
    "phil collins": "tarzan-1999",
    "danny devitto hercules": "hercules-1997",
    "soccer beckam": "bend-it-like-beckham-2002",
    "karate 2018": "cobra-kai-2018",
    "pow tunnel": "the-great-escape-1963",
    "wheel of pain": "conan-the-barbarian-1982",
    "rocky": "rocky-1976",
    "rocky 4": "rocky-iv-1985",
    "rocky iv": "rocky-iv-1985",
    "creed 2": "creed-ii-2018",
    "the matrix": "the-matrix-1999",
    "karate kid": "the-karate-kid-1984",
    "the karate kid 2010": "the-karate-kid-2010",
    "star wars": "star-wars-episode-v-the-empire-strikes-back-1980",
    "spider man": "spider-man-2002",
    "dead by dawn": "evil-dead-ii-1987",
    "triplettes": "the-triplets-of-belleville-2003",
    "haile gebreselassie": "endurance-1999",
    "mini golf": "happy-gilmore-1996",
    "bicycle italian": "breaking-away-1979",
    "basketbal chairs": "hoosiers-1986",
    "blind table tennis": "balls-of-fury-2007",
    "dirty dancing tickle": "dirty-dancing-1987",
    "arnold shwarzeneger traps": "predator-1987",
    "90s makeover red dress": "shes-all-that-1999",
}
AMONG_THREE = {
    "philly stairs": "rocky-1976",
    "rocky running with kids": "rocky-ii-1979",
    "marbles in her mouth": "pygmalion-1938",
    "rachmaninov": "shine-1996",
}


def ids(found: list[Montage]) -> list[str]:
    return [montage.id for montage in found]


@pytest.mark.parametrize(("words", "expected"), FIRST.items())
def test_it_comes_first(words: str, expected: str, catalogue: Catalogue) -> None:
    assert ids(catalogue.search(0, words))[:1] == [expected]


@pytest.mark.parametrize(("words", "expected"), AMONG_THREE.items())
def test_it_is_among_the_first_three(words: str, expected: str, catalogue: Catalogue) -> None:
    assert expected in ids(catalogue.search(0, words))[:3]


def test_every_film_is_found_by_its_title(catalogue: Catalogue) -> None:
    for montage in catalogue.shipped:
        assert ids(catalogue.search(0, f"{montage.film} {montage.year}"))[:1] == [montage.id]


def test_every_film_is_found_by_a_mistyped_title(catalogue: Catalogue) -> None:
    """Two letters of its longest word change places."""
    for montage in catalogue.shipped:
        word = max(plain_words(montage.film), key=len)
        if len(word) < 6 or word[2] == word[3]:
            continue
        swapped = f"{word[:2]}{word[3]}{word[2]}{word[4:]}"
        found = ids(catalogue.search(0, " ".join(plain_words(montage.film)).replace(word, swapped)))
        assert montage.id in found[:3], (swapped, found[:3])


def test_half_a_title_is_enough_while_typing(catalogue: Catalogue) -> None:
    for typed, expected in {
        "whipl": "whiplash-2014",
        "karate k": "the-karate-kid-1984",
        "ratatoui": "ratatouille-2007",
        "the silence of the l": "the-silence-of-the-lambs-1991",
        "drummin": "whiplash-2014",
        "seven sa": "seven-samurai-1954",
    }.items():
        assert ids(catalogue.search(0, typed, typing=True))[0] == expected, typed


def test_every_beginning_of_a_title_offers_it(catalogue: Catalogue) -> None:
    for montage in catalogue.shipped:
        for end in range(5, len(montage.film) + 1):
            found = ids(catalogue.search(0, montage.film[:end], typing=True))
            assert montage.id in found[:25], (montage.film[:end], found[:5])


def test_little_words_alone_begin_titles(catalogue: Catalogue) -> None:
    found = catalogue.search(0, "the", typing=True)
    titles = [(m.film, m.original_title or "", *m.seen_as) for m in found]
    assert found and all(any(title.startswith("The") for title in known) for known in titles)
    assert catalogue.search(0, "?!") == []


def test_what_nobody_wrote_is_not_found(catalogue: Catalogue) -> None:
    assert catalogue.search(0, "zzzzqqq xyzzy") == []


@pytest.mark.parametrize(
    "forms",
    [
        "drum drums drummer drummers drumming drummed",
        "dance dances dancing danced dancer",
        "box boxer boxing boxed boxes",
        "study studies studying studied",
        "bleed bleeding bleeds",
        "colour colours color",
        "synchronised synchronized synchronising",
        "run runs running runner",
        "class classes",
        "carry carries carried carrying",
    ],
)
def test_the_forms_of_a_word_are_one(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("words", ["string strung", "bus buses", "king kings", "wing wings", "300 30"])
def test_short_words_keep_what_they_are(words: str) -> None:
    assert all(len(stem(word)) >= 2 for word in words.split())


def test_accents_apostrophes_and_other_alphabets_are_words_too() -> None:
    assert plain_words("Amélie's Jūzō, St. Mary’s") == ["amelies", "juzo", "st", "marys"]
    assert plain_words("Иван 1954") == ["иван", "1954"]


def local(identity: str, film: str, **more: str) -> Montage:
    return Montage(
        id=identity,
        film=film,
        year=2020,
        scene="Roadwork",
        discipline="boxing",
        blurb=more.get("blurb", "It rains."),
    )


def test_a_server_s_own_montages_are_searched_beside_the_shipped_and_nowhere_else(catalogue: Catalogue) -> None:
    club = Catalogue(catalogue.shipped)
    club.put(7, local("s1", "Иван and the Sledgehammer"))
    club.put(7, local("s2", "Lantern Street", blurb="A welder dances."))
    assert ids(club.search(7, "sledgehammer"))[0] == "s1"
    assert ids(club.search(7, "иван")) == ["s1"]
    assert ids(club.search(7, "lantern stret"))[0] == "s2"
    assert "s2" in ids(club.search(7, "welder dancing"))[:2]
    assert "s1" not in ids(club.search(8, "sledgehammer"))
    club.remove(7, "s1")
    assert "s1" not in ids(club.search(7, "sledgehammer"))


@given(words=st.text(max_size=40), typing=st.booleans())
def test_nothing_that_is_typed_breaks_it(words: str, typing: bool) -> None:
    montages = [local("a-2020", "Lantern Street"), local("b-2020", "Rocky II")]
    scores = [score for score, _, _ in SearchIndex(montages).search(words, typing=typing)]
    assert scores == sorted(scores, reverse=True) and len(scores) <= 2


@given(words=st.text(string.ascii_lowercase + " ", max_size=20))
def test_every_montage_that_has_all_the_words_comes_before_any_that_has_fewer(words: str) -> None:
    montages = [local("a-2020", words or "x"), local("b-2020", "Lantern")]
    found = SearchIndex(montages).search(f"{words} roadwork")
    assert found[0][1].id == "a-2020" or not plain_words(words)


@given(
    scenes=st.lists(st.text(string.ascii_lowercase + " ", min_size=1, max_size=20), min_size=1, max_size=8),
    words=st.text(string.ascii_lowercase + " ", max_size=20),
)
def test_indexed_as_they_come_they_are_found_as_if_all_had_been_there(scenes: list[str], words: str) -> None:
    montages = [local(f"s{number}", scene) for number, scene in enumerate(scenes)]
    growing = SearchIndex([])
    for montage in montages:
        growing.put(montage)
        growing.search(words)
    assert growing.search(words) == SearchIndex(montages).search(words)


def test_a_search_is_bounded_however_much_is_typed(catalogue: Catalogue) -> None:
    words = "wax on wax off " * 400
    assert catalogue.search(0, words) == catalogue.search(0, words[:100])


async def test_a_large_server_is_indexed_a_few_at_a_time(catalogue: Catalogue) -> None:
    """Others get their turn between, and a word that stands everywhere is looked at in some only."""
    club = Catalogue(catalogue.shipped)
    for number in range(1_200):
        club.put(7, local(f"s{number}", f"Lantern {number}"))
    turns, ready = 0, asyncio.create_task(club.catch_up(7))
    while not ready.done():
        turns += 1
        await asyncio.sleep(0)
    assert turns > 50
    assert club.search(7, "lantern 1199")[0].id == "s1199"
    assert 100 < len(club.search(7, "lantern")) <= FOUND_AT_MOST
    club.put(7, local("s5000", "Thimble"))
    club.put(7, local("s3", "Thimble Two"))
    assert ids(club.search(7, "thimble"))[:2] == ["s5000", "s3"]
    assert "s3" not in ids(club.search(7, "lantern 3"))
