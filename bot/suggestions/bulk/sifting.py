"""What can be made of the rows of a list: what is new, what is near something known, what is left out and why."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.languages import _, apart
from bot.suggestions.bulk.reading import ListRow
from bot.suggestions.duplicates import Known, alike, best_of, same_montage
from bot.suggestions.entry import LABELS, Entry, Typed, read_entry
from bot.ui.text import clean, cut
from bot.ui.turns import in_portions

# A list need not say these: nobody is asked to type five hundred reasons.
_MAY_BE_EMPTY = frozenset({"why", "discipline"})
_DISCIPLINE = "training"
_MENTION = re.compile(r"<@!?(?P<id>\d{15,20})>|(?P<number>\d{15,20})")
_LARGEST_ID = 2**63 - 1
_SHOWN_AT_MOST = 60
# Montages compared with one row before others get a turn.
_COMPARED_AT_ONCE = 100


class Understood(NamedTuple):
    """A row that can become a suggestion. `near` is what it may be already."""

    number: int
    entry: Entry
    author_id: int | None
    near: Known | None = None


class LeftOut(NamedTuple):
    """A row that can't, and why."""

    number: int
    called: str
    reason: str


class Sifted(NamedTuple):
    """A list, sorted. `unnamed`: how many rows say who by a name, which tells me nobody."""

    understood: list[Understood]
    left_out: list[LeftOut]
    unnamed: int

    @property
    def near(self) -> list[Understood]:
        """Those that may be there already."""
        return [row for row in self.understood if row.near is not None]

    @property
    def new(self) -> list[Understood]:
        """Those that surely are not."""
        return [row for row in self.understood if row.near is None]


async def sift(rows: Sequence[ListRow], known: Sequence[Known], this_year: int) -> Sifted:
    """Sort the rows of a list; `known` is what the server has already."""
    understood: list[Understood] = []
    left_out: list[LeftOut] = []
    earlier: list[Known] = []
    unnamed = 0
    for row in rows:
        called = cut(clean(row.cells.get("film", "")), _SHOWN_AT_MOST) or _("a row without a film")
        entry, problem = (None, row.problem) if row.problem else _entry_of(row, this_year)
        if entry is None:
            left_out.append(LeftOut(row.number, called, problem))
            continue
        asked = (entry.film, entry.year, entry.scene)
        found: list[tuple[float, Known]] = []
        async for portion in in_portions([*known, *earlier], _COMPARED_AT_ONCE):
            found += alike(*asked, portion)
        same = next((one for _score, one in found if same_montage(*asked, one)), None)
        if same is not None:
            why = _("it is row {id} again", id=same.id) if same in earlier else _("it is here already")
            left_out.append(LeftOut(row.number, called, why))
            continue
        near = best_of(found)
        author_id = author_in(row.cells.get("who", ""))
        unnamed += author_id is None and bool(row.cells.get("who"))
        understood.append(Understood(row.number, entry, author_id, near[0] if near else None))
        earlier.append(Known(str(row.number), *asked))
    return Sifted(understood, left_out, unnamed)


def author_in(cell: str) -> int | None:
    """The member whom a cell mentions, or names by their id; a name alone may be anybody's."""
    match = _MENTION.fullmatch(cell.strip())
    if match is None:
        return None
    number = int(match["id"] or match["number"])
    return number if number <= _LARGEST_ID else None


def _entry_of(row: ListRow, this_year: int) -> tuple[Entry | None, str]:
    """(what it becomes, or why it can't)."""
    cells = row.cells
    why = f"{cells.get('why', '')} {cells.get('link', '')}".strip()
    typed = Typed.from_values({**cells, "why": why})
    entry, problems = read_entry(typed, this_year, may_be_empty=_MAY_BE_EMPTY)
    if entry is None:
        return None, apart(_problem(name, problem) for name, problem in problems.items())
    return entry._replace(discipline=entry.discipline or _DISCIPLINE), ""


def _problem(name: str, problem: str) -> str:
    # For translators: {field} is a column of the list, as “Film”; {problem} is what it does, as “is empty”.
    return _("“{field}” {problem}", field=_(LABELS[name]), problem=problem)
