"""What the suggestions feature adds to the bot."""

from discord import app_commands

from bot.client import Interaction, MontageBot, place_of
from bot.errors import UserError
from bot.suggestions.commands import add_commands
from bot.suggestions.form import MendButton
from bot.suggestions.store import SuggestionStore, suggestion_number
from bot.voting import Voting


def add_to(bot: MontageBot, montage: app_commands.Group) -> None:
    """`/suggest`, its form and its cards."""
    store = SuggestionStore(bot.database)
    bot.add_service(store)
    bot.add_dynamic_items(MendButton)
    add_commands(bot)

    async def may_vote(interaction: Interaction, montage_id: str) -> None:
        place = place_of(interaction)
        if bot.catalogue.get(place, montage_id) is not None:
            return
        number = suggestion_number(montage_id)
        suggestion = await store.get(place, number) if number is not None else None
        if suggestion is None:
            raise UserError("That montage is not in this server's catalogue any more, so it can't take votes.")
        if suggestion.state in ("declined", "withdrawn"):
            raise UserError(f"This suggestion was {suggestion.state}, so the voting is over.")

    bot.service(Voting).checks.append(may_vote)
