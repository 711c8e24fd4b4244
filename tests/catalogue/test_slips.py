"""How much the search forgives, in figures: the means of ten seeds over every montage."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest

from bot.catalogue import Catalogue, Montage

SEEDS = 10
NEIGHBOURS = {left: right for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm") for left, right in pairwise(row)}
Asked = Callable[[Montage, Random], list[str]]


def mistyped(word: str, random: Random) -> str:
    """The word with one slip inside it: a letter left out, doubled, swapped with the next, or its neighbour's."""
    if len(word) < 4:
        return word
    at = random.randrange(1, len(word) - 1)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    return random.choice(
        [
            before + after,
            before + letter + letter + after,
            before + after[0] + letter + after[1:],
            before + NEIGHBOURS.get(letter, "e") + after,
        ]
    )


def longest_mistyped(words: list[str], random: Random) -> list[str]:
    """Only the longest word."""
    longest = max(range(len(words)), key=lambda number: len(words[number]))
    return [mistyped(word, random) if number == longest else word for number, word in enumerate(words)]


ASKED: dict[str, tuple[Asked, float]] = {
    "title, one slip": (lambda m, random: longest_mistyped(m.film.lower().split(), random), 0.985),
    "title, a slip in every word": (lambda m, random: [mistyped(w, random) for w in m.film.lower().split()], 0.98),
    "three words of the scene, one slip": (
        lambda m, random: longest_mistyped(m.scene.lower().split()[:3], random),
        0.97,
    ),
}


def as_its_own(catalogue: Catalogue, guild_id: int) -> Catalogue:
    """Every other montage as one that a server accepted, with what a member can give."""
    given = [
        Montage(id=f"s{n}", film=m.film, year=m.year, scene=m.scene, discipline=m.discipline, blurb=m.blurb)
        for n, m in enumerate(catalogue.shipped)
    ]
    own = Catalogue([replace(m, editors_rank=None) for m in catalogue.shipped[::2]])
    for montage in given[1::2]:
        own.put(guild_id, montage)
    return own


@pytest.mark.thorough
@pytest.mark.parametrize("what", ASKED)
@pytest.mark.parametrize("guild_id", [0, 7])
def test_what_is_meant_comes_first(what: str, guild_id: int, catalogue: Catalogue) -> None:
    asked, mark = ASKED[what]
    searched = as_its_own(catalogue, guild_id) if guild_id else catalogue
    montages = searched.visible_to(guild_id)
    first = 0
    for seed in range(SEEDS):
        random = Random(seed)
        for montage in montages:
            found = searched.search(guild_id, " ".join(asked(montage, random)))
            first += found[:1] == [montage]
    assert first / (SEEDS * len(montages)) >= mark
