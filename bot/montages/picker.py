"""Which montage `random` shows next. Pure: what was shown comes in, a montage goes out."""

from collections.abc import Mapping, Sequence
from random import Random

from bot.catalogue import Montage


def pick(
    matching: Sequence[Montage],
    times: Mapping[str, int],
    random: Random,
    last: Montage | None = None,
    newcomers: frozenset[str] = frozenset(),
) -> tuple[Montage, int]:
    """One of `matching` that has been shown least, and how often it counts as shown so far.

    One that was never shown counts as 0 and so comes before any second time; a newcomer (added after
    this place began) joins the round that is under way instead, or newcomers would all come at once.
    Not the last film nor its discipline if that can be helped. `matching` must not be empty.
    """
    rounds = [times.get(montage.id, 0) for montage in matching]
    if newcomers:
        settled = (shown for shown, m in zip(rounds, matching, strict=True) if m.id not in newcomers)
        floor = min(settled, default=0)
        rounds = [floor if m.id in newcomers else shown for shown, m in zip(rounds, matching, strict=True)]
    fewest = min(rounds)
    due = [montage for shown, montage in zip(rounds, matching, strict=True) if shown == fewest]
    if last is not None:
        film, discipline = last.film, last.discipline
        fresh = [m for m in due if m.film != film and m.discipline != discipline]
        due = fresh or [m for m in due if m.film != film] or [m for m in due if m.id != last.id] or due
    return random.choice(due), fewest
