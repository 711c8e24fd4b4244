"""The montages in other languages: what they are told as, and what stands where nobody has translated it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue import Catalogue, Montage, load_catalogue, localised
from bot.catalogue.checking import check_catalogue
from bot.catalogue.checking_texts import text_faults
from bot.catalogue.loading import read_montages
from bot.catalogue.names import country_name, discipline_name, language_name
from bot.catalogue.translated import MOST, OPTIONAL, context_of, texts_of
from bot.languages import speaking
from bot.languages.catalogues import MONTAGES, compiled, names_of, po_file
from bot.montages.cards import clip_address, montage_card
from bot.translating.extracting import montages
from bot.translating.updating import begin, merge, read_catalog
from bot.ui.prebuilt import component_payloads
from bot.voting import Tally
from tests.languages.speech import Said, speaking_of, write

ROOT = Path(__file__).parents[2]
STEPS = "Laufen, bis die Treppe kommt"


def texts(folder: Path, language: str, said_of: Said) -> Path:
    """A file of the montages' texts, each under its context and the English text."""
    return write(folder, language, said_of, domain=MONTAGES)


@pytest.fixture
def rocky(catalogue: Catalogue) -> Montage:
    found = catalogue.get(0, "rocky-1976")
    assert found is not None
    return found


@pytest.fixture
def german(tmp_path: Path, rocky: Montage) -> Iterator[Path]:
    """A bot that tells of Rocky's scene, tagline and first bit in German."""
    write(tmp_path, "de", {("discipline", "boxing"): "Boxen"})
    told: dict[str | tuple[str, str], str | tuple[str, ...]] = {
        ("rocky-1976 scene", rocky.scene): STEPS,
        ("rocky-1976 tagline", str(rocky.tagline)): "Eine ganze Stadt breit",
        ("rocky-1976 known_as", ", ".join(rocky.known_as)): "Rocky-Treppe, der Lauf durch Philadelphia",
    }
    if rocky.bits:
        told["rocky-1976 bits", rocky.bits[0]] = "fünf rohe Eier"
    texts(tmp_path, "de", told)
    with speaking_of(tmp_path):
        yield tmp_path


def test_it_is_told_in_the_language_being_spoken_and_else_in_english(german: Path, rocky: Montage) -> None:
    assert localised(rocky) is rocky
    with speaking("de"):
        told = localised(rocky)
    assert (told.scene, told.tagline, told.discipline) == (STEPS, "Eine ganze Stadt breit", "Boxen")
    assert told.known_as == ("Rocky-Treppe", "der Lauf durch Philadelphia")
    assert told.bits == ("fünf rohe Eier", *rocky.bits[1:])
    assert (told.blurb, told.film, told.id, told.song) == (rocky.blurb, rocky.film, rocky.id, rocky.song)


def test_what_is_told_once_is_not_told_otherwise_twice(german: Path, catalogue: Catalogue) -> None:
    with speaking("de"):
        for montage in catalogue.shipped:
            assert localised(localised(montage)) == localised(montage)


def test_a_changed_english_text_has_no_translation_any_more(german: Path, rocky: Montage) -> None:
    with speaking("de"):
        assert localised(replace(rocky, scene="Roadwork")).scene == "Roadwork"


def test_a_fuzzy_text_is_not_told(german: Path, rocky: Montage) -> None:
    file, line = po_file(MONTAGES, "de"), 'msgctxt "rocky-1976 scene"'
    file.write_text(file.read_text("utf-8").replace(line, f"#, fuzzy\n{line}"), "utf-8")
    with speaking_of(german), speaking("de"):
        assert localised(rocky).scene == rocky.scene and localised(rocky).tagline == "Eine ganze Stadt breit"


def test_latin_america_understands_spanish(tmp_path: Path, rocky: Montage) -> None:
    write(tmp_path, "es", {"Yes": "Sí"})
    write(tmp_path, "es_419", {"Yes": "Sí"})
    write(tmp_path, "ja", {"Yes": "はい"})
    texts(tmp_path, "es", {("rocky-1976 scene", rocky.scene): "Las escaleras del museo"})
    with speaking_of(tmp_path):
        for language, scene in (("es", "Las escaleras del museo"), ("es_419", "Las escaleras del museo")):
            with speaking(language):
                assert localised(rocky).scene == scene
        with speaking("ja"):
            assert localised(rocky) == rocky


def test_a_wheel_has_only_what_was_made_of_the_texts(german: Path, rocky: Montage) -> None:
    written = po_file(MONTAGES, "de")
    written.with_suffix(".mo").write_bytes(compiled(written))
    written.unlink()
    with speaking_of(german), speaking("de"):
        assert localised(rocky).scene == STEPS


