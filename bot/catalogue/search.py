"""Search over everything written about a montage: an inverted index in memory, forgiving about typing."""

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.catalogue.montage import Montage
from bot.catalogue.tokens import ALIKE, LITTLE, plain_words, stem

# How much a match counts that is not the very word: half a word, another word for it, a slip of the finger.
_BEGINNING, _ALIKE, _SLIP = 0.8, 0.8, 0.7
# How much it adds that the title begins with what was asked: as much as a word that stands there.
_TITLE = 12
# How many of the best are looked at again for phrases and titles.
_CLOSELY = 40


def _written(montage: Montage) -> Iterator[tuple[float, str]]:
    """(weight, text) of all that is written about a montage, the lightest first."""
    yield 2, f"{montage.decade}s {montage.family} {montage.kind} {montage.medium}"
    yield 2, " ".join((*montage.moods, *montage.country, *montage.language))
    yield 2.5, montage.blurb
    yield 3, " ".join((*montage.bits, montage.tagline or ""))
    yield 4, " ".join((str(montage.year), *montage.director, montage.composer or "", montage.location or ""))
    if montage.song:
        yield 5, f"{montage.song.title} {montage.song.performer or ''}"
    yield 6, f"{montage.scene} {montage.discipline}"
    yield 12, f"{montage.original_title or ''} {montage.film}"


class _Stems(dict[str, str]):
    """The stem of each word met so far; nothing for the little ones."""

    def __init__(self) -> None:
        super().__init__(dict.fromkeys(LITTLE, ""))

    def __missing__(self, word: str) -> str:
        found = self[word] = stem(word)
        return found


