"""Which montage `random` shows next. Pure: what was shown comes in, a montage goes out."""

from collections.abc import Mapping, Sequence
from random import Random

from bot.catalogue import Montage


def rounds_of(
    matching: Sequence[Montage], times: Mapping[str, int], newcomers: frozenset[str] = frozenset()
) -> dict[str, int]:
    """How often each of `matching` counts as shown.

    One that was never shown counts as 0 and so comes before any second time; a newcomer (added after
    this place began) joins the round that is under way instead, or newcomers would all come at once.
    """
    settled = [times.get(montage.id, 0) for montage in matching if montage.id not in newcomers]
    floor = min(settled, default=0)
    return {m.id: floor if m.id in newcomers else times.get(m.id, 0) for m in matching}


def pick(
    matching: Sequence[Montage],
    times: Mapping[str, int],
    random: Random,
    last: Montage | None = None,
    newcomers: frozenset[str] = frozenset(),
) -> Montage:
    """One of `matching` that has been shown least; not the last film nor its discipline if that can be helped.

    `matching` must not be empty.
    """
    rounds = rounds_of(matching, times, newcomers)
    fewest = min(rounds.values())
    due = [montage for montage in matching if rounds[montage.id] == fewest]
    if last is not None:
        fresh = [m for m in due if m.film != last.film and m.discipline != last.discipline]
        other = [m for m in due if m.film != last.film] or [m for m in due if m.id != last.id]
        due = fresh or other or due
    return random.choice(due)
