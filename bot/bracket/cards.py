"""How a bracket looks, and what is said of it. No I/O, no decisions."""

from collections.abc import Mapping, Sequence
from datetime import date

import discord

from bot import clock
from bot.bracket.rules import Match, rounds_of
from bot.bracket.store import BallotLine, Bracket, Course
from bot.catalogue import Montage, localised
from bot.delivery import bare
from bot.languages import N_, _, apart, in_a_row, ngettext, numeral
from bot.stats import Knockout, Seeded, Winner, in_words
from bot.ui.answers import notice
from bot.ui.components import ActionRow, Container, Item, MediaGallery, Section, Separator, TextDisplay, picture
from bot.ui.dates import dated, month_of
from bot.ui.mentions import living
from bot.ui.text import as_sentence, clip, escape, montage_title, named, title
from bot.ui.theme import AMBER, GOLD, GREEN, GREY, build_layout, colour_of

FILE = "bracket.png"
# Characters of a film's title, and of each where all matches of a large bracket stand in one message.
_FILM_AT_MOST, _FILM_OF_MANY = 44, 28
_MANY = 20
_GONE = N_("one that is no longer shown here")
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
# The montage that has each seed; None where it may not be shown (any more).
Names = Mapping[int, Montage | None]


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


def _name(seed: int, names: Names, most: int = _FILM_AT_MOST) -> str:
    montage = names.get(seed)
    if montage is None:
        gone = _(_GONE)
        return f"*{gone}*"
    return title(clip(localised(montage).film, most), montage.year)


def _bold(seed: int, names: Names, most: int = _FILM_AT_MOST) -> str:
    return f"**{_name(seed, names, most)}**" if names.get(seed) else _name(seed, names)


# --- a match in words ---


def to_come(match: Match, names: Names, most: int = _FILM_AT_MOST) -> str:
    """Who meets whom."""
    first = _seeded(match.first, names, most)
    if match.second is None:
        return _("- {first} has a bye", first=first)
    return _("- {first} against {second}", first=first, second=_seeded(match.second, names, most))


def _seeded(seed: int, names: Names, most: int) -> str:
    return _("{montage} (no.\N{NO-BREAK SPACE}{seed})", montage=_bold(seed, names, most), seed=seed)


def result(match: Match, names: Names, most: int = _FILM_AT_MOST) -> str:
    """Who went on, and why: the same words wherever it is told."""
    if match.winner is None:
        return to_come(match, names, most)
    if match.loser is None:
        return _("- {winner} had a bye", winner=_bold(match.winner, names, most))
    return _(
        _sentence(match),
        winner=_bold(match.winner, names, most),
        loser=_name(match.loser, names, most),
        votes=numeral(match.votes_of(match.winner)),
        against=numeral(match.votes_of(match.loser)),
        seed=match.winner,
    )


def _sentence(match: Match) -> str:
    """How a match with two sides was decided."""
    if match.decided_by == "seed" and not match.first_votes:
        return _NO_VOTES
    return _DECIDED[match.decided_by or "absence"]


def _results(course: Course, names: Names, number: int, most: int = _FILM_AT_MOST) -> str:
    lines = [result(match, names, most) for match in course.of_round(number)]
    return "\n".join([f"### {round_name(course.bracket.size, number)}", *lines])


def in_full(course: Course, names: Names) -> str:
    """Every match that is known, round by round."""
    most = _FILM_OF_MANY if len(course.matches) > _MANY else _FILM_AT_MOST
    numbers = sorted({match.round for match in course.matches})
    return "\n".join(_results(course, names, number, most) for number in numbers)


def chart(course: Course, names: Names, heading: str) -> Knockout:
    """The picture of it; the latest round first in its words, for they may be cut."""
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
        return localised(montage).film if montage else _(_GONE)

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


# --- what stands in the channel ---


def _shown(drawn: Knockout | None) -> list[Item]:
    return [] if drawn is None else [MediaGallery(picture(f"attachment://{FILE}", in_words(drawn)))]


