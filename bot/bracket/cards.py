"""What the commands of `/bracket` answer. No I/O, no decisions."""

import discord

from bot import clock
from bot.bracket.course import Bracket, Course, Names
from bot.bracket.picture import shown
from bot.bracket.words import asked_for, in_full, round_name
from bot.delivery import bare
from bot.languages import _, in_a_row, ngettext
from bot.stats import Knockout
from bot.ui.answers import notice
from bot.ui.components import ActionRow, Container, Item, TextDisplay
from bot.ui.mentions import living
from bot.ui.theme import AMBER, GOLD, GREEN, build_layout


def started(course: Course, asked: int, *, pictures: bool) -> discord.ui.LayoutView:
    """What `/bracket start` answers."""
    bracket = course.bracket
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
            words=in_a_row(_field(course, asked)),
            asked_for=asked_for(bracket),
        ),
        notes,
        accent=GREEN,
    )


def _field(course: Course, asked: int) -> list[str]:
    """How many take part and for how long, as sentences; `asked` is the size that was asked for."""
    bracket, entrants = course.bracket, len(course.entrants)
    sentences = [
        _(
            "{montages}, {rounds} of {hours} hours each.",
            hours=bracket.hours,
            montages=ngettext("{number} montage", "{number} montages", entrants),
            rounds=ngettext("{number} round", "{number} rounds", bracket.rounds),
        )
    ]
    if entrants < asked:
        sentences.append(_("I found no more than that for a bracket of {asked}.", asked=asked))
    if byes := bracket.size - entrants:
        sentences.append(
            ngettext(
                "The best seed has a bye in the first round.",
                "The best {number} seeds have a bye in the first round.",
                byes,
            )
        )
    return sentences


def whole_card(course: Course, names: Names, drawn: Knockout | None, *buttons: Item) -> discord.ui.LayoutView:
    """All of it, picture and words."""
    container = Container(accent_colour=GOLD)
    for item in shown(drawn):
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
    lines = [
        _("### The bracket in <#{channel_id}>", channel_id=bracket.channel_id),
        *_trouble(bracket),
        *_open_round(course, turnout),
        f"-# {asked_for(bracket)}",
    ]
    container = Container(TextDisplay(living("\n".join(lines), guild)), *shown(drawn))
    container.accent_colour = AMBER if bracket.problem else GOLD
    container.add_item(TextDisplay(in_full(course, names)))
    if buttons:
        container.add_item(ActionRow(*buttons))
    return build_layout(container)


def _trouble(bracket: Bracket) -> list[str]:
    """Why its next round is late, where it is."""
    if bracket.problem is None:
        return []
    if bracket.due_at is None:
        return [
            _(
                "⚠️ **Given up:** {problem}.\nMend that, and press the button: every vote is still here.",
                problem=bare(bracket.problem),
            )
        ]
    return [
        _(
            "⚠️ **Failing since <t:{since}:f>:** {problem}.\n"
            "I try every hour, and give up three days after the first failure.",
            since=(bracket.failing_since or 0) // clock.SECOND,
            problem=bare(bracket.problem),
        )
    ]


def _open_round(course: Course, turnout: tuple[int, int]) -> list[str]:
    """The round that is open, where it stands, and how many have voted in it."""
    bracket, post = course.bracket, course.posts.get(course.bracket.round)
    if post is None or post.claim.message_id is None or bracket.is_played:
        return [] if bracket.problem else [_("The next round is about to open.")]
    where = _(
        "{round_name}, until <t:{end}:f>, <t:{end}:R>.",
        round_name=round_name(bracket.size, bracket.round),
        end=post.ends_at // clock.SECOND,
    )
    if post.claim.message_id:
        here = _("Here it is.")
        where = f"{where} [{here}]({bracket.address_of(post.claim.message_id)})"
    people, votes = turnout
    if not votes:
        return [where, _("Nobody has voted yet.")]
    turned_out = _(
        "{votes} so far, by {people}.",
        votes=ngettext("{number} vote", "{number} votes", votes),
        people=ngettext("{number} person", "{number} people", people),
    )
    return [where, turned_out]


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
