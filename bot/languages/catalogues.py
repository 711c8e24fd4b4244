"""Finding and reading translations: `<language>/LC_MESSAGES/<domain>.po`, or the `.mo` that was made of it.

Installing makes the `.mo`: a wheel carries it alone, and a checkout has it beside the `.po` that people write.
Where that was written since, it is compiled when the language is first needed: 20 to 60 ms, where a `.mo` takes 2
to 6, and some megabytes in passing.
"""

import hashlib
from collections.abc import Iterator
from gettext import GNUTranslations, NullTranslations
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


def po_file(domain: str, language: str) -> Path:
    """Where people write the translations of a language."""
    return FOLDERS[domain] / language / "LC_MESSAGES" / f"{domain}.po"


def read_translations(domain: str, language: str) -> GNUTranslations | None:
    """All translations of a language, without those that are marked as fuzzy; None where there are none."""
    written = po_file(domain, language)
    made = written.with_suffix(".mo")
    if written.is_file() and not _is_made_of(made, written):
        return GNUTranslations(BytesIO(compiled(written)))
    if not made.is_file():
        return None
    with made.open("rb") as file:
        return GNUTranslations(file)


def by_key(translations: NullTranslations | None) -> dict[object, str]:
    """The translations by gettext's own keys (the message; its context, \x04 and the message; either with a number
    for the plural), to be changed in place. gettext has no public name for them.
    """
    found: dict[object, str] = getattr(translations, "_catalog", {})
    return found


def message_key(context: str, message: str) -> str:
    """The key of a message with a context."""
    return f"{context}\x04{message}"


def _is_made_of(made: Path, written: Path) -> bool:
    """Whether nothing has been written since."""
    return made.is_file() and made.stat().st_mtime_ns >= written.stat().st_mtime_ns


def digest(domain: str) -> bytes:
    """What changes with any translation; nothing where there are none."""
    names = sorted(names_of(domain))
    if not names:
        return b""
    found = hashlib.sha256()
    for written in (po_file(domain, language) for language in names):
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
