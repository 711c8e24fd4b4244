"""What stands in the channel of a bracket, and what moderators hear when it does not. No I/O."""

from datetime import date

import discord

from bot import clock
from bot.bracket.course import Bracket, Course, Names
from bot.bracket.picture import shown
from bot.bracket.words import asked_for, history_row, in_full, montage_name, result, results, round_name, to_come
from bot.delivery import bare
from bot.languages import _, ngettext
from bot.stats import Knockout
from bot.ui.answers import notice
from bot.ui.components import ActionRow, Container, Item, Separator, TextDisplay
from bot.ui.dates import month_of
from bot.ui.mentions import living
from bot.ui.text import escape
from bot.ui.theme import GOLD, GREY, build_layout


def round_card(
    course: Course, names: Names, ends_at: int, drawn: Knockout | None, *buttons: Item
) -> discord.ui.LayoutView:
    """A round that opens: how the one before went, and who meets whom now. `drawn` None: without a picture."""
    bracket, end = course.bracket, ends_at // clock.SECOND
    lines = [to_come(match, names) for match in course.of_round(bracket.round)]
    container = Container(*_so_far(course, names), *shown(drawn), accent_colour=GOLD)
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


def _so_far(course: Course, names: Names) -> list[Item]:
    """How the round before went; in the first one, what begins."""
    if course.bracket.round > 1:
        return [TextDisplay(_over(course, names)), Separator(spacing=discord.SeparatorSpacing.small)]
    words = ngettext(
        "## The bracket is open\n{number} montage goes in and one comes out.\n-# {asked_for}",
        "## The bracket is open\n{number} montages go in and one comes out.\n-# {asked_for}",
        len(course.entrants),
        asked_for=asked_for(course.bracket),
    )
    return [TextDisplay(words)]


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
            montage=montage_name(bracket.champion_seed, names),
            server=escape(server),
            month=month_of(day),
            montages=ngettext("{number} montage", "{number} montages", len(course.entrants)),
            rounds=ngettext("{number} round", "{number} rounds", bracket.rounds),
        )
    container.add_item(TextDisplay(words))
    for item in shown(drawn):
        container.add_item(item)
    container.add_item(TextDisplay(results(course, names, bracket.rounds)))
    container.add_item(ActionRow(*buttons))
    return build_layout(container, *(card.children if card else ()))


def stopped_card(course: Course, names: Names, drawn: Knockout | None, *buttons: Item) -> discord.ui.LayoutView:
    """What a round's post becomes when its bracket is stopped."""
    return build_layout(
        Container(
            TextDisplay(f"### {history_row(course.bracket, None)}"),
            *shown(drawn),
            TextDisplay(in_full(course, names)),
            ActionRow(*buttons),
            accent_colour=GREY,
        )
    )


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
