"""What suggestions have to do with votes: who may cast one, and what follows from it."""

from bot import clock
from bot.catalogue import Catalogue
from bot.client import Interaction
from bot.errors import UserError
from bot.guilds import GuildSettingsService, check_voter
from bot.languages import N_, _
from bot.suggestions.cards import shows_card
from bot.suggestions.decisions import Decisions
from bot.suggestions.lifecycle import state_phrase
from bot.suggestions.limits import too_young
from bot.suggestions.publisher import CardPublisher
from bot.suggestions.store import SuggestionStore
from bot.suggestions.suggestion import Suggestion, suggestion_number
from bot.suggestions.traces import Traces
from bot.ui.answers import update
from bot.ui.context import guild_id_of, is_published, only_they_see
from bot.ui.speaking import where_pressed
from bot.voting import Choice, Vote

_GONE = N_("That montage is not in this server's catalogue any more, so it can't take votes.")


class SuggestionVoteRules:
    """See `bot.voting.VoteRules`."""

    def __init__(
        self,
        store: SuggestionStore,
        decisions: Decisions,
        publisher: CardPublisher,
        settings: GuildSettingsService,
        catalogue: Catalogue,
        traces: Traces,
    ) -> None:
        self._store, self._decisions, self._publisher = store, decisions, publisher
        self._settings, self._catalogue, self._traces = settings, catalogue, traces

    async def check(self, interaction: Interaction, montage_id: str) -> None:
        """Raises UserError for a montage that takes no votes, or a person whose vote does not count on it."""
        guild_id = guild_id_of(interaction)
        suggestion = await self._store.of_montage(guild_id, montage_id)
        if suggestion is not None:
            await self._check_suggestion(interaction, suggestion)
        elif suggestion_number(montage_id) is not None or self._catalogue.get(guild_id, montage_id) is None:
            raise UserError(_(_GONE))

    async def _check_suggestion(self, interaction: Interaction, suggestion: Suggestion) -> None:
        if suggestion.state not in ("open", "accepted"):
            if shows_card(interaction.message, suggestion):  # it was closed, and nobody could redraw it then
                with await where_pressed(interaction):
                    card = await self._publisher.card(suggestion)
                await update(interaction, card)
            raise UserError(
                _(
                    "Too late: this suggestion {state_phrase}, so it takes no votes.",
                    state_phrase=state_phrase(suggestion.state),
                )
            )
        ends, now = suggestion.closes_at, interaction.client.discord_time.now()
        if suggestion.state == "open" and ends is not None and ends <= now:
            raise UserError(_("Too late: the bell has rung, and the votes are being counted."))
        settings = await self._settings.get(suggestion.guild_id)
        if young := too_young(settings, clock.milliseconds(interaction.user.created_at), clock.now()):
            raise UserError(young)
        await check_voter(interaction)
        if not settings.own_votes and await self._is_own(suggestion, interaction.user.id):
            raise UserError(
                _("It's yours, so everybody knows what you think of it. The votes come from the others.")
            )

    async def _is_own(self, suggestion: Suggestion, user_id: int) -> bool:
        if suggestion.author_id is not None:
            return suggestion.author_id == user_id
        return await self._traces.made(suggestion.guild_id, user_id, suggestion.id)

    async def after_vote(self, interaction: Interaction, montage_id: str, vote: Vote) -> bool:
        """Accept it where that vote was the one it took; a suggestion's card is answered as it stands now."""
        suggestion = await self._store.of_montage(guild_id_of(interaction), montage_id)
        if suggestion is None:
            return False
        change = await self._decisions.votes_decide(suggestion, vote.tally)
        if change is not None:
            suggestion = change.suggestion
        message = interaction.message
        answered = shows_card(message, suggestion) and not is_published(interaction)
        if answered:
            mine = vote.choice if only_they_see(interaction) else Choice.NONE
            with await where_pressed(interaction):
                card = await self._publisher.card(suggestion, vote.tally, mine)
            await update(interaction, card)
        if change is not None:
            drawn = answered and message is not None and message.id == suggestion.message_id
            await self._decisions.follow(change, drawn=drawn)
        return answered
