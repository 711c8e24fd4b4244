"""What the catalogue says in its own words: the house style, notes and ages, and nowhere the same thing twice."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pytest
from rapidfuzz.distance import OSA

from bot.catalogue import Catalogue, Montage
from bot.catalogue.definition import AGES, CONTENT_NOTES, FIELDS, RATINGS, Field

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
# Words that tempt every writer, each in so many blurbs at most.
TICS_AT_MOST = 3
TICS = {
    "nobody": r"nobody",
    "somebody": r"somebody",
    "wobble": r"wobbl\w*",
    "grin": r"grin(?:s|ned|ning)?",
    "glare": r"glar(?:e|es|ed|ing)",
    "hum": r"hum(?:s|med|ming)?",
    "lovely": r"lovely",
    "gets ideas": r"(?:gets?|got|getting|has|have|having) ideas",
    "as it turns out": r"as it turns out",
    "has opinions": r"(?:has|have|having) opinions",
    "earn": r"(?:un)?earn(?:s|ed|ing)?",
}
# American, and what we write instead: colour, grey, centre, practise, realise, mum, press-ups, bobsleigh, plasters.
AMERICAN = re.compile(
    r"""(?ix)(?<!\w)(?:
    \w*(?:color|favor|humor|neighbor|armor|honor|rumor|harbor|labor(?!at|io))\w* | gray(?:s|ed|ing)? | center\w* |
    theaters? | specters? | somber | sabers? | fibers? | (?:kilo|centi)?meters? | liters? | meager |
    practic(?:ed|ing) | (?:travel|cancel|model|label|signal|quarrel|level|fuel|duel|marvel|total)(?:ed|ing|er|ers) |
    jewelry | pajamas | moms? | math | tire | skeptic\w* | plow\w* | mustach\w* | aluminum | airplanes? |
    maneuver\w* | coz(?:y|ier|ily) | defense | offense | skillful\w* | enroll | fulfill | catalogs? |
    dialogs? | programs? | sidewalks? | gotten | sneakers | analyz\w* | toward | push-?ups? | bobsled\w* |
    band-?aids? | ice\ water | (?-i:[a-z]{2,})iz(?:e|es|ed|er|ers|ing|ation|ations)
    )(?!\w)"""
)
# Words that only look American.
BRITISH = re.compile(
    r"(?i)\b(?:(?:over|under|down|out)?siz(?:e|es|ed|ing)|priz(?:e|es|ed|ing)|seiz\w+|capsiz\w+)\b"
)
# Names that only look like a slip of another name.
DIFFERENT = {
    frozenset(pair)
    for pair in [
        ("Kumaar", "Kumar"),
        ("Larry", "Garry"),
        ("Sprints", "Springs"),
        ("Israeli", "Israel"),
        ("Ching", "China"),
    ]
}
VIOLENCE = {"mild violence", "violence", "graphic violence"}
LANGUAGE = {"mild language", "strong language"}
# Not younger than what the United States' board says, or than such a note asks for (years).
AGE_OF_RATING = {"G": 0, "PG": 6, "PG-13": 12, "R": 16, "NC-17": 18}
AGE_OF_NOTE = {
    "graphic violence": 16,
    "sexual violence": 12,
    "torture": 12,
    "self-harm": 12,
    "violence": 6,
    "strong language": 12,
    "drug use": 6,
}
# Younger on purpose, and why.
YOUNGER = {
    "borg-vs-mcenroe-2017": "R for swearing and a moment's nakedness, nothing else",
    "populaire-2012": "R for one love scene in a comedy that is otherwise as innocent as its time",
    "the-kings-speech-2010": "R for a speech therapist's swear words; shown in schools elsewhere",
}
# Nobody could judge, and why.
UNJUDGED: dict[str, str] = {}


def words_of(text: str) -> list[str]:
    """Lower-case words, apostrophes kept."""
    return re.findall(r"[\w'’]+", text.casefold())


def parts_of(montage: Montage) -> tuple[str, ...]:
    """The texts about a montage that are in the bot's own words."""
    return (montage.blurb, montage.tagline or "", *montage.bits)


def prose_of(montage: Montage) -> str:
    """The same, in one text."""
    return "\n".join(parts_of(montage))


def is_name(run: Sequence[str]) -> bool:
    """Whether a run of words is mostly a name or a title, which may come twice."""
    return sum(word[0].islower() for word in run) < len(run) / 2


def shared(texts: Mapping[str, Iterable[str]], grams: int, telling: int = 0) -> dict[str, list[str]]:
    """Runs of `grams` words, `telling` of them at least long, that stand under more than one key of `texts`."""
    where: defaultdict[str, set[str]] = defaultdict(set)
    for identity, parts in texts.items():
        for part in parts:
            words = re.findall(r"[\w'’]+", part)
            for run in zip(*(words[start:] for start in range(grams)), strict=False):
                if not is_name(run) and sum(len(word) >= 5 for word in run) >= telling:
                    where[" ".join(run).casefold()].add(identity)
    return {run: sorted(ids) for run, ids in where.items() if len(ids) > 1}


