"""Everything that there is to translate: what the code says, the commands, and the catalogue's own words."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir

import bot
from bot.aliases import JsonObject
from bot.app import create_bot
from bot.catalogue import Catalogue, Montage, load_catalogue
from bot.catalogue.definition import CONTENT_NOTES, FAMILIES, KINDS, MEDIA, MOODS, POSITIONS
from bot.catalogue.names import COUNTRIES, COUNTRY, DISCIPLINE, FAMILY, LANGUAGE, LANGUAGES
from bot.catalogue.translated import LEAST_OF_BLURB, MOST, context_of, texts_of
from bot.languages.catalogues import MESSAGES, MONTAGES
from bot.languages.command_names import CHOICE, MENU, NAME, OPTION
from bot.privacy import policy_paragraphs
from bot.settings import Settings

_HERE = Path(bot.__file__).parent
# Where the message is among what a function is given; `c` marks its context.
_SAYING = {"_": None, "N_": None, "Said": None, "ngettext": (1, 2), "NN_": (1, 2), "pgettext": ((1, "c"), 2)}
_SUBCOMMANDS = (1, 2)
_MESSAGE_MENU = 3


def everything() -> Catalog:
    """All messages, each with the files that say it. Those of the commands say where they are and how long."""
    catalog = Catalog(domain=MESSAGES, project="montage-bot", copyright_holder="", fuzzy=False)
    found = sorted(
        extract_from_dir(_HERE, [("**.py", "python")], keywords=_SAYING, comment_tags=("For translators:",)),
        key=lambda one: one[0],
    )
    for file, _line, message, comments, context in found:
        catalog.add(message, None, [(f"bot/{file}", 0)], auto_comments=comments, context=context)
    for value in dict.fromkeys((*KINDS, *MOODS, *MEDIA, *CONTENT_NOTES, *POSITIONS)):
        catalog.add(value, None, [("bot/catalogue/definition.py", 0)])
    for name in sorted({montage.discipline for montage in load_catalogue().shipped}):
        about = "What is being learnt, as it stands inside a sentence"
        catalog.add(name, None, [("data/montages", 0)], auto_comments=[about], context=DISCIPLINE)
    for name in FAMILIES.values():
        about = "A family of disciplines, as it stands inside a sentence"
        catalog.add(name.lower(), None, [("bot/catalogue/definition.py", 0)], auto_comments=[about], context=FAMILY)
    for context, names in ((COUNTRY, COUNTRIES), (LANGUAGE, LANGUAGES)):
        for name in names:
            catalog.add(name, None, [("bot/catalogue/names.py", 0)], context=context)
    for paragraph in policy_paragraphs(films=True):
        catalog.add(paragraph, None, [("bot/privacy/policy.md", 0)])
    for command in commands():
        for context, message, about in _said_of(command):
            catalog.add(message, None, [("the commands", 0)], auto_comments=[about], context=context)
    return catalog


# What translators are told of each field of a montage.
_NOTES = {field: f"{most} characters at most" for field, most in MOST.items()} | {
    "film": "The title that the film was released under in this language; left empty where that is the same",
    "known_as": "What people call the scene when they look for it, with commas between; may be left empty",
    "blurb": f"From {LEAST_OF_BLURB} to {MOST['blurb']} characters",
}


def montages(shipped: Iterable[Montage]) -> Catalog:
    """Everything that is written about the montages, by id; a blurb says which film it is about."""
    catalog = Catalog(domain=MONTAGES, project="montage-bot", copyright_holder="", fuzzy=False)
    for montage in sorted(shipped, key=lambda montage: montage.id):
        for field, text in texts_of(montage):
            notes = [_NOTES[field]]
            if field == "blurb":
                notes.insert(0, f"{montage.film} ({montage.year}), {montage.discipline}")
            where = [(f"data/montages/{montage.id}.toml", 0)]
            catalog.add(text, None, where, auto_comments=notes, context=context_of(montage.id, field))
    return catalog


class Node(NamedTuple):
    """A command, a group, an option or an entry of a menu: what Discord is told of it, in English."""

    name: str
    description: str
    context: str  # of its name
    choices: tuple[str, ...]
    inside: "tuple[Node, ...]"

    def walk(self) -> "Iterator[Node]":
        """It, and everything inside."""
        yield self
        for inner in self.inside:
            yield from inner.walk()


@cache
def commands() -> tuple[Node, ...]:
    """All of them; kept, for a whole bot is made to ask it."""
    tree = create_bot(Settings(), Catalogue(())).tree
    return tuple(_node(command.to_dict(tree), outermost=True) for command in tree.get_commands())


def _node(payload: JsonObject, *, outermost: bool = False) -> Node:
    context = NAME if outermost or payload["type"] in _SUBCOMMANDS else OPTION
    if outermost and payload["type"] == _MESSAGE_MENU:
        context = MENU
    choices = tuple(choice["name"] for choice in payload.get("choices", ()))
    inside = tuple(map(_node, payload.get("options", ())))
    return Node(payload["name"], payload.get("description", ""), context, choices, inside)


def _said_of(node: Node, above: str = "/") -> Iterator[tuple[str | None, str, str]]:
    """(context, message, what it is and how long it may be) of everything that Discord is told of a command."""
    if node.context == MENU:
        yield MENU, node.name, "An entry in a message's menu under Apps: 32 characters at most"
        return
    here = f"{above}, its option {node.name}" if node.context == OPTION else f"{above}{node.name}"
    yield node.context, node.name, f"{here}: a name of 32 characters at most, in small letters, without spaces"
    yield None, node.description, f"{here}: 100 characters at most"
    for choice in node.choices:
        yield CHOICE, choice, f"{here}: a choice of 100 characters at most"
    for inner in node.inside:
        yield from _said_of(inner, here if inner.context == OPTION else f"{here} ")
