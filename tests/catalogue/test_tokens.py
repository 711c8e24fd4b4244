"""The words of the catalogue: the bot's own, and nowhere the same twice."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

from bot.catalogue import Catalogue, Montage

# Phrases that could stand under any film.
WORN = [
    "sweat and tears",
    "blood, sweat",
    "underdog",
    "against all odds",
    "rise to the occasion",
    "goosebumps",
    "through a wall",
    "through walls",
    "pump your fist",
    "will have you",
    "you will",
    "makes you want to",
    "never look at",
    "real magic",
    "at its heart",
    "at its core",
    "heart and soul",
    "testament",
    "masterclass",
    "iconic",
    "legendary",
    "unforgettable",
    "epic",
    "journey",
    "timeless",
    "pure joy",
    "sheer",
    "somehow",
    "equal parts",
    "by the end",
    "by the time",
    "the kind of",
    "the sort of",
    "reminds us",
    "proof that",
    "who knew",
    "let's be honest",
    "love letter",
    "leaves you",
    "earned",
    "isn't about",
]
# American, and what we write.
AMERICAN = re.compile(
    r"(?i)\b(\w*(?:color|favor|humor|neighbor|armor|honor|rumor)\w*|gray|center|theater|practicing|traveling|"
    r"\w{3,}(?:ized|izing|ization)|apologize\w*|realize\w*|jewelry|pajamas|mom|math|tire|skeptic\w*|plow\w*)\b"
)
# Names that only look like a slip of another name.
DIFFERENT = {frozenset(pair) for pair in [("Kumaar", "Kumar"), ("Larry", "Garry"), ("Sprints", "Springs")]}


def words_of(text: str) -> list[str]:
    """Lower-case words, apostrophes kept."""
    return re.findall(r"[\w'’]+", text.casefold())


def prose_of(montage: Montage) -> str:
    """Everything about a montage that is in the bot's own words."""
    return "\n".join((montage.blurb, montage.tagline or "", *montage.bits))


def shared(catalogue: Catalogue, grams: int, telling: int = 0) -> list[tuple[str, list[str]]]:
    """Runs of `grams` words, `telling` of them at least long, that stand in more than one montage's text."""
    where: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for montage in catalogue.shipped:
        for part in (montage.blurb, montage.tagline or "", *montage.bits):
            words = words_of(part)
            for run in zip(*(words[start:] for start in range(grams)), strict=False):
                if sum(len(word) >= 5 for word in run) >= telling:
                    where[run].add(montage.id)
    return [(" ".join(run), sorted(ids)) for run, ids in where.items() if len(ids) > 1]


def test_every_text_has_its_length(catalogue: Catalogue) -> None:
    for montage in catalogue.shipped:
        assert 40 <= len(montage.blurb.split()) <= 90, montage.id
        assert 1 <= len((montage.tagline or "").split()) <= 8, montage.id
        assert all(len(bit) <= 90 for bit in montage.bits), montage.id
        assert len(montage.scene) <= 60, montage.id


def test_no_two_begin_alike(catalogue: Catalogue) -> None:
    openings = defaultdict(list)
    for montage in catalogue.shipped:
        openings[tuple(words_of(montage.blurb)[:3])].append(montage.id)
    assert [ids for ids in openings.values() if len(ids) > 1] == []
    assert len({(montage.tagline or "").casefold() for montage in catalogue.shipped}) == len(catalogue.shipped)


def test_no_turn_of_phrase_comes_twice(catalogue: Catalogue) -> None:
    assert shared(catalogue, 5) == []
    assert shared(catalogue, 4, telling=2) == []


def test_no_phrase_is_worn(catalogue: Catalogue) -> None:
    worn = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, WORN))})(?!\w)", re.IGNORECASE)
    found = [(montage.id, match[0]) for montage in catalogue.shipped for match in worn.finditer(prose_of(montage))]
    assert found == []


def test_one_s_own_feelings_are_rationed(catalogue: Catalogue) -> None:
    first_person = [m.id for m in catalogue.shipped if re.search(r"\b(I|I've|I'm|me|my)\b", m.blurb)]
    comparisons = [m.id for m in catalogue.shipped if re.search(r"\bas (if|though)\b", m.blurb)]
    assert len(first_person) <= len(catalogue.shipped) // 15
    assert len(comparisons) <= len(catalogue.shipped) // 15


def test_the_spelling_is_british_and_the_dashes_are_none(catalogue: Catalogue) -> None:
    names = {word for m in catalogue.shipped for word in words_of(f"{m.film} {m.scene} {m.location}")}
    for montage in catalogue.shipped:
        prose = prose_of(montage)
        assert not set("—–<>[]*_`@#") & set(prose), montage.id
        assert "http" not in prose, montage.id
        american = [match[0] for match in AMERICAN.finditer(prose) if match[0].casefold() not in names]
        assert not american, (montage.id, american)


def test_spoilers_are_closed_again(catalogue: Catalogue) -> None:
    for montage in catalogue.shipped:
        for part in (montage.blurb, montage.tagline or "", montage.scene, *montage.bits):
            spoilers = re.findall(r"\|\|(.*?)\|\|", part)
            assert part.count("|") == 4 * len(spoilers), montage.id
            assert all(spoiler.strip() for spoiler in spoilers), montage.id


def names_in(texts: Iterable[str]) -> Iterator[str]:
    """Capitalised words of some length, without a possessive."""
    for text in texts:
        for word in re.findall(r"[^\W\d_]+", re.sub(r"['’]s?\b", " ", text)):
            if len(word) >= 5 and word[0].isupper():
                yield word


def test_names_are_spelt_as_the_facts_have_them(catalogue: Catalogue) -> None:
    slips = []
    for montage in catalogue.shipped:
        song = (montage.song.title, montage.song.performer or "") if montage.song else ()
        stated = set(
            names_in((montage.film, *montage.director, montage.composer or "", montage.location or "", *song))
        )
        for word in set(names_in([prose_of(montage), montage.scene])) - stated:
            slips += [(montage.id, word, name) for name in stated if is_slip(word, name)]
    assert slips == []


def is_slip(word: str, name: str) -> bool:
    """Whether one looks like a mistyped other."""
    short, long = sorted((word, name), key=len)
    if frozenset((word, name)) in DIFFERENT or long in (f"{short}s", f"{short}n"):
        return False
    return OSA.distance(word, name, score_cutoff=2) <= (2 if len(name) >= 9 else 1)


def test_the_catalogue_is_a_library(catalogue: Catalogue) -> None:
    shipped = catalogue.shipped
    assert len(shipped) >= 160
    assert {montage.decade for montage in shipped} == set(range(1920, 2030, 10))
    assert len({country for montage in shipped for country in montage.country}) >= 15
    assert {"animated film", "anime series", "documentary", "series"} <= {montage.medium for montage in shipped}
    assert sorted(m.editors_rank for m in shipped if m.editors_rank) == list(range(1, 11))
