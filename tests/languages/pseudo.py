"""A language that nobody speaks and everybody can read: every message in it has marks on its vowels and is longer,
so that what stays English, or is cut, can be seen.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.pofile import write_po

from bot.catalogue import load_catalogue
from bot.catalogue.translated import OPTIONAL
from bot.languages.catalogues import MESSAGES, MONTAGES
from bot.languages.command_names import CHOICE, MENU, NAME, OPTION
from bot.translating.extracting import commands, everything, montages

CODE = "en_XA"
_MARKED = str.maketrans("aeiouyAEIOUY", "àéîöûýÀÉÎÖÛÝ")
_NAMES = {node.name for command in commands() for node in command.walk()}
# What is the same in every language: places, addresses, mentions, and code but for commands and options.
_KEPT = re.compile(r"\{[^{}]*\}|`[^`]*`|https://\S+|<[^>]*>")


def said(message: str, context: str | None = None) -> str:
    """The message in it. Words of a whole sentence are a third longer; names keep their length."""
    words, at = "", 0
    for kept in _KEPT.finditer(message):
        words += message[at : kept.start()].translate(_MARKED) + _code(kept[0])
        at = kept.end()
    words += message[at:].translate(_MARKED)
    if context in (NAME, OPTION, MENU, CHOICE):
        return words
    return words + "·" * min(len(message) // 3, max(0, 100 - len(message)) if len(message) <= 100 else 1000)


def _code(kept: str) -> str:
    if not kept.startswith("`/") and kept.strip("`") not in _NAMES:
        return kept
    return re.sub(
        r"\{[^{}]*\}|[^{}]+", lambda part: part[0] if part[0][0] == "{" else part[0].translate(_MARKED), kept
    )


def write_pseudo(folder: Path) -> Path:
    """Its file, with everything that there is to say; beside it that of the montages, with all but their titles."""
    texts = (
        message for message in montages(load_catalogue().shipped) if not f"{message.context}".endswith(OPTIONAL)
    )
    _write(folder, MONTAGES, texts)
    return _write(folder, MESSAGES, everything())


def _write(folder: Path, domain: str, messages: Iterable[Message]) -> Path:
    catalog = Catalog(domain=domain, fuzzy=False)
    for message in messages:
        if not message.id:
            continue
        if domain == MONTAGES:
            translation: str | tuple[str, ...] = str(message.id).translate(_MARKED)
        elif isinstance(message.id, str):
            translation = said(message.id, message.context)
        else:
            translation = tuple(said(form) for form in message.id)
        catalog.add(message.id, translation, context=message.context)
    file = folder / CODE / "LC_MESSAGES" / f"{domain}.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as target:
        write_po(target, catalog)
    return file
