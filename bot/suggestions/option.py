"""The option that names a suggestion: by its number, or picked from a list that opens while typing."""

from collections.abc import Iterable
from typing import Any

import discord
from discord import app_commands

from bot.client import Interaction
from bot.errors import UserError
from bot.suggestions.life import UNDECIDED, may_see
from bot.suggestions.store import SuggestionStore
from bot.suggestions.suggestion import Suggestion
from bot.suggestions.titles import Title, Titles
from bot.ui.filters import matching_choices
from bot.ui.places import place_of
from bot.ui.text import clip, escape


class _Named(app_commands.Transformer):
    """Base: which suggestions are offered."""

    def offers(self, title: Title, user_id: int) -> bool:
        """Whether this one belongs into the list of choices."""
        return may_see(title.state, author=title.author_id == user_id, moderator=False)

    async def autocomplete(self, interaction: discord.Interaction[Any], value: Any, /) -> list[Any]:
        titles = await interaction.client.service(Titles).of(place_of(interaction))
        offered = [
            (clip(title.label, 100), str(number))
            for number, title in titles.items()
            if self.offers(title, interaction.user.id)
        ]
        return matching_choices(str(value), offered)

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> str:
        return str(value)


class Visible(_Named):
    """What the person may look at."""


class Own(_Named):
    """The person's own that are undecided or accepted."""

    def offers(self, title: Title, user_id: int) -> bool:
        return title.author_id == user_id and title.state in UNDECIDED | {"accepted"}


class Every(_Named):
    """Everything, for moderators."""

    def offers(self, title: Title, user_id: int) -> bool:
        return True


async def named(interaction: Interaction, text: str) -> Suggestion:
    """The suggestion of that number, or the one whose title is nearest. Raises UserError."""
    place = place_of(interaction)
    digits = text.strip().removeprefix("#").removeprefix("s")
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 18 else None
    if number is None:
        titles = await interaction.client.service(Titles).of(place)
        near = matching_choices(text, [(title.label, str(key)) for key, title in _open_first(titles.items())])
        number = int(near[0].value) if near else None
    found = await interaction.client.service(SuggestionStore).get(place, number) if number is not None else None
    if found is None:
        raise UserError(
            f"There is no suggestion “{escape(clip(text, 60))}” here. `/suggestions list` has them all."
        )
    return found


def _open_first(titles: Iterable[tuple[int, Title]]) -> list[tuple[int, Title]]:
    return sorted(titles, key=lambda pair: pair[1].state not in UNDECIDED)
