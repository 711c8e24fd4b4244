"""What a picture shows, as numbers and words: panels, and the same in a sentence for who cannot see it. No I/O."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.catalogue import Montage, localised
from bot.catalogue.filters import describe
from bot.languages import _, apart, enumerated, listed, ngettext, percent
from bot.ui.text import as_sentence, clip, named
from bot.ui.theme import GOLD, colour_of
from bot.voting import PRIOR_VOTES, Choice, Ranked, Tally

# Discord keeps this much of an alternative text.
ALT_AT_MOST = 1_024
TOP = 8
_BARS = 6
# Nine times in ten the truth lies within this many standard deviations.
_NINE_IN_TEN = 1.645

# Votes by (what they were given for, its colour).
Sums = dict[tuple[str, int], Tally]


class Interval(NamedTuple):
    """One line of a ranking: a share, and between which two shares it probably lies.

    A label has two parts: where it is too long, `name` is cut and `year` stays.
    """

    name: str
    year: str
    share: float
    low: float
    high: float
    note: str


class Intervals(NamedTuple):
    """A ranking with its uncertainty."""

    title: str
    rows: tuple[Interval, ...]


class Columns(NamedTuple):
    """Numbers over time, the latest last."""

    title: str
    numbers: tuple[int, ...]
    first: str
    last: str


class Bar(NamedTuple):
    """How often something was liked and how often not; `colour` (0xRRGGBB) is that of its family on cards."""

    label: str
    up: int
    down: int
    colour: int


class Bars(NamedTuple):
    """What is liked by anybody, the most first. `by_family`: the colours say something."""

    title: str
    rows: tuple[Bar, ...]
    by_family: bool = False


class Seeded(NamedTuple):
    """One who takes part in a bracket; `name` empty where it may not be shown."""

    seed: int
    name: str
    out: bool = False


class Winner(NamedTuple):
    """Who has won a match. `level`: by the better seed, with as many votes."""

    seed: int
    level: bool = False


class Knockout(NamedTuple):
    """A bracket from top to bottom: its first matches, of one (a bye) or two each, and who has won in each round.

    `winners` has all rounds that are played, a None for each match that is not decided; `words` say the same.
    """

    title: str
    first: tuple[tuple[Seeded, ...], ...]
    winners: tuple[tuple[Winner | None, ...], ...]
    words: str


Chart = Intervals | Columns | Bars | Knockout


def guild_charts(
    ranked: Sequence[Ranked[str]], montages: Mapping[str, Montage], weeks: Sequence[int]
) -> tuple[Chart, ...]:
    """A server's best and its disciplines, of each if anything is liked, and its votes over time."""
    voted = [r for r in ranked if r.up or r.down]
    share = sum(r.up for r in voted) / max(sum(r.up + r.down for r in voted), 1)
    liked = [r for r in voted if r.up > r.down]
    best = Intervals(
        _("The best, and how sure that is"), tuple(_interval(r, montages[r.key], share) for r in liked[:TOP])
    )
    loved = _summed((montages[r.key], Tally(r.up, r.down)) for r in voted)
    return (
        *((best,) if best.rows else ()),
        Columns(_("Votes a week"), tuple(weeks), _("{weeks} weeks ago", weeks=len(weeks) - 1), _("this week")),
        *_bars((_("The disciplines it loves"), loved, True)),
    )


def taste_charts(choices: Iterable[tuple[Montage, Choice]]) -> tuple[Chart, ...]:
    """What one person likes: disciplines, moods and decades, of each if there are any."""
    votes = [(m, Tally(int(choice is Choice.UP), int(choice is Choice.DOWN))) for m, choice in choices]
    moods: dict[str, Tally] = {}
    decades: dict[str, Tally] = {}
    for montage, tally in votes:
        for mood in montage.moods:
            moods[mood] = _plus(moods.get(mood), tally)
        decade = describe("decade", montage.decade)
        decades[decade] = _plus(decades.get(decade), tally)
    gold = GOLD.value
    return _bars(
        (_("Your disciplines"), _summed(votes), True),
        (_("Your moods"), {(_(mood), gold): tally for mood, tally in moods.items()}, False),
        (_("Your decades"), {(decade, gold): tally for decade, tally in decades.items()}, False),
    )


