"""Which montage `random` shows next. No I/O: what was shown comes in, a montage goes out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product, repeat
from operator import attrgetter
from random import Random

from bot.catalogue import Montage

_ID = attrgetter("id")
# Four are needed on average; after this many any will do.
_TRIES = 40


def least_shown(
    matching: Sequence[Montage], times: Mapping[str, int], newcomers: frozenset[str] = frozenset()
) -> tuple[list[Montage], int]:
    """Those of `matching` (not empty) that have been shown least, and how often they count as shown.

    One that was never shown counts as 0 and so comes before any second time; a newcomer (added after
    this server began) joins the round that is under way instead, or newcomers would all come at once.
    """
    ids = list(map(_ID, matching))
    rounds = list(map(times.get, ids, repeat(0)))
    if newcomers:
        floor = min((shown for shown, m in zip(rounds, ids, strict=True) if m not in newcomers), default=0)
        rounds = [floor if m in newcomers else shown for shown, m in zip(rounds, ids, strict=True)]
    fewest = min(rounds)
    return [montage for shown, montage in zip(rounds, matching, strict=True) if shown == fewest], fewest


def country_of(montage: Montage) -> str:
    """The first country it comes from; empty for one that a server added itself."""
    return montage.country[0] if montage.country else ""


def next_of(
    due: Sequence[Montage],
    random: Random,
    last: Montage | None = None,
    countries: Mapping[str, int] | None = None,
    beside: Montage | None = None,
) -> int:
    """The index in `due` (not empty) of the next one: not the last film nor its discipline if that can be helped.

    Nor those of the one `beside` which it will stand, and that is avoided where not both can be.
    A country comes as often as the square root of how many montages it has left says: half of all are American,
    and a round that began like that would seem to know nothing else. `countries`: how many of `due` each country
    has (counted here, if it is not given).
    """
    if countries is None:
        countries = Counter(map(country_of, due))
    seen = [montage for montage in (beside, last) if montage is not None]
    # Mostly one of the first few at random will do; that saves looking at all of them.
    for _ in range(_TRIES):
        index = int(random.random() * len(due))
        montage = due[index]
        if random.random() ** 2 * countries[country_of(montage)] < 1 and _is_unlike(montage, seen):
            return index
    indexes = range(len(due))
    for avoided, differs in product((seen, seen[:1]), (_is_unlike, _is_another_film, _is_another)):
        if fitting := [index for index in indexes if differs(due[index], avoided)]:
            return random.choice(fitting)
    return random.choice(indexes)


def _is_unlike(montage: Montage, seen: Sequence[Montage]) -> bool:
    return all(montage.film != one.film and montage.discipline != one.discipline for one in seen)


def _is_another_film(montage: Montage, seen: Sequence[Montage]) -> bool:
    return all(montage.film != one.film for one in seen)


def _is_another(montage: Montage, seen: Sequence[Montage]) -> bool:
    return all(montage.id != one.id for one in seen)