def round_card(
    course: Course, names: Names, ends_at: int, drawn: Knockout | None, *buttons: Item
) -> discord.ui.LayoutView:
    """A round that opens: how the one before went, and who meets whom now. `drawn` None: without a picture."""
    bracket, end = course.bracket, ends_at // clock.SECOND
    container = Container(accent_colour=GOLD)
    if bracket.round > 1:
        container.add_item(TextDisplay(_over(course, names)))
        container.add_item(Separator(spacing=discord.SeparatorSpacing.small))
    else:
        container.add_item(
            TextDisplay(
                ngettext(
                    "## The bracket is open\n{number} montage goes in and one comes out.\n-# {asked_for}",
                    "## The bracket is open\n{number} montages go in and one comes out.\n-# {asked_for}",
                    len(course.entrants),
                    asked_for=asked_for(bracket),
                )
            )
        )
    for item in _shown(drawn):
        container.add_item(item)
    lines = [to_come(match, names) for match in course.of_round(bracket.round)]
    container.add_item(TextDisplay("\n".join([f"## {round_name(bracket.size, bracket.round)}", *lines])))
    container.add_item(TextDisplay(_("Ends <t:{end}:R>, on <t:{end}:f>.", end=end)))
    container.add_item(ActionRow(*buttons))
    container.add_item(
        TextDisplay(
            _(
                "-# One vote each in every match, and you may change yours until the end. The counts stay "
                "secret until then. If two are level, the better seed goes on.",
            )
        )
    )
    return build_layout(container)


def _over(course: Course, names: Names) -> str:
    """How the round before went."""
    number = course.bracket.round - 1
    lines = [result(match, names) for match in course.of_round(number)]
    return "\n".join([_("## {round_name}, decided", round_name=round_name(course.bracket.size, number)), *lines])


def champion_card(
    course: Course,
    names: Names,
    server: str,
    day: date,
    drawn: Knockout | None,
    card: discord.ui.LayoutView | None,
    *buttons: Item,
) -> discord.ui.LayoutView:
    """The end of it. `card`: the champion's own; None where there is no champion, or it may not be shown."""
    bracket = course.bracket
    container = Container(accent_colour=GOLD)
    if bracket.champion_seed is None:
        words = _("## No champion this time\nNobody who is left may be shown here any more.")
    else:
        words = _(
            "## 🏆 {montage} is the champion of {server}\n{month}: the best of {montages}, after {rounds}.",
            montage=_name(bracket.champion_seed, names),
            server=escape(server),
            month=month_of(day),
            montages=ngettext("{number} montage", "{number} montages", len(course.entrants)),
            rounds=ngettext("{number} round", "{number} rounds", bracket.rounds),
        )
    container.add_item(TextDisplay(words))
    for item in _shown(drawn):
        container.add_item(item)
    container.add_item(TextDisplay(_results(course, names, bracket.rounds)))
    container.add_item(ActionRow(*buttons))
    return build_layout(container, *(card.children if card else ()))


# --- what one person sees ---


def ballot_card(
    lines: Sequence[BallotLine], at: int, noted: str, names: Names, picks: Sequence[Item], ways: Sequence[Item]
) -> discord.ui.LayoutView:
    """One match, for one person. `noted`: what their press before has done; `picks` and `ways` are the buttons."""
    line = lines[at]
    chosen = sum(other.chosen is not None for other in lines)
    heading = (
        _("### Match {at} of {lines}", at=at + 1, lines=len(lines)) if len(lines) > 1 else _("### The one match")
    )
    sides = [
        Container(Section(TextDisplay(_side(seed, names)), accessory=pick), accent_colour=_colour(names.get(seed)))
        for seed, pick in zip(line.match.seeds, picks, strict=True)
    ]
    footer = Container(
        TextDisplay(_("-# You have chosen in {chosen} of {lines}.", chosen=chosen, lines=len(lines))),
        accent_colour=GOLD,
    )
    if ways:
        footer.add_item(ActionRow(*ways))
    return build_layout(TextDisplay(f"-# {noted}\n{heading}" if noted else heading), *sides, footer)


