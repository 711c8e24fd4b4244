"""Search in another language, and in English with it."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import accumulate, chain, islice

from bot.catalogue.filters import describe
from bot.catalogue.montage import Montage
from bot.catalogue.names import country_name, family_name, language_name
from bot.catalogue.search import BEGINNING, BEGUN_AT_MOST, Meaning, SearchIndex, near_words, typed_titles
from bot.catalogue.tokens import STOP_WORDS, root, searched_words, undotted
from bot.catalogue.translated import localised
from bot.languages import _, speaking

# With what titles begin that people leave out.
_ARTICLES = frozenset(
    (
        *("der", "die", "das", "ein", "eine", "el", "la", "los", "las", "un", "una"),
        *("le", "les", "une", "o", "os", "as", "um", "uma"),
    )
)
# Sets the roots of the language apart from English stems.
_MARK = "~"
# What stands in a larger share of the montages, and is as short as this, says nothing.
_COMMON, _SHORT = 0.2, 4


class TranslatedIndex(SearchIndex):
    """What is written in English, and beside it what the same montages are told as in one other language.

    All that is English it shares with the index of that. Of its own it has some 1 MB for 402 montages, a quarter
    of what a second index as fast would take: words one after the other, and where they stand as packed numbers.
    """

    def __init__(self, english: SearchIndex, spoken: str) -> None:
        super().__init__(())
        self._english, self._spoken = english, spoken
        self._gathered: defaultdict[str, dict[int, float]] | None = defaultdict(dict)
        self._own = _PackedWords({})

    def catch_up(self, at_most: int | None = None) -> bool:
        if self._gathered is None:
            return False
        if self._english.catch_up(at_most):
            return True
        if not self._montages:
            self._share(self._english)
        done = len(self._phrases)
        with speaking(self._spoken):
            for montage in self._montages[done : None if at_most is None else done + at_most]:
                self._gather(montage, self._gathered)
        if len(self._phrases) < len(self._montages):
            return True
        self._finish(self._gathered)
        return False

    def _share(self, english: SearchIndex) -> None:
        self._montages, self._weights, self._stems = english._montages, english._weights, english._stems
        self._words = english._words
        self._titled = defaultdict(list, english._titled)

    def _gather(self, montage: Montage, gathered: defaultdict[str, dict[int, float]]) -> None:
        number, told = len(self._phrases), localised(montage)
        phrases = [told.scene] if told.scene != montage.scene else []
        phrases += told.known_as if told.known_as != montage.known_as else ()
        self._phrases.append(" ".join((self._english._phrases[number], *searched_words(" ".join(phrases)))))
        titles = dict.fromkeys(typed_titles((told.film,), _ARTICLES)) if told.film != montage.film else {}
        for title in titles:
            if number not in self._titled.get(title, ()):
                self._titled[title] = [*self._titled.get(title, ()), number]
        weights: dict[str, float] = {}
        for weight, text in chain(_told(montage, told), ((6, " ".join(phrases)), (12, " ".join(titles)))):
            weights |= dict.fromkeys(map(undotted, searched_words(text)), weight)
        for word in weights.keys() - STOP_WORDS:
            gathered[word][number] = weights[word]

    def _finish(self, gathered: Mapping[str, dict[int, float]]) -> None:
        common = _COMMON * len(self._montages)
        stop_words = {word for word, where in gathered.items() if len(where) > common and len(word) <= _SHORT}
        self._stop_words = STOP_WORDS | stop_words
        self._own = _PackedWords({word: where for word, where in gathered.items() if word not in stop_words})
        self._titles.add(self._titled)
        self._gathered = None

    def _where(self, own: str) -> Mapping[int, float]:
        return self._own.where(own[1:]) if own.startswith(_MARK) else super()._where(own)

    def _has(self, word: str) -> bool:
        return super()._has(word) or self._own.has(root(undotted(word)))

    def _known(self, word: str) -> Meaning:
        own = root(undotted(word))
        meaning = super()._known(word)
        return meaning | self._worth({own: 1.0}) if self._own.has(own) else meaning

    def _begun(self, word: str) -> Meaning:
        roots = dict.fromkeys(map(root, islice(self._own.beginning_with(undotted(word)), BEGUN_AT_MOST)))
        marked = [_MARK + own for own in roots]
        return super()._begun(word) | dict.fromkeys(marked, BEGINNING * self._rarity(*marked))

    def _slipped(self, word: str) -> Meaning:
        word = undotted(word)
        near = near_words(word, list(self._own.beginning_with(word[0])))
        return super()._slipped(word) | self._worth({root(known): worth for known, worth in near})

    def _worth(self, roots: Mapping[str, float]) -> Meaning:
        return {_MARK + own: worth * self._rarity(_MARK + own) for own, worth in roots.items()}


def _told(montage: Montage, told: Montage) -> Iterator[tuple[float, str]]:
    """(weight, text) of what a language tells otherwise than English, the lightest first; as `search._written`."""
    yield 2, " ".join((describe("decade", montage.decade), family_name(montage.family)))
    yield 2, " ".join(map(_, (montage.kind, montage.medium, *montage.moods)))
    yield 2, " ".join((*map(country_name, montage.country), *map(language_name, montage.language)))
    prose = ((2.5, montage.blurb, told.blurb), (3, montage.tagline, told.tagline))
    where = (4, montage.location, told.location)
    yield from ((weight, text) for weight, english, text in (*prose, where) if text and text != english)
    yield 3, " ".join(set(told.bits) - set(montage.bits))
    if told.discipline != montage.discipline:
        yield 7, told.discipline


class _PackedWords:
    """Words in their order, and for each the montages that have it: so small because nothing can be added."""

    def __init__(self, weights: Mapping[str, Mapping[int, float]]) -> None:
        self._words = sorted(weights)
        self._ends = array("I", accumulate((len(weights[word]) for word in self._words), initial=0))
        # The montage's number, and ten times the weight in the last eight bits.
        self._postings = array(
            "I", (n << 8 | round(10 * weight) for word in self._words for n, weight in weights[word].items())
        )

    def beginning_with(self, start: str) -> Iterator[str]:
        return (self._words[index] for index in self._beginning_with(start))

    def _beginning_with(self, start: str) -> range:
        first = bisect_left(self._words, start)
        return range(first, bisect_left(self._words, start + "\uffff", first))

    def has(self, own: str) -> bool:
        """Whether a word has that root."""
        return any(root(word) == own for word in self.beginning_with(own))

    def where(self, own: str) -> dict[int, float]:
        """The montages that have a word of that root, and what it weighs there."""
        found: dict[int, float] = {}
        for index in self._beginning_with(own):
            if root(self._words[index]) == own:
                for posting in self._postings[self._ends[index] : self._ends[index + 1]]:
                    number, weight = posting >> 8, (posting & 255) / 10
                    found[number] = max(weight, found.get(number, 0.0))
        return found
