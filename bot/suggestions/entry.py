"""What somebody typed into the form, and what is wrong with it. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.ui.text import clean

FIELDS = ("film", "year", "scene", "why", "discipline")
LABELS = {
    "film": "Film",
    "year": "Year",
    "scene": "Scene",
    "why": "Why it gets you going",
    "discipline": "Discipline",
}
LIMITS = {"film": (1, 90), "year": (4, 4), "scene": (3, 70), "why": (15, 600), "discipline": (2, 24)}
_FIRST_FILM = 1890


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it was typed, every field a text."""

    film: str = ""
    year: str = ""
    scene: str = ""
    why: str = ""
    discipline: str = ""

    @classmethod
    def of(cls, values: Mapping[str, str]) -> "Typed":
        """From the form's values; what is too long for the form cannot come from it and is cut."""
        return cls(**{name: values.get(name, "")[: LIMITS[name][1] * 2] for name in FIELDS})


@dataclass(frozen=True, slots=True)
class Entry:
    """A suggestion that can stand on a card."""

    film: str
    year: int
    scene: str
    why: str
    discipline: str


def read_entry(typed: Typed, this_year: int) -> tuple[Entry | None, dict[str, str]]:
    """The entry, or for each field that has something to mend, what."""
    values = {name: clean(getattr(typed, name)) for name in FIELDS}
    problems: dict[str, str] = {}
    for name in ("film", "scene", "why", "discipline"):
        least, most = LIMITS[name]
        length = len(values[name])
        if not values[name]:
            problems[name] = "is empty, or nothing in it can be seen"
        elif length < least:
            problems[name] = f"is a little short: at least {least} characters, and these are {length}"
        elif length > most:
            problems[name] = f"is too long: at most {most} characters, and these are {length}"
        elif name != "why" and not any(character.isalnum() for character in values[name]):
            problems[name] = "needs a letter or a digit somewhere"
    year = values["year"]
    if not re.fullmatch(r"[0-9]{4}", year):
        problems["year"] = "should be four digits, like 1976"
    elif not _FIRST_FILM <= int(year) <= this_year + 1:
        problems["year"] = f"should be from {_FIRST_FILM} to {this_year + 1}"
    if problems:
        return None, problems
    return Entry(
        values["film"],
        int(year),
        values["scene"],
        values["why"],
        values["discipline"].lower() if values["discipline"].isupper() else values["discipline"],
    ), {}
