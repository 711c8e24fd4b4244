"""Search over everything written about a montage: an inverted index in memory, forgiving about typing."""

import math
import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from bot.catalogue.montage import Montage

_WORD = re.compile(r"[^\W_]+")
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_LITTLE = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "the",
        "to",
        "up",
        "with",
        "that",
        "this",
    ]
)
_SUFFIXES = ("ings", "ing", "ers", "er", "ed", "es", "s", "y")
# What people type for what is written.
_SAME = {
    "philly": "philadelphia",
    "stairs": "steps",
    "staircase": "steps",
    "soccer": "football",
    "nyc": "york",
    "la": "angeles",
    "bandaids": "band",
    "bandage": "band",
    "bicycle": "cycling",
    "bike": "cycling",
    "sword": "swordplay",
    "cartoon": "animated",
    "wizard": "wizardry",
    "fighter": "fight",
    "russia": "soviet",
    "russian": "soviet",
    "blood": "bleed",
}
_TYPO_FLOOR = 0.9  # how alike two words must be; "rokcy" and "rocky" are .95


def tokens(text: str) -> list[str]:
    """The words of `text` as the index knows them: no accents, no case, no little words, numerals as digits."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower().replace("'", "")
    words = (_ROMAN.get(word, word) for word in _WORD.findall(plain))
    return [stem(word) for word in words if word not in _LITTLE]


def stem(word: str) -> str:
    """`drummer`, `drumming` and `drums` are all `drum`."""
    word = _SAME.get(word, word)
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            word = word[: -len(suffix)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
                word = word[:-1]
            break
    return word


def _written(montage: Montage) -> Iterator[tuple[float, str]]:
    """(weight, text) of all that is written about a montage."""
    yield 12, montage.film
    yield 12, montage.original_title or ""
    yield 6, montage.scene
    yield 6, montage.discipline
    if montage.song:
        yield 5, montage.song.title
        yield 5, montage.song.performer or ""
    yield 4, str(montage.year)
    yield 4, " ".join(montage.director)
    yield 4, montage.composer or ""
    yield 4, montage.place or ""
    yield 3, " ".join((*montage.bits, montage.tagline or ""))
    yield 2.5, montage.blurb
    yield 2, " ".join((montage.family, montage.kind, montage.medium, *montage.moods, *montage.country))


class SearchIndex:
    """Words to montages, each with a weight: where the word stands, and how rare it is."""

    def __init__(self, montages: Sequence[Montage]) -> None:
        self._montages = montages
        weights: defaultdict[str, dict[int, float]] = defaultdict(dict)
        for number, montage in enumerate(montages):
            for weight, text in _written(montage):
                for word in tokens(text):
                    if weight > weights[word].get(number, 0.0):
                        weights[word][number] = weight
        everything = len(montages) + 1
        self._postings = {
            word: {number: weight * math.log(everything / len(where) + 1) for number, weight in where.items()}
            for word, where in weights.items()
        }
        self._vocabulary = sorted(self._postings)

    def search(self, words: str, *, typing: bool = False) -> list[tuple[float, Montage]]:
        """(score, montage), best first: every word counts, and matching all of them counts most."""
        wanted = tokens(words)
        if typing and len(wanted) > 1 and len(wanted[-1]) == 1:
            wanted.pop()  # one letter of the next word says nothing yet
        if not wanted:
            return []
        scores: defaultdict[int, float] = defaultdict(float)
        hits: defaultdict[int, int] = defaultdict(int)
        for place, word in enumerate(wanted):
            for number, score in self._matches(word, typing=typing and place == len(wanted) - 1).items():
                scores[number] += score
                hits[number] += 1
        ranked = [(score * (hits[number] / len(wanted)) ** 2, number) for number, score in scores.items()]
        ranked.sort(key=lambda hit: (-hit[0], hit[1]))
        return [(score, self._montages[number]) for score, number in ranked]

    def _matches(self, word: str, *, typing: bool) -> dict[int, float]:
        exact = self._postings.get(word)
        if exact is not None and not typing:
            return exact
        found = dict(exact or {})
        if typing or len(word) >= 4:
            self._merge(found, self._beginning_with(word), 0.8)
        if not found and len(word) >= 4:
            alike = process.extract(
                word, self._vocabulary, scorer=JaroWinkler.similarity, score_cutoff=_TYPO_FLOOR, limit=4
            )
            for near, likeness, _ in alike:
                self._merge(found, [near], 0.7 * likeness)
        return found

    def _beginning_with(self, start: str) -> Sequence[str]:
        first = bisect_left(self._vocabulary, start)
        return self._vocabulary[first : bisect_left(self._vocabulary, start + "\uffff", first)]

    def _merge(self, found: dict[int, float], words: Sequence[str], share: float) -> None:
        for word in words:
            for number, score in self._postings[word].items():
                if score * share > found.get(number, 0.0):
                    found[number] = score * share
