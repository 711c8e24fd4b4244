"""Named parameters (`:name`) as PostgreSQL numbers them (`$1`). No I/O."""

import re
from functools import lru_cache

# Statements kept; the bot has some two hundred, and each is translated once (4 µs and more, by its length).
_KEPT = 2_000

# What is left as it is comes first: texts, quoted names, comments, dollar-quoted bodies, casts. PostgreSQL takes
# comments inside each other, which nobody writes here.
_TOKENS = re.compile(
    r"""
      [eE]'(?:[^'\\]|\\.|'')*'
    | '(?:[^']|'')*'
    | "(?:[^"]|"")*"
    | --[^\n]*
    | /\*.*?\*/
    | (?P<tag>\$(?:[A-Za-z_]\w*)?\$).*?(?P=tag)
    | ::
    | :(?P<name>[A-Za-z_]\w*)
    """,
    re.DOTALL | re.VERBOSE,
)


@lru_cache(_KEPT)
def positional(sql: str) -> tuple[str, tuple[str, ...]]:
    """The statement with numbers in place of names, and the names in the order of their numbers."""
    names: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        name = found["name"]
        return found[0] if name is None else f"${names.setdefault(name, len(names) + 1)}"

    return _TOKENS.sub(number, sql), tuple(names)