def alike(texts: Mapping[str, str], part: slice, at_most: int = 1) -> dict[str, list[str]]:
    """Beginnings or ends (`part` of the words) that stand under more than `at_most` keys."""
    where: defaultdict[str, list[str]] = defaultdict(list)
    for identity, text in texts.items():
        where[" ".join(words_of(text)[part])].append(identity)
    return {words: ids for words, ids in where.items() if len(ids) > at_most}


def blurbs(catalogue: Catalogue) -> dict[str, str]:
    """Every shipped blurb, by id."""
    return {montage.id: montage.blurb for montage in catalogue.shipped}


def american_in(text: str) -> list[str]:
    """What should be spelt the British way."""
    return [match[0] for match in AMERICAN.finditer(text) if not BRITISH.fullmatch(match[0])]


def test_every_text_has_its_length(catalogue: Catalogue) -> None:
    for montage in catalogue.shipped:
        assert 40 <= len(montage.blurb.split()) <= 90, montage.id
        assert 1 <= len((montage.tagline or "").split()) <= 8, montage.id
        assert len(montage.scene) <= 60, f"{montage.id}: a scene has 60 characters at most"
        for name, field in FIELDS.items():
            value = getattr(montage, name)
            assert list(too_long(field, value)) == [], (montage.id, name)


def too_long(field: Field, value: object) -> Iterator[object]:
    """Texts of a field that are longer than its definition says, and lists with too many of them."""
    if field.kind == "text" and isinstance(value, str) and len(value) > (field.most or len(value)):
        yield value
    if field.kind == "list" and isinstance(value, tuple):
        yield from [text for text in value if len(text) > field.each]
        yield from value[field.most or len(value) :]


def test_small_texts_are_written_alike(catalogue: Catalogue) -> None:
    """No full stop ends a tagline or a bit; bits begin small unless with a name; `known_as` is small throughout."""
    little = re.compile(r"(?:A|An|The|His|Her|Its|Their|One|Two|Three|In|On|At|And|What|How|When|Every|Some|No)\b")
    for montage in catalogue.shipped:
        assert not re.search(r"(?<!\.\.)[.;,:]$", montage.tagline or ""), montage.id
        for bit in montage.bits:
            assert not re.search(r"[.;,:]$", bit), (montage.id, bit)
            assert not little.match(bit), (montage.id, bit)
        assert [name for name in montage.known_as if name != name.casefold()] == [], montage.id
        assert set("“”‘’") & set(prose_of(montage) + montage.scene) == set(), montage.id


def test_no_two_begin_alike(catalogue: Catalogue) -> None:
    assert alike(blurbs(catalogue), slice(3)) == {}
    assert alike(blurbs(catalogue), slice(2), at_most=3) == {}
    assert len({(montage.tagline or "").casefold() for montage in catalogue.shipped}) == len(catalogue.shipped)


def test_no_two_end_alike(catalogue: Catalogue) -> None:
    assert alike(blurbs(catalogue), slice(-3, None)) == {}
    assert alike(blurbs(catalogue), slice(-2, None), at_most=3) == {}


def test_few_begin_with_an_actor_s_character(catalogue: Catalogue) -> None:
    """“Kevin Bacon's Ren” introduced every second blurb once."""
    introduced = [m.id for m in catalogue.shipped if re.match(r"(?:[A-Z][\w.-]+ )+[A-Z]\w+'s [A-Z]", m.blurb)]
    assert len(introduced) <= len(catalogue.shipped) // 50, introduced


def test_no_turn_of_phrase_comes_twice(catalogue: Catalogue) -> None:
    texts = {montage.id: parts_of(montage) for montage in catalogue.shipped}
    assert shared(texts, 5) == {}
    assert shared(texts, 4, telling=2) == {}


def test_a_bit_is_not_the_blurb_again(catalogue: Catalogue) -> None:
    repeats: dict[tuple[str, str], str] = {}
    for montage in catalogue.shipped:
        for bit in montage.bits:
            again = shared({"before": [montage.blurb, montage.tagline or ""], "bit": [bit]}, 4)
            repeats |= {(montage.id, run): bit for run in again if run not in the_names(montage)}
    assert repeats == {}


def the_names(montage: Montage) -> str:
    """Title and place, as words."""
    return " ".join(words_of(f"{montage.film} {montage.location} {montage.scene}"))


def test_what_comes_twice_is_noticed() -> None:
    texts = {"a": ["She throws the ball, very far indeed"], "b": ["He throws the ball very far", "and far"]}
    assert shared(texts, 5) == {"throws the ball very far": ["a", "b"]}
    assert shared({"a": ["of The Empire Strikes Back"], "b": ["of The Empire Strikes Back"]}, 5) == {}
    assert alike({"a": "At the gate he", "b": "At the, gate she"}, slice(3)) == {"at the gate": ["a", "b"]}
    assert alike({"a": "and so it goes.", "b": "So ||it goes||", "c": "it went"}, slice(-2, None)) == {
        "it goes": ["a", "b"]
    }


