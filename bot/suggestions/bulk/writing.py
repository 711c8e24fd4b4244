"""A server's suggestions as files that a spreadsheet opens, and that `/suggestions import` reads again. No I/O."""

import csv
import io
from collections.abc import Iterable, Sequence

from bot.suggestions.bulk.columns import COLUMNS, defused
from bot.suggestions.bulk.reading import ROWS_AT_MOST
from bot.suggestions.suggestion import Suggestion


def cells_of(suggestion: Suggestion) -> tuple[str, ...]:
    """One row, without the names of those who asked for that.

    Who is a mention: a spreadsheet would round so long a number.
    """
    entry = suggestion.entry
    who = f"<@{suggestion.author_id}>" if suggestion.author_id and not suggestion.anonymous else ""
    return (entry.film, str(entry.year), entry.scene, who, entry.why, entry.discipline, entry.link or "")


def as_files(suggestions: Sequence[Suggestion]) -> list[bytes]:
    """So many files that each can be imported again; in UTF-8 with its mark, without which spreadsheets guess."""
    parts = [suggestions[start : start + ROWS_AT_MOST] for start in range(0, len(suggestions), ROWS_AT_MOST)]
    return [written(map(cells_of, part)) for part in parts]


def written(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows under their heading."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([defused(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
