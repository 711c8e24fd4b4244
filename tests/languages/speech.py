"""Languages for tests: files as translators write them, in a folder of the test's own."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import write_po

from bot.catalogue import translated
from bot.languages import catalogues, codes, command_names, saying
from bot.languages.catalogues import MESSAGES

# A translation of one form, or of two; under the message, or (context, message).
Said = Mapping[str | tuple[str, str], str | tuple[str, ...]]


def write(
    folder: Path, language: str, said: Said, plurals: Mapping[str, str] | None = None, domain: str = MESSAGES
) -> Path:
    """A `.po` of these translations. `plurals`: the form for many, by that for one."""
    try:
        catalog = Catalog(locale=language, domain=domain)
    except ValueError:  # one that nobody speaks
        catalog = Catalog(domain=domain)
    for key, translation in said.items():
        context, message = key if isinstance(key, tuple) else (None, key)
        catalog.add(
            (message, (plurals or {})[message]) if isinstance(translation, tuple) else message,
            translation,
            context=context,
        )
    file = folder / language / "LC_MESSAGES" / f"{domain}.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as target:
        write_po(target, catalog)
    return file


def forget() -> None:
    """What was read of languages before."""
    read = codes.languages, saying.load_language, command_names.names_in
    for kept in (*read, translated.understood, translated._texts_in):
        kept.cache_clear()


@contextmanager
def speaking_of(folder: Path) -> Iterator[None]:
    """Inside, the bot has the languages of that folder and no others."""
    with pytest.MonkeyPatch.context() as patching:
        for domain in catalogues.FOLDERS:
            patching.setitem(catalogues.FOLDERS, domain, folder)
        forget()
        try:
            yield
        finally:
            patching.undo()
            forget()
