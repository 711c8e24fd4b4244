"""The option that names a suggestion: by its number, or picked from a list that opens while typing."""

from typing import Any

import discord
from discord import app_commands

from bot.client import Interaction
from bot.errors import UserError
from bot.suggestions.lifecycle import UNDECIDED, may_see
from bot.suggestions.suggestion import Suggestion
from bot.suggestions.title_index import IndexedTitle
from bot.ui.context import guild_id_of
from bot.ui.filters import matching_choices
from bot.ui.text import clip, escape, number_in


class _Named(app_commands.Transformer):
    """Base: which suggestions are offered, and found by their title."""

    nothing = (
        "There is no suggestion “{}” here, or more than one. Pick it from the list that opens while you type; "
        "`/suggestions list` has them all."
    )

    @staticmethod
    def offers(title: IndexedTitle, user_id: int) -> bool:
        """Whether this one is for the person to pick."""
        return may_see(title.state, author=title.author_id == user_id, moderator=False)

    @classmethod
    async def offered(cls, interaction: Interaction) -> list[tuple[int, IndexedTitle]]:
        """Everything that is, by number, the newest first."""
        titles = await interaction.client.services.title_index.for_guild(guild_id_of(interaction))
        return [(number, title) for number, title in titles.items() if cls.offers(title, interaction.user.id)]

    async def autocomplete(self, interaction: discord.Interaction[Any], value: Any, /) -> list[Any]:
        offered = await self.offered(interaction)
        return matching_choices(str(value), [(clip(title.label, 100), str(number)) for number, title in offered])

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> str:
        """Its number: as typed, or that of the one title among those offered that fits what was typed.

        Otherwise the text as it is. Nothing is guessed, for it may be withdrawn next.
        """
        text = str(value).strip()
        number = number_in(text.removeprefix("#").removeprefix("s"))
        if number in await interaction.client.services.title_index.for_guild(guild_id_of(interaction)):
            return str(number)
        labels = {
            str(key): title.label.partition(" · ")[2].casefold() for key, title in await self.offered(interaction)
        }
        same = [key for key, label in labels.items() if label.startswith(f"{text.casefold()} (")]
        if not same and number is None:
            same = [key for key, label in labels.items() if text.casefold() in label]
        return same[0] if len(same) == 1 else text


class Visible(_Named):
    """What the person may look at."""


class Own(_Named):
    """The person's own that are undecided or accepted."""

    nothing = (
        "You have no suggestion “{}” here that can still be changed or taken back, or more than one. Pick it from "
        "the list that opens while you type; `/suggestions list which:mine` shows all of yours."
    )

    @staticmethod
    def offers(title: IndexedTitle, user_id: int) -> bool:
        return title.author_id == user_id and title.state in UNDECIDED | {"accepted"}


class Every(_Named):
    """Everything, for moderators."""

    @staticmethod
    def offers(title: IndexedTitle, user_id: int) -> bool:
        return True


async def named(interaction: Interaction, text: str, option: type[_Named]) -> Suggestion:
    """The suggestion of that number. Raises UserError, in the words of the option that took it.

    Somebody else's may be named by its number: ask what the person may do.
    """
    number, store = number_in(text), interaction.client.services.suggestions
    found = await store.get(guild_id_of(interaction), number) if number is not None else None
    if found is None:
        raise UserError(option.nothing.format(escape(clip(text, 60))))
    return found
