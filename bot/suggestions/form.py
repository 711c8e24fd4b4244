"""The form of /suggest, and the button that opens it again with what was typed."""

from typing import Any

import discord

from bot.client import Interaction, place_of
from bot.errors import UserError
from bot.suggestions.entry import LABELS, LIMITS, Typed
from bot.suggestions.store import SuggestionStore
from bot.ui.answers import ask
from bot.ui.forms import form
from bot.ui.press import Press

_HINTS = {
    "film": "Rocky IV",
    "year": "1985",
    "scene": "Farm in the snow against the laboratory",
    "why": "What happens, and what it does to you.",
    "discipline": "boxing, chess, cooking …",
}


def suggestion_form(typed: Typed, draft: int = 0) -> discord.ui.Modal:
    """The five fields, filled with `typed`; `draft` is the number under which that is kept, if it is."""
    modal = form("suggest", str(draft), "Suggest a montage")
    for name, label in LABELS.items():
        _, most = LIMITS[name]
        field: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id=name,
            style=discord.TextStyle.paragraph if name == "why" else discord.TextStyle.short,
            placeholder=_HINTS[name],
            default=getattr(typed, name)[:most] or None,
            min_length=1,
            max_length=most,
        )
        modal.add_item(discord.ui.Label(text=label, component=field))
    return modal


class MendButton(Press[discord.ui.Button[Any]], template=r"mend:(?P<draft>\d{1,18})"):
    """Opens the form again, with everything as it was typed."""

    def __init__(self, draft: str) -> None:
        self.draft = int(draft)
        super().__init__(
            discord.ui.Button(
                label="Open the form again", style=discord.ButtonStyle.primary, custom_id=f"mend:{draft}"
            )
        )

    async def press(self, interaction: Interaction) -> None:
        store = interaction.client.service(SuggestionStore)
        typed = await store.draft(place_of(interaction), interaction.user.id, self.draft)
        if typed is None:
            raise UserError("That draft is more than a day old and gone. Start afresh with `/suggest`.")
        await ask(interaction, suggestion_form(typed, self.draft))
