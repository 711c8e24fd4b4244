"""What is missing in a language, or would look broken: as a list of sentences for its translators."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from time import perf_counter

from babel.messages import Catalog
from babel.messages.catalog import Message

from bot.catalogue import load_catalogue
from bot.catalogue.checking_texts import states
from bot.daily import read_time
from bot.languages import ENGLISH, speaking
from bot.languages.catalogues import MESSAGES, compiled, names_of, po_file
from bot.languages.command_names import (
    CHOICE,
    CHOICE_AT_MOST,
    DESCRIPTION_AT_MOST,
    MENU,
    NAME,
    OPTION,
    distinct,
    name_fault,
    sendable,
)
from bot.translating.extracting import Node, commands, everything
from bot.translating.updating import read_catalog

_PLACEHOLDERS = re.compile(r"\{(\w+)[^{}]*\}")
# What makes words look different: it has to be there as often as in the English.
_MARKUP = re.compile(r"\*\*|\|\||^#{1,3} |^-# |^- |^> ", re.MULTILINE)
_CODE = re.compile(r"`[^`]*`")


def check_translations() -> int:
    """Print what has to be mended, language by language, and how long each takes to read; 1 where there is any."""
    messages, faults = everything(), 0
    descriptions = {node.description for command in commands() for node in command.walk()}
    for language in sorted(names_of(MESSAGES)):
        file = po_file(MESSAGES, language)
        began = perf_counter()
        compiled(file)
        print(f"{language}: read in {(perf_counter() - began) * 1000:.0f} ms")
        for fault in language_faults(messages, read_catalog(file), descriptions):
            faults += 1
            print(f"  {fault}")
    print(f"{len(messages)} messages, {faults} to mend.")
    for state in states(load_catalogue().shipped):
        print(state)
        for what, contexts in (("missing", state.missing), ("fuzzy", state.fuzzy), ("unknown", state.unknown)):
            faults += len(contexts)
            for context, times in Counter(contexts).items():
                print(f"  {context} is {what}{f', {times} times' if times > 1 else ''}")
        faults += len(state.broken)
        for fault in state.broken:
            print(f"  {fault}")
    return 1 if faults else 0


def language_faults(messages: Catalog, written: Catalog, descriptions: set[str]) -> Iterator[str]:
    """What is wrong in one language. `descriptions`: the messages that Discord is told as such."""
    names = Called(written)
    for message in messages:
        if not message.id:
            continue
        found = written.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
        called = f"“{_short(message)}”"
        if found is None or not all(_forms(found)):
            yield f"{called} is missing"
        elif found.fuzzy:
            yield f"{called} is fuzzy: look at it, and take the mark away"
        else:
            yield from (f"{called} {fault}" for fault in _differences(message, found, descriptions, names))
    yield from _alike(written)


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def _short(message: Message) -> str:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return text if len(text) <= 60 else f"{text[:59]}…"


def _differences(message: Message, found: Message, descriptions: set[str], names: "Called") -> Iterator[str]:
    english = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    many = english[-1]
    for form in _forms(found):
        placeholders, wanted = set(_PLACEHOLDERS.findall(form)), set(_PLACEHOLDERS.findall(many))
        if isinstance(message.id, tuple):  # “one vote” needs no number
            placeholders, wanted = placeholders | {"number"}, wanted | {"number"}
        if placeholders != wanted:
            ours, theirs = _names(placeholders - wanted), _names(wanted - placeholders)
            yield f"has other placeholders than the English: {ours} and not {theirs}"
        yield from names.faults(_CODE.findall(many), _CODE.findall(form))
        form_in_words, many_in_words = _CODE.sub("", form), _CODE.sub("", many)
        markup, expected = Counter(_MARKUP.findall(form_in_words)), Counter(_MARKUP.findall(many_in_words))
        if markup != expected:
            yield f"has other Markdown than the English: {_names((markup - expected) + (expected - markup))}"
        yield from _too_long(message, form, descriptions)


def _too_long(message: Message, form: str, descriptions: set[str]) -> Iterator[str]:
    if message.context in (NAME, OPTION, MENU) and (reason := name_fault(message.context, form)):
        yield f"can't be called “{form}”: {reason}"
    most = (
        CHOICE_AT_MOST if message.context == CHOICE else DESCRIPTION_AT_MOST if message.id in descriptions else None
    )
    if most is not None and len(form) > most:
        yield f"has {len(form)} characters, and {most} fit"


def _names(found: set[str] | Counter[str]) -> str:
    return ", ".join(sorted(found)) or "none"


class Called:
    """What commands and options are called in a language, for the texts that name them between backticks."""

    def __init__(self, written: Catalog) -> None:
        self._written = written
        self._language = str(written.locale_identifier or ENGLISH)
        top = tuple(command for command in commands() if command.context == NAME)
        # By the English path: the command, and its path in the language.
        self._commands: dict[str, tuple[Node, str]] = {}
        # By the English name of a command or an option: what those of this name are called.
        self._words: defaultdict[str, set[str]] = defaultdict(set)
        self._add(top, (), ())

    def _add(self, beside: tuple[Node, ...], english: tuple[str, ...], said: tuple[str, ...]) -> None:
        names = _names_beside(self._written, beside)
        for node in beside:
            self._words[node.name].add(names[node.name])
            path, called = (*english, node.name), (*said, names[node.name])
            if node.context == NAME:
                self._commands["/" + " ".join(path)] = node, "/" + " ".join(called)
            self._add(node.inside, path, called)

    def faults(self, english: list[str], said: list[str]) -> Iterator[str]:
        """What is wrong with the code in a translation, given that of the English."""
        left = list(said)
        missing = []
        for code in english:
            meant = self.meant(code[1:-1])
            found = next((one for one in left if one[1:-1] in meant), None)
            found = found or next((one for one in left if self._are_times(code[1:-1], one[1:-1])), None)
            if found is None:
                missing.append((code, " or ".join(f"`{one}`" for one in sorted(meant))))
            else:
                left.remove(found)
        for code, meant_here in missing:
            yield f"does not say {meant_here}" + (f", which is {code}" if meant_here != code else "")
        for code in left:
            yield f"says {code}, which the English does not"

    def meant(self, code: str) -> set[str]:
        """What may stand for this code."""
        if not code.startswith("/"):
            return self._words.get(code) or {code}
        words = code.split(" ")
        for end in range(len(words), 0, -1):
            if (found := self._commands.get(" ".join(words[:end]))) is not None:
                command, path = found
                return {" ".join([path, *(self._given(command, word) for word in words[end:])])}
        return {code}

    def _are_times(self, english: str, said: str) -> bool:
        """Whether both are times of day that people may type: `18h30` shows the French what `6:30 pm` shows."""
        with speaking(self._language):
            return all(read_time(code) is not None for code in (english, said))

    def _given(self, command: Node, word: str) -> str:
        """`which:mine`, an option of the command with its choice or value."""
        name, colon, value = word.partition(":")
        option = next((option for option in command.inside if option.name == name), None)
        if option is None:
            return word
        if value in option.choices:
            value = _said(self._written, value, CHOICE)
        return f"{_names_beside(self._written, command.inside)[name]}{colon}{value}"


def _names_beside(written: Catalog, beside: tuple[Node, ...]) -> dict[str, str]:
    """What these are called, as Discord is told."""
    said = {node.name: _said(written, node.name, node.context) for node in beside}
    return sendable(NAME, said)


def _alike(written: Catalog) -> Iterator[str]:
    """Names beside each other that would be the same."""
    top = tuple(command for command in commands() if command.context == NAME)
    for beside in (top, *(node.inside for command in top for node in command.walk())):
        said = {node.name: _said(written, node.name, node.context) for node in beside}
        for name, called in distinct(said).items():
            if called != said[name]:
                yield f"“{name}” is called “{said[name]}” like another beside it"


def _said(written: Catalog, name: str, context: str) -> str:
    found = written.get(name, context)
    return str(found.string) if found is not None and found.string and not found.fuzzy else name
