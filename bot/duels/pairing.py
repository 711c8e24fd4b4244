"""Who should meet next. No I/O."""

from collections.abc import Collection, Mapping, Sequence
from random import Random

from bot.catalogue import Montage
from bot.duels.standings import Standing

# So many near equals may be the opponent: always the nearest would be the same two again and again.
_NEAR = 5
# Of so many that were met least any may be the one, for the ranking may be a few duels behind.
_LEAST = 5


def pair(
    montages: Sequence[Montage], known: Mapping[str, Standing], random: Random, tired: Collection[str] = ()
) -> tuple[Montage, Montage]:
    """One of those that were chosen about least against a near equal, in either order. Needs two montages.

    `known` has the latest ranking, by id; who is not in it has met nobody and counts as average. Not two of one
    film, and none that is `tired` (ids), where that can be helped.
    """
    rested = [m for m in montages if m.id not in tired]
    montages = rested if len(rested) > 1 else montages

    def choices(montage: Montage) -> int:
        return standing.choices if (standing := known.get(montage.id)) else 0

    def chance(montage: Montage) -> float:
        return standing.chance if (standing := known.get(montage.id)) else 0.5

    shuffled = random.sample(montages, len(montages))
    one = random.choice(sorted(shuffled, key=choices)[:_LEAST])
    others = [m for m in shuffled if m.film != one.film] or [m for m in shuffled if m is not one]
    others.sort(key=lambda m: abs(chance(m) - chance(one)))
    both = [one, random.choice(others[:_NEAR])]
    random.shuffle(both)
    return both[0], both[1]