class SearchIndex:
    """Words to montages, each with a weight: where the word stands, and how rare it is.

    `among` is the larger index that these montages belong beside: rarity is then counted over both, so
    that scores can be compared.
    """

    def __init__(self, montages: Sequence[Montage], among: "SearchIndex | None" = None) -> None:
        self._montages = montages
        self._among = among
        self._weights: defaultdict[str, dict[int, float]] = defaultdict(dict)
        self._titles = [" ".join(plain_words(montage.film)) for montage in montages]
        self._by_title = sorted((title, number) for number, title in enumerate(self._titles))
        self._texts: list[str] = []
        stems = _Stems()
        for number, montage in enumerate(montages):
            weight_of: dict[str, float] = {}
            text: list[str] = []
            for weight, written in _written(montage):
                found = list(filter(None, map(stems.__getitem__, plain_words(written))))
                weight_of.update(dict.fromkeys(found, weight))
                text += found
            for word, weight in weight_of.items():
                self._weights[word][number] = weight
            self._texts.append(f" {' '.join(text)} ")
        self._words = sorted(stems.keys() - LITTLE)
        self._title_words = sorted({word for title in self._titles for word in title.split()} - LITTLE)

    def search(self, query: str, *, typing: bool = False) -> list[tuple[float, Montage]]:
        """(score, montage), best first: every word counts, and matching all of them counts most.

        `typing`: the last word may be half of one.
        """
        asked = plain_words(query)
        wanted = [word for word in asked if word not in LITTLE]
        if typing and len(wanted) > 1 and len(wanted[-1]) == 1:
            wanted.pop()  # one letter of the next word says nothing yet
        meanings = [
            meaning
            for position, word in enumerate(wanted)
            for meaning in self._meanings(word, typing=typing and position == len(wanted) - 1)
        ]
        found = [self._scores(meaning) for meaning in meanings]
        hits = Counter(chain.from_iterable(found))
        scores: defaultdict[int, float] = defaultdict(float, found[0] if found else {})
        for more in found[1:]:
            for number, score in more.items():
                scores[number] += score
        for number in self._titles_beginning_with(asked):
            scores[number] += _TITLE
            hits[number] = len(meanings)
        coverage = [-((matched / max(len(meanings), 1)) ** 2) for matched in range(len(meanings) + 1)]
        ranked = sorted([(score * coverage[hits[number]], number) for number, score in scores.items()])
        pairs = [f" {first} {second} " for first, second in pairwise(next(iter(m), "") for m in meanings)]
        phrase = " ".join(asked)
        best = sorted([(score * self._closeness(n, phrase, pairs), n) for score, n in ranked[:_CLOSELY]])
        return [(-score, self._montages[number]) for score, number in best + ranked[_CLOSELY:]]

    def _meanings(self, word: str, *, typing: bool) -> list[dict[str, float]]:
        """What a word may mean: stems, the likeliest first, and how much each counts. Two for two words in one."""
        own = stem(word)
        meaning = {own: 1.0} if own in self._weights else {}
        meaning |= {other: _ALIKE for other in ALIKE.get(own, ()) if other in self._weights}
        if typing or (not meaning and len(word) >= 4):
            for known in self._beginning_with(word):
                meaning.setdefault(stem(known), _BEGINNING)
        if not meaning and (halves := self._halves(word)):
            return [{stem(half): 1.0} for half in halves]
        if not meaning and len(word) >= 4:
            meaning = dict.fromkeys(map(stem, self._slips(word)), _SLIP)
        return [meaning]

    def _beginning_with(self, start: str) -> Sequence[str]:
        """The known words that begin so; for a letter or two, only words of titles."""
        words = self._words if len(start) > 2 else self._title_words
        first = bisect_left(words, start)
        return words[first : bisect_left(words, start + "\uffff", first)]

    def _halves(self, word: str) -> tuple[str, str] | None:
        """`mini` and `golf` for `minigolf`."""
        pairs = ((word[:cut], word[cut:]) for cut in range(3, len(word) - 2))
        return next((pair for pair in pairs if all(stem(half) in self._weights for half in pair)), None)

    def _slips(self, word: str) -> list[str]:
        """The known words nearest to one that nobody wrote: one slip in a short word, up to three in a long one."""
        allowed = 1 if len(word) < 7 else 2 if len(word) < 12 else 3
        # Few people miss the first letter: those that share it come first, and save nine tenths of the work.
        for words in (self._sharing_first_letter(word), self._words):
            near = process.extract(word, words, scorer=OSA.distance, score_cutoff=allowed, limit=6)
            if near:
                return [known for known, slips, _ in near if slips == near[0][1]]
        return []

    def _sharing_first_letter(self, word: str) -> Sequence[str]:
        first = bisect_left(self._words, word[0])
        return self._words[first : bisect_left(self._words, word[0] + "\uffff", first)]

    def _scores(self, meaning: dict[str, float]) -> dict[int, float]:
        """What each montage scores for one word."""
        best: dict[int, float] = {}
        for word, share in meaning.items():
            worth = share * self._rarity(word)
            for number, weight in self._weights.get(word, {}).items():
                if weight * worth > best.get(number, 0.0):
                    best[number] = weight * worth
        return best

    def _rarity(self, word: str) -> float:
        where, everything = len(self._weights.get(word, ())), len(self._montages)
        if self._among:
            where += len(self._among._weights.get(word, ()))
            everything += len(self._among._montages)
        return math.log(everything / max(where, 1) + 1)

    def _closeness(self, number: int, phrase: str, pairs: Sequence[str]) -> float:
        """More than 1 where words that were asked side by side stand so, and where they are the title."""
        is_title = self._titles[number] == phrase
        if not pairs:
            return 1.0 + is_title
        return 1 + 0.3 * sum(pair in self._texts[number] for pair in pairs) / len(pairs) + is_title

    def _titles_beginning_with(self, asked: Sequence[str]) -> list[int]:
        start = " ".join(asked)
        first = bisect_left(self._by_title, (start, 0))
        end = bisect_left(self._by_title, (start + "\uffff", 0), first) if asked else first
        return [number for _, number in self._by_title[first:end]]
