"""Names and years against a file of checked facts, one JSON object a line.

`MONTAGE_FACTS` names the file; without it these tests are skipped, and say so.
"""

import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.catalogue import Catalogue, Montage

_DEFAULT = Path(__file__).parents[3] / "shared" / "data" / "montage_facts.jsonl"
FACTS = Path(os.environ.get("MONTAGE_FACTS", _DEFAULT))
pytestmark = pytest.mark.skipif(
    not FACTS.exists(), reason="no facts to compare with: name their file in MONTAGE_FACTS"
)

# Facts less sure than this are left out of the catalogue.
SURE = 0.9
# Our field, and what the facts call it. Scene, place and discipline are worded by hand and not held here.
SAME = {
    "film": "film",
    "original_title": "original_or_alt_title",
    "year": "year",
    "medium": "medium",
    "kind": "kind",
    "director": "director",
    "country": "country",
    "language": "language",
    "content_notes": "content_notes",
    "age_rating": "us_rating",
    "composer": "composer",
    "imdb": "imdb_title_id",
}
# Where the catalogue differs on purpose: what it says instead, and why.
DELIBERATE: dict[tuple[str, str], tuple[Any, str]] = {
    ("100-yen-love-2014", "content_notes"): (
        ("violence", "sexual violence", "sexual content"),
        "Ichiko is assaulted; a note must say so",
    ),
    ("the-full-monty-1997", "content_notes"): (
        ("strong language", "sexual content", "suicide"),
        "Lomper's attempt is shown",
    ),
    ("the-triplets-of-belleville-2003", "original_title"): (
        "Les Triplettes de Belleville",
        "the facts have a library's word order",
    ),
    ("star-wars-episode-v-the-empire-strikes-back-1980", "original_title"): (None, "it is part of the title"),
}


@cache
def facts() -> dict[str, dict[str, Any]]:
    """What is known, by id."""
    rows = [json.loads(line) for line in FACTS.read_text(encoding="utf-8").splitlines()]
    return {row["id"]: row for row in rows}


def known(montage: Montage, field: str) -> Any:
    """What the facts say of one field, written as the catalogue would."""
    if (montage.id, field) in DELIBERATE:
        return DELIBERATE[montage.id, field][0]
    value = facts()[montage.id][SAME[field]]
    if field == "kind":
        return value if value == "self-improvement" else value.replace("-", " ")
    return tuple(value) if isinstance(value, list) else value


def differences(montage: Montage) -> Iterator[str]:
    """Every field that is not as the facts have it."""
    for field in SAME:
        ours, theirs = getattr(montage, field), known(montage, field)
        if ours != theirs:
            yield f"{montage.id}: {field} is {ours!r}, the facts have {theirs!r}"
    song = facts()[montage.id]["song"]
    sure = song if song and song["sure"] >= SURE else None
    ours = (montage.song.title, montage.song.performer) if montage.song else None
    theirs = (sure["title"], sure["performer"]) if sure else None
    if ours != theirs:
        yield f"{montage.id}: the song is {ours!r}, the facts have {theirs!r}"


def test_every_montage_agrees_with_the_facts(catalogue: Catalogue) -> None:
    assert [montage.id for montage in catalogue.shipped if montage.id not in facts()] == []
    assert [problem for montage in catalogue.shipped for problem in differences(montage)] == []


def test_what_differs_on_purpose_still_does() -> None:
    for (identity, field), (ours, why) in DELIBERATE.items():
        theirs = facts()[identity][SAME[field]]
        assert ours != (tuple(theirs) if isinstance(theirs, list) else theirs), f"{identity}: no longer: {why}"


def test_nothing_certain_is_missing(catalogue: Catalogue) -> None:
    certain = {row["id"] for row in facts().values() if row["tier"] == "main" and row["sure"] >= 0.85}
    assert certain - {montage.id for montage in catalogue.shipped} == set()
