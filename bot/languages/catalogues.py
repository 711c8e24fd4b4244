"""Finding and reading translations: `<language>/LC_MESSAGES/<domain>.po`, or the `.mo` that was made of it.

A wheel carries the `.mo` alone. A checkout has the `.po` that people write, and no other file that could be older
than it: what it says is compiled when a language is first needed. That costs once, for each language and process,
20 to 40 ms for 1,200 messages (`python -m bot translate --check` says it of each), where a `.mo` takes 2. A
cache of what was compiled would have to be kept somewhere, and be found out of date.
"""

import hashlib
from collections.abc import Iterator
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

# What the bot says, and what is written about the montages.
MESSAGES, MONTAGES = "bot", "montages"
_PACKAGE = Path(__file__).parent.parent
_INSTALLED = (_PACKAGE / "montages_data").is_dir()
# Where the files of each domain are: the montages' beside the montages, in a wheel with the others.
FOLDERS = {
    MESSAGES: _PACKAGE / "locales",
    MONTAGES: _PACKAGE / "locales" if _INSTALLED else _PACKAGE.parent / "data" / "locales",
}


def names_of(domain: str) -> Iterator[str]:
    """The languages that there are files of."""
    for inner in FOLDERS[domain].glob("*/LC_MESSAGES"):
        if any((inner / f"{domain}{ending}").is_file() for ending in (".po", ".mo")):
            yield inner.parent.name


def file_of(domain: str, language: str) -> Path:
    """Where people write the translations of a language."""
    return FOLDERS[domain] / language / "LC_MESSAGES" / f"{domain}.po"


def read(domain: str, language: str) -> GNUTranslations | None:
    """All translations of a language, without those that are marked as fuzzy; None where there are none."""
    written = file_of(domain, language)
    if written.is_file():
        return GNUTranslations(BytesIO(compiled(written)))
    made = written.with_suffix(".mo")
    if not made.is_file():
        return None
    with made.open("rb") as file:
        return GNUTranslations(file)


def digest(domain: str) -> bytes:
    """What changes with any translation; nothing where there are none."""
    names = sorted(names_of(domain))
    if not names:
        return b""
    found = hashlib.sha256()
    for written in (file_of(domain, language) for language in names):
        found.update((written if written.is_file() else written.with_suffix(".mo")).read_bytes())
    return found.digest()


def compiled(written: Path) -> bytes:
    """A `.po` as the `.mo` that gettext reads."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415 (a wheel needs neither)
    from babel.messages.pofile import read_po  # noqa: PLC0415

    made = BytesIO()
    with written.open("rb") as file:
        write_mo(made, read_po(file))
    return made.getvalue()