def is_worth_a_picture(chart: Chart) -> bool:
    """Whether there is anything to compare; a single bar says no more than its words."""
    if isinstance(chart, Knockout):
        return True
    several = [number for number in chart.numbers if number] if isinstance(chart, Columns) else chart.rows
    return len(several) > 1


def in_words(chart: Chart) -> str:
    """The picture as text: for screen readers, and in its place where it would show one bar."""
    return clip(_words(chart), ALT_AT_MOST)


def _words(chart: Chart) -> str:
    match chart:
        case Intervals():
            rows = (
                _(
                    "{name} {year}, {share} fired up, probably {low} to {high}, {votes}",
                    name=row.name,
                    year=row.year,
                    share=percent(row.share),
                    low=percent(row.low),
                    high=percent(row.high),
                    votes=row.note,
                )
                for row in chart.rows
            )
            return as_sentence(named(chart.title, apart(rows)))
        case Columns():
            return _(
                "{title}, from {first} to {last}: {numbers}.",
                title=chart.title,
                first=chart.first,
                last=chart.last,
                numbers=enumerated(map(str, chart.numbers)),
            )
        case Bars():
            rows = (
                _("{label} {up} for and {down} against", label=bar.label, up=bar.up, down=bar.down)
                for bar in chart.rows
            )
            return as_sentence(named(chart.title, listed(rows)))
        case Knockout():
            return chart.words


def _interval(ranked: Ranked[str], montage: Montage, share: float) -> Interval:
    votes = ranked.up + ranked.down
    # The score is the mean of a beta distribution of so many votes, the prior's among them.
    deviation = math.sqrt(ranked.score * (1 - ranked.score) / (PRIOR_VOTES + votes + 1))
    if share in (0, 1):  # nobody has disagreed yet: as unsure as if one had
        deviation = 1 / (PRIOR_VOTES + votes + 1)
    return Interval(
        f"{ranked.rank}. {localised(montage).film}",
        f"({montage.year})",
        ranked.score,
        max(ranked.score - _NINE_IN_TEN * deviation, 0.0),
        min(ranked.score + _NINE_IN_TEN * deviation, 1.0),
        ngettext("{number} vote", "{number} votes", votes),
    )


def _summed(votes: Iterable[tuple[Montage, Tally]]) -> Sums:
    """Votes by (discipline, the colour of its family)."""
    sums: Sums = {}
    for montage, tally in votes:
        key = localised(montage).discipline, colour_of(montage.family).value
        sums[key] = _plus(sums.get(key), tally)
    return sums


def _plus(sum_so_far: Tally | None, tally: Tally) -> Tally:
    return Tally(sum_so_far.up + tally.up, sum_so_far.down + tally.down) if sum_so_far else tally


def _bars(*titled: tuple[str, Sums, bool]) -> tuple[Bars, ...]:
    """A panel of each (title, tallies, by family) in which anything is liked: a server's own have no moods."""
    charts = (Bars(title, _most_liked(tallies), by_family) for title, tallies, by_family in titled)
    return tuple(chart for chart in charts if chart.rows)


def _most_liked(tallies: Sums) -> tuple[Bar, ...]:
    """Those that anybody is for, by how many more are for than against, then by name, so that the picture is
    always the same.
    """
    liked = [Bar(label, tally.up, tally.down, colour) for (label, colour), tally in tallies.items() if tally.up]
    return tuple(sorted(liked, key=lambda bar: (bar.down - bar.up, bar.label, bar.colour))[:_BARS])
