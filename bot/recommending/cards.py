"""How picks look, and the five cards to learn from. No I/O, no decisions."""

from collections.abc import Sequence
from typing import NamedTuple

import discord

from bot.catalogue import Montage
from bot.ui.components import ActionRow, Container, Separator, TextDisplay
from bot.ui.lists import OpenSelect, PageButton, list_view
from bot.ui.text import count, escape, montage_label, title
from bot.ui.theme import GOLD, GREEN, build_layout
from bot.voting import Tally, vote_buttons

LIST = "for-me"


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
            return f"🧭 A discovery: {escape(self.montage.discipline)}, where I don't know you yet"
        if self.own:
            return "This server's own addition"
        if self.because is None:
            return "Next on the list: your likes say nothing about it yet"
        return f"Because you liked {title(self.because.film, self.because.year)}"


def recommendations_view(
    picks: Sequence[Recommendation], page: int, pages: int, query: str = ""
) -> discord.ui.LayoutView:
    """One page of picks."""
    return list_view(
        LIST,
        query,
        "## Picked for you",
        [f"**{_name(pick.montage)}** {escape(pick.montage.scene)}\n-# {pick.reason}" for pick in picks],
        [(montage_label(pick.montage), pick.montage.id) for pick in picks],
        page,
        pages,
        "From your own votes, when you ask, and only you can see it. Every vote makes the next picks better.",
    )


def learning_view(
    likes: int,
    enough: int,
    cards: Sequence[tuple[Montage, Tally]],
    favourites: Sequence[str],
    entries: Sequence[tuple[str, str]],
    query: str = "",
) -> discord.ui.LayoutView:
    """The five cards, each with its vote buttons; under them rows of favourites for the meantime."""
    questions = Container(accent_colour=GOLD)
    known = f"You've liked {count(likes, 'montage')} so far" if likes else "I don't know your taste yet"
    questions.add_item(
        TextDisplay(
            f"## Which of these?\n{known}. Like {enough} and I can pick for you. "
            "Tell me what fires you up here, and what leaves you cold."
        )
    )
    for montage, tally in cards:
        text = f"**{_name(montage)}** {escape(montage.scene)}"
        if montage.tagline:
            text += f"\n-# {escape(montage.tagline)}"
        questions.add_item(Separator(spacing=discord.SeparatorSpacing.small))
        questions.add_item(TextDisplay(text))
        questions.add_item(ActionRow(*vote_buttons(montage.id, tally)))
    questions.add_item(Separator(spacing=discord.SeparatorSpacing.small))
    questions.add_item(ActionRow(PageButton(LIST, "g", "0", query, "Done. And now?")))
    if not favourites:
        return build_layout(questions)
    meanwhile = Container(
        TextDisplay("### Until then\nNot judged by you yet, and worth seeing first:"),
        TextDisplay("\n".join(favourites)),
        ActionRow(OpenSelect(LIST, entries)),
        accent_colour=GREEN,
    )
    return build_layout(questions, meanwhile)


def _name(montage: Montage) -> str:
    return title(montage.film, montage.year)
