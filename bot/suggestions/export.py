"""`python -m bot export`: a server's accepted suggestions as files of the catalogue, to be completed."""

import asyncio
import json
import re
import textwrap
import unicodedata
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from bot import clock
from bot.catalogue import load_catalogue
from bot.catalogue.definition import FIELDS, Field
from bot.database import Database
from bot.errors import StartError
from bot.suggestions.store import SuggestionStore
from bot.suggestions.suggestion import Suggestion
from bot.ui.text import count
from bot.voting.store import VoteStore

_WIDTH = 100


def export(database: Path, server: int, folder: Path) -> str:
    """Write one file for each; returns what to tell the operator. A file that is there already is left alone.

    Raises StartError where there is no such database, or another process has it open.
    """
    if not database.is_file():
        raise StartError(f"There is no database {database}. MONTAGE_DATABASE says which one to read.")
    accepted = asyncio.run(_accepted(database, server))
    if not accepted:
        return f"Server {server} has accepted no suggestions in {database}."
    catalogue = load_catalogue()
    taken = {montage.id for montage in catalogue.shipped}
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    for suggestion, heading in accepted:
        name = file_name(suggestion, taken)
        taken.add(name)
        family = catalogue.family_of(suggestion.entry.discipline)
        try:
            with (folder / f"{name}.toml").open("x", encoding="utf-8") as file:
                file.write(as_toml(suggestion, family, heading))
        except FileExistsError:
            continue
        written += 1
    there = len(accepted) - written
    return (
        f"{count(written, 'montage')} written to {folder}"
        + (f"; {count(there, 'file')} there already, left alone" if there else "")
        + f". Complete what is marked TODO; `python -m bot check {folder}` says what is missing."
    )


async def _accepted(path: Path, server: int) -> list[tuple[Suggestion, str]]:
    """Every accepted suggestion of the server, with a line on how it was accepted."""
    database = Database(path)
    await database.open()
    try:
        accepted = [(s, at) for s, at in await SuggestionStore(database).accepted() if s.place == server]
        tallies = await VoteStore(database).tallies(server)
    finally:
        await database.close()
    found = []
    for suggestion, at in accepted:
        tally = tallies.get(suggestion.montage_id)
        votes = f", {tally.up} for and {tally.down} against" if tally else ""
        line = f"Suggestion {suggestion.id} of server {server}, accepted {clock.moment(at):%Y-%m-%d}{votes}."
        found.append((suggestion, line))
    return found


def file_name(suggestion: Suggestion, taken: Collection[str]) -> str:
    """`rocky-iv-1985`, or with the suggestion's number where that is taken or nothing of the title is left."""
    plain = unicodedata.normalize("NFKD", suggestion.entry.film).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:60]
    name = f"{slug}-{suggestion.entry.year}" if slug else f"{suggestion.entry.year}-{suggestion.montage_id}"
    return f"{name}-{suggestion.montage_id}" if name in taken else name


def as_toml(suggestion: Suggestion, family: str, heading: str) -> str:
    """The file's text: what is known, and a TODO for everything that a montage needs besides."""
    return "\n".join([f"# {heading}", *_lines(suggestion, family)]) + "\n"


def _lines(suggestion: Suggestion, family: str) -> Iterator[str]:
    entry = suggestion.entry
    if entry.link:
        yield f"# Its author gave this address: {entry.link}"
    yield "# The words are a member's own: ask them before you offer it, and complete what is marked TODO."
    yield ""
    known: dict[str, Any] = {
        "film": entry.film,
        "year": entry.year,
        "scene": entry.scene,
        "discipline": entry.discipline,
        "family": family,
        "blurb": entry.why,
    }
    for name, field in FIELDS.items():
        value = known.get(name)
        if value:
            for path, reason in field.problems(value):
                yield f"# TODO {name}{path} {reason}"
            yield f"{name} = {_toml(name, value)}"
        elif field.required:
            yield f"# TODO {name} = {_empty(field)}  # {field.says}{_choices(field)}"


def _toml(name: str, value: Any) -> str:
    if name == "blurb":
        wrapped = textwrap.wrap(value, _WIDTH, break_long_words=False, break_on_hyphens=False)
        return '"""\n' + "\n".join(_quoted(line)[1:-1] for line in wrapped) + '\n"""'
    return str(value) if isinstance(value, int) else _quoted(value)


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's is one, but for the one control character that JSON leaves as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _empty(field: Field) -> str:
    return {"list": "[]", "number": "0"}.get(field.kind, '""')


def _choices(field: Field) -> str:
    return f" One of: {', '.join(field.choices)}." if field.choices else ""
