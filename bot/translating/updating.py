"""Bringing the files that translators write up to what there is to say."""

from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

from bot.errors import StartError
from bot.languages.catalogues import MESSAGES, file_of, names_of
from bot.translating.extracting import everything

_WIDTH = 110
# Nothing that changes with every update, and nothing that nobody fills in.
_HEADER = r"""# What the bot says in {name}. CONTRIBUTING.md says how it is written, STYLE.md in which voice.
msgid ""
msgstr ""
"Project-Id-Version: montage-bot\n"
"Language: {language}\n"
"Plural-Forms: {plural_forms}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""


def update() -> str:
    """Every language gets what is new, and marks as fuzzy what has changed; says what there is then."""
    messages = everything()
    for language in sorted(names_of(MESSAGES)):
        file = file_of(MESSAGES, language)
        catalog = read(file)
        catalog.update(messages, update_creation_date=False)
        _write(file, catalog)
    return f"{len(messages)} messages, in {len(list(names_of(MESSAGES)))} languages beside English."


def begin(language: str) -> str:
    """A new language's file, with nothing translated yet; says where. Raises StartError for one that is none."""
    file = file_of(MESSAGES, language)
    if file.exists():
        raise StartError(f"{file} is there already.")
    try:
        Locale.parse(language)
        catalog = Catalog(locale=language, domain=MESSAGES, project="montage-bot", copyright_holder="", fuzzy=False)
    except (UnknownLocaleError, ValueError):
        raise StartError(
            f"{language!r} is no language that the CLDR knows: `de`, `pt_BR` or `es_419` are."
        ) from None
    catalog.update(everything())
    file.parent.mkdir(parents=True, exist_ok=True)
    _write(file, catalog)
    return (
        f"Write what the bot says in {file}, and what is special about the language in {file.parents[1]}/STYLE.md."
    )


def read(file: Path) -> Catalog:
    """A file as translators left it."""
    with file.open("rb") as source:
        return read_po(source, domain=MESSAGES)


def _write(file: Path, catalog: Catalog) -> None:
    language = file.parents[1].name
    name = catalog.locale.english_name if catalog.locale else language
    header = _HEADER.format(name=name, language=language, plural_forms=catalog.plural_forms)
    with file.open("wb") as target:
        target.write(header.encode())
        write_po(target, catalog, width=_WIDTH, omit_header=True, include_lineno=False, sort_by_file=True)
