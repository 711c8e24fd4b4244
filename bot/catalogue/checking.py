"""`python -m bot check`: every problem of the catalogue, or what is in it."""

import sys
from collections import Counter
from pathlib import Path

from bot.catalogue.loading import catalogue_folder, read_montages
from bot.catalogue.montage import Montage


def check(folder: Path | None = None) -> int:
    """Print the problems (status 1), or the counts and the coverage (status 0)."""
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
    print("\n".join(coverage(montages)))
    return 0


def coverage(montages: list[Montage]) -> list[str]:
    """What there is, counted by everything that people filter by."""

    def counted(name: str, counts: Counter[str], *, by_name: bool = False) -> str:
        pairs = sorted(counts.items()) if by_name else counts.most_common()
        return f"{name} ({len(pairs)}): " + ", ".join(f"{value} {number}" for value, number in pairs)

    return [
        f"{len(montages)} montage{'' if len(montages) == 1 else 's'}, all sound.",
        counted("decades", Counter(f"{m.decade}s" for m in montages), by_name=True),
        counted("countries", Counter(country for m in montages for country in m.country)),
        counted("families", Counter(m.family for m in montages)),
        counted("kinds", Counter(m.kind for m in montages)),
        counted("media", Counter(m.medium for m in montages)),
        counted("moods", Counter(mood for m in montages for mood in m.moods)),
        f"disciplines: {len({m.discipline for m in montages})}",
        f"family friendly: {sum(m.family_friendly for m in montages)}",
    ]
