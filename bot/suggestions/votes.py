"""What suggestions have to do with votes: who may cast one, and what follows from it."""

from bot import clock
from bot.client import Interaction, MontageBot
from bot.errors import UserError
from bot.servers import Servers
from bot.suggestions.cards import shows_card
from bot.suggestions.decisions import Decisions
from bot.suggestions.life import standing
from bot.suggestions.limits import too_young
from bot.suggestions.noticeboard import Noticeboard
from bot.suggestions.store import SuggestionStore
from bot.suggestions.suggestion import suggestion_number
from bot.ui.answers import update
from bot.ui.places import place_of
from bot.voting import Vote, Voting


def add_to_voting(bot: MontageBot) -> None:
    """The check before a vote, and what follows after it."""
    voting = bot.service(Voting)
    voting.checks.append(may_vote)
    voting.followers.append(voted)


async def may_vote(interaction: Interaction, montage_id: str) -> None:
    """Raises UserError for a montage that takes no votes, or a person whose vote does not count on it."""
    bot, place = interaction.client, place_of(interaction)
    number = suggestion_number(montage_id)
    if number is None:
        if bot.catalogue.get(place, montage_id) is None:
            raise UserError("That montage is not in this server's catalogue any more, so it can't take votes.")
        return
    suggestion = await bot.service(SuggestionStore).get(place, number)
    if suggestion is None:
        raise UserError("That montage is not in this server's catalogue any more, so it can't take votes.")
    if suggestion.state not in ("open", "accepted"):
        if shows_card(interaction.message, suggestion):  # it was closed, and nobody could redraw it then
            await update(interaction, await bot.service(Noticeboard).card(suggestion))
        raise UserError(f"Too late: this suggestion {standing(suggestion.state)}, so it takes no votes.")
    choices = await bot.service(Servers).of(place)
    made_at = int(interaction.user.created_at.timestamp() * 1000)
    if young := too_young(choices, made_at, clock.now()):
        raise UserError(young)
    if suggestion.author_id == interaction.user.id and not choices.own_votes:
        raise UserError("It's yours, so everybody knows what you think of it. The votes come from the others.")


async def voted(interaction: Interaction, montage_id: str, vote: Vote) -> bool:
    """Accept it where that vote was the one it took; a suggestion's card is answered as it stands now."""
    bot, place = interaction.client, place_of(interaction)
    number = suggestion_number(montage_id)
    suggestion = await bot.service(SuggestionStore).get(place, number) if number is not None else None
    if suggestion is None:
        return False
    decisions = bot.service(Decisions)
    change = await decisions.votes_decide(suggestion, vote.tally)
    if change is not None:
        suggestion = change.suggestion
    message = interaction.message
    answered = shows_card(message, suggestion)
    if answered:
        await update(interaction, await bot.service(Noticeboard).card(suggestion, vote.tally))
    if change is not None:
        drawn = answered and message is not None and message.id == suggestion.message_id
        await decisions.follow(change, drawn=drawn)
    return answered
