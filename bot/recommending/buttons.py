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
        await update(interaction, await interaction.client.lists.page(interaction, LIST, self._query(), 0))

    def _query(self) -> str:
        """What the message asks about: from what its other buttons turn to, and the ids of its montages."""
        identities = self._custom_ids()
        asked = dict.fromkeys(one.split(":")[1] for one in identities if one.startswith(f"{self.kind}:"))
        turning = next((one for one in identities if one.startswith(f"p:{LIST}:")), "")
        return f"{turning.rpartition(':')[2]}|{','.join(asked)}"

    def _custom_ids(self) -> list[str]:
        items = self.view.walk_children() if isinstance(self.view, discord.ui.LayoutView) else ()
        buttons = [item.item if isinstance(item, discord.ui.DynamicItem) else item for item in items]
        return [button.custom_id or "" for button in buttons if isinstance(button, discord.ui.Button)]


def taste_buttons(montage_id: str, tally: Tally, mine: Choice) -> tuple[TasteButton, TasteButton]:
    """Both buttons with the counts and the person's own vote."""
    return TasteButton(montage_id, "up", tally, mine), TasteButton(montage_id, "down", tally, mine)
