"""A folder of as many montages as a benchmark wants, made of those that ship."""

import re
from pathlib import Path

from bot.catalogue.loading import catalogue_folder


def many_montages(folder: Path, number: int) -> Path:
    """Write `number` files into `folder`: the shipped ones again and again, each time under other names."""
    shipped = sorted(catalogue_folder().glob("*.toml"))
    for written in range(number):
        file, again = shipped[written % len(shipped)], written // len(shipped)
        text = re.sub(r'^film = "', f'film = "{"Again " * again}', file.read_text(encoding="utf-8"))
        (folder / f"again-{again}-{file.name}"[-60:].lstrip("-")).write_text(text, encoding="utf-8")
    return folder
