"""From the bytes of a file to rows of text: any spreadsheet's CSV, or lines that people type. No I/O."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.errors import UserError
from bot.languages import N_, _, listed, numeral
from bot.suggestions.bulk.columns import COLUMNS, NEEDED, columns_of, undefused
from bot.ui.text import clean, cut, escape, quoted

# Five hundred long rows in UTF-16 are less than that.
BYTES_AT_MOST = 2_000_000
ROWS_AT_MOST = 500

_DELIMITERS = (",", ";", "\t", "|")
# How many lines are looked at where there is no heading.
_LOOKED_AT = 20
_CELL_AT_MOST = 2_000
_SHOWN_AT_MOST = 40

_ARCHIVE = N_("That is a zip, or a workbook of a spreadsheet: save it as CSV there (“Save as”), and send me that.")
_NO_TEXT = N_("That is no list, whatever its name says: I read CSV, or plain text with a line for each montage.")
_BEGINNINGS = {
    b"PK\x03\x04": _ARCHIVE,
    b"\xd0\xcf\x11\xe0": _ARCHIVE,
    b"\x1f\x8b": _ARCHIVE,
    b"\x89PNG": _NO_TEXT,
    b"\xff\xd8\xff": _NO_TEXT,
    b"GIF8": _NO_TEXT,
    b"RIFF": _NO_TEXT,
    b"%PDF": _NO_TEXT,
}
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}

# What the standard library says of a quotation mark that is never closed.
_NEVER_ENDS = "unexpected end of data"

_NAMED_DELIMITER = re.compile(r'"?sep=(?P<delimiter>[,;\t|])"?\s*(?:\r\n|\r|\n)', re.IGNORECASE)
_YEAR_CELL = re.compile(r"\s*[(\[]?(?P<year>1[89]\d\d|20\d\d)(?:[.,]0+)?[)\]]?\s*")
_BULLET = re.compile(r"^\s*(?:[-*•·–—>]|\d{1,3}[.)](?=\s))\s*")
# `Rocky IV (1985): Farm in the snow, from <@123>`
_LINE = re.compile(r"(?P<film>.+?)\s*[(\[](?P<year>1[89]\d\d|20\d\d)[)\]]\s*[-–—:,;.|]*\s*(?P<rest>.*)")
_WHO = re.compile(r"[\s,;:–—(-]+(?:(?:from|by)\s+)?(?P<who><@!?\d{15,20}>|@[\w.]{2,32})\)?\s*$")


class ListRow(NamedTuple):
    """One line of a list, every cell a text. `number` counts the rows of the file from 1, as a spreadsheet does."""

    number: int
    cells: Mapping[str, str]
    problem: str = ""  # why nothing can be made of it


class ReadList(NamedTuple):
    """What a file says; `unknown` are headings of columns that were left alone."""

    rows: list[ListRow]
    unknown: list[str]


def read_list(content: bytes) -> ReadList:
    """The rows of a list. Raises UserError, with a sentence, for a file that is none."""
    text = _decoded(content)
    named = _NAMED_DELIMITER.match(text)
    delimiter = named["delimiter"] if named else _delimiter_of(text)
    if delimiter is None:
        found = ReadList(list(_typed_lines(text)), [])
    else:
        found = _table(text[named.end() :] if named else text, delimiter, 1 if named else 0)
    if not found.rows:
        raise UserError(_("There is no montage in that file, not one. A line for each: film, year, scene, who."))
    if len(found.rows) > ROWS_AT_MOST:
        raise UserError(
            _(
                "That list has {rows} rows, and I lift {rows_at_most} at a time: split it, please.",
                rows=numeral(len(found.rows)),
                rows_at_most=ROWS_AT_MOST,
            )
        )
    return found


def _decoded(content: bytes) -> str:
    """The text of the file, in whichever encoding a spreadsheet wrote it."""
    for beginning, sentence in _BEGINNINGS.items():
        if content.startswith(beginning):
            raise UserError(_(sentence))
    try:
        text = content.decode(_encoding_of(content), errors="strict")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    unreadable = sum(1 for character in text if character < " " and character not in "\t\r\n\f\v")
    if "\0" in text or unreadable > len(text) // 100:
        raise UserError(_(_NO_TEXT))
    return text


def _encoding_of(content: bytes) -> str:
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return encoding
    # Without a mark: in UTF-16 every other byte of most letters is zero.
    even, odd = content[0:2000:2].count(0), content[1:2000:2].count(0)
    if odd > 5 * even and odd * 4 > min(len(content), 2000) // 2:
        return "utf-16-le"
    if even > 5 * odd and even * 4 > min(len(content), 2000) // 2:
        return "utf-16-be"
    return "utf-8"


def _records(text: str, delimiter: str, *, strict: bool = False) -> Iterator[list[str]]:
    """The records of a table; a cell may hold line breaks."""
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)


def _all_records(text: str, delimiter: str) -> list[list[str]]:
    """The same. Raises UserError for a cell that never ends, for all that follows would be part of it."""
    lost = UserError(
        _("I lose the thread in the middle of that file: there is a quotation mark too many, or one too few.")
    )
    try:
        return list(_records(text, delimiter, strict=True))
    except csv.Error as problem:
        if _NEVER_ENDS in str(problem):
            raise lost from problem
    try:  # words behind a closing mark, which spreadsheets forgive
        return list(_records(text, delimiter))
    except csv.Error as problem:
        raise lost from problem


def _first_records(text: str, delimiter: str) -> list[list[str]]:
    """The first few that hold anything."""
    found: list[list[str]] = []
    try:
        for record in _records(text, delimiter):
            if any(cell.strip() for cell in record):
                found.append(record)
            if len(found) == _LOOKED_AT:
                break
    except csv.Error:
        return found  # it is told once the delimiter is known
    return found


def _delimiter_of(text: str) -> str | None:
    """What stands between two cells: the heading says so, or else where the years stand; None for plain lines."""
    first = {delimiter: _first_records(text, delimiter) for delimiter in _DELIMITERS}
    named = {delimiter: len(columns_of(records[0])) if records else 0 for delimiter, records in first.items()}
    best = max(_DELIMITERS, key=named.__getitem__)
    if named[best] >= 2:
        return best
    years = {
        delimiter: sum(len(record) >= len(NEEDED) and _year_at(record) is not None for record in records)
        for delimiter, records in first.items()
    }
    best = max(_DELIMITERS, key=years.__getitem__)
    return best if years[best] else None


def _year_at(cells: Sequence[str]) -> int | None:
    """Where the year stands: first or second, for a film may be called 2012."""
    for index in (1, 0):
        if index < len(cells) and _YEAR_CELL.fullmatch(cells[index]):
            return index
    return None


def _table(text: str, delimiter: str, before: int) -> ReadList:
    """`before`: rows of the file that were read already."""
    rows: list[ListRow] = []
    unknown: list[str] = []
    where: dict[str, int] | None = None
    width = 0
    for number, record in enumerate(_all_records(text, delimiter), before + 1):
        cells = [undefused(cell.strip()) for cell in record]
        if not any(cells):
            continue
        if where is None:
            where = columns_of(cells)
            if len(where) >= 2:
                width, unknown = len(cells), _unknown(cells, where)
                continue
            where = {}
        rows.append(_by_heading(number, cells, where, width) if where else _by_place(number, cells))
    return ReadList(rows, unknown)


def _unknown(cells: Sequence[str], where: Mapping[str, int]) -> list[str]:
    if missing := [column for column in NEEDED if column not in where]:
        there = listed(quoted(escape(cut(clean(cell), _SHOWN_AT_MOST))) for cell in cells if cell)
        raise UserError(
            _(
                "I need columns called film, year and scene. The first line has {there}, and I miss {missing}.",
                there=there,
                missing=listed(missing),
            )
        )
    return [
        cut(clean(cell), _SHOWN_AT_MOST) for index, cell in enumerate(cells) if cell and index not in where.values()
    ]


def _by_heading(number: int, cells: Sequence[str], where: Mapping[str, int], width: int) -> ListRow:
    if any(cells[width:]):
        return ListRow(number, _cut({"film": cells[where["film"]]}), _("it has more cells than the heading"))
    return ListRow(number, _cut({column: cells[at] for column, at in where.items() if at < len(cells)}))


def _by_place(number: int, cells: Sequence[str]) -> ListRow:
    """Without a heading: film, year, scene, who and so on, or the year first."""
    at = _year_at(cells)
    others = [cell for index, cell in enumerate(cells) if index != at]
    names = [column for column in COLUMNS if column != "year"]
    found = dict(zip(names, others, strict=False))
    if at is not None:
        found["year"] = cells[at]
    return ListRow(number, _cut(found))


def _typed_lines(text: str) -> Iterator[ListRow]:
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        line = _BULLET.sub("", line, count=1).strip()  # noqa: PLW2901 - the line without its bullet
        if not line:
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            yield ListRow(number, _cut({"film": line}), _("I can't tell film, year and scene apart in it"))
            continue
        rest, who = match["rest"], ""
        if (named := _WHO.search(f" {rest}")) is not None:
            rest, who = f" {rest}"[: named.start()].strip(), named["who"]
        yield ListRow(number, _cut({"film": match["film"], "year": match["year"], "scene": rest, "who": who}))


def _cut(cells: Mapping[str, str]) -> dict[str, str]:
    """The cells that hold anything. Nobody reads more of one than that; what is too long is told."""
    found = {column: cut(cell, _CELL_AT_MOST) for column, cell in cells.items() if cell}
    if (year := _YEAR_CELL.fullmatch(found.get("year", ""))) is not None:
        found["year"] = year["year"]
    return found
