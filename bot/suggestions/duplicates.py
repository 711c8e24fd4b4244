"""Is it one of these? Finds what is nearly the same montage, however it was typed. No I/O."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from bot.catalogue.tokens import NUMERALS, PARTS, STOP_WORDS, plain_words

# More would make the question longer than the answer.
AT_MOST = 4
# How alike (of 100) two titles must be to be one film; “Rokcy” and “Rocky” are 88.
_ALIKE = 84.0
# Above this the title is the same, and a year that differs may just be remembered wrongly.
_SAME = 95.0
_YEARS_APART = 2
_BUT_FOR_SUBTITLE = 90.0
_SLIPS_COST = 7.0


class Known(NamedTuple):
    """A montage that is there already; `also` is its title in another language."""

    id: str
    film: str
    year: int
    scene: str
    also: str | None = None


def alike(film: str, year: int, scene: str, known: Iterable[Known]) -> list[tuple[float, Known]]:
    """Those of `known` that may be it, each with how likely that is: what `best_of` picks from."""
    scored = ((_likeness(film, year, scene, one), one) for one in known)
    return [pair for pair in scored if pair[0] > 0]


def is_likely(film: str, year: int, known: Known) -> bool:
    """Whether it is rather the same film than another: the title, and hardly a year apart."""
    apart = abs(year - known.year)
    return apart <= 1 and any(
        _titles_alike(film, name, same_year=apart == 0) >= _ALIKE for name in (known.film, known.also) if name
    )


def best_of(found: Iterable[tuple[float, Known]]) -> list[Known]:
    """The likeliest first, four at most."""
    return [one for _, one in sorted(found, key=lambda pair: (-pair[0], pair[1].id))[:AT_MOST]]


def same_montage(film: str, year: int, scene: str, known: Known) -> bool:
    """Whether it is that very montage, but for how its words are written."""
    same_film = any(plain_words(film) == plain_words(name) for name in (known.film, known.also) if name)
    return same_film and year == known.year and plain_words(scene) == plain_words(known.scene)


def _likeness(film: str, year: int, scene: str, known: Known) -> float:
    """0 where it is another film; otherwise more the more alike title, year and scene are."""
    apart = abs(year - known.year)
    title = max(_titles_alike(film, name, same_year=apart == 0) for name in (known.film, known.also) if name)
    if title < _ALIKE or (title < _SAME and apart > _YEARS_APART):
        return 0.0
    scenes = fuzz.token_set_ratio(scene.casefold(), known.scene.casefold())
    return title - min(apart, 20) + scenes / 4


def _titles_alike(one: str, other: str, *, same_year: bool) -> float:
    """Of 100. A sequel is another film, so the numbers must be the same; one may be left out for the year."""
    words, numbers = _normal(one)
    other_words, other_numbers = _normal(other)
    if numbers != other_numbers and not (same_year and not (numbers and other_numbers)):
        return 0.0
    if f"{words} ".startswith(f"{other_words} ") or f"{other_words} ".startswith(f"{words} "):
        return 100.0 if words == other_words else _BUT_FOR_SUBTITLE
    slips = 100 * JaroWinkler.similarity(words, other_words) - _SLIPS_COST  # “rokcy”: kind to short words
    return max(fuzz.ratio(words, other_words), fuzz.token_sort_ratio(words, other_words), slips)


@lru_cache(maxsize=4096)
def _normal(title: str) -> tuple[str, tuple[str, ...]]:
    """(words without accents, case and stop words; numbers): `("rocky", ("4",))` for Rocky IV.

    Kept: 2 µs each, and whatever is typed is compared with every title there is.

    What comes first is a name, not a number: “300” and “Ten Things” keep theirs as words. A first part
    is seldom called one.
    """
    words: list[str] = []
    numbers: list[str] = []
    plain = plain_words(title)
    for index, word in enumerate(plain):
        number = NUMERALS.get(word, word)
        if index and number.isdigit():
            numbers += [number] if number != "1" else []
        elif word not in STOP_WORDS and word not in PARTS:
            words.append(number)
    return " ".join(words or plain), tuple(numbers)  # It, and Up, are titles too
