"""What a montage's file may contain: the one definition behind the check, the JSON Schema and the skeleton."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from bot.aliases import JsonObject

FAMILIES = {
    "combat": "Combat",
    "athletics": "Running and athletics",
    "ball games": "Ball games",
    "winter": "Winter sports",
    "water": "Water",
    "wheels and saddles": "Wheels and saddles",
    "dance": "Dance",
    "music": "Music",
    "mind": "Mind and words",
    "craft": "Craft",
    "service": "Service and survival",
    "heroes and magic": "Heroes and magic",
    "stage and style": "Stage and style",
    "capers": "Capers",
}
KINDS = ("training", "practice", "study", "getting ready", "makeover", "heist prep", "self-improvement")
MEDIA = (
    "film",
    "animated film",
    "anime film",
    "puppet film",
    "documentary",
    "series",
    "animated series",
    "anime series",
)
MOODS = (
    "triumphant",
    "gritty",
    "funny",
    "tender",
    "eerie",
    "cosy",
    "defiant",
    "joyful",
    "bittersweet",
    "intense",
    "whimsical",
    "stylish",
)
CONTENT_NOTES = (
    "mild language",
    "strong language",
    "verbal abuse",
    "racism",
    "homophobia",
    "transphobia",
    "fat shaming",
    "mild violence",
    "violence",
    "graphic violence",
    "blood",
    "injury",
    "illness",
    "animal cruelty",
    "war",
    "suicide",
    "self-harm",
    "torture",
    "sexual content",
    "sexual violence",
    "alcohol",
    "drug use",
    "performance-enhancing drugs",
)
RATINGS = ("G", "PG", "PG-13", "R", "NC-17")
# From what age a careful parent would show it; the steps that most national boards use.
AGES = (0, 6, 12, 16, 18)
POSITIONS = ("at the start", "in the first third", "in the middle", "in the last third", "at the end")


class Field(NamedTuple):
    """One field: `kind` is text, number, list (of texts), table or tables."""

    kind: str
    says: str
    required: bool = False
    least: int | None = None  # of a number, of a text's length, of a list's
    most: int | None = None
    each: int = 90  # characters of a list's entry at most
    choices: tuple[str | int, ...] = ()
    pattern: str | None = None
    words: tuple[int, int] | None = None
    inside: Mapping[str, "Field"] | None = None

    def schema(self) -> JsonObject:
        """This field as JSON Schema."""
        text = {"type": "string", "minLength": 1, "maxLength": self.each if self.kind == "list" else self.most}
        text |= {"enum": list(self.choices) or None, "pattern": self.pattern}
        items = {name: value for name, value in text.items() if value is not None}
        shapes: dict[str, JsonObject] = {
            "text": items,
            "number": {"type": "integer", "enum": list(self.choices)}
            if self.choices
            else {"type": "integer", "minimum": self.least, "maximum": self.most},
            "list": {
                "type": "array",
                "items": items,
                "uniqueItems": True,
                "minItems": self.least or 0,
                "maxItems": self.most or len(self.choices),
            },
            "table": json_schema(self.inside or {}),
            "tables": {"type": "array", "items": json_schema(self.inside or {})},
        }
        return {"description": self.says, **shapes[self.kind]}

    def problems(self, value: object) -> Iterator[tuple[str, str]]:
        """(path below this field, reason) of each thing wrong with `value`."""
        match self.kind:
            case "text":
                yield from self._text(value, self.most)
            case "number":
                if not isinstance(value, int) or isinstance(value, bool):
                    yield "", "must be a whole number"
                elif self.choices and value not in self.choices:
                    yield "", f"{value} is not {self._one_of()}"
                elif not (self.least or 0) <= value <= (self.most or value):
                    yield "", f"is {value}; from {self.least} to {self.most}"
            case "list":
                yield from self._list(value)
            case "table":
                for field, reason in problems_of(self.inside or {}, value):
                    yield f".{field}" if field else "", reason
            case "tables":
                if not isinstance(value, list):
                    yield "", "must be written as [[tables]]"
                    return
                for number, table in enumerate(value, 1):
                    for field, reason in problems_of(self.inside or {}, table):
                        yield f"[{number}].{field}" if field else f"[{number}]", reason

    def _text(self, value: object, most: int | None) -> Iterator[tuple[str, str]]:
        if not isinstance(value, str):
            yield "", "must be a text in quotes"
            return
        if not value.strip():
            yield "", f"is empty; {self._one_of()}" if self.choices else "is empty"
            return
        if self.choices and value not in self.choices:
            yield "", f"{value!r} is not {self._one_of()}"
        if self.pattern and not re.search(self.pattern, value):
            yield "", f"{value!r} does not look right: {self.says}"
        if most and len(value) > most:
            yield "", f"is {len(value)} characters long; at most {most}"
        if self.words:
            number, (fewest, most) = len(value.split()), self.words
            if not fewest <= number <= most:
                yield "", f"has {number} words; from {fewest} to {most}"

    def _one_of(self) -> str:
        return f"one of: {', '.join(map(str, self.choices))}"

    def _list(self, value: object) -> Iterator[tuple[str, str]]:
        if not isinstance(value, list):
            yield "", "must be a list in [brackets]"
            return
        if len(set(map(str, value))) < len(value):
            yield "", "names the same thing twice"
        if not (self.least or 0) <= len(value) <= (self.most or len(value)):
            yield "", f"has {len(value)} entries; from {self.least or 0} to {self.most}"
        for item in value:
            yield from self._text(item, self.each)


NOTES = Field("text", "Why it is worth it, in a sentence.", most=200)
FIELDS: Mapping[str, Field] = {
    "film": Field("text", "The title, as English-speaking audiences know it.", required=True, most=90),
    "original_title": Field("text", "Its own language's title in Latin letters, where that is another.", most=90),
    "seen_as": Field("list", "Other titles it was released under, for searching.", most=8),
    "year": Field(
        "number", "The year of its first general release (or broadcast).", required=True, least=1890, most=2100
    ),
    "director": Field("list", "Who directed it.", required=True, least=1, most=5),
    "medium": Field("text", "What it is.", required=True, choices=MEDIA),
    "scene": Field("text", "The montage itself, in a few words.", required=True, most=70),
    "known_as": Field("list", "What people call the scene when they look for it.", most=6, each=60),
    "position": Field("text", "Where in the film it comes, if that is sure.", choices=POSITIONS),
    "kind": Field("text", "What is being done.", required=True, choices=KINDS),
    "discipline": Field("text", "What is being learnt: boxing, chess, cooking …", required=True, most=24),
    "family": Field("text", "The family of disciplines, for filters.", required=True, choices=tuple(FAMILIES)),
    "moods": Field("list", "How it feels.", required=True, least=1, most=3, choices=MOODS),
    "tagline": Field("text", "At most eight words that fit no other film.", required=True, words=(1, 8), most=80),
    "blurb": Field(
        "text",
        "40 to 90 words: what happens, why it works, what it feels like. Endings stand behind ||…||.",
        required=True,
        words=(40, 90),
        most=800,
    ),
    "bits": Field("list", "Favourite moments, a few words each.", most=4),
    "location": Field("text", "Where it happens.", most=90),
    "country": Field(
        "list", "Where the film comes from.", required=True, least=1, most=6, each=22, pattern=r"^[^|]+$"
    ),
    "language": Field("list", "What is spoken.", required=True, least=1, most=6, each=30),
    "content_notes": Field(
        "list",
        "What some people would rather know before. Empty: looked, found nothing.",
        required=True,
        choices=CONTENT_NOTES,
    ),
    "suitable_from": Field(
        "number",
        "From what age a careful parent would show film and scene. Left out: nobody can judge.",
        choices=AGES,
    ),
    "age_rating": Field("text", "The United States' rating, where known.", choices=RATINGS),
    "composer": Field("text", "Who wrote the score.", most=90),
    "imdb": Field("text", "The IMDb title id, like tt0075148.", pattern=r"^tt\d{7,9}$"),
    "song": Field(
        "table",
        "What plays under it.",
        inside={
            "title": Field("text", "The song's or piece's title.", required=True, most=90),
            "performer": Field("text", "Who performs it.", most=90),
        },
    ),
    "reading": Field(
        "tables",
        "Something worth reading about it.",
        inside={
            "title": Field("text", "Its title.", required=True, most=120),
            "author": Field("text", "Who wrote it.", most=90),
            "where": Field("text", "Where it appeared.", most=120),
            "year": Field("number", "When.", least=1890, most=2100),
            "note": NOTES,
        },
    ),
}


def problems_of(fields: Mapping[str, Field], table: object) -> Iterator[tuple[str, str]]:
    """(field, reason) of each thing wrong with a table that should hold `fields`."""
    if not isinstance(table, dict):
        yield "", "must be a table"
        return
    for name in sorted(table.keys() - fields.keys()):
        meant = get_close_matches(name, fields, 1)
        yield name, "is not a field of a montage" + (f"; did you mean {meant[0]}?" if meant else "")
    for name, field in fields.items():
        if name not in table:
            if field.required:
                yield name, "is missing"
        else:
            for path, reason in field.problems(table[name]):
                yield name + path, reason


def json_schema(fields: Mapping[str, Field]) -> JsonObject:
    """The JSON Schema of a table that holds `fields`."""
    return {
        "type": "object",
        "properties": {name: field.schema() for name, field in fields.items()},
        "required": [name for name, field in fields.items() if field.required],
        "additionalProperties": False,
    }
