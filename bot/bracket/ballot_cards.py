"""A ballot as one person sees it. No I/O."""

from collections.abc import Sequence

import discord

from bot.bracket.course import Names
from bot.bracket.vote_store import BallotLine
from bot.bracket.words import GONE, bold_name, montage_name
from bot.catalogue import Montage, localised
from bot.languages import _
from bot.ui.components import ActionRow, Container, Item, Section, TextDisplay
from bot.ui.text import escape, title
from bot.ui.theme import GOLD, GREEN, GREY, build_layout, colour_of


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
        return _("*This is {gone}, so the other goes on.*", gone=_(GONE))
    montage = localised(montage)
    words = f"**{title(montage.film, montage.year)}**\n{escape(montage.scene)}"
    return f"{words}\n-# {escape(montage.tagline)}" if montage.tagline else words


def picked(seed: int, names: Names) -> str:
    """That a vote is written down."""
    return _("✓ Yours is {name}.", name=montage_name(seed, names))


def done_card(lines: Sequence[BallotLine], names: Names, noted: str, change: Item) -> discord.ui.LayoutView:
    """Everything is chosen: what, and a way to think again."""
    rows = [
        _("- {bold} over {name}", bold=bold_name(line.chosen, names), name=montage_name(other, names))
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
