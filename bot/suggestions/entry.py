"""What somebody typed into the form, and what is wrong with it. Pure."""

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from bot.ui.text import clean, count

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
_LINK_AT_MOST = 300

_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://\S*", re.IGNORECASE)
# A name of the public net: letters at the end, so neither a bare number nor a machine next door.
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])")
_INVITING = re.compile(r"(?:^|\.)(?:discord\.gg|discord\.com|discordapp\.com|discord\.me|dsc\.gg|invite\.gg)$")
_EMPTY_BRACKETS = re.compile(r"\(\s*\)|<\s*>|\[\s*\]")
_YEAR = re.compile(r"\(?\b(18[9]\d|19\d\d|20\d\d)\b\)?")


class Typed(NamedTuple):
    """The form as it was typed, every field a text."""

    film: str = ""
    year: str = ""
    scene: str = ""
    why: str = ""
    discipline: str = ""

    @classmethod
    def from_values(cls, values: Mapping[str, str]) -> "Typed":
        """From the form's values; what is too long for the form cannot come from it and is cut."""
        return cls(**{name: values.get(name, "")[: LIMITS[name][1] * 2] for name in FIELDS})


class Entry(NamedTuple):
    """A suggestion that can stand on a card. `link` is https, or None."""

    film: str
    year: int
    scene: str
    why: str
    discipline: str
    link: str | None = None

    def typed(self) -> Typed:
        """The form that gives this entry again."""
        why = f"{self.why} {self.link}" if self.link else self.why
        return Typed(self.film, str(self.year), self.scene, why, self.discipline)


def read_entry(typed: Typed, this_year: int) -> tuple[Entry | None, dict[str, str]]:
    """The entry, or for each field that has something to mend, what."""
    values = {name: clean(getattr(typed, name)) for name in FIELDS}
    problems: dict[str, str] = {}
    values["why"], link, wrong_link = _without_link(values["why"])
    for name in ("film", "scene", "why", "discipline"):
        if problem := _problem_of(name, values[name]):
            problems[name] = problem
    if wrong_link:
        problems["why"] = wrong_link
    year = values["year"]
    if not re.fullmatch(r"[0-9]{4}", year):
        problems["year"] = "should be four digits, like 1976"
    elif not _FIRST_FILM <= int(year) <= this_year + 1:
        problems["year"] = f"should be from {_FIRST_FILM} to {this_year + 1}"
    if problems:
        return None, problems
    discipline = values["discipline"]
    return Entry(
        values["film"],
        int(year),
        values["scene"],
        values["why"],
        discipline.lower() if discipline.isupper() else discipline,
        link,
    ), {}


def _problem_of(name: str, value: str) -> str | None:
    least, most = LIMITS[name]
    if not value:
        return "is empty, or nothing in it can be seen"
    if len(value) < least:
        return f"is a little short: {count(len(value), 'character')}, and it takes at least {least}"
    if len(value) > most:
        return f"is too long: {count(len(value), 'character')}, and at most {most} fit"
    if name != "why" and not any(character.isalnum() for character in value):
        return "needs a letter or a digit somewhere"
    return None


def _without_link(text: str) -> tuple[str, str | None, str | None]:
    """(the text without its link, the link, what is wrong with the links in it)."""
    found = _ADDRESS.findall(text)
    if not found:
        return text, None, None
    if len(found) > 1:
        return text, None, "can hold one link, and there are more"
    address = found[0].rstrip(".,;:!?…\"'”’)]}>|*_~`")
    without = " ".join(_EMPTY_BRACKETS.sub(" ", text.replace(address, " ", 1)).split())
    link = sound_link(address)
    if link is None:
        return text, None, "has a link that I can't take: only https ones, and no invitations"
    return without, link, None


def sound_link(address: str) -> str | None:
    """`address` in a form that is safe inside a card; None unless it is https to a host of the public net."""
    try:
        parts = urlsplit(address)
        has_port = parts.port is not None
    except ValueError:
        return None
    host = (parts.hostname or "").lower()
    known = parts.scheme.lower() == "https" and _HOST.fullmatch(host) is not None
    if not known or has_port or "@" in parts.netloc or _INVITING.search(host):
        return None
    path, query = quote(parts.path, safe="/%:@!$&'+,;=~-._"), quote(parts.query, safe="/?%:@!$&'+,;=~-._")
    link = f"https://{host}{path}" + (f"?{query}" if query else "")
    return link if len(link) <= _LINK_AT_MOST else None


def typed_from(message: str) -> Typed:
    """What a message says, laid out in the form: `Rocky IV (1985): he runs` names film, year and the rest."""
    text = clean(message)
    year = _YEAR.search(text)
    before = text[: year.start()].strip(' ,.:;-–—"“”') if year else ""
    if year and 0 < len(before) <= LIMITS["film"][1]:
        rest = text[year.end() :].lstrip(" ,.:;-–—)")
        return Typed(film=before, year=year[1], why=rest[: LIMITS["why"][1]])
    if len(text) <= 40:  # a name and nothing more
        return Typed(film=text, year=year[1] if year else "")
    return Typed(year=year[1] if year else "", why=text[: LIMITS["why"][1]])
