"""What is said of a bracket, wherever it is told: its rounds, its matches, who takes part. No I/O, no decisions."""

from bot import clock
from bot.bracket.course import Bracket, Course, Names
from bot.bracket.rules import Match
from bot.catalogue import Montage, localised
from bot.languages import N_, _, numeral
from bot.ui.dates import dated
from bot.ui.text import clip, escape, montage_title, named, title

# Characters of a film's title, and of each where all matches of a large bracket stand in one message.
_FILM_AT_MOST, _FILM_OF_MANY = 44, 28
_MANY = 20
GONE = N_("one that is no longer shown here")
# How a match with two sides was decided.
_DECIDED = {
    "votes": N_("- {winner} beat {loser}, {votes} to {against}"),
    "seed": N_(
        "- {winner} and {loser} were level at {votes}: the better seed goes on, no.\N{NO-BREAK SPACE}{seed}"
    ),
    "absence": N_("- {winner} goes on without a fight against {loser}"),
    "memory": N_("- {winner} beat {loser}; by how much is lost"),
}
_NO_VOTES = N_("- {winner} and {loser} got no votes: the better seed goes on, no.\N{NO-BREAK SPACE}{seed}")


def round_name(size: int, number: int) -> str:
    """What a round is called."""
    left = size >> (number - 1)
    return {2: _("The final"), 4: _("The semi-finals"), 8: _("The quarter-finals")}.get(
        left, _("The round of {left}", left=left)
    )


def asked_for(bracket: Bracket) -> str:
    """What it was made from."""
    if bracket.filters is None:
        return _("From filters that I can't read any more")
    if bracket.filters.active:
        filters = escape(str(bracket.filters))
        return (
            _("Suggested here: {filters}", filters=filters)
            if bracket.source == "suggested"
            else _("This server's ranking: {filters}", filters=filters)
        )
    return _("What members suggested") if bracket.source == "suggested" else _("This server's ranking")


def montage_name(seed: int, names: Names, most: int = _FILM_AT_MOST) -> str:
    """The montage that has that seed, its title cut to `most` characters."""
    montage = names.get(seed)
    if montage is None:
        gone = _(GONE)
        return f"*{gone}*"
    return title(clip(localised(montage).film, most), montage.year)


def bold_name(seed: int, names: Names, most: int = _FILM_AT_MOST) -> str:
    """The same in bold."""
    return f"**{montage_name(seed, names, most)}**" if names.get(seed) else montage_name(seed, names)


def to_come(match: Match, names: Names, most: int = _FILM_AT_MOST) -> str:
    """Who meets whom."""
    first = _seeded(match.first, names, most)
    if match.second is None:
        return _("- {first} has a bye", first=first)
    return _("- {first} against {second}", first=first, second=_seeded(match.second, names, most))


def _seeded(seed: int, names: Names, most: int) -> str:
    return _("{montage} (no.\N{NO-BREAK SPACE}{seed})", montage=bold_name(seed, names, most), seed=seed)


def result(match: Match, names: Names, most: int = _FILM_AT_MOST) -> str:
    """Who went on, and why: the same words wherever it is told."""
    if match.winner is None:
        return to_come(match, names, most)
    if match.loser is None:
        return _("- {winner} had a bye", winner=bold_name(match.winner, names, most))
    return _(
        _sentence(match),
        winner=bold_name(match.winner, names, most),
        loser=montage_name(match.loser, names, most),
        votes=numeral(match.votes_of(match.winner)),
        against=numeral(match.votes_of(match.loser)),
        seed=match.winner,
    )


def _sentence(match: Match) -> str:
    """How a match with two sides was decided."""
    if match.decided_by == "seed" and not match.first_votes:
        return _NO_VOTES
    return _DECIDED[match.decided_by or "absence"]


def results(course: Course, names: Names, number: int, most: int = _FILM_AT_MOST) -> str:
    """A round with its heading and every match of it."""
    lines = [result(match, names, most) for match in course.of_round(number)]
    return "\n".join([f"### {round_name(course.bracket.size, number)}", *lines])


def in_full(course: Course, names: Names) -> str:
    """Every match that is known, round by round."""
    most = _FILM_OF_MANY if len(course.matches) > _MANY else _FILM_AT_MOST
    numbers = sorted({match.round for match in course.matches})
    return "\n".join(results(course, names, number, most) for number in numbers)


def history_row(bracket: Bracket, champion: Montage | None) -> str:
    """One that is over."""
    ended = (bracket.ended_at or 0) // clock.SECOND
    if bracket.champion_seed is not None:
        gone = _(GONE)
        who = f"🏆 **{montage_title(champion)}**" if champion else f"🏆 *{gone}*"
    elif bracket.is_played:
        who = _("No champion")
    else:
        who = _("Stopped: {round}", round=round_name(bracket.size, bracket.round))
    day = f"<t:{ended}:D>"
    made = asked_for(bracket)
    return _(
        "{who} · {day}\n-# A bracket of {size} · {asked_for}", who=who, day=day, size=bracket.size, asked_for=made
    )


def history_label(bracket: Bracket, champion: Montage | None) -> str:
    """The same for a select, in plain text."""
    day = dated(clock.moment(bracket.ended_at or 0).date())
    if champion is not None:
        return named(day, f"{localised(champion).film} ({champion.year})")
    return _("{day}: no champion", day=day) if bracket.is_played else _("{day}: stopped", day=day)
