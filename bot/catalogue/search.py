"""Search over everything written about a montage: an inverted index in memory, forgiving about typing."""

import math
import re
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import chain, islice
from typing import NamedTuple, TypeAlias

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.catalogue.montage import Montage
from bot.catalogue.tokens import ARTICLES, NUMERALS, STOP_WORDS, SYNONYMS, is_unspaced, searched_words, stem

# These bound the time of a search, whatever is typed and however much a server has: how many characters are read,
# how many words looked for, how many one may begin, how many montages are looked at for each, how many are found.
_TYPED_AT_MOST, _WORDS_AT_MOST, BEGUN_AT_MOST, _LOOKED_AT, FOUND_AT_MOST = 100, 8, 200, 500, 1_000

# From these scores on, the best one is what was meant, or fits what was asked: tests/catalogue/test_sure.py.
SURE, FITS = 20.0, 9.0

# How much a match counts that is not the very word: the beginning of a word, another word for it, each slip.
BEGINNING, _ALIKE, _SLIP = 0.8, 0.8, 0.8
# What it adds, for each word, that a title begins with what was asked, and that it is nearly a title; and for each
# pair of words, that it is nearly part of what a scene is called.
_BEGUN_TITLE, _NEAR_TITLE, _NEAR_PHRASE = 25, 50, 25
# How alike (of 100) is nearly: to a title, to part of a scene's name, and to that among words without a slip.
_TITLE_ALIKE, _PHRASE_ALIKE, _PHRASE_SAME = 75, 75, 88
# How many of the best are looked at again for phrases where every word stands as it was typed.
_CLOSELY = 12
# Half of the words are worth a quarter; but a word of which pairs of neighbours are missing is another word.
_OF_WORDS, _OF_PAIRS = 2, 6
_YEAR_AT_END = re.compile(r" \d{4}$")

# Stems that a word may stand for, and what each is worth: how rare it is, less for what is not the very word.
Meaning: TypeAlias = dict[str, float]
# (score, montage, whether it has every word as it was typed). Of one query, scores of two indexes can be compared.
Hit: TypeAlias = tuple[float, Montage, bool]
# What montages, by number, have for more than their words.
_Bonuses: TypeAlias = dict[int, float]
# (score below zero, number, whether it has every word)
_Ranked: TypeAlias = list[tuple[float, int, bool]]


class _Question(NamedTuple):
    """What is asked: as a whole, its words that say something, and what likeness adds to a score."""

    phrase: str
    words: list[str]
    length: float  # in words; a score is what there is for each
    begun_title: float
    near_title: float
    near_phrase: float
    strict: int  # the power of what a share of the words is worth

    @classmethod
    def parse(cls, query: str, stop_words: Container[str], *, typing: bool) -> "_Question":
        """`stop_words`: they say nothing. `typing`: the last word may be half of one."""
        asked = searched_words(query[:_TYPED_AT_MOST])
        words = [word for word in dict.fromkeys(asked) if word not in stop_words][:_WORDS_AT_MOST]
        if typing and len(asked) > 1 and len(asked[-1]) == 1 and words[-1:] == asked[-1:]:
            words.pop()  # one letter of the next word says nothing yet
        said = (len(words) + len(asked)) / 2  # stop words say half as much
        return cls(
            " ".join(asked),
            words,
            max(said, 1),
            _BEGUN_TITLE * min(said, 1),
            _NEAR_TITLE * max(len(words), 1),
            _NEAR_PHRASE * min(len(asked) - 1, 2 * len(words)),
            _OF_PAIRS if any(map(is_unspaced, words)) else _OF_WORDS,
        )


def typed_titles(titles: Iterable[str | None], articles: Container[str] = ARTICLES) -> Iterator[str]:
    """These, plain, as people type them: `the karate kid` and `karate kid`, `rocky iv` and `rocky 4`."""
    for title in filter(None, titles):
        words = searched_words(title)
        yield " ".join(words)
        if len(words) > 1 and words[0] in articles:
            words = words[1:]
        yield " ".join(words)
        yield " ".join(NUMERALS.get(word, word) for word in words)


