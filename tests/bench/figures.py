"""What was measured, as a table and as JSON."""

import json
import platform
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import discord


@dataclass(frozen=True, slots=True)
class Figure:
    """The bot beside the floor. `limit` bounds the ratio: from above, or for throughput from below; `at_most`
    bounds the bot's figure by itself.
    """

    what: str
    ours: float
    floor: float
    unit: str
    limit: float | None = None
    extra: float = 0.0  # added to the floor's share: the synced write of a vote
    at_least: bool = False
    at_most: float | None = None

    @property
    def ratio(self) -> float:
        """Ours to the floor's, without what is allowed on top."""
        return (self.ours - self.extra) / self.floor if self.floor else 0.0

    @property
    def goal(self) -> str:
        """The goal in words."""
        if self.at_most is not None:
            return f"< {self.at_most:g} {self.unit}"
        if self.limit is None:
            return ""
        sign = "≥" if self.at_least else "≤"
        return f"{sign} {self.limit:g}" + (f" + {self.extra:.3g} {self.unit}" if self.extra else "")

    @property
    def met(self) -> bool:
        """Whether the goal is reached; True where there is none."""
        if self.at_most is not None:
            return self.ours < self.at_most
        if self.limit is None:
            return True
        return self.ratio >= self.limit if self.at_least else self.ratio <= self.limit


def table(figures: Iterable[Figure]) -> str:
    """As Markdown."""
    lines = ["| what | bot | floor | ratio | goal | |", "|---|---:|---:|---:|---|---|"]
    for f in figures:
        met = "" if not f.goal else "reached" if f.met else "missed"
        lines.append(
            f"| {f.what} | {f.ours:,.3g} {f.unit} | {f.floor:,.3g} {f.unit} | {f.ratio:.2f} | {f.goal} | {met} |"
        )
    return "\n".join(lines)


def keep(figures: Iterable[Figure], path: Path) -> None:
    """As JSON, with what they were measured on."""
    about = {
        "python": platform.python_version(),
        "discord.py": discord.__version__,
        "sqlite": sqlite3.sqlite_version,
        "machine": f"{platform.system()} {platform.machine()}",
    }
    rows = [{**asdict(f), "ratio": round(f.ratio, 3), "met": f.met} for f in figures]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"on": about, "figures": rows}, indent=1, ensure_ascii=False), encoding="utf-8")