def _colour(montage: Montage | None) -> discord.Colour:
    return GREY if montage is None else colour_of(montage.family)


def _side(seed: int, names: Names) -> str:
    montage = names.get(seed)
    if montage is None:
        return _("*This is {gone}, so the other goes on.*", gone=_(_GONE))
    montage = localised(montage)
    words = f"**{title(montage.film, montage.year)}**\n{escape(montage.scene)}"
    return f"{words}\n-# {escape(montage.tagline)}" if montage.tagline else words


def picked(seed: int, names: Names) -> str:
    """That a vote is written down."""
    return _("✓ Yours is {name}.", name=_name(seed, names))


def done_card(lines: Sequence[BallotLine], names: Names, noted: str, change: Item) -> discord.ui.LayoutView:
    """Everything is chosen: what, and a way to think again."""
    rows = [
        _("- {bold} over {name}", bold=_bold(line.chosen, names), name=_name(other, names))
        for line in lines
        if line.chosen is not None
        for other in line.match.seeds
        if other != line.chosen
    ]
    words = "\n".join([_("### That was all of them"), *rows])
    container = Container(TextDisplay(f"-# {noted}\n{words}" if noted else words), accent_colour=GREEN)
    container.add_item(ActionRow(change))
    container.add_item(TextDisplay(_("-# You may change any of them until the round ends.")))
    return build_layout(container)


def started(course: Course, asked: int, *, pictures: bool) -> discord.ui.LayoutView:
    """What `/bracket start` answers."""
    bracket, entrants = course.bracket, len(course.entrants)
    words = _(
        "{montages}, {rounds} of {hours} hours each.",
        hours=bracket.hours,
        montages=ngettext("{number} montage", "{number} montages", entrants),
        rounds=ngettext("{number} round", "{number} rounds", bracket.rounds),
    )
    byes = bracket.size - entrants
    sentences = [words]
    if entrants < asked:
        sentences.append(_("I found no more than that for a bracket of {asked}.", asked=asked))
    if byes:
        sentences.append(
            ngettext(
                "The best seed has a bye in the first round.",
                "The best {number} seeds have a bye in the first round.",
                byes,
            )
        )
    notes = _("-# `/bracket status` shows how it goes, `/bracket stop` ends it.")
    if not pictures:
        lacking = _(
            "-# In <#{channel_id}> I have not got **Attach Files**, so the rounds come in words alone. "
            "Allow me that, and the pictures follow.",
            channel_id=bracket.channel_id,
        )
        notes = f"{notes}\n{lacking}"
    return notice(
        _("### Let the training begin"),
        _(
            "The first round opens in <#{channel_id}> within a minute. {words}\n-# {asked_for}",
            channel_id=bracket.channel_id,
            words=in_a_row(sentences),
            asked_for=asked_for(bracket),
        ),
        notes,
        accent=GREEN,
    )


def whole_card(course: Course, names: Names, drawn: Knockout | None, *buttons: Item) -> discord.ui.LayoutView:
    """All of it, picture and words."""
    container = Container(accent_colour=GOLD)
    for item in _shown(drawn):
        container.add_item(item)
    container.add_item(TextDisplay(in_full(course, names)))
    if buttons:
        container.add_item(ActionRow(*buttons))
    return build_layout(container)


