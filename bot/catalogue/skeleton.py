"""`python -m bot new` and `schema`: what helps somebody to write a montage's file."""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.catalogue.definition import FIELDS, Field, json_schema, problems_of
from bot.catalogue.loading import ORDER, catalogue_folder
from bot.catalogue.tokens import plain_words

_NEXT = """Wrote {file}.
1. Fill it in; delete the lines that stay empty. The facts: only those you have looked up. The words: your own.
2. python -m bot check    names every field that has something to mend.
3. Its name is the last in editors-order.txt: move it to where it belongs.
4. python -m bot preview  and `/montage show` show it as people will see it."""


def new(film: str, year: int, folder: Path | None = None) -> int:
    """Write a commented skeleton and say what to do next; status 1 when there is such a file already."""
    folder = folder or catalogue_folder()
    given = {"film": film, "year": year}
    problems = [f"{field}: {reason}" for field, reason in problems_of({n: FIELDS[n] for n in given}, given)]
    name = identity(film, year)
    if not problems and name.startswith("-"):
        problems = ["film: give a title in Latin letters; the file is named after it"]
    file = folder / f"{name}.toml"
    if not problems and file.exists():
        problems = [f"{file} is there already. For another scene of that film add a word to its title."]
    if not problems and not folder.is_dir():
        problems = [f"There is no folder {folder}."]
    if problems:
        print("\n".join(problems), file=sys.stderr)
        return 1
    file.write_text(skeleton(given), encoding="utf-8")
    if (order := folder / ORDER).is_file():
        with order.open("a", encoding="utf-8") as ranks:
            ranks.write(f"{name}\n")
    print(_NEXT.format(file=file))
    return 0


def schema() -> int:
    """Print the JSON Schema of a montage's file, for editors."""
    print(schema_text(), end="")
    return 0


def identity(film: str, year: int) -> str:
    """`rocky-iv-1985`: the file's name, under which votes are kept for ever."""
    words = [re.sub("[^a-z0-9]", "", word) for word in plain_words(film)]
    return f"{'-'.join(filter(None, words))[:59].rstrip('-')}-{year}"


def skeleton(given: Mapping[str, object]) -> str:
    """The text of a file that has only the fields in `given`; the others wait with what they are for."""
    lines = ["#:schema ../montage.schema.json"]
    for name, field in FIELDS.items():
        lines += ["", *_explained(field)]
        if field.kind in ("table", "tables"):
            header = f"[{name}]" if field.kind == "table" else f"[[{name}]]"
            lines.append(f"# {header}")
            lines += [f"# {inner} = {_empty(of)}" for inner, of in (field.inside or {}).items()]
        elif name in given:
            lines.append(f"{name} = {json.dumps(given[name], ensure_ascii=False)}")
        else:
            lines.append(f"{'' if field.required else '# '}{name} = {_empty(field)}")
    return "\n".join(lines) + "\n"


def _explained(field: Field) -> Iterator[str]:
    yield f"# {field.says}" + ("" if field.required else " (May be left out.)")
    if field.choices:
        yield f"# {'One of' if field.kind != 'list' else 'Any of'}: {', '.join(map(str, field.choices))}"


def _empty(field: Field) -> str:
    if field.kind == "list":
        return "[]"
    return '"""\n"""' if field.words and field.words[1] > 20 else "0" if field.kind == "number" else '""'


def schema_text() -> str:
    """The JSON Schema as the repository keeps it."""
    described = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A montage of the catalogue",
        **json_schema(FIELDS),
    }
    return json.dumps(described, indent=2, ensure_ascii=False) + "\n"
