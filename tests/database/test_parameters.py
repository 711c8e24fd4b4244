"""Named parameters become numbers, and what only looks like one stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.database import either
from bot.database.database import for_postgresql
from bot.database.parameters import positional


@pytest.mark.parametrize(
    ("sql", "text", "names"),
    [
        ("SELECT :a, :b, :a", "SELECT $1, $2, $1", ("a", "b")),
        ("SELECT ':a', :b", "SELECT ':a', $1", ("b",)),
        ("SELECT 'it''s :a', :b", "SELECT 'it''s :a', $1", ("b",)),
        (r"SELECT E'\' :a', :b", r"SELECT E'\' :a', $1", ("b",)),
        ('SELECT ":a" FROM t WHERE x=:b', 'SELECT ":a" FROM t WHERE x=$1', ("b",)),
        ("SELECT :a::bigint -- :b\n, :c", "SELECT $1::bigint -- :b\n, $2", ("a", "c")),
        ("SELECT /* :a\n :b */ :c", "SELECT /* :a\n :b */ $1", ("c",)),
        ("DO $$ :a $$; SELECT $x$ :b $$ $x$, :c", "DO $$ :a $$; SELECT $x$ :b $$ $x$, $1", ("c",)),
        ("SELECT a[1:2], ':'", "SELECT a[1:2], ':'", ()),
    ],
)
def test_what_is_a_parameter_and_what_is_not(sql: str, text: str, names: tuple[str, ...]) -> None:
    assert positional(sql) == (text, names)


_PIECES = st.sampled_from(["':x'", '":x"', "-- :x\n", "/*:x*/", "a::text", "$q$ :x $q$", " + ", "''", "'a''b'"])


@given(st.lists(st.one_of(_PIECES, st.sampled_from([":p", ":q", ":r"])), max_size=20))
def test_everything_else_stays_as_it_is(pieces: list[str]) -> None:
    text, names = positional(" ".join(pieces))
    for number, name in enumerate(names, 1):
        text = text.replace(f"${number}", f":{name}")
    assert text == " ".join(pieces)
    assert set(names) == {piece[1:] for piece in pieces if piece in (":p", ":q", ":r")}


def test_a_statement_in_two_texts_is_sqlites_until_it_is_asked() -> None:
    statement = either("SELECT 1", "SELECT 2")
    assert statement == "SELECT 1" and for_postgresql(statement) == "SELECT 2"
    assert for_postgresql("SELECT 3") == "SELECT 3"
