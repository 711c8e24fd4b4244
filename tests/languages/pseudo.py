"""A language that nobody speaks and everybody can read: every message in it has marks on its vowels and is longer,
so that what stays English, or is cut, can be seen.
"""

import re
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import write_po

from bot.languages.command_names import CHOICE, MENU, NAME, OPTION
from bot.translating.extracting import commands, everything

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
    """Its file, with everything that there is to say."""
    catalog = Catalog(domain="bot", fuzzy=False)
    for message in everything():
        if not message.id:
            continue
        if isinstance(message.id, str):
            translation: str | tuple[str, ...] = said(message.id, message.context)
        else:
            translation = tuple(said(form) for form in message.id)
        catalog.add(message.id, translation, context=message.context)
    file = folder / CODE / "LC_MESSAGES" / "bot.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as target:
        write_po(target, catalog)
    return file
