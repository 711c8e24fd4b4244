"""The option that names a suggestion: by its number, or picked from a list that opens while typing."""

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
        """Its number: as typed, or that of the one title among those offered that fits what was typed.

        Otherwise the text as it is. Nothing is guessed, for it may be withdrawn next.
        """
        text = str(value).strip()
        titles = await interaction.client.service(Titles).of(place_of(interaction))
        number = text.removeprefix("#").removeprefix("s")
        if number.isascii() and number.isdigit() and int(number[:18]) in titles:
            return number
        labels = {
            str(key): title.label.partition(" · ")[2].casefold()
            for key, title in titles.items()
            if self.offers(title, interaction.user.id)
        }
        same = [key for key, label in labels.items() if label.startswith(f"{text.casefold()} (")]
        if not same and not number.isdigit():
            same = [key for key, label in labels.items() if text.casefold() in label]
        return same[0] if len(same) == 1 else text


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
    """The suggestion of that number. Raises UserError."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else 0
    found = await interaction.client.service(SuggestionStore).get(place_of(interaction), number)
    if found is None:
        raise UserError(
            f"There is no suggestion “{escape(clip(text, 60))}” here, or more than one. Pick it from the list that "
            "opens while you type; `/suggestions list` has them all."
        )
    return found
