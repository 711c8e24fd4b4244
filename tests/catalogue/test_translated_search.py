"""Search in other languages, and in English with it: what people type, and what must come up."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue import Catalogue, Montage, load_catalogue
from bot.catalogue.search import SearchIndex
from bot.catalogue.tokens import plain, plain_words, root, searched_words, undotted
from bot.catalogue.translated import context_of, texts_of
from bot.catalogue.translated_search import TranslatedIndex
from bot.languages import speaking
from bot.languages.catalogues import MONTAGES
from tests.languages.speech import Said, speaking_of, write

# By language, montage and field; of bits the first.
TOLD = {
    "de": {
        "rocky-1976": {
            "scene": "Frühsport und die Museumstreppe",
            "tagline": "Eine ganze Stadt breit",
            "known_as": "Rocky-Treppe, Schweinehälften",
        },
        "the-karate-kid-1984": {"scene": "Auftragen und Polieren", "film": "Karate Kid", "location": "Kalifornien"},
        "whiplash-2014": {
            "blurb": "Ein Schlagzeuger übt, bis die Becken rot sind. Ein Krug mit Eiswasser wartet auf die Hände. "
            "Niemand im Haus schläft, und der Lehrer zählt weiter, als gäbe es keinen Morgen und kein Erbarmen."
        },
        "cool-runnings-1993": {
            "film": "Cool Runnings: Dabei sein ist alles",
            "scene": "Die Übungsfahrt",
        },
        "commando-1985": {"film": "Das Phantom-Kommando"},
    },
    "es": {
        "rocky-1976": {"scene": "Carrera y las escaleras del museo"},
        "the-karate-kid-1984": {"film": "Karate Kid: el momento de la verdad", "scene": "Dar cera, pulir cera"},
        "whiplash-2014": {"scene": "La batería y el corazón del niño"},
    },
    "ja": {},
}
WORDS: dict[str, Said] = {
    "de": {("discipline", "bobsleigh"): "Bobfahren", ("discipline", "boxing"): "Boxen", "funny": "lustig"},
    "es": {("discipline", "boxing"): "boxeo", "funny": "divertido"},
    "ja": {
        ("discipline", "boxing"): "ボクシング",
        ("discipline", "drumming"): "ドラム",
        "anime series": "アニメシリーズ",
    },
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """The shipped montages, some of which are told in three languages."""
    folder, catalogue = tmp_path_factory.mktemp("told"), Catalogue(load_catalogue().shipped)
    for language, montages in TOLD.items():
        write(folder, language, WORDS[language])
        texts: dict[str | tuple[str, str], str | tuple[str, ...]] = {}
        for identity, fields in montages.items():
            montage = catalogue.get(0, identity)
            assert montage is not None, identity
            english = dict(reversed(list(texts_of(montage))))
            texts |= {(context_of(identity, field), english[field]): text for field, text in fields.items()}
        if texts:
            write(folder, language, texts, domain=MONTAGES)
    with speaking_of(folder):
        yield catalogue


def first(catalogue: Catalogue, language: str, words: str, *, typing: bool = False) -> str:
    with speaking(language):
        found = catalogue.search(0, words, typing=typing)
    return found[0].id if found else ""


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("de", "museumstreppe", "rocky-1976"),
        ("de", "museums treppe", "rocky-1976"),
        ("de", "rocky schweinehälfte", "rocky-1976"),
        ("de", "schweinehalften", "rocky-1976"),
        ("de", "schweinehaelften", "rocky-1976"),
        ("de", "schweinehelften", "rocky-1976"),
        ("de", "schlagzeuger eiswasser", "whiplash-2014"),
        ("de", "schlagzeger eiswaser", "whiplash-2014"),
        ("de", "auftragen polieren", "the-karate-kid-1984"),
        ("de", "ubungsfahrt", "cool-runnings-1993"),
        ("de", "UEBUNGSFAHRT", "cool-runnings-1993"),
        ("de", "das phantom kommando", "commando-1985"),
        ("de", "phantom komando", "commando-1985"),
        ("de", "bobfahren", "cool-runnings-1993"),
        ("de", "wax on", "the-karate-kid-1984"),
        ("de", "bleeding drummer", "whiplash-2014"),
        ("de", "rocky treppe museum", "rocky-1976"),
        ("de", "commando", "commando-1985"),
        ("es", "escaleras museo", "rocky-1976"),
        ("es", "escalera del museo", "rocky-1976"),
        ("es", "dar cera pulir cera", "the-karate-kid-1984"),
        ("es", "el momento de la verdad", "the-karate-kid-1984"),
        ("es", "corazon nino", "whiplash-2014"),
        ("es", "batería", "whiplash-2014"),
        ("es", "philly dirt bikes", "creed-2015"),
        ("ja", "あしたのジョー", "ashita-no-joe-1970"),
        ("ja", "ジョー", "ashita-no-joe-1970"),
        ("ja", "あしたのジョ", "ashita-no-joe-1970"),
        ("ja", "明日のジョー", "ashita-no-joe-1970"),
        ("en", "あしたのジョー", "ashita-no-joe-1970"),
        ("en", "あしたのじょー", "ashita-no-joe-1970"),
        ("ja", "ashita no joe", "ashita-no-joe-1970"),
        ("ja", "アニメシリーズ ボクシング", "hajime-no-ippo-2000"),
    ],
)
def test_it_comes_first(told: Catalogue, language: str, words: str, expected: str) -> None:
    assert first(told, language, words) == expected


@pytest.mark.parametrize(
    ("language", "typed", "expected"),
    [
        ("de", "museumstr", "rocky-1976"),
        ("de", "das phantom-k", "commando-1985"),
        ("de", "whipl", "whiplash-2014"),
        ("es", "karate kid el mom", "the-karate-kid-1984"),
        ("ja", "あした", "ashita-no-joe-1970"),
        ("ja", "あし", "ashita-no-joe-1970"),
    ],
)
def test_half_of_it_is_enough_while_typing(told: Catalogue, language: str, typed: str, expected: str) -> None:
    assert first(told, language, typed, typing=True) == expected


def test_disciplines_and_moods_are_words_too(told: Catalogue) -> None:
    for language, words in (("de", "boxen"), ("es", "boxeo"), ("ja", "ボクシング")):
        with speaking(language):
            assert {m.discipline for m in told.search(0, words)[:10]} == {"boxing"}, language
    with speaking("de"):
        assert all("funny" in m.moods for m in told.search(0, "lustig")[:10])
        assert all("France" in m.country for m in told.search(0, "frankreich")[:5])
        assert all("Japanese" in m.language for m in told.search(0, "japanisch")[:5])


def test_nobody_is_shown_what_another_language_says(told: Catalogue) -> None:
    with speaking("de"):
        german = told.search(0, "museumstreppe")
    assert [m.id for m in german][:1] == ["rocky-1976"] and told.search(0, "museumstreppe") == []
    with speaking("es"):
        assert "rocky-1976" not in [m.id for m in told.search(0, "museumstreppe")][:1]


def test_what_comes_up_in_english_comes_up_in_every_language(told: Catalogue) -> None:
    for montage in told.shipped[::8]:
        for words in (f"{montage.film} {montage.year}", f"{montage.scene} {montage.film}"):
            assert first(told, "de", words) == montage.id, words


def test_a_server_s_own_are_found_in_every_language(told: Catalogue) -> None:
    club = Catalogue(told.shipped)
    club.put(7, Montage(id="s1", film="Иван", year=2020, scene="Молот", discipline="boxing", blurb="Дождь."))
    with speaking("de"):
        assert [m.id for m in club.search(7, "молот")] == ["s1"] and not club.search(8, "молот")


async def test_a_language_is_indexed_a_few_at_a_time_and_once(told: Catalogue) -> None:
    catalogue = Catalogue(told.shipped)
    with speaking("de"):
        await catalogue.catch_up(0)
        index = catalogue._index_in("de")
        assert index is catalogue._index_in("de") and not index.catch_up(1)
    english = SearchIndex(told.shipped)
    slowly = TranslatedIndex(english, "de")
    portions = 0
    while slowly.catch_up(25):
        portions += 1
    assert portions > 2 * len(told.shipped) / 25 - 2
    assert slowly.search("museumstreppe")[0][1].id == "rocky-1976"


@settings(deadline=None)
@given(words=st.text(max_size=40), typing=st.booleans(), language=st.sampled_from(["de", "es", "ja"]))
def test_nothing_that_is_typed_breaks_it(told: Catalogue, words: str, typing: bool, language: str) -> None:
    with speaking(language):
        answer = told.answer(0, words, typing=typing)
    assert answer.strong <= len(answer.montages) == len({m.id for m in answer.montages})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Österreichs Kämpfer", ["osterreichs", "kampfer"]),
        ("Straße", ["strasse"]),
        ("İstanbul ısı", ["istanbul", "isi"]),
        ("ŁÓDŹ Ærø œuvre", ["lodz", "aero", "oeuvre"]),
        ("garçon, mañana, ação", ["garcon", "manana", "acao"]),
        ("п’ять м'яч мʼяч", ["пять", "мяч", "мяч"]),
        ("हिन्दी फ़िल्म", ["हिन्दी", "फ़िल्म"]),
        ("권투를 배우다", ["권투를", "배우다"]),
        ("ﾎﾞｸｼﾝｸﾞ", ["ボクシング"]),
    ],
)
def test_letters_of_many_languages_are_kept_or_made_plain(text: str, words: list[str]) -> None:
    assert plain_words(text) == words


def test_what_is_written_without_spaces_is_searched_by_neighbours() -> None:
    assert searched_words("あしたのジョー 4") == ["あし", "した", "たの", "のジ", "ジョ", "ョー", "ー", "4"]
    assert searched_words("剣") == ["剣"] and searched_words("Rocky4のテーマ")[:2] == ["rocky4", "のテ"]
    assert searched_words("권투를") == ["권투", "투를", "를"]


@pytest.mark.parametrize(
    "forms", ["treppe treppen", "escalera escaleras", "kämpfer kampf kaempfer", "marche marches"]
)
def test_forms_of_a_word_have_one_root(forms: str) -> None:
    assert len({root(undotted(word)) for word in plain_words(forms)}) == 1


@given(text=st.text(max_size=30))
def test_making_plain_is_done_once(text: str) -> None:
    assert all(plain_words(word) == [word] for word in plain_words(text))
    assert plain(text).isascii() or plain(text).casefold() == plain(text)
    assert len("".join(plain_words(text))) <= len("".join(searched_words(text)))
