"""The parts of the documents and of .env.example that are written by the code they describe.

`python -m tests.docs` writes them anew; `tests/test_docs.py` fails while they are not current.
"""

import re
from collections.abc import Callable
from pathlib import Path

from bot.app import create_bot
from bot.help import entries, table
from bot.privacy import policy
from bot.settings import Settings, variables

ROOT = Path(__file__).parents[1]


def env_example() -> str:
    """`.env.example`: every setting with what it does and its default."""
    parts = ["# Copy this file to .env. A line that starts with # leaves the default in place.\n"]
    for name, default, says in variables():
        line = f"{name}=" if name == "DISCORD_TOKEN" else f"#{name}={default}"
        parts.append(f"# {says}\n{line}\n")
    return "\n".join(parts)


def settings_table() -> str:
    """The table of settings in docs/operate.md."""
    rows = [f"| `{name}` | {f'`{default}`' if default else ''} | {says} |" for name, default, says in variables()]
    return "\n".join(["| setting | default | what it does |", "| --- | --- | --- |", *rows])


def commands_table() -> str:
    """The README's table of commands."""
    return table(entries(create_bot(Settings()).tree))


# Everything that people read about the bot outside Discord.
DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md")),
)
# The generated sections, by the document that has them: between `<!-- name -->` and `<!-- /name -->`.
SECTIONS: dict[str, tuple[str, Callable[[], str]]] = {
    "README.md": ("commands", commands_table),
    "docs/operate.md": ("settings", settings_table),
    "docs/privacy.md": ("privacy", policy),
}


def current(document: str) -> str:
    """The document with its generated section current."""
    text = (ROOT / document).read_text(encoding="utf-8")
    name, section = SECTIONS[document]
    pattern = re.compile(rf"(<!-- {name} -->\n).*?(\n<!-- /{name} -->)", re.DOTALL)
    found = pattern.search(text)
    assert found, f"{document} has no section {name}"
    return text[: found.end(1)] + section() + text[found.start(2) :]


if __name__ == "__main__":
    (ROOT / ".env.example").write_text(env_example(), encoding="utf-8")
    for document in SECTIONS:
        (ROOT / document).write_text(current(document), encoding="utf-8")
