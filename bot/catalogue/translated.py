"""What is written about the montages, in other languages: which texts there are, and what each is translated as.

In the files of the domain `montages` a message's id is the English text, and its context says whose it is and what:
`creed-2015 scene`.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from gettext import NullTranslations

from bot.catalogue.definition import FIELDS, NOTES
from bot.catalogue.montage import DISCIPLINE, Montage
from bot.languages import ENGLISH, language, pgettext
from bot.languages.catalogues import MONTAGES, names_of, read

# Fields that a language may leave as they are: the title that it knows a film by, and what people look for there.
OPTIONAL = ("film", "known_as")
# Characters of a translation at most, of each entry where a field has several; and of a blurb at least.
MOST = {name: FIELDS[name].most or 0 for name in ("film", "scene", "tagline", "blurb", "location")}
MOST |= {name: FIELDS[name].each for name in ("known_as", "bits")} | {"reading": NOTES.most or 0}
LEAST_OF_BLURB = 150


def texts_of(montage: Montage) -> Iterator[tuple[str, str]]:
    """(field, English text) of everything that there is to translate. A field may have several."""
    yield "film", montage.film
    yield "known_as", ", ".join(montage.known_as) or montage.film
    yield "scene", montage.scene
    if montage.tagline:
        yield "tagline", montage.tagline
    yield "blurb", montage.blurb
    yield from (("bits", bit) for bit in montage.bits)
    if montage.location:
        yield "location", montage.location
    yield from (("reading", reading.note) for reading in montage.reading if reading.note)


def context_of(montage_id: str, field: str) -> str:
    """The context of a text's message."""
    return f"{montage_id} {field}"


def said(montage: Montage) -> Montage:
    """The montage for people to read, in the language that is being spoken: a text without a translation is in
    English, and what a member suggested as it was typed.

    Filters, rules and addresses go by the montage itself. It takes 20 µs, too few to keep any.
    """
    if language() == ENGLISH:
        return montage
    discipline = pgettext(DISCIPLINE, montage.discipline)
    texts = _texts_in(language())
    if texts is None or montage.suggested:
        return montage if discipline == montage.discipline else replace(montage, discipline=discipline)

    def told(field: str, english: str) -> str:
        return texts.pgettext(context_of(montage.id, field), english)

    return replace(
        montage,
        film=told("film", montage.film),
        scene=told("scene", montage.scene),
        tagline=montage.tagline and told("tagline", montage.tagline),
        blurb=told("blurb", montage.blurb),
        bits=tuple(told("bits", bit) for bit in montage.bits),
        location=montage.location and told("location", montage.location),
        reading=tuple(
            reading._replace(note=told("reading", reading.note)) if reading.note else reading
            for reading in montage.reading
        ),
        discipline=discipline,
    )


@cache
def _texts_in(spoken: str) -> NullTranslations | None:
    """The texts of that language, or of the one that its speakers understand: of `es` for `es_419`."""
    names = sorted(names_of(MONTAGES))
    base = spoken.partition("_")[0]
    found = spoken if spoken in names else next((name for name in names if name.partition("_")[0] == base), None)
    return None if found is None else _read(found)


@cache
def _read(name: str) -> NullTranslations | None:
    return read(MONTAGES, name)
