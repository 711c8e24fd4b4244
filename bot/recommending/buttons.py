"""The vote buttons of the questions that a taste is learnt from: each press brings the picks nearer."""

import discord

from bot.client import Interaction
from bot.ui.answers import update
from bot.voting import Choice, Tally, Vote, VoteButton

# The list that `/montage for-me` shows.
LIST = "for-me"


class TasteButton(VoteButton, template=r"taste:(?P<montage>[a-z0-9-]{1,80}):(?P<name>up|down)"):
    """A vote like any other; the questions are shown again with how far they have led, or the picks."""

    kind = "taste"

    async def show(self, interaction: Interaction, vote: Vote) -> None:
        asked = ",".join(dict.fromkeys(self._asked()))
        await update(interaction, await interaction.client.lists.page(interaction, LIST, asked, 0))

    def _asked(self) -> list[str]:
        """The ids of the montages that the message asks about."""
        items = self.view.walk_children() if isinstance(self.view, discord.ui.LayoutView) else ()
        buttons = [item.item if isinstance(item, discord.ui.DynamicItem) else item for item in items]
        identities = [button.custom_id or "" for button in buttons if isinstance(button, discord.ui.Button)]
        return [identity.split(":")[1] for identity in identities if identity.startswith(f"{self.kind}:")]


def taste_buttons(montage_id: str, tally: Tally, mine: Choice) -> tuple[TasteButton, TasteButton]:
    """Both buttons with the counts and the person's own vote."""
    return TasteButton(montage_id, "up", tally, mine), TasteButton(montage_id, "down", tally, mine)
