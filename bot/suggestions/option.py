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
from bot.ui.text import clip, escape, number_in


class _Named(app_commands.Transformer):
    """Base: which suggestions are offered, and found by their title."""

    nothing = "There is no suggestion “{}” here. `/suggestions list` has them all."

    @staticmethod
    def offers(title: Title, user_id: int) -> bool:
        """Whether this one is for the person to pick."""
        return may_see(title.state, author=title.author_id == user_id, moderator=False)

    @classmethod
    async def offered(cls, interaction: Interaction) -> list[tuple[int, Title]]:
        """Everything that is, by number, the newest first."""
        titles = await interaction.client.service(Titles).of(place_of(interaction))
        return [(number, title) for number, title in titles.items() if cls.offers(title, interaction.user.id)]

    async def autocomplete(self, interaction: discord.Interaction[Any], value: Any, /) -> list[Any]:
        offered = await self.offered(interaction)
        return matching_choices(str(value), [(clip(title.label, 100), str(number)) for number, title in offered])

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> str:
        return str(value)


class Visible(_Named):
    """What the person may look at."""


class Own(_Named):
    """The person's own that are undecided or accepted."""

    nothing = (
        "You have no suggestion “{}” here that can still be changed or taken back. "
        "`/suggestions list which:mine` shows all of yours."
    )

    @staticmethod
    def offers(title: Title, user_id: int) -> bool:
        return title.author_id == user_id and title.state in UNDECIDED | {"accepted"}


class Every(_Named):
    """Everything, for moderators."""

    @staticmethod
    def offers(title: Title, user_id: int) -> bool:
        return True


async def named(interaction: Interaction, text: str, option: type[_Named]) -> Suggestion:
    """The suggestion of that number, or of those that `option` offers the one whose title is nearest.

    Raises UserError where there is none. Somebody else's may be named by its number: ask what the person may do.
    """
    number = number_in(text.strip().removeprefix("#").removeprefix("s"))
    if number is None:
        offered = _open_first(await option.offered(interaction))
        near = matching_choices(text, [(title.label, str(key)) for key, title in offered])
        number = int(near[0].value) if near else None
    store, place = interaction.client.service(SuggestionStore), place_of(interaction)
    found = await store.get(place, number) if number is not None else None
    if found is None:
        raise UserError(option.nothing.format(escape(clip(text, 60))))
    return found


def _open_first(titles: Iterable[tuple[int, Title]]) -> list[tuple[int, Title]]:
    return sorted(titles, key=lambda pair: pair[1].state not in UNDECIDED)
