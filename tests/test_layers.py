"""Who may import whom. The packages' order is import-linter's (pyproject.toml); the rest is here."""

import ast
from collections.abc import Iterator
from pathlib import Path

import bot

ROOT = Path(bot.__file__).parent
# Packages that offer what other packages may use in their `__init__`, and nothing else.
OFFERING = sorted({setup.parent.name for setup in ROOT.glob("*/feature.py")} | {"backups", "database", "doctor"})
# numpy comes with it, or asyncpg, so it is imported from where it is, by those who need that.
OFFERED_BESIDES = {"bot.voting.ballots", "bot.voting.sums", "bot.database.postgresql_checking"}
# The command line and the preview, above everything, start single parts.
ABOVE = {"bot.__main__", "bot.preview"}


def imports() -> Iterator[tuple[str, str]]:
    """(module, module that it imports from) of every `from … import …`."""
    for path in ROOT.rglob("*.py"):
        name = ".".join(("bot", *path.relative_to(ROOT).with_suffix("").parts))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                yield name, node.module


def test_a_feature_is_used_by_what_its_package_offers() -> None:
    assert {"voting", "suggestions", "guilds", "montages"} <= set(OFFERING)
    reached = [
        f"{name} imports {module}"
        for name, module in imports()
        for package in OFFERING
        if module.startswith(f"bot.{package}.")
        and not name.startswith(f"bot.{package}.")
        and not any(name == above or name.startswith(f"{above}.") for above in ABOVE)
        and module not in OFFERED_BESIDES
    ]
    assert reached == []
