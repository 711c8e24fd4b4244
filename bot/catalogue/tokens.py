"""What counts as the same word when people search."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain

# Vowels and the like that scripts from Hebrew to Mongolian write as marks inside a word.
_VOWELS = "".join(mark for mark in map(chr, range(0x0483, 0x1CF0)) if unicodedata.category(mark) in ("Mn", "Mc"))
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_VOWELS}])*")
_MARKS = re.compile("[\u0300-\u036f]")
# Letters that a keyboard without them writes otherwise, and that are no letter with a mark.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
# Scripts that put no spaces between words, and Korean, which hangs its little words onto others.
_UNSPACED = re.compile(
    "[\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\U00020000-\U0003134f]+"
)
# Two letters that stand for one with two dots, and endings that words of many languages have.
_DOTTED = re.compile("([aou])e")
_ENDING = re.compile("(?:ern|e[mnrs]|[aeo]s|[aeios])$")

_STOP_WORDS = """
    about and are as at be but by film for from his her how in into is it its movie of on or than that their this to
    up was were when where which who with
"""
# Number words and Roman numerals, as titles have them.
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
NUMERALS = {word: str(number) for words in (_WORDS, _ROMAN) for number, word in enumerate(words, 1)}
_VOWEL = re.compile("[aeiouy]")

# What people type beside what is written: the words of a line stand for each other.
_SYNONYMS = """
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


def plain(text: str) -> str:
    """`text` without accents and case: `ä` and `a`, `ß` and `ss`, `É` and `e`, `İ`, `ı` and `i` are the same."""
    if text.isascii():
        return text.casefold()
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFC", bare.casefold().translate(_LETTERS))


def plain_words(text: str) -> list[str]:
    """The words of `text` with no accents, no case, no apostrophes."""
    return _WORD.findall(plain(text).replace("'", "").replace("’", "").replace("ʼ", ""))


def searched_words(text: str) -> list[str]:
    """The same as they are searched: what is written without spaces as pairs of neighbours, and its last letter.

    So each letter begins a word, and who asks for part of a name asks for words that stand in it.
    """
    words = plain_words(text)
    return words if text.isascii() else list(chain.from_iterable(map(_parted, words)))


def _parted(word: str) -> Iterator[str]:
    at = 0
    for run in _UNSPACED.finditer(word):
        if before := word[at : run.start()]:
            yield before
        at = run.end()
        yield from (run[0][start : start + 2] for start in range(len(run[0])))
    if word[at:]:
        yield word[at:]


def is_unspaced(word: str) -> bool:
    """Whether it is of a script that puts no spaces between words."""
    return _UNSPACED.match(word) is not None


def undotted(word: str) -> str:
    """`kampfer` for `kaempfer`, so that it is the same as `kämpfer`."""
    return _DOTTED.sub(r"\1", word)


def root(word: str) -> str:
    """What the forms of an undotted word share in a language that is not English: `treppe` and `treppen`, `salto`
    and `saltos`. It is how they begin.
    """
    rest = _ENDING.sub("", word)
    return rest if len(rest) >= 3 else word


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
STOP_WORDS = ARTICLES.union(_STOP_WORDS.split())
# Words that number a part of a film.
PARTS = frozenset(("chapter", "episode", "no", "part", "pt", "vol", "volume"))
# Stem to the stems that may stand for it.
SYNONYMS = _others(_SYNONYMS)
