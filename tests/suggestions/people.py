"""What people do with suggestions, in a line each."""

from typing import Any

import discord
import simcord

from bot.suggestions.suggestion import Suggestion
from tests.club import Club, Shown, answered, button, message_of, text

FIELDS = {
    "film": "The Great Biscuit Heist",
    "year": "1999",
    "scene": "Learning to crack a tin in the dark",
    "why": "Six amateurs, one tin, and a kitchen timer that never lets up.",
    "discipline": "tin cracking",
}


async def suggest(
    club: Club, person: simcord.MemberActor, channel: simcord.ChannelHandle | None = None, **fields: str
) -> simcord.InteractionResult:
    """Open the form and send it; what comes back is the card, a question or a note."""
    form = await person.slash(channel or club.channel, "suggest")
    assert form.modal is not None, form
    return await person.submit_modal(form, FIELDS | fields)


async def vote(person: simcord.MemberActor, card: Shown, choice: str = "Fired up") -> simcord.InteractionResult:
    """Press one of the vote buttons of a card."""
    return await person.click(message_of(card), custom_id=button(card, choice))


async def press(person: simcord.MemberActor, shown: Shown, label: str) -> simcord.InteractionResult:
    """Press the button whose label begins like that."""
    return await person.click(message_of(shown), custom_id=button(shown, label))


async def change(club: Club, **settings: Any) -> None:
    """The server chooses."""
    await club.bot.services.guild_settings.change(club.guild_id, **settings)


async def kept(club: Club, number: int = 1) -> Suggestion:
    """A suggestion as the database has it."""
    found = await club.bot.services.suggestions.get(club.guild_id, number)
    assert found is not None
    return found


async def delete(club: Club, message: simcord.ResponseMessage | discord.Message) -> None:
    """Somebody tidies up."""
    tidy = club.guild.create_role(name="Janitors", permissions=discord.Permissions(manage_messages=True))
    janitor = club.guild.add_member(club.env.create_user("janitor"), roles=[tidy])
    await janitor.delete(message)


def posted_card(club: Club, suggestion: Suggestion) -> discord.Message:
    """The message that is its card, wherever it was posted."""
    channels = {channel.id: channel for channel in club.guild.channels.values()}
    channel = channels[suggestion.channel_id or 0]
    (message,) = [m for m in channel.history() if m.id == suggestion.message_id]
    return message


def complaints(result: simcord.InteractionResult) -> list[str]:
    """What was said after the answer, but for the welcome to a first vote."""
    return [said for followup in result.followups if "your first vote here" not in (said := text(followup))]


def shown(result: simcord.InteractionResult) -> simcord.ResponseMessage:
    """Everything that was said privately in answer: the answer itself, or what followed it."""
    return result.followups[-1] if result.followups else answered(result)
