"""The picture of a bracket, and its words for who cannot see it. No I/O."""

from bot.bracket.course import Course, Names
from bot.bracket.rules import rounds_of
from bot.bracket.words import GONE, round_name
from bot.catalogue import localised
from bot.languages import _, apart, in_a_row
from bot.stats import Knockout, Seeded, Winner, in_words
from bot.ui.components import Item, MediaGallery, picture
from bot.ui.text import as_sentence, named

FILE = "bracket.png"


def chart(course: Course, names: Names, heading: str) -> Knockout:
    """What is drawn of it; the latest round first in its words, for they may be cut."""
    matches = {(match.round, match.position): match for match in course.matches}
    out = {match.loser for match in course.matches}

    def winner_of(number: int, position: int) -> Winner | None:
        match = matches.get((number, position))
        if match is None or match.winner is None:
            return None
        return Winner(match.winner, level=match.decided_by == "seed")

    def seeded(seed: int) -> Seeded:
        montage = names.get(seed)
        return Seeded(seed, f"{localised(montage).film} ({montage.year})" if montage else "", seed in out)

    size = course.bracket.size
    return Knockout(
        heading,
        tuple(tuple(map(seeded, match.seeds)) for match in course.of_round(1)),
        tuple(
            tuple(winner_of(number, position) for position in range(size >> number))
            for number in range(1, rounds_of(size) + 1)
        ),
        _spoken(course, names),
    )


def _spoken(course: Course, names: Names) -> str:
    """The bracket for who cannot see it: plain text, the latest round first."""

    def plain(seed: int | None) -> str:
        montage = names.get(seed or 0)
        return localised(montage).film if montage else _(GONE)

    sentences = []
    for number in sorted({match.round for match in course.matches}, reverse=True):
        lines = [
            _("{winner} beat {loser}", winner=plain(match.winner), loser=plain(match.loser))
            if match.loser
            else _("{winner} had a bye", winner=plain(match.winner))
            if match.winner
            else _("{first} against {second}", first=plain(match.first), second=plain(match.second))
            for match in course.of_round(number)
        ]
        sentences.append(as_sentence(named(round_name(course.bracket.size, number), apart(lines))))
    return in_a_row(sentences)


def shown(drawn: Knockout | None) -> list[Item]:
    """The picture as a card carries it; nothing where there is none."""
    return [] if drawn is None else [MediaGallery(picture(f"attachment://{FILE}", in_words(drawn)))]
