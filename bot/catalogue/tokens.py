"""What counts as the same word when people search."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile("[\u0300-\u036f]")

_LITTLE = """
    about and are as at be but by film for from his her how in into is it its movie of on or than that their this to
    up was were when where which who with
"""
# Number words and Roman numerals, as titles have them.
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
NUMERALS = {word: str(number) for words in (_WORDS, _ROMAN) for number, word in enumerate(words, 1)}
_VOWEL = re.compile("[aeiouy]")

# What people type beside what is written: the words of a line stand for each other.
_ALIKE = """
    nyc york
    la angeles
    stairs staircase steps
    soccer football
    bike bicycle cycling
    blood bleeding
    nasa astronaut spaceflight
    sword swordplay
    ninja ninjutsu
    wizard wizardry magic
    cartoon animated animation
    anime japan
    russia russian soviet
    tightrope wire
    bobsled bobsleigh
    haircut hair
    kid child children
    mum mom mother
    dad father
    cop police
    army soldier soldiering
    robbery heist burglary
    practise practice
    press push
    workout exercise training
    50s 1950s
    60s 1960s
    70s 1970s
    80s 1980s
    90s 1990s
"""


def plain_words(text: str) -> list[str]:
    """The words of `text` with no accents, no case, no apostrophes."""
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return _WORD.findall(text.casefold().replace("'", "").replace("’", ""))


def stem(word: str) -> str:
    """What the forms of a plain word share: `drummer`, `drumming` and `drums` are all `drum`."""
    word = NUMERALS.get(word, word)
    if not word.isalpha() or len(word) < 4:
        return word
    word = _singular(word)
    for ending in ("ing", "ed", "er"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= 3 and _VOWEL.search(rest) and not word.endswith("eed"):
            twice = rest[-1] == rest[-2] and rest[-1] not in "aeiouls"
            word = rest[:-1] if twice else rest
            break
    if len(word) > 4:
        word = word.removesuffix("e")
        word = re.sub("our$", "or", word)  # colour, color
        word = re.sub("iz$", "is", word)  # organize, organise
    elif len(word) == 4:
        word = word.removesuffix("e")
    return word[:-1] + "i" if word[-1] == "y" and len(word) > 3 else word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _others(table: str) -> dict[str, tuple[str, ...]]:
    others: dict[str, tuple[str, ...]] = {}
    for line in table.split("\n"):
        stems = tuple(dict.fromkeys(map(stem, line.split())))
        others |= {word: tuple(other for other in stems if other != word) for word in stems}
    return others


ARTICLES = frozenset(("a", "an", "the"))
LITTLE = ARTICLES.union(_LITTLE.split())
# Words that number a part of a film.
PARTS = frozenset(("chapter", "episode", "no", "part", "pt", "vol", "volume"))
# Stem to the stems that may stand for it.
ALIKE = _others(_ALIKE)
