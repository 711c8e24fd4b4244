"""How much montages have in common by what they are, whoever voted. No I/O."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.catalogue import Montage


def _traits(montage: Montage) -> Iterator[tuple[float, tuple[str, object]]]:
    """(what sharing it is worth, the trait)."""
    yield 1.0, ("discipline", montage.discipline)
    yield 0.6, ("family", montage.family)
    yield 0.4, ("kind", montage.kind)
    yield 0.3, ("decade", montage.decade)
    yield from ((0.3 / len(montage.country), ("country", country)) for country in montage.country)


def likeness(montages: Sequence[Montage]) -> NDArray[np.float64]:
    """(M, M), symmetric: the summed worth of what two of M montages share."""
    columns: dict[tuple[str, object], int] = {}
    cells = [
        (row, columns.setdefault(trait, len(columns)), worth)
        for row, montage in enumerate(montages)
        for worth, trait in _traits(montage)
    ]
    table = np.zeros((len(montages), len(columns)))
    for row, column, worth in cells:
        table[row, column] = np.sqrt(worth)
    shared: NDArray[np.float64] = table @ table.T
    return shared
