"""Which known discipline somebody may have meant by one that is new. No I/O."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from bot.ui.filters import another_word_for

# More would be a riddle.
_AT_MOST = 3
# How alike (of 100) one must be to what was typed: “boxng” and “boxing” are 91, “flurbing” and “flying” 71.
_NEAR = 70


def meant_by(typed: str, known: Iterable[str]) -> list[str]:
    """Those of `known` (without case) that are another word for it, then those that are a slip away."""
    typed, names = typed.casefold(), list(known)
    others = [name for name in names if another_word_for(typed, name)]
    near = process.extract(typed, names, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=_AT_MOST)
    return list(dict.fromkeys([*others, *(name for name, _, _ in near)]))[:_AT_MOST]
