"""What is written about the montages, in other languages: which texts there are, and what each is translated as.

In the files of the domain `montages` a message's id is the English text, and its context says whose it is and what:
`creed-2015 scene`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from bot.catalogue.definition import FIELDS, NOTES
from bot.catalogue.montage import Montage
from bot.catalogue.names import discipline_name
from bot.languages import ENGLISH, language, languages
from bot.languages.catalogues import MONTAGES, by_key, message_key, names_of, read_translations

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


def localised(montage: Montage) -> Montage:
    """The montage for people to read, in the language that is being spoken: a text without a translation is in
    English, and what a member suggested as it was typed.

    Filters, rules and addresses go by the montage itself. It takes 20 µs, too few to keep any.
    """
    if language() == ENGLISH:
        return montage
    discipline = discipline_name(montage.discipline)
    texts = _texts_in(language())
    if not texts or montage.suggested:
        return montage if discipline == montage.discipline else replace(montage, discipline=discipline)

    def told(field: str, english: str) -> str:
        return texts.get(hash(message_key(context_of(montage.id, field), english)), english)

    english = ", ".join(montage.known_as) or montage.film
    looked_for = told("known_as", english)
    known_as = tuple(map(str.strip, looked_for.split(","))) if looked_for != english else montage.known_as
    return replace(
        montage,
        film=told("film", montage.film),
        known_as=known_as,
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
def _texts_in(spoken: str) -> Mapping[int, str]:
    """The texts of that language, or of the one that its speakers understand, by what they are found by; none where
    there is no file. Kept: 9 ms to read.
    """
    if (found := understood(spoken)) != spoken:
        return _texts_in(found)
    # As gettext keeps them, but without the English, which is half of it: 0.5 MB a language.
    return {hash(key): text for key, text in by_key(read_translations(MONTAGES, spoken)).items()}


@cache
def understood(spoken: str) -> str:
    """The language with the montages' texts that its speakers understand: `es` for `es_419`; else the same.

    Kept: every search asks, and the folders are looked through for it in 45 µs.
    """
    base = spoken.partition("_")[0]
    names = [name for name in sorted(names_of(MONTAGES)) if name in languages() and name.partition("_")[0] == base]
    return names[0] if names and spoken not in names else spoken
