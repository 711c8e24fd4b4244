"""What somebody typed into the form, and what is wrong with it. No I/O."""

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from bot.languages import N_, _, ngettext
from bot.ui.text import clean, cut, label, title

FIELDS = ("film", "year", "scene", "why", "discipline")
LABELS = {
    "film": N_("Film"),
    "year": N_("Year"),
    "scene": N_("Scene"),
    "why": N_("Why it gets you going"),
    "discipline": N_("Discipline"),
}
LIMITS = {"film": (1, 90), "year": (4, 4), "scene": (3, 70), "why": (15, 600), "discipline": (2, 24)}
_FIRST_FILM = 1890
_LINK_AT_MOST = 300
# More than any field takes, its link included: what is too long is told, and kept to be mended.
_TYPED_AT_MOST = 1_000
# Of a name on the net, and so of a host.
_HOST_AT_MOST = 253

# The scheme's length is bounded: every word might begin one, and each would be read to its end.
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]{0,30}://\S*", re.IGNORECASE)
_AFTER_A_LINK = ".,;:!?#…\"'”’]}>|*_~`"
# A name of the public net: letters at the end, so neither a bare number nor a machine next door.
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])")
_INVITING = re.compile(r"(?:^|\.)(?:discord\.gg|discord\.com|discordapp\.com|discord\.me|dsc\.gg|invite\.gg)$")
# What stands in an address as it is; brackets and stars, which would end it in a card, do not.
_SAFE = "/?%:@!$&'+,;=~-._"
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
        return cls(**{name: cut(values.get(name, ""), _TYPED_AT_MOST) for name in FIELDS})


class Entry(NamedTuple):
    """A suggestion that can stand on a card. `link` is https, or None."""

    film: str
    year: int
    scene: str
    why: str
    discipline: str
    link: str | None = None

    @property
    def title(self) -> str:
        """`Rocky IV (1985)`, escaped."""
        return title(self.film, self.year)

    @property
    def label(self) -> str:
        """`Rocky IV (1985): Farm in the snow`, for lists that show plain text."""
        return label(self.film, self.year, self.scene)

    def typed(self) -> Typed:
        """The form that gives this entry again."""
        why = f"{self.why} {self.link}" if self.link else self.why
        return Typed(self.film, str(self.year), self.scene, why, self.discipline)


def read_entry(
    typed: Typed, this_year: int, *, may_be_empty: Collection[str] = ()
) -> tuple[Entry | None, dict[str, str]]:
    """The entry, or for each field that has something to mend, what."""
    values = {name: clean(getattr(typed, name)) for name in FIELDS}
    problems: dict[str, str] = {}
    values["why"], link, wrong_link = _without_link(values["why"])
    for name in ("film", "scene", "why", "discipline"):
        if not values[name] and name in may_be_empty:
            continue
        if problem := _problem_of(name, values[name]):
            problems[name] = problem
    if link and not values["why"] and "why" not in may_be_empty:
        problems["why"] = _("needs some words besides the link: what happens, and what it does to you")
    if wrong_link:
        problems["why"] = wrong_link
    year = values["year"]
    if not re.fullmatch(r"[0-9]{4}", year):
        problems["year"] = _("should be four digits, like 1976")
    elif not _FIRST_FILM <= int(year) <= this_year + 1:
        problems["year"] = _(
            "should be from {first_film} to {this_year}", first_film=_FIRST_FILM, this_year=this_year + 1
        )
    if problems:
        return None, problems
    return Entry(
        values["film"], int(year), values["scene"], values["why"], _quietly(values["discipline"]), link
    ), {}


def _quietly(discipline: str) -> str:
    """A discipline that was shouted, in small letters, unless those are more (24 “İ” are 48)."""
    lower = clean(discipline.lower())
    return lower if discipline.isupper() and len(lower) <= len(discipline) else discipline


def _problem_of(name: str, value: str) -> str | None:
    least, most = LIMITS[name]
    if not value:
        return _("is empty, or nothing in it can be seen")
    if name == "discipline" and not any(character.isalpha() for character in value):
        return _("needs a letter")
    if name != "why" and not any(character.isalnum() for character in value):
        return _("needs a letter or a digit somewhere")
    if len(value) < least:
        return ngettext(
            "is a little short: {number} character, and it takes at least {least}",
            "is a little short: {number} characters, and it takes at least {least}",
            len(value),
            least=least,
        )
    if len(value) > most:
        return ngettext(
            "is too long: {number} character, and at most {most} fit",
            "is too long: {number} characters, and at most {most} fit",
            len(value),
            most=most,
        )
    return None


def _without_link(text: str) -> tuple[str, str | None, str | None]:
    """(the text without its link, the link, what is wrong with the links in it)."""
    found = _ADDRESS.findall(text)
    if not found:
        return text, None, None
    if len(found) > 1:
        return text, None, _("can hold one link, and there are more")
    address = _without_end_of_sentence(found[0])
    without = _without_empty_brackets(text.replace(address, " ", 1))
    link = _written_out(address)
    if link is None:
        return text, None, _("has a link that I can't take: only https ones, and no invitations")
    if len(link) > _LINK_AT_MOST:
        too_long = _(
            "has a link that is too long: written out it takes {length} characters, and {most} fit",
            length=len(link),
            most=_LINK_AT_MOST,
        )
        return text, None, too_long
    return without, link, None


def _without_empty_brackets(text: str) -> str:
    while (shorter := _EMPTY_BRACKETS.sub(" ", text)) != text:
        text = shorter
    return " ".join(text.split())


def _without_end_of_sentence(address: str) -> str:
    """`address` without what the sentence around it has put behind it; a bracket that it opens itself it closes."""
    while True:
        shorter = address.rstrip(_AFTER_A_LINK)
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == address:
            return address
        address = shorter


def _written_out(address: str) -> str | None:
    """`address` in a form that is safe inside a card; None unless it is https to a host of the public net.

    Of any length: percent-encoded, a letter can take twelve characters.
    """
    try:
        parts = urlsplit(address)
        has_port = parts.port is not None
    except ValueError:
        return None
    host = (parts.hostname or "").lower()
    known = parts.scheme.lower() == "https" and len(host) <= _HOST_AT_MOST and _HOST.fullmatch(host) is not None
    if not known or has_port or "@" in parts.netloc or _INVITING.search(host):
        return None
    path, query, fragment = (quote(part, safe=_SAFE) for part in (parts.path, parts.query, parts.fragment))
    return f"https://{host}{path}" + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def typed_from(message: str) -> Typed:
    """What a message says, laid out in the form: `Rocky IV (1985): he runs` names film, year and the rest."""
    text = clean(message)
    year = _YEAR.search(text)
    before = text[: year.start()].strip(' ,.:;-–—"“”') if year else ""
    if year and 0 < len(before) <= LIMITS["film"][1]:
        rest = text[year.end() :].lstrip(" ,.:;-–—)")
        return Typed(film=before, year=year[1], why=cut(rest, LIMITS["why"][1]))
    if len(text) <= 40:  # a name and nothing more
        return Typed(film=text, year=year[1] if year else "")
    return Typed(year=year[1] if year else "", why=cut(text, LIMITS["why"][1]))
