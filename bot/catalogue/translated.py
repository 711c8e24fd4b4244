"""What is written about the montages, in other languages: which texts there are, and what each is translated as.

In the files of the domain `montages` a message's id is the English text, and its context says whose it is and what:
`creed-2015 scene`.
"""

from collections.abc import Iterator

from bot.catalogue.definition import FIELDS, NOTES
from bot.catalogue.montage import Montage

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
