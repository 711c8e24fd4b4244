"""`python -m bot check`: every problem of the catalogue, or what is in it, and how far its translations are."""

import sys
from collections import Counter
from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path
from textwrap import wrap

from bot.catalogue.definition import FAMILIES, MEDIA, MOODS
from bot.catalogue.loading import catalogue_folder, read_montages
from bot.catalogue.montage import Montage

# The share of the montages above which one country outweighs all others together.
TOO_MUCH = 0.5
# Characters of a line that a terminal shows without breaking it.
WIDTH = 100


def check_catalogue(folder: Path | None = None) -> int:
    """Print the problems (status 1), or the counts and the balance (status 0).

    A translation that is missing or fuzzy is counted and no problem: English stands there.
    """
    shipped = folder is None
    folder = folder or catalogue_folder()
    montages, problems = read_montages(folder)
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems or not montages:
        print(
            f"{len(problems)} to mend in {folder}." if montages or problems else f"No montages in {folder}.",
            file=sys.stderr,
        )
        return 1
    print("\n".join([*coverage(montages), "", *balance(montages), *warnings(montages)]))
    return _check_texts(montages) if shipped else 0


def _check_texts(montages: list[Montage]) -> int:
    from bot.catalogue.checking_texts import states  # noqa: PLC0415 (another folder has no translations)

    found = states(montages)
    for state in found:
        print(state)
        for fault in state.broken:
            print(f"{state.language}: {fault}", file=sys.stderr)
    return 1 if any(state.broken for state in found) else 0


def coverage(montages: list[Montage]) -> list[str]:
    """How many there are, and what else people filter by."""
    kinds = Counter(m.kind for m in montages).most_common()
    return [
        f"{len(montages)} montage{'' if len(montages) == 1 else 's'}, all sound.",
        *wrap(
            f"kinds ({len(kinds)}): " + ", ".join(f"{kind} {number}" for kind, number in kinds),
            WIDTH,
            break_on_hyphens=False,
        ),
        f"disciplines: {len({m.discipline for m in montages})}",
        f"family friendly: {sum(m.family_friendly for m in montages)}",
    ]


def balance(montages: list[Montage]) -> list[str]:
    """A table by country, decade, medium, family and mood; what has no montage yet stands in it with 0.

    As long as no count passes 999, the longest values that a file may hold keep it within 100 characters.
    """
    decades = [m.decade for m in montages]
    columns = [
        column("country", by_number(country for m in montages for country in m.country)),
        column("decade", [(f"{ten}s", decades.count(ten)) for ten in range(min(decades), max(decades) + 1, 10)]),
        column("medium", by_number((m.medium for m in montages), MEDIA)),
        column("family", by_number((m.family for m in montages), FAMILIES)),
        column("mood", by_number((mood for m in montages for mood in m.moods), MOODS)),
    ]
    blanks = [" " * len(cells[0]) for cells in columns]
    rows = zip_longest(*columns)
    return ["  ".join(cell or blank for cell, blank in zip(row, blanks, strict=True)).rstrip() for row in rows]


def by_number(values: Iterable[str], choices: Iterable[str] = ()) -> list[tuple[str, int]]:
    """(value, how often) with the most frequent first; every one of `choices` is there."""
    counts = Counter(dict.fromkeys(choices, 0))
    counts.update(values)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def column(name: str, pairs: list[tuple[str, int]]) -> list[str]:
    """The cells of one column, its name first, all of one width."""
    names = max(len(text) for text in (name, *(value for value, _ in pairs)))
    numbers = max(len(str(number)) for _, number in pairs)
    return [name.ljust(names + 1 + numbers), *(f"{value:<{names}} {number:>{numbers}}" for value, number in pairs)]


def warnings(montages: list[Montage]) -> list[str]:
    """A sentence for each country that more than half of the montages name."""
    countries = by_number(country for m in montages for country in m.country)
    return [
        f"Out of balance: {country} has {number} of {len(montages)} montages ({number / len(montages):.0%})."
        for country, number in countries
        if number > TOO_MUCH * len(montages)
    ]