def status_card(
    course: Course,
    names: Names,
    turnout: tuple[int, int],
    guild: discord.Guild | None,
    drawn: Knockout | None,
    *buttons: Item,
) -> discord.ui.LayoutView:
    """How the one that is running stands."""
    bracket = course.bracket
    lines = [_("### The bracket in <#{channel_id}>", channel_id=bracket.channel_id)]
    if bracket.problem is not None and bracket.due_at is None:
        lines.append(
            _(
                "⚠️ **Given up:** {problem}.\nMend that, and press the button: every vote is still here.",
                problem=bare(bracket.problem),
            )
        )
    elif bracket.problem is not None:
        since = (bracket.failing_since or 0) // clock.SECOND
        lines.append(
            _(
                "⚠️ **Failing since <t:{since}:f>:** {problem}.\n"
                "I try every hour, and give up three days after the first failure.",
                since=since,
                problem=bare(bracket.problem),
            )
        )
    post = course.posts.get(bracket.round)
    if post is not None and post.claim.message_id is not None and not bracket.is_played:
        end, (people, votes) = post.ends_at // clock.SECOND, turnout
        where = _(
            "{round_name}, until <t:{end}:f>, <t:{end}:R>.",
            round_name=round_name(bracket.size, bracket.round),
            end=end,
        )
        if post.claim.message_id:
            address = (
                f"https://discord.com/channels/{bracket.guild_id}/{bracket.channel_id}/{post.claim.message_id}"
            )
            here = _("Here it is.")
            where = f"{where} [{here}]({address})"
        turned_out = _("Nobody has voted yet.")
        if votes:
            turned_out = _(
                "{votes} so far, by {people}.",
                votes=ngettext("{number} vote", "{number} votes", votes),
                people=ngettext("{number} person", "{number} people", people),
            )
        lines += [where, turned_out]
    elif bracket.problem is None:
        lines.append(_("The next round is about to open."))
    lines.append(f"-# {asked_for(bracket)}")
    container = Container(accent_colour=AMBER if bracket.problem else GOLD)
    container.add_item(TextDisplay(living("\n".join(lines), guild)))
    for item in _shown(drawn):
        container.add_item(item)
    container.add_item(TextDisplay(in_full(course, names)))
    if buttons:
        container.add_item(ActionRow(*buttons))
    return build_layout(container)


def stop_question(course: Course, button: Item) -> discord.ui.LayoutView:
    """What `/bracket stop` asks, once."""
    bracket = course.bracket
    question = _("### Stop the bracket before the champion is announced?")
    if not bracket.is_played:
        question = _(
            "### Stop the bracket? This would stay undecided for ever: {round_name}.",
            round_name=round_name(bracket.size, bracket.round),
        )
    return build_layout(
        Container(
            TextDisplay(
                _(
                    "{question}\nThere will be no champion, and nobody can go on from there. What was "
                    "decided so far stays in `/bracket history`.",
                    question=question,
                )
            ),
            ActionRow(button),
            accent_colour=AMBER,
        )
    )


def history_row(bracket: Bracket, champion: Montage | None) -> str:
    """One that is over."""
    ended = (bracket.ended_at or 0) // clock.SECOND
    if bracket.champion_seed is not None:
        gone = _(_GONE)
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


def failing(bracket: Bracket, problem: str, guild: discord.Guild) -> discord.ui.LayoutView:
    """For the moderators, when a round could not be posted for a reason of the bot's own."""
    return notice(
        _("### The next round of the bracket is late"),
        living(
            _(
                "I could not post it in <#{channel_id}>: {problem}.\n"
                "I try again every hour, for three days. No vote is lost.",
                channel_id=bracket.channel_id,
                problem=bare(problem),
            ),
            guild,
        ),
    )


def gave_up(bracket: Bracket, problem: str, guild: discord.Guild) -> discord.ui.LayoutView:
    """For the moderators, when nothing has worked for three days."""
    return notice(
        _("### I have put the bracket aside"),
        living(
            _(
                "Three days running I could not post its next round in <#{channel_id}>: {problem}.\n"
                "Whoever manages the server can mend that, and `/bracket status` has a button to go on. No vote is "
                "lost.",
                channel_id=bracket.channel_id,
                problem=bare(problem),
            ),
            guild,
        ),
    )
