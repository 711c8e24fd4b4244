"""How strong the duels of a server make a montage, as they happen, and who should meet next. Pure."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from random import Random
from typing import Any, NamedTuple

from bot.catalogue import Montage

# So many near equals may be the opponent: always the nearest would be the same two again and again.
_NEAR = 5


class Rating(NamedTuple):
    """A strength, and how unsure it is; both in openskill's units."""

    mu: float = 25.0
    sigma: float = 25.0 / 3


UNRATED = Rating()


@cache
def _model() -> Any:
    from openskill.models import PlackettLuce  # noqa: PLC0415 - only for those who hold duels

    # A film does not train between its duels: tau 0 lets doubt only shrink.
    return PlackettLuce(tau=0.0)


def after(first: Rating, second: Rating, value: int) -> tuple[Rating, Rating]:
    """Both ratings after one choice: 1 for the first, -1 for the second, 0 for neither."""
    model = _model()
    teams = [[model.rating(rating.mu, rating.sigma)] for rating in (first, second)]
    (one,), (other,) = model.rate(teams, scores=[value, 0])
    return Rating(one.mu, one.sigma), Rating(other.mu, other.sigma)


def pair(
    montages: Sequence[Montage], ratings: Mapping[str, Rating], random: Random, tired: Collection[str] = ()
) -> tuple[Montage, Montage]:
    """The montage that is known least against a near equal, in either order. Needs two montages.

    Not two of one film, and none that is `tired` (ids), where that can be helped.
    """
    rested = [m for m in montages if m.id not in tired]
    montages = rested if len(rested) > 1 else montages

    def rating(montage: Montage) -> Rating:
        return ratings.get(montage.id, UNRATED)

    shuffled = random.sample(montages, len(montages))
    least_known = max(shuffled, key=lambda m: rating(m).sigma)
    others = [m for m in shuffled if m.film != least_known.film] or [m for m in shuffled if m is not least_known]
    others.sort(key=lambda m: abs(rating(m).mu - rating(least_known).mu))
    both = [least_known, random.choice(others[:_NEAR])]
    random.shuffle(both)
    return both[0], both[1]
