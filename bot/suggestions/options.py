"""The option that names a suggestion: by its number, or picked from a list that opens while typing."""

from collections.abc import Iterator

from discord import app_commands

from bot.client import Interaction
from bot.errors import UserError
from bot.languages import N_, _
from bot.suggestions.lifecycle import UNDECIDED, may_see
from bot.suggestions.suggestion import Suggestion
from bot.suggestions.title_index import IndexedTitle
from bot.ui.components import AnyInteraction
from bot.ui.context import guild_id_of
from bot.ui.filters import TYPED_AT_MOST, Choices, matching_choices
from bot.ui.text import clip, cut, escape, number_in
from bot.ui.turns import in_portions


class _Named(app_commands.Transformer):
    """Base: which suggestions are offered, and found by their title."""

    nothing = N_(
        "There is no suggestion “{typed}” here, or more than one. Pick it from the list that opens while you type; "
        "`/suggestions list` has them all."
    )

    @staticmethod
    def offers(title: IndexedTitle, user_id: int) -> bool:
        """Whether this one is for the person to pick."""
        return may_see(title.state, author=title.author_id == user_id, moderator=False)

    @property
    def max_value(self) -> int:
        """Characters of it, which Discord counts."""
        return TYPED_AT_MOST

    async def autocomplete(self, interaction: AnyInteraction, value: int | float | str, /) -> Choices:
        user_id = interaction.user.id
        offered = (
            (title.label, str(number)) if self.offers(title, user_id) else None
            for number, title in await _newest_first(interaction)
        )
        return await matching_choices(str(value), offered)

    async def transform(self, interaction: AnyInteraction, value: int | float | str, /) -> str:
        """Its number: as typed, or that of the one title among those offered that fits what was typed.

        Otherwise the text as it is. Nothing is guessed, for it may be withdrawn next.
        """
        text = cut(str(value).strip(), TYPED_AT_MOST)
        number = number_in(text.removeprefix("#").removeprefix("s"))
        if number in await interaction.client.services.title_index.for_guild(guild_id_of(interaction)):
            return str(number)
        typed, user_id = text.casefold(), interaction.user.id
        same: list[str] = []
        having: list[str] = []
        async for portion in in_portions(await _newest_first(interaction)):
            fitting = [
                (key, title) for key, title in portion if typed in title.words and self.offers(title, user_id)
            ]
            same += [str(key) for key, title in fitting if title.film == typed]
            having += [str(key) for key, _score in fitting]
        found = same or (having if number is None else [])
        return found[0] if len(found) == 1 else text


async def _newest_first(interaction: Interaction) -> Iterator[tuple[int, IndexedTitle]]:
    """Everything that is suggested there, by number; a copy, for it may change while it is looked through."""
    titles = await interaction.client.services.title_index.for_guild(guild_id_of(interaction))
    return reversed(list(titles.items()))


class Visible(_Named):
    """What the person may look at."""


class Own(_Named):
    """The person's own that are undecided or accepted."""

    nothing = N_(
        "You have no suggestion “{typed}” here that can still be changed or taken back, or more than one. "
        "Pick it from the list that opens while you type; `/suggestions list which:mine` shows all of "
        "yours.",
    )

    @staticmethod
    def offers(title: IndexedTitle, user_id: int) -> bool:
        return title.author_id == user_id and title.state in UNDECIDED | {"accepted"}


class Every(_Named):
    """Everything, for moderators."""

    @staticmethod
    def offers(title: IndexedTitle, user_id: int) -> bool:
        return True


async def suggestion_given(interaction: Interaction, text: str, option: type[_Named]) -> Suggestion:
    """The suggestion of that number. Raises UserError, in the words of the option that took it.

    Somebody else's may be named by its number: ask what the person may do.
    """
    number, store = number_in(text), interaction.client.services.suggestions
    found = await store.get(guild_id_of(interaction), number) if number is not None else None
    if found is None:
        raise UserError(_(option.nothing, typed=escape(clip(text, 60))))
    return found
