"""Bringing the files that translators write up to what there is to say."""

from collections import defaultdict
from difflib import get_close_matches
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.pofile import read_po, write_po

from bot.catalogue import load_catalogue
from bot.errors import StartError
from bot.languages.catalogues import FOLDERS, MESSAGES, MONTAGES, names_of, po_file
from bot.translating.extracting import everything, montages

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


def template_of(domain: str) -> Catalog:
    """What there is to say in a domain."""
    return everything() if domain == MESSAGES else montages(load_catalogue().shipped)


def update_translations() -> str:
    """Every language gets what is new, and marks as fuzzy what has changed; says what there is then."""
    said = []
    for domain in FOLDERS:
        template = template_of(domain)
        names = sorted(names_of(domain))
        for language in names:
            file = po_file(domain, language)
            catalog = read_catalog(file)
            merge(catalog, template)
            _write(file, catalog)
        what = "messages" if domain == MESSAGES else "texts about the montages"
        said.append(f"{len(template)} {what}, in {len(names)} languages beside English.")
    return "\n".join(said)


def merge(written: Catalog, template: Catalog) -> None:
    """Bring what was written up to the template.

    Of the montages' texts, one that changed is looked for among those of its own montage and field, which have one
    context: Babel compares with all there are, and takes minutes for what would be another film's.
    """
    if template.domain != MONTAGES:
        written.update(template, update_creation_date=False)
        return
    gone: defaultdict[str | None, dict[str, Message]] = defaultdict(dict)
    for message in written:
        if message.id and message.string and template.get(message.id, message.context) is None:
            gone[message.context][str(message.id)] = message
    taken: set[tuple[str | None, str]] = set()
    known = {(message.context, message.id) for message in written}
    written.update(template, no_fuzzy_matching=True, update_creation_date=False)
    for message in [new for new in written if (new.context, new.id) not in known]:
        for before in get_close_matches(str(message.id), gone[message.context], 1, cutoff=0):
            message.string = gone[message.context].pop(before).string
            message.flags.add("fuzzy")
            taken.add((message.context, before))
    written.obsolete = {key: old for key, old in written.obsolete.items() if (old.context, old.id) not in taken}


def begin(language: str, domain: str = MESSAGES) -> str:
    """A new language's file, with nothing translated yet; says where. Raises StartError for one that is none."""
    file = po_file(domain, language)
    if file.exists():
        raise StartError(f"{file} is there already.")
    try:
        Locale.parse(language)
        catalog = Catalog(locale=language, domain=domain, project="montage-bot", copyright_holder="", fuzzy=False)
    except (UnknownLocaleError, ValueError):
        raise StartError(
            f"{language!r} is no language that the CLDR knows: `de`, `pt_BR` or `es_419` are."
        ) from None
    merge(catalog, template_of(domain))
    file.parent.mkdir(parents=True, exist_ok=True)
    _write(file, catalog)
    style = po_file(MESSAGES, language).parents[1] / "STYLE.md"
    if domain == MONTAGES:
        return f"Write what is told of the montages in {file}; {style} says what is special about the language."
    return f"Write what the bot says in {file}, and what is special about the language in {style}."


def read_catalog(file: Path) -> Catalog:
    """A file as translators left it."""
    with file.open("rb") as source:
        return read_po(source, domain=file.stem)


def _write(file: Path, catalog: Catalog) -> None:
    language = file.parents[1].name
    name = catalog.locale.english_name if catalog.locale else language
    header = _HEADER.format(name=name, language=language, plural_forms=catalog.plural_forms)
    with file.open("wb") as target:
        target.write(header.encode())
        write_po(target, catalog, width=_WIDTH, omit_header=True, include_lineno=False, sort_by_file=True)