def test_no_phrase_is_worn(catalogue: Catalogue) -> None:
    worn = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, WORN))})(?!\w)", re.IGNORECASE)
    found = [(montage.id, match[0]) for montage in catalogue.shipped for match in worn.finditer(prose_of(montage))]
    assert found == []


@pytest.mark.parametrize("tic", TICS)
def test_no_word_is_a_habit(catalogue: Catalogue, tic: str) -> None:
    habit = re.compile(rf"(?<!\w)(?:{TICS[tic]})(?!\w)", re.IGNORECASE)
    assert len(found := [m.id for m in catalogue.shipped if habit.search(m.blurb)]) <= TICS_AT_MOST, found


def test_one_s_own_feelings_are_rationed(catalogue: Catalogue) -> None:
    first_person = [m.id for m in catalogue.shipped if re.search(r"\b(I|I've|I'm|me|my)\b", m.blurb)]
    comparison = re.compile(r"\b(?:as (?:if|though)|like an?|the way an?)\b")
    comparisons = [m.id for m in catalogue.shipped if comparison.search(m.blurb)]
    assert len(first_person) <= len(catalogue.shipped) // 20, first_person
    assert len(comparisons) <= len(catalogue.shipped) // 15, comparisons


def test_the_spelling_is_british_and_the_dashes_are_none(catalogue: Catalogue) -> None:
    american: dict[str, list[str]] = {}
    for montage in catalogue.shipped:
        names = set(words_of(f"{montage.film} {montage.scene} {montage.location}"))
        prose = prose_of(montage)
        assert set("—–<>[]*_`@#") & set(prose) == set(), montage.id
        assert "http" not in prose, montage.id
        american[montage.id] = [word for word in american_in(prose) if word.casefold() not in names]
    assert {identity: words for identity, words in american.items() if words} == {}


def test_american_spelling_is_noticed() -> None:
    american = [
        "gray",
        "colors",
        "center",
        "Push-ups",
        "pushup",
        "bobsledder",
        "Band-Aids",
        "ice water",
        "apologizes",
    ]
    assert american_in(", ".join(american)) == american
    assert (
        american_in("a prize of its size, seized; practice, iced water, a laboratory, greyhounds, press-ups") == []
    )


def test_spoilers_are_closed_again(catalogue: Catalogue) -> None:
    for montage in catalogue.shipped:
        for part in (*parts_of(montage), montage.scene):
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


def test_an_original_title_is_what_the_film_is_called_at_home(catalogue: Catalogue) -> None:
    """Cards in other languages say “originally …”; what an English film was called elsewhere is `seen_as`."""
    english = [montage for montage in catalogue.shipped if all("English" in spoken for spoken in montage.language)]
    assert len(english) > 200
    assert {montage.id: montage.original_title for montage in english if montage.original_title} == {}


def test_notes_are_from_the_list_and_each_kind_has_one_grade(catalogue: Catalogue) -> None:
    for montage in catalogue.shipped:
        assert montage.content_notes is not None, f"{montage.id}: nobody has looked"
        assert set(montage.content_notes) <= set(CONTENT_NOTES), montage.id
        assert len(VIOLENCE & set(montage.content_notes)) <= 1, montage.id
        assert len(LANGUAGE & set(montage.content_notes)) <= 1, montage.id


def too_young(montage: Montage) -> list[str]:
    """The rating and the notes that ask for somebody older than the file does."""
    age = montage.suitable_from
    if age is None:
        return []
    rating = montage.age_rating
    asks = [rating] if rating and age < AGE_OF_RATING[rating] else []
    return asks + [note for note in montage.content_notes or () if age < AGE_OF_NOTE.get(note, 0)]


def test_ages_agree_with_ratings_and_notes(catalogue: Catalogue) -> None:
    assert set(AGE_OF_RATING) == set(RATINGS)
    assert set(AGE_OF_NOTE) <= set(CONTENT_NOTES)
    young = {m.id: asks for m in catalogue.shipped if (asks := too_young(m)) and m.id not in YOUNGER}
    assert young == {}


def test_an_age_is_there_or_missing_on_purpose(catalogue: Catalogue) -> None:
    ages = {montage.id: montage.suitable_from for montage in catalogue.shipped}
    assert {identity for identity, age in ages.items() if age is None} == set(UNJUDGED)
    assert set(ages.values()) - {None} <= set(AGES)
    for identity, why in YOUNGER.items():
        assert (montage := catalogue.get(0, identity)) and too_young(montage), f"{identity} is no longer: {why}"


def test_the_catalogue_is_a_library(catalogue: Catalogue) -> None:
    shipped = catalogue.shipped
    assert len(shipped) >= 370
    assert {montage.decade for montage in shipped} == set(range(1910, 2030, 10))
    assert sum(montage.year >= 2020 for montage in shipped) >= 20
    assert len({country for montage in shipped for country in montage.country}) >= 40
    assert {"animated film", "anime series", "documentary", "series"} <= {montage.medium for montage in shipped}
    assert [m.editors_rank for m in shipped] == list(range(1, len(shipped) + 1))