def _titles(montage: Montage) -> Iterator[str]:
    return typed_titles((montage.film, montage.original_title, *montage.seen_as))


def _phrases(montage: Montage) -> str:
    """What the scene is called, by us and by other people, and its song."""
    song = f"{montage.song.title} {montage.song.performer or ''}" if montage.song else ""
    return " ".join((montage.scene, *montage.known_as, song))


def _written(montage: Montage) -> Iterator[tuple[float, str]]:
    """(weight, text) of all that is written about a montage, the lightest first."""
    yield 2, f"{montage.decade}s {montage.family} {montage.kind} {montage.medium}"
    yield 2, " ".join((*montage.moods, *montage.country, *montage.language))
    yield 2.5, montage.blurb
    yield 3, " ".join((*montage.bits, montage.tagline or ""))
    yield 4, " ".join((str(montage.year), *montage.director, montage.composer or "", montage.location or ""))
    yield 6, _phrases(montage)
    yield 7, montage.discipline
    yield 12, " ".join(_titles(montage))


class _Sorted:
    """Texts in their order, for those that begin alike."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def add(self, texts: Iterable[str]) -> None:
        """Add texts that are new."""
        new = list(texts)
        if 8 * len(new) > len(self.texts):
            self.texts = sorted(chain(self.texts, new))
        else:
            for text in new:
                insort(self.texts, text)

    def beginning_with(self, start: str) -> list[str]:
        """Those that begin so."""
        first = bisect_left(self.texts, start)
        return self.texts[first : bisect_left(self.texts, start + "\uffff", first)]


class SearchIndex:
    """Words to montages, each with a weight: where the word stands, and how rare it is.

    Where a word that was asked stands nowhere, the search is forgiving: it takes words a slip away, and what was
    asked as a whole is compared with every title and with what every scene is called. That costs ten times as much.

    `among` is the larger index that these montages belong beside: rarity is then counted over both, so
    that scores can be compared.
    """

    def __init__(self, montages: Iterable[Montage], among: "SearchIndex | None" = None) -> None:
        self._waiting = list(montages)
        self._among = among
        self._montages: list[Montage] = []
        self._phrases: list[str] = []
        self._weights: defaultdict[str, dict[int, float]] = defaultdict(dict)
        self._stems: dict[str, str] = {}  # of each word
        self._titled: defaultdict[str, list[int]] = defaultdict(list)
        self._words, self._titles = _Sorted(), _Sorted()
        self._stop_words: frozenset[str] = STOP_WORDS

    def put(self, montage: Montage) -> None:
        """Add one. The next search indexes it."""
        self._waiting.append(montage)

    def catch_up(self, at_most: int | None = None) -> bool:
        """Index so many of those that wait, a tenth of a millisecond each; whether there are more."""
        now = self._waiting[:at_most]
        del self._waiting[:at_most]
        words, titles = len(self._stems), len(self._titled)
        for montage in now:
            self._index(montage)
        if now:
            self._words.add(islice(self._stems, words, None))
            self._titles.add(islice(self._titled, titles, None))
        return bool(self._waiting)

    def _index(self, montage: Montage) -> None:
        number = len(self._montages)
        self._montages.append(montage)
        self._phrases.append(" ".join(searched_words(_phrases(montage))))
        for title in dict.fromkeys(_titles(montage)):
            self._titled[title].append(number)
        weight_of: dict[str, float] = {}
        stems = self._stems
        for weight, text in _written(montage):
            for word in searched_words(text):
                if word not in STOP_WORDS:
                    if word not in stems:
                        stems[word] = stem(word)
                    weight_of[stems[word]] = weight
        for word, weight in weight_of.items():
            self._weights[word][number] = weight

    def search(self, query: str, *, typing: bool = False) -> list[Hit]:
        """What matches, best first: every word counts, and matching all of them counts most.

        `typing`: the last word may be half of one.
        """
        self.catch_up()
        question = _Question.parse(query, self._stop_words, typing=typing)
        if not question.phrase:
            return []
        meanings = list(map(self._known, question.words))
        if typing and meanings and len(question.phrase) > 2:
            meanings[-1] = self._begun(question.words[-1]) | meanings[-1]
        bonuses = self._for_titles(question)
        ranked = self._ranked(meanings, bonuses, question)
        whole = bool(ranked) and ranked[0][2]
        if whole:
            self._look_closely(ranked, question)
        if not whole or self._better_a_slip(ranked[0][0], question):
            ranked = self._forgiving(meanings, bonuses, question)
        return [(-score, self._montages[number], whole) for score, number, whole in ranked]

    def _for_titles(self, question: _Question) -> _Bonuses:
        """What titles that are, or begin with, what was asked add to their montages."""
        bonuses: _Bonuses = {}
        for title in self._titles.beginning_with(question.phrase):
            bonuses |= dict.fromkeys(self._titled[title], question.begun_title)
        for title in (_YEAR_AT_END.sub("", question.phrase), question.phrase):
            bonuses |= dict.fromkeys(self._titled.get(title, ()), question.near_title)
        return bonuses

    def _nearly_titles(self, question: _Question) -> _Bonuses:
        """What titles that are a slip or two from what was asked add to their montages."""
        titles, bonuses = self._titles.texts, _Bonuses()
        for index, bonus in _alike(question.phrase, titles, fuzz.ratio, _TITLE_ALIKE, question.near_title).items():
            for number in self._titled[titles[index]]:
                bonuses[number] = max(bonus, bonuses.get(number, 0))
        return bonuses

    def _better_a_slip(self, score: float, question: _Question) -> bool:
        """Whether all the words stand in one montage just by chance: `the huger games`."""
        return -score < SURE and " " in question.phrase and bool(self._nearly_titles(question))

    def _look_closely(self, ranked: _Ranked, question: _Question) -> None:
        """Order the best anew: those where the words stand together come first."""
        best, worth = ranked[:_CLOSELY], question.near_phrase / question.length
        called = {number: self._phrases[number] for _, number, _ in best}
        near = _alike(question.phrase, called, fuzz.partial_ratio, _PHRASE_SAME, worth)
        ranked[:_CLOSELY] = sorted((score - near.get(number, 0), number, whole) for score, number, whole in best)

    def _forgiving(self, meanings: list[Meaning], bonuses: _Bonuses, question: _Question) -> _Ranked:
        """What matches when words may be mistyped."""
        meanings = list(chain.from_iterable(map(self._forgiven, question.words, meanings)))
        near = self._nearly_titles(question)
        called = dict(enumerate(self._phrases))
        if len(called) > FOUND_AT_MOST:
            likely = self._ranked(meanings, near | bonuses, question)
            called = {number: called[number] for _, number, _ in likely}
        phrases = _alike(question.phrase, called, fuzz.partial_ratio, _PHRASE_ALIKE, question.near_phrase)
        for number, bonus in chain(near.items(), phrases.items()):
            bonuses[number] = max(bonus, bonuses.get(number, 0))
        return [(score, n, False) for score, n, _ in self._ranked(meanings, bonuses, question)]

    def _ranked(self, meanings: list[Meaning], bonuses: _Bonuses, question: _Question) -> _Ranked:
        """The best first. What has a bonus counts as having every word."""
        if len(self._montages) > _LOOKED_AT:  # the rarest first
            meanings = sorted(meanings, key=lambda meaning: sum(len(self._where(own)) for own in meaning))
        scores: defaultdict[int, float] = defaultdict(float)
        matched: Counter[int] = Counter()
        for meaning in meanings:
            scored = self._scores(meaning, scores)
            matched.update(scored.keys())
            if scores:
                for number, score in scored.items():
                    scores[number] += score
            else:
                scores.update(scored)
        every = len(meanings)
        for number, bonus in bonuses.items():
            scores[number] += bonus
            matched[number] = every
        worth = [-(((some or 1) / (every or 1)) ** question.strict) / question.length for some in range(every + 1)]
        found = [(score * worth[matched[n]], n, matched[n] == every) for n, score in scores.items()]
        return nsmallest(FOUND_AT_MOST, found)

    def _where(self, own: str) -> Mapping[int, float]:
        """Which montages have a stem, and what it weighs there."""
        return self._weights.get(own, {})

    def _has(self, word: str) -> bool:
        """Whether it, or a form of it, was written."""
        return stem(word) in self._weights

    def _known(self, word: str) -> Meaning:
        """What a word may mean that was written: itself, another word for it; a letter what it begins."""
        if len(word) == 1 and is_unspaced(word):
            return self._begun(word)
        own = stem(word)
        meaning = {own: self._rarity(own)} if own in self._weights else {}
        return meaning | {
            other: _ALIKE * self._rarity(other) for other in SYNONYMS.get(own, ()) if other in self._weights
        }

    def _begun(self, word: str) -> Meaning:
        """What half a word may mean: one as likely as the other, however rare each is."""
        stems = {self._stems[known] for known in self._words.beginning_with(word)[:BEGUN_AT_MOST]}
        return dict.fromkeys(stems, BEGINNING * self._rarity(*stems))

    def _forgiven(self, word: str, meaning: Meaning) -> list[Meaning]:
        """What a word may mean beside `meaning`: one a slip or two away, half a word; or it is two words in one."""
        if len(word) < 4 or word.isdigit():
            return [meaning]
        if not (meaning := meaning or self._begun(word)) and (halves := self._halves(word)):
            return list(map(self._known, halves))
        return [self._slipped(word) | meaning]

    def _slipped(self, word: str) -> Meaning:
        """What a word may mean that has a slip or two. Few people miss the first letter."""
        near = near_words(word, self._words.beginning_with(word[0]))
        slips = [(self._stems[known], worth) for known, worth in near]
        return {own: worth * self._rarity(own) for own, worth in slips}

    def _halves(self, word: str) -> tuple[str, str] | None:
        """`mini` and `golf` for `minigolf`."""
        pairs = ((word[:cut], word[cut:]) for cut in range(3, len(word) - 2))
        return next((pair for pair in pairs if all(map(self._has, pair))), None)

    def _scores(self, meaning: Meaning, found: Iterable[int]) -> dict[int, float]:
        """What each montage scores for one word; of a very common one only some do, and those `found` before."""
        best: dict[int, float] = {}
        for own, worth in meaning.items():
            where = self._where(own)
            if len(where) > _LOOKED_AT:
                where = {n: where[n] for n in chain(islice(where, _LOOKED_AT), found) if n in where}
            for number, weight in where.items():
                if weight * worth > best.get(number, 0.0):
                    best[number] = weight * worth
        return best

    def _rarity(self, *stems: str) -> float:
        """What it is worth to stand in a montage that has one of these."""
        where = sum(len(self._where(own)) for own in stems)
        everything = len(self._montages)
        if self._among:
            where += sum(len(self._among._where(own)) for own in stems)
            everything += len(self._among._montages)
        return math.log(everything / max(where, 1) + 1)


def near_words(word: str, words: Sequence[str]) -> list[tuple[str, float]]:
    """Those of `words` that are a slip or two from it, the farthest first, and what each is worth."""
    allowed = 1 if len(word) < 7 else 2 if len(word) < 12 else 3
    near = process.extract(word, words, scorer=OSA.distance, score_cutoff=allowed, limit=8)
    return [(known, _SLIP**distance) for known, distance, _ in reversed(near)]


def _alike(
    phrase: str, texts: Sequence[str] | Mapping[int, str], scorer: Callable[..., float], least: float, worth: float
) -> _Bonuses:
    """Up to `worth` for each of `texts`, by key or index, that is alike `least` (of 100) or more."""
    if not worth:
        return {}
    near = process.extract(phrase, texts, scorer=scorer, score_cutoff=least, limit=None)
    return {key: worth * (alike / 100) ** 4 for _, alike, key in near}