def test_a_suggestion_is_shown_as_it_was_typed(german: Path, rocky: Montage) -> None:
    suggested = replace(rocky, id="s7", suggested_by=5)
    with speaking("de"):
        told = localised(suggested)
    assert told == replace(suggested, discipline="Boxen"), "but for a discipline that everybody has"


def card(montage: Montage) -> str:
    return str(component_payloads(montage_card(montage, Tally())))


def test_a_card_has_the_released_title_and_the_other_one_in_small_print(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    plain = next(m for m in catalogue.shipped if not m.original_title)
    foreign = next(m for m in catalogue.shipped if m.original_title)
    longer = next(m for m in catalogue.shipped if m is not plain and not m.original_title)
    write(tmp_path, "de", {"Yes": "Ja"})
    texts(
        tmp_path,
        "de",
        {
            (f"{plain.id} film", plain.film): "Der Schmelztiegel",
            (f"{foreign.id} film", foreign.film): str(foreign.original_title),
            (f"{longer.id} film", longer.film): f"{longer.film} – Der Film",
        },
    )
    with speaking_of(tmp_path):
        assert "originally" not in card(plain) + card(foreign)
        with speaking("de"):
            assert f"## Der Schmelztiegel ({plain.year})" in card(plain)
            assert "riginally “" in card(plain) and "riginally “" not in card(foreign)
            assert " – Der Film" in card(longer) and "riginally “" not in card(longer)
            assert "Schmelztiegel" not in clip_address(plain), "clips are found by the English title"


def test_names_are_said_as_the_language_says_them(tmp_path: Path) -> None:
    write(
        tmp_path,
        "de",
        {
            ("discipline", "boxing"): "Boxen",
            ("country", "Soviet Union"): "Sowjetunion",
            ("language", "Mandarin"): "Mandarin-Chinesisch",
        },
    )
    write(tmp_path, "ja", {"Yes": "はい"})

    def names() -> tuple[str, ...]:
        countries = map(country_name, ("Turkey", "Soviet Union", "Atlantis"))
        languages = map(language_name, ("French", "Mandarin"))
        return *countries, *languages, *map(discipline_name, ("boxing", "knitting"))

    with speaking_of(tmp_path):
        assert names() == ("Turkey", "Soviet Union", "Atlantis", "French", "Mandarin", "boxing", "knitting")
        with speaking("de"):
            assert names() == (
                *("Türkei", "Sowjetunion", "Atlantis", "Französisch", "Mandarin-Chinesisch", "Boxen", "knitting"),
            )
        with speaking("ja"):
            assert country_name("West Germany") == "West Germany", "not the country that has its code today"
            assert language_name("Haryanvi") and country_name("Japan") == "日本"


def test_every_text_of_every_montage_is_there_to_be_translated(catalogue: Catalogue) -> None:
    messages = montages(catalogue.shipped)
    for montage in catalogue.shipped:
        for field, text in texts_of(montage):
            assert messages.get(text, context_of(montage.id, field)), (montage.id, field)
    blurb = messages.get(catalogue.shipped[0].blurb, f"{catalogue.shipped[0].id} blurb")
    assert blurb is not None and "\n" not in str(blurb.id)
    assert f"{catalogue.shipped[0].film} ({catalogue.shipped[0].year})" in blurb.auto_comments[0]


def test_a_changed_text_keeps_its_translation_as_fuzzy_and_takes_nobody_else_s(tmp_path: Path) -> None:
    def catalog(*said_of: tuple[str, str, str | None]) -> Catalog:
        made = Catalog(domain=MONTAGES)
        for context, text, translation in said_of:
            made.add(text, translation, context=context)
        return made

    written = catalog(
        ("a-2000 scene", "Stairs at dawn", "Treppe im Morgengrauen"),
        ("a-2000 bits", "a red hat", "ein roter Hut"),
        ("a-2000 bits", "a dog on skates", "ein Hund auf Rollen"),
        ("gone-1990 scene", "Stairs at dusk", "Treppe am Abend"),
    )
    merge(
        written,
        catalog(
            ("a-2000 scene", "Stairs before dawn", None),
            ("a-2000 bits", "a dog on ice skates", None),
            ("a-2000 bits", "a red hat", None),
            ("b-2001 scene", "Stairs at dawn", None),
            ("a-2000 tagline", "Up", None),
        ),
    )
    found = {(m.context, m.id): (m.string, m.fuzzy) for m in written if m.id}
    assert found == {
        ("a-2000 scene", "Stairs before dawn"): ("Treppe im Morgengrauen", True),
        ("a-2000 bits", "a dog on ice skates"): ("ein Hund auf Rollen", True),
        ("a-2000 bits", "a red hat"): ("ein roter Hut", False),
        ("b-2001 scene", "Stairs at dawn"): (None, False),
        ("a-2000 tagline", "Up"): (None, False),
    }
    assert [m.context for m in written.obsolete.values()] == ["gone-1990 scene"]


def test_a_new_language_of_the_montages_is_begun(tmp_path: Path) -> None:
    with speaking_of(tmp_path):
        assert "montages.po" in begin("it", MONTAGES)
        assert len(read_catalog(tmp_path / "it" / "LC_MESSAGES" / "montages.po")) > 2_000


@pytest.mark.parametrize(
    ("field", "english", "told", "fault"),
    [
        ("scene", "Stairs", "Treppen", ""),
        ("scene", "Stairs", "T" * 71, "has 71 characters; at most 70"),
        ("blurb", "x" * 400, "y" * 801, "at most 800"),
        ("blurb", "x" * 400, "y" * 100, "at least 150"),
        ("blurb", "||x||" * 40, "y" * 200, "has || 0 times; the English has it 80 times"),
        ("known_as", "Rocky", "Treppe, " * 20 + "Rocky", ""),
        ("known_as", "Rocky", "T" * 61, "at most 60"),
        ("tagline", "One city wide", "Eine Stadt\nbreit", "has a line break"),
        ("bits", "a hat", " ein Hut", "has a line break, or spaces"),
    ],
)
def test_what_would_look_broken_is_named(field: str, english: str, told: str, fault: str) -> None:
    found = list(text_faults(field, english, told))
    assert fault in "".join(found) and bool(found) == bool(fault)


def test_the_check_counts_what_is_missing_and_fails_for_what_is_broken(
    german: Path, rocky: Montage, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check_catalogue() == 0
    assert " missing, 0 fuzzy, 0 broken, 0 of nothing that there is." in capsys.readouterr().out
    texts(german, "de", {("rocky-1976 scene", rocky.scene): "T" * 71, ("gone-1976 scene", "Stairs"): "Treppe"})
    assert check_catalogue() == 1
    printed = capsys.readouterr()
    assert "1 broken, 1 of nothing" in printed.out
    assert printed.err == "de: rocky-1976 scene: has 71 characters; at most 70\n"


FILES = sorted((ROOT / "data" / "locales").glob("*/LC_MESSAGES/*.po"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parts[-3])
def test_what_translators_have_written_belongs_to_montages_and_would_not_look_broken(file: Path) -> None:
    """`python -m bot translate` brings a file up to the montages that there are."""
    shipped, _problems = read_montages(ROOT / "data" / "montages")
    known = {context_of(montage.id, field): field for montage in shipped for field, _text in texts_of(montage)}
    with file.open("rb") as source:
        written = read_po(source)
    assert file.stem == MONTAGES
    assert {m.context for m in written if m.id} - known.keys() == set()
    broken = [
        (m.context, fault)
        for m in written
        if m.id and m.string and not m.fuzzy
        for fault in text_faults(known[str(m.context)], str(m.id), str(m.string))
    ]
    assert broken == []


@pytest.mark.thorough
@pytest.mark.parametrize("language", sorted(names_of(MONTAGES)))
def test_every_montage_is_found_by_what_a_language_calls_it(language: str) -> None:
    catalogue = Catalogue(load_catalogue().shipped)
    with speaking(language):
        for montage in catalogue.shipped:
            now = localised(montage)
            for words in (f"{now.film} {now.year}", f"{now.scene} {now.film}", f"{montage.film} {montage.year}"):
                assert montage in catalogue.search(0, words)[:2], words


def test_no_english_text_is_one_that_its_translation_could_not_be(catalogue: Catalogue) -> None:
    for montage in catalogue.shipped:
        for field, text in texts_of(montage):
            assert list(text_faults(field, text, text)) == [], (montage.id, field)
    assert set(OPTIONAL) <= MOST.keys()


FIRST = load_catalogue().shipped[:20]


@settings(max_examples=25, deadline=None)
@given(
    told=st.dictionaries(
        st.sampled_from([(m.id, *text) for m in FIRST for text in texts_of(m) if text[0] not in OPTIONAL]),
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40),
        max_size=8,
    )
)
def test_what_is_translated_is_told_and_all_the_rest_stays_as_it_is(
    tmp_path_factory: pytest.TempPathFactory, told: dict[tuple[str, str, str], str]
) -> None:
    folder = tmp_path_factory.mktemp("texts")
    write(folder, "de", {"Yes": "Ja"})
    texts(folder, "de", {(context_of(identity, field), text): new for (identity, field, text), new in told.items()})
    with speaking_of(folder), speaking("de"):
        for montage in FIRST:
            now = localised(montage)
            expected = [(field, told.get((montage.id, field, text), text)) for field, text in texts_of(montage)]
            assert list(texts_of(now)) == expected
            prose = {name: getattr(montage, name) for name in ("scene", "tagline", "blurb", "location")}
            assert replace(now, bits=montage.bits, reading=montage.reading, **prose) == montage
