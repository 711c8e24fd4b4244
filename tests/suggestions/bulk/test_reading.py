"""Lists as people have them: any spreadsheet's CSV, lines typed by hand, and files that are no list at all."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.languages import _, languages, speaking
from bot.suggestions.bulk.columns import COLUMNS, column_of, columns_of, defused, undefused
from bot.suggestions.bulk.reading import ROWS_AT_MOST, read_list
from bot.suggestions.bulk.writing import written
from bot.suggestions.entry import LABELS, Typed, read_entry
from bot.ui.text import clean

ROCKY = {"film": "Rocky IV", "year": "1985", "scene": "Farm in the snow"}


def rows(text: str, encoding: str = "utf-8") -> list[dict[str, str]]:
    return [dict(row.cells) for row in read_list(text.encode(encoding)).rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_what_spreadsheets_write(delimiter: str, encoding: str, line_end: str, last: bool) -> None:
    table = [
        ["film", "year", "scene", "who"],
        ["Amélie café", "2001", "Crème brûlée, cracked; twice", "<@123456789012345678>"],
    ]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=line_end).writerows(table)
    content = text.getvalue() if last else text.getvalue().removesuffix(line_end)
    assert rows(content, encoding) == [dict(zip(table[0], table[1], strict=True))]


def test_quoted_line_breaks_and_blank_lines_keep_the_numbers_of_the_spreadsheet() -> None:
    read = read_list(
        b'film,year,scene,why\r\n\r\nRocky IV,1985,Farm,"He lifts\r\nlogs"\r\n,,,\r\nRocky,1976,Steps,\r\n'
    )
    assert [(row.number, row.cells["film"]) for row in read.rows] == [(3, "Rocky IV"), (5, "Rocky")]
    assert clean(read.rows[0].cells["why"]) == "He lifts logs"


@pytest.mark.parametrize(
    "heading",
    [
        "scene,film,year",
        "Szene;Titel;Jahr",
        "Escena\tPelícula\tAño",
        "SCÈNE|FILM|ANNÉE",
        "場面,映画,年",
        "scene,movie title,Release Year",
    ],
)
def test_a_heading_in_another_order_or_language(heading: str) -> None:
    delimiter = next(d for d in ";\t|," if d in heading)
    assert rows(f"{heading}\n" + delimiter.join(("Farm in the snow", "Rocky IV", "1985"))) == [ROCKY]


def test_columns_that_nobody_knows_are_left_alone_and_named() -> None:
    read = read_list(b"rating;film;year;scene\n5;Rocky IV;1985;Farm in the snow\n")
    assert read.unknown == ["rating"] and [dict(row.cells) for row in read.rows] == [ROCKY]


@pytest.mark.parametrize(
    "text",
    [
        "Rocky IV,1985,Farm in the snow\n",
        "Rocky IV;1985;Farm in the snow",
        "1985\tRocky IV\tFarm in the snow\n",
        "Rocky IV (1985): Farm in the snow",
        "- Rocky IV (1985) - Farm in the snow\n",
        "3. Rocky IV [1985] – Farm in the snow",
        "sep=;\r\nfilm;year;scene\r\nRocky IV;1985;Farm in the snow",
        "Rocky IV,(1985),Farm in the snow",
        "film,year,scene\nRocky IV,1985.0,Farm in the snow",
    ],
)
def test_with_and_without_a_heading(text: str) -> None:
    assert rows(text) == [ROCKY]


def test_who_at_the_end_of_a_line() -> None:
    mention = "<@123456789012345678>"
    for line in (f"Rocky IV (1985): Farm in the snow, from {mention}", f"Rocky IV,1985,Farm in the snow,{mention}"):
        assert rows(line) == [ROCKY | {"who": mention}]
    assert rows("2012 (2009): The ark is boarded - @ana") == [
        {"film": "2012", "year": "2009", "scene": "The ark is boarded", "who": "@ana"}
    ]


def test_a_comma_in_prose_is_no_column() -> None:
    assert rows("Rocky IV (1985): Logs, sledges, and a beard")[0]["scene"] == "Logs, sledges, and a beard"


def test_a_line_that_is_no_montage_says_so() -> None:
    (row,) = read_list(b"Rocky IV (1985): Farm\nsomething else entirely").rows[1:]
    assert row.problem and row.cells["film"] == "something else entirely"


def test_more_cells_than_the_heading_has_is_told() -> None:
    (row,) = read_list(b"film,year,scene\nRocky IV,1985,Farm, in the snow\n").rows
    assert "more cells" in row.problem


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04rest of a workbook", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "zip"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "no list"),
        (b"\xff\xd8\xff\xe0 JFIF", "no list"),
        (bytes(range(256)) * 4, "no list"),
        (b"\n\n   \n", "no montage"),
        (b"film,year,scene\n", "no montage"),
        (b"film,year\nRocky,1976\n", "I miss scene"),
        (b'film,year,scene\n"Rocky,1976,Steps\nRocky II,1979,Again\n', "quotation mark"),
        (b'film,year,scene\n"' + b"x" * 200_000 + b'",1976,Steps\n', "quotation mark"),
        (b"film,year,scene\n" + b"Rocky,1976,Steps\n" * (ROWS_AT_MOST + 1), "501 rows"),
    ],
)
def test_what_is_no_list_gets_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(UserError, match=said):
        read_list(content)


def test_as_many_as_fit() -> None:
    assert len(read_list(b"film,year,scene\n" + b"Rocky,1976,Steps\n" * ROWS_AT_MOST).rows) == ROWS_AT_MOST


def test_words_behind_a_closing_mark_are_forgiven() -> None:
    assert rows('film,year,scene\n"Eye" of the Tiger,1982,Running\n')[0]["film"].startswith("Eye")


@given(st.binary(max_size=300))
def test_nothing_but_a_sentence_comes_of_any_bytes(content: bytes) -> None:
    try:
        read_list(content)
    except UserError as sentence:
        assert str(sentence)[0].isupper()


def test_every_column_is_known_by_its_own_name() -> None:
    assert columns_of(COLUMNS) == {column: index for index, column in enumerate(COLUMNS)}
    assert column_of("  FILM ") == "film" and column_of("rating") is None
    for headings in ("Фільм|Рік|Сцена", "Film adı|Yıl|Sahne", "Tytuł|Rok|Scena", "शीर्षक|वर्ष|दृश्य"):
        assert list(columns_of(headings.split("|"))) == ["film", "year", "scene"]


@given(st.text())
def test_a_cell_is_defused_and_reads_back_as_it_was(cell: str) -> None:
    assert undefused(defused(cell)) == cell
    assert not defused(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


_WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=15, max_size=60)


@given(
    st.lists(
        st.tuples(_WORDS, st.integers(1890, 2026).map(str), _WORDS, _WORDS),
        min_size=1,
        max_size=4,
    )
)
def test_what_is_written_reads_back_unchanged(table: list[tuple[str, str, str, str]]) -> None:
    """Of what a suggestion can hold: the rules of the form have been over it before."""
    entries = [read_entry(Typed(film, year, scene, why, "boxing"), 2026)[0] for film, year, scene, why in table]
    kept = [
        (entry.film, str(entry.year), entry.scene, "", entry.why, entry.discipline, entry.link or "")
        for entry in entries
        if entry is not None
    ]
    if kept:
        read = read_list(written(kept)).rows
        assert [tuple(row.cells.get(column, "") for column in COLUMNS) for row in read] == kept


@pytest.mark.parametrize("language", languages())
def test_a_column_is_known_by_the_label_that_the_form_has(language: str) -> None:
    with speaking(language):
        for column, label in LABELS.items():
            assert column_of(f" {_(label).upper()} ") == column
        heading = ",".join(f'"{_(LABELS[column])}"' for column in ("scene", "year", "film"))
        (row,) = read_list(f"{heading}\nThe stairs,1976,Rocky\n".encode()).rows
        assert row.cells == {"film": "Rocky", "year": "1976", "scene": "The stairs"}
