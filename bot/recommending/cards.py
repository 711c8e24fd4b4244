"""How picks look, and the questions to learn from. No I/O, no decisions."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import discord

from bot.catalogue import Montage, localised
from bot.languages import _
from bot.recommending.buttons import LIST, taste_buttons
from bot.ui.components import ActionRow, Container, Separator, TextDisplay
from bot.ui.lists import OpenSelect, PageButton, page_row
from bot.ui.text import escape, montage_label, montage_line, montage_title
from bot.ui.theme import GOLD, GREEN, build_layout
from bot.voting import Choice, Tally, VoteButton, vote_buttons


class Recommendation(NamedTuple):
    """One recommendation and its reason. `own`: the server added it, and nobody elsewhere votes on it."""

    montage: Montage
    because: Montage | None = None
    discovery: bool = False
    own: bool = False

    @property
    def reason(self) -> str:
        """The reason, in a few words."""
        if self.discovery:
            return _(
                "🧭 A discovery: {discipline}, where I don't know you yet",
                discipline=escape(localised(self.montage).discipline),
            )
        if self.own:
            return _("This server's own addition")
        if self.because is None:
            return _("Next on the list: your likes say nothing about it yet")
        return _("Because you liked {film}", film=montage_title(self.because))


def recommendations_view(
    picks: Sequence[Recommendation],
    tallies: Mapping[str, Tally],
    choices: Mapping[str, Choice],
    page: int,
    pages: int,
    only: str = "",
) -> discord.ui.LayoutView:
    """One page of picks, each with its vote buttons; `only`: what they are taken from."""
    container = Container(TextDisplay(_("## Picked for you")), accent_colour=GREEN)
    for pick in picks:
        container.add_item(TextDisplay(f"{montage_line(pick.montage)}\n-# {pick.reason}"))
        container.add_item(ActionRow(*_votes_on(vote_buttons, pick.montage, tallies, choices)))
    container.add_item(
        TextDisplay(
            _(
                "-# From your own votes, when you ask, and only you can see it. Every vote makes the next "
                "picks better.",
            )
        )
    )
    entries = [(montage_label(pick.montage), pick.montage.id) for pick in picks]
    container.add_item(ActionRow(OpenSelect(LIST, entries)))
    if pages > 1:
        container.add_item(page_row(LIST, only, page, pages))
    return build_layout(container)


def learning_view(
    likes: int,
    enough: int,
    asked: Sequence[Montage],
    tallies: Mapping[str, Tally],
    choices: Mapping[str, Choice],
    only: str = "",
) -> discord.ui.LayoutView:
    """The questions, each with its vote buttons, and how far they have led; `only`: what they are taken from."""
    container = Container(accent_colour=GOLD)
    container.add_item(
        TextDisplay(
            _(
                "## Which of these fires you up?\n{flames} **{likes} of {enough}**\n"
                "I don't know your taste yet. Like {enough}, and what I pick for you comes up here by itself.",
                flames="🔥" * likes + "▫️" * (enough - likes),
                likes=likes,
                enough=enough,
            )
        )
    )
    for montage in asked:
        text = montage_line(montage)
        if tagline := localised(montage).tagline:
            text += f"\n-# {escape(tagline)}"
        container.add_item(TextDisplay(text))
        container.add_item(ActionRow(*_votes_on(taste_buttons, montage, tallies, choices)))
    container.add_item(Separator(spacing=discord.SeparatorSpacing.small))
    container.add_item(ActionRow(PageButton(LIST, "g", "0", only, _("Ask me about others"))))
    return build_layout(container)


def _votes_on(
    buttons: Callable[[str, Tally, Choice], tuple[VoteButton, VoteButton]],
    montage: Montage,
    tallies: Mapping[str, Tally],
    choices: Mapping[str, Choice],
) -> tuple[VoteButton, VoteButton]:
    return buttons(montage.id, tallies.get(montage.id, Tally()), choices.get(montage.id, Choice.NONE))
