"""What is missing or broken in what translators have written about the montages."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from babel.messages import Catalog
from babel.messages.pofile import read_po

from bot.catalogue.montage import Montage
from bot.catalogue.translated import LEAST_OF_BLURB, MOST, OPTIONAL, context_of, texts_of
from bot.languages.catalogues import MONTAGES, names_of, po_file

_SPOILER = "||"


class State(NamedTuple):
    """How far one language is: `missing` and `fuzzy` name texts, `broken` says of each what is wrong."""

    language: str
    texts: int  # that it should have
    missing: list[str]
    fuzzy: list[str]
    broken: list[str]
    unknown: list[str]  # of montages or fields that are not there any more

    def __str__(self) -> str:
        return (
            f"{self.language}: {self.texts} texts about the montages, {len(self.missing)} missing, "
            f"{len(self.fuzzy)} fuzzy, {len(self.broken)} broken, {len(self.unknown)} of nothing that there is."
        )


def states(montages: Iterable[Montage]) -> list[State]:
    """Of each language that has a file of the montages' texts."""
    texts = [(context_of(one.id, field), field, text) for one in montages for field, text in texts_of(one)]
    found = []
    for language in sorted(names_of(MONTAGES)):
        file = po_file(MONTAGES, language)
        if file.is_file():  # a wheel has only what was made of it
            with file.open("rb") as source:
                found.append(translation_state(language, texts, read_po(source, domain=MONTAGES)))
    return found


def translation_state(language: str, texts: Iterable[tuple[str, str, str]], written: Catalog) -> State:
    """`texts`: (context, field, English text) of all that there is to translate."""
    state = State(language, 0, [], [], [], [])
    contexts = Counter[str]()
    for context, field, english in texts:
        contexts[context] += 1
        message = written.get(english, context)
        if message is not None and message.string and message.fuzzy:
            state.fuzzy.append(context)
        elif message is not None and message.string:
            told = str(message.string)
            state.broken.extend(f"{context}: {fault}" for fault in text_faults(field, english, told))
        elif field not in OPTIONAL:
            state.missing.append(context)
    state.unknown.extend(m.context or str(m.id) for m in written if m.id and m.context not in contexts)
    return state._replace(texts=sum(n for context, n in contexts.items() if context.split()[-1] not in OPTIONAL))


def text_faults(field: str, english: str, told: str) -> Iterator[str]:
    """What is wrong with one translation."""
    for entry in told.split(",") if field == "known_as" else [told]:
        if len(entry.strip()) > MOST[field]:
            yield f"has {len(entry.strip())} characters; at most {MOST[field]}"
    if field == "blurb" and len(told) < LEAST_OF_BLURB:
        yield f"has {len(told)} characters; at least {LEAST_OF_BLURB}"
    if told.count(_SPOILER) != english.count(_SPOILER):
        yield f"has {_SPOILER} {told.count(_SPOILER)} times; the English has it {english.count(_SPOILER)} times"
    # No-break spaces are seen, and French has them before its colons.
    if told != told.strip() or "  " in told or re.search(r"[\t\r\n]", told):
        yield "has a line break, or spaces where nobody sees them"
