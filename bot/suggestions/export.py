"""`python -m bot export`: a server's accepted suggestions as files of the catalogue, to be completed."""

import asyncio
import tomllib
from collections.abc import Collection
from pathlib import Path

from bot import clock
from bot.catalogue import load_catalogue
from bot.catalogue.definition import FIELDS, problems_of
from bot.catalogue.skeleton import identity, skeleton
from bot.database import a_copy_of
from bot.errors import StartError
from bot.settings import Address
from bot.suggestions.store import SuggestionStore
from bot.suggestions.suggestion import Suggestion
from bot.suggestions.traces import Traces
from bot.ui.text import count
from bot.voting import VoteStore


def export(database: Address, server: int, folder: Path) -> str:
    """Write one file for each; returns what to tell the operator. A file that is there already is left alone.

    Raises StartError where there is no such database, or it cannot be read.
    """
    if isinstance(database, Path) and not database.is_file():
        raise StartError(f"There is no database {database}. MONTAGE_DATABASE says which one to read.")
    accepted = asyncio.run(_accepted(database, server))
    if not accepted:
        return f"Server {server} has accepted no suggestions in {database}."
    catalogue = load_catalogue()
    taken = {montage.id for montage in catalogue.shipped}
    written = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for suggestion, heading in accepted:
            name = file_name(suggestion, taken)
            taken.add(name)
            family = catalogue.family_of(suggestion.entry.discipline)
            written += _written(folder / f"{name}.toml", as_toml(suggestion, family, heading))
    except OSError as problem:
        raise StartError(f"{folder} cannot be written to: {problem.strerror}. Name another folder.") from problem
    there = len(accepted) - written
    return (
        f"{count(written, 'montage')} written to {folder}"
        + (f"; {count(there, 'file')} there already, left alone" if there else "")
        + f". Complete what is marked TODO; `python -m bot check {folder}` says what is missing."
    )


def _written(file: Path, text: str) -> bool:
    """Write a file; False where there is one already."""
    try:
        with file.open("x", encoding="utf-8") as new:
            new.write(text)
    except FileExistsError:
        return False
    return True


async def _accepted(path: Address, server: int) -> list[tuple[Suggestion, str]]:
    """Every accepted suggestion of the server, with a line on how it was accepted."""
    async with a_copy_of(path) as database:  # a bot may be running on it
        store = SuggestionStore(database, Traces(database))
        accepted = [(s, at) for s, at in await store.accepted() if s.guild_id == server]
        tallies = await VoteStore(database).tallies(server)
    found = []
    for suggestion, at in accepted:
        tally = tallies.get(suggestion.montage_id)
        votes = f", {tally.up} for and {tally.down} against" if tally else ""
        line = f"Suggestion {suggestion.id} of server {server}, accepted {clock.moment(at):%Y-%m-%d}{votes}."
        found.append((suggestion, line))
    return found


def file_name(suggestion: Suggestion, taken: Collection[str]) -> str:
    """`rocky-iv-1985`, or with the suggestion's number where that is taken or nothing of the title is left."""
    name = identity(suggestion.entry.film, suggestion.entry.year).lstrip("-")
    alone = name == str(suggestion.entry.year)
    return f"{name}-{suggestion.montage_id}" if alone or name in taken else name


def as_toml(suggestion: Suggestion, family: str, heading: str) -> str:
    """The file's text: what is known in a skeleton of the rest, under a list of all that is still to do."""
    entry = suggestion.entry
    known: dict[str, object] = {
        "film": entry.film,
        "year": entry.year,
        "scene": entry.scene,
        "discipline": entry.discipline,
        **({"family": family} if family else {}),
        "blurb": entry.why,
    }
    text = skeleton(known)
    about = [heading, *([f"The address that came with it: {entry.link}"] if entry.link else [])]
    to_do = ["The words are a member's own: ask them before this goes anywhere."]
    to_do += [f"{name}: {reason}" for name, reason in problems_of(FIELDS, tomllib.loads(text))]
    to_do.append("content_notes: nobody has looked yet, and an empty list says that somebody did")
    first, _, rest = text.partition("\n")
    return "\n".join([first, *(f"# {line}" for line in about), *(f"# TODO {line}" for line in to_do), rest])
