"""What is missing in a language, or would look broken: as a list of sentences for its translators."""

import re
from collections import Counter
from collections.abc import Iterator
from time import perf_counter

from babel.messages import Catalog
from babel.messages.catalog import Message

from bot.languages.catalogues import MESSAGES, compiled, file_of, names_of
from bot.languages.command_names import (
    CHOICE,
    CHOICE_AT_MOST,
    DESCRIPTION_AT_MOST,
    MENU,
    NAME,
    OPTION,
    distinct,
    why_not,
)
from bot.translating.extracting import commands, everything
from bot.translating.updating import read

_PLACEHOLDERS = re.compile(r"\{(\w+)[^{}]*\}")
# What makes words look different, or does something: it has to be there as often as in the English.
_MARKUP = re.compile(r"\*\*|\|\||`[^`]*`|^#{1,3} |^-# |^- |^> ", re.MULTILINE)


def check() -> int:
    """Print what has to be mended, language by language, and how long each takes to read; 1 where there is any."""
    messages, faults = everything(), 0
    descriptions = {node.description for command in commands() for node in command.walk()}
    for language in sorted(names_of(MESSAGES)):
        file = file_of(MESSAGES, language)
        began = perf_counter()
        compiled(file)
        print(f"{language}: read in {(perf_counter() - began) * 1000:.0f} ms")
        for fault in faults_of(messages, read(file), descriptions):
            faults += 1
            print(f"  {fault}")
    print(f"{len(messages)} messages, {faults} to mend.")
    return 1 if faults else 0


def faults_of(messages: Catalog, written: Catalog, descriptions: set[str]) -> Iterator[str]:
    """What is wrong in one language. `descriptions`: the messages that Discord is told as such."""
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
            yield from (f"{called} {fault}" for fault in _differences(message, found, descriptions))
    yield from _alike(written)


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def _short(message: Message) -> str:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return text if len(text) <= 60 else f"{text[:59]}…"


def _differences(message: Message, found: Message, descriptions: set[str]) -> Iterator[str]:
    english = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    many = english[-1]
    for form in _forms(found):
        placeholders, wanted = set(_PLACEHOLDERS.findall(form)), set(_PLACEHOLDERS.findall(many))
        if isinstance(message.id, tuple):  # “one vote” needs no number
            placeholders, wanted = placeholders | {"number"}, wanted | {"number"}
        if placeholders != wanted:
            ours, theirs = _names(placeholders - wanted), _names(wanted - placeholders)
            yield f"has other placeholders than the English: {ours} and not {theirs}"
        markup, expected = Counter(_MARKUP.findall(form)), Counter(_MARKUP.findall(many))
        if markup != expected:
            yield f"has other Markdown than the English: {_names((markup - expected) + (expected - markup))}"
        yield from _too_long(message, form, descriptions)


def _too_long(message: Message, form: str, descriptions: set[str]) -> Iterator[str]:
    if message.context in (NAME, OPTION, MENU) and (reason := why_not(message.context, form)):
        yield f"can't be called “{form}”: {reason}"
    most = (
        CHOICE_AT_MOST if message.context == CHOICE else DESCRIPTION_AT_MOST if message.id in descriptions else None
    )
    if most is not None and len(form) > most:
        yield f"has {len(form)} characters, and {most} fit"


def _names(found: set[str] | Counter[str]) -> str:
    return ", ".join(sorted(found)) or "none"


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
