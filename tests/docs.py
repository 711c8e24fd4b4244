"""The parts of README.md and .env.example that are written by the code they describe.

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
    """The README's table of settings."""
    rows = [f"| `{name}` | {f'`{default}`' if default else ''} | {says} |" for name, default, says in variables()]
    return "\n".join(["| setting | default | what it does |", "| --- | --- | --- |", *rows])


def commands_table() -> str:
    """The README's table of commands."""
    return table(entries(create_bot(Settings()).tree))


# The README's generated sections: between `<!-- name -->` and `<!-- /name -->`.
SECTIONS: dict[str, Callable[[], str]] = {
    "commands": commands_table,
    "settings": settings_table,
    "privacy": policy,
}


def readme() -> str:
    """README.md with its generated sections current."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, section in SECTIONS.items():
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(\n<!-- /{name} -->)", re.DOTALL)
        found = pattern.search(text)
        assert found, f"README.md has no section {name}"
        text = text[: found.end(1)] + section() + text[found.start(2) :]
    return text


if __name__ == "__main__":
    (ROOT / ".env.example").write_text(env_example(), encoding="utf-8")
    (ROOT / "README.md").write_text(readme(), encoding="utf-8")
